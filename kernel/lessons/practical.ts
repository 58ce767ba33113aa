import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { practicals } from "unroll/course/find-task.js";
import { type Cell, type Notebook, readNotebook } from "../client/notebook.js";
import { sourceHash } from "./lesson.js";
import { STUB, TEXT_STUB, withoutMarked, withoutMarks } from "./markers.js";
import { nbgraderOf, withChecksum } from "./nbgrader.js";
import { type PercentCell, parsePercent } from "./percent.js";

/** A practical: one source, and what is built from it. */
export interface Practical {
  /** "practical-4" */
  readonly name: string;
  readonly source: string;
  /** What students get. */
  readonly notebook: string;
  /** The solved notebook, as it was run. */
  readonly solution: string;
}

/**
 * Who a notebook is for: students get stubs and no hidden test; the solution is solved and shows no hidden test; the
 * instructor's has all, with the marks at which nbgrader cuts.
 */
export type Edition = "student" | "solution" | "instructor";

/**
 * @param notebooks the folder of notebooks: the practical has a folder of its own in it
 * @throws when there is no such practical
 */
export function practical(notebooks: string, name: string): Practical {
  const folder = join(notebooks, name);
  const source = join(folder, "source", `${name}.ts`);
  if (!practicals()[name] || !existsSync(source)) {
    throw new Error(`There is no practical ${name}; there are ${Object.keys(practicals()).join(", ")}.`);
  }
  return { name, source, notebook: join(folder, `${name}.ipynb`), solution: join(folder, `${name}-solution.ipynb`) };
}

/** Where nothing is given, answered or tested, there is training or a plot: the grader need not run it. */
const NOT_GRADED = "not-graded";

/** The cells of a practical's source. @throws when a task of the practical has no answer or no tests, or not one of each */
export function practicalCells({ name, source }: Practical): PercentCell[] {
  const cells = parsePercent(readFileSync(source, "utf8"), basename(source));
  for (const is of ["answer", "tests"] as const) {
    const found = cells.flatMap(({ role }) => (role?.is === is ? [role.name] : []));
    const wanted = practicals()[name]!.map((task) => task.name);
    if (found.join() !== wanted.join()) {
      throw new Error(
        `${basename(source)}: expected [${is} …] of ${wanted.join(", ")} in this order, found ${found.join(", ")}.`,
      );
    }
  }
  return cells;
}

/** A practical's notebook, not yet run. It remembers a hash of its source, so that a stale one can be told. */
export function buildPractical(practical: Practical, edition: Edition): Notebook {
  const tasks = new Map(practicals()[practical.name]!.map((task) => [task.name, task]));
  const cells = practicalCells(practical).map(({ kind, source, tags, role }): Cell => {
    const task = role && tasks.get(role.name);
    const nbgrader = role && nbgraderOf(role, task?.points ?? 0);
    const allTags = [...tags, ...(task ? [task.level] : []), ...(kind === "code" && !role ? [NOT_GRADED] : [])];
    const metadata = {
      ...(allTags.length > 0 && { tags: allTags }),
      ...(nbgrader && { nbgrader }),
      ...(nbgrader?.locked && { editable: false, deletable: false }),
      ...(nbgrader?.solution && { deletable: false }),
    };
    const common = { id: idOf({ kind, source, tags, role }), metadata, source: edited(source, kind, edition) };
    const cell: Cell =
      kind === "markdown"
        ? { cell_type: "markdown", ...common }
        : { cell_type: "code", ...common, execution_count: null, outputs: [] };
    return edition === "student" ? withChecksum(cell) : cell;
  });
  const hash = sourceHash(readFileSync(practical.source, "utf8"));
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "unroll", display_name: "TypeScript (Unroll)", language: "typescript" },
      language_info: { name: "typescript", mimetype: "text/typescript", file_extension: ".ts" },
      unroll: { source: `source/${practical.name}.ts`, sourceHash: hash, edition },
    },
    cells,
  };
}

/** Whether a notebook was built from the source as it stands. */
export function isBuiltFrom(source: string, notebook: string): boolean {
  if (!existsSync(notebook)) return false;
  const { unroll = {} } = readNotebook(notebook).metadata as { unroll?: { sourceHash?: string } };
  return unroll.sourceHash === sourceHash(readFileSync(source, "utf8"));
}

/** A cell keeps its id when others come or go: that of a role is its name, any other's is made of what stands in it. */
function idOf({ kind, source, role }: PercentCell): string {
  if (role) return nbgraderOf(role, 0).grade_id;
  return `${kind === "code" ? "code" : "text"}-${createHash("sha256").update(source).digest("hex").slice(0, 8)}`;
}

function edited(source: string, kind: "code" | "markdown", edition: Edition): string {
  if (edition === "instructor") return source;
  const open = withoutMarked(source, "HIDDEN TESTS");
  if (edition === "solution") return withoutMarks(open, "SOLUTION");
  return withoutMarked(open, "SOLUTION", kind === "code" ? STUB : TEXT_STUB);
}
