import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Cell, type Notebook, readNotebook } from "../client/notebook.js";
import { parsePercent } from "./percent.js";

/** A lesson: its source in percent format, and the notebook that is built from it. */
export interface Lesson {
  /** "00-meet-a-recurrent-network" */
  readonly name: string;
  readonly source: string;
  readonly notebook: string;
}

/**
 * The lessons of a folder of notebooks, in order.
 *
 * @param folder holds `source/NN-name.ts` and `NN-name.ipynb`
 * @param wanted beginnings of names: ["00", "03"]; none means all
 * @throws when nothing begins with one of them
 */
export function lessons(folder: string, wanted: readonly string[] = []): Lesson[] {
  const names = readdirSync(join(folder, "source"))
    .filter((file) => /^\d\d-.*\.ts$/.test(file))
    .map((file) => basename(file, ".ts"))
    .sort();
  for (const beginning of wanted) {
    if (!names.some((name) => name.startsWith(beginning)))
      throw new Error(`There is no lesson ${beginning}; there are ${names.join(", ")}.`);
  }
  return names
    .filter((name) => wanted.length === 0 || wanted.some((beginning) => name.startsWith(beginning)))
    .map((name) => ({ name, source: join(folder, "source", `${name}.ts`), notebook: join(folder, `${name}.ipynb`) }));
}

/** The notebook of a lesson, not yet run. It remembers a hash of its source, so that a stale one can be told. */
export function buildNotebook(lesson: Lesson): Notebook {
  const text = readFileSync(lesson.source, "utf8");
  const cells = parsePercent(text, basename(lesson.source)).map(({ kind, source, tags }, index): Cell => {
    const metadata = tags.length > 0 ? { tags } : {};
    const common = { id: `cell-${String(index + 1).padStart(2, "0")}`, metadata, source };
    return kind === "markdown"
      ? { cell_type: "markdown", ...common }
      : { cell_type: "code", ...common, execution_count: null, outputs: [] };
  });
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "unroll", display_name: "TypeScript (Unroll)", language: "typescript" },
      language_info: { name: "typescript", mimetype: "text/typescript", file_extension: ".ts" },
      unroll: { source: `source/${lesson.name}.ts`, sourceHash: sourceHash(text) },
    },
    cells,
  };
}

/** Line ends do not count: Git may change them. */
export function sourceHash(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
}

/** Whether a lesson's notebook was built from the source as it stands. */
export function isUpToDate(lesson: Lesson): boolean {
  if (!existsSync(lesson.notebook)) return false;
  const { unroll = {} } = readNotebook(lesson.notebook).metadata as { unroll?: { sourceHash?: string } };
  return unroll.sourceHash === sourceHash(readFileSync(lesson.source, "utf8"));
}
