import assert from "node:assert/strict";
import { join } from "node:path";
import ts from "typescript";
import * as library from "unroll";
import { examineTask } from "unroll/course/examine-task.js";
import { practical4 } from "unroll/course/practical-4/index.js";
import { type Notebook, readNotebook } from "#kernel/client/notebook.js";
import { hiddenTests } from "#kernel/grade/practical-4/hidden.js";
import { projectFolder } from "#kernel/install/project-folder.js";
import { buildPractical, practical } from "#kernel/lessons/practical.js";

/** The practical as it stands in the project. */
export const built = practical(join(projectFolder, "notebooks"), "practical-4");

/** The functions that a notebook declares. Of its code only the cells run that students and tests need. */
export function declaredBy(notebook: Notebook): Record<string, unknown> {
  const code = notebook.cells.flatMap(({ cell_type, source, metadata }) => {
    if (cell_type !== "code") return [];
    const { locked, grade, solution } = (metadata.nbgrader ?? {}) as {
      locked?: boolean;
      grade?: boolean;
      solution?: boolean;
    };
    if (solution || (locked && !grade)) return [source];
    return source.match(/^import [^;]*;$/gm) ?? [];
  });
  const { outputText } = ts.transpileModule(code.join("\n"), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const entries = practical4.map(({ entry }) => `${entry}: typeof ${entry} === "undefined" ? undefined : ${entry}`);
  const body = `${outputText}\nreturn { ${entries.join(", ")} };`;
  return new Function("exports", "require", body)({}, () => quietly) as Record<string, unknown>;
}

/** The library, without pictures of training: nobody looks. */
const quietly = { ...library, quick: true, liveTraining: () => ({}) };

/** The submission that the specs are about: the notebook that `UNROLL_SUBMISSION` names, else the solution. */
const submission = process.env.UNROLL_SUBMISSION
  ? readNotebook(process.env.UNROLL_SUBMISSION)
  : buildPractical(built, "solution");
let declared: Record<string, unknown> | undefined;

/** One test of one exercise, on the submission. A hidden one says nothing but that it fails. */
export async function passes(name: string, kind: "public" | "hidden", title: string): Promise<void> {
  const task = practical4.find((other) => other.name === name)!;
  const tests = (kind === "public" ? task.tests : hiddenTests[name]!).filter((test) => test.title === title);
  assert.equal(tests.length, 1, `${name} has ${tests.length} ${kind} tests "${title}": run npx unroll practical`);
  declared ??= declaredBy(submission);
  const { outcome, message } = await examineTask(task, declared[task.entry], { tests });
  if (outcome !== "accepted") assert.fail(kind === "public" ? message : `${title}: not right`);
}
