import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Matrix } from "unroll";
import { writeNotebook } from "#kernel/client/notebook.js";
import { Compiler } from "#kernel/grade/compiler.js";
import { type Grader, gradeSubmission } from "#kernel/grade/grade-submission.js";
import { makeGrader } from "#kernel/grade/grader.js";
import { prepare } from "#kernel/grade/prepare.js";
import { reportPage } from "#kernel/grade/report-page.js";
import { csv } from "#kernel/grade/reports.js";
import type { Result } from "#kernel/grade/result.js";
import { bubblewrap, namespaces, permissions, type Sandbox, tried } from "#kernel/grade/sandbox.js";
import { projectFolder } from "#kernel/install/project-folder.js";
import { assignment } from "../sample/assignment.js";
import { notebook, solutions } from "../sample/source.js";
import { HONEST, inside, outside, SCRIPT } from "./attacks/index.js";
import { ordinary, type Sample } from "./ordinary.js";

const folder = mkdtempSync(join(tmpdir(), "unroll-submissions-"));
const results = join(folder, "grades.csv");
const spec = join(import.meta.dirname, "..", "sample", "assignment.js");
const compiler = new Compiler();
let grader: Grader;

/** Where solutions lie, in this project. */
const secrets = [
  "lib/dist/course/practical-4/index.js",
  "lib/dist/course/practical-4/by-library.js",
  "lib/dist/course/practical-4/by-library.js.map",
  "lib/dist/course/practical-4/by-library.d.ts",
  "lib/dist/course/exercises/07-lstm.js",
  "lib/course/practical-4/by-library.ts",
  "lib/course/exercises/07-lstm.ts",
  "kernel/dist/grade/practical-4/hidden.js",
  "kernel/grade/practical-4/hidden.ts",
  "notebooks/practical-4/practical-4-solution.ipynb",
  "notebooks/practical-4/source/practical-4.ts",
  "test/exercises/sample/source.ts",
  "test/dist/exercises/practical-4/submission.js",
  "README.md",
].map((file) => join(projectFolder, file));

function isHere(kind: string, sandbox: Sandbox): boolean {
  const limits = tried(kind, sandbox, 9);
  return Boolean(limits?.noForeignFiles && limits.noForeignWrites && limits.noPrograms);
}

async function graded({ name, content }: Sample, using = grader): Promise<Result> {
  const file = join(folder, "submission.ipynb");
  if (typeof content === "string" || content instanceof Uint8Array) writeFileSync(file, content);
  else writeNotebook(file, content);
  return gradeSubmission({ student: name, file }, using, compiler);
}

describe("Submissions are graded as", function () {
  this.timeout(120_000);

  before(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(results, "the results");
    grader = makeGrader(assignment, 4711);
  });
  after(async () => {
    await compiler.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const sample of ordinary)
    it(`${sample.name}: ${sample.score} points`, async () => {
      const result = await graded(sample);
      equal(result.score, sample.score, JSON.stringify(result, null, 1));
      for (const said of sample.says ?? []) match(JSON.stringify(result, null, 2), said);
    });

  const specBefore = readFileSync(spec, "utf8");
  async function holds(attack: Sample, sandbox: Sandbox): Promise<void> {
    const result = await graded(attack, { ...grader, sandbox });
    const text = JSON.stringify(result, null, 2);
    equal(result.score, attack.score, text);
    ok(attack.score <= HONEST);
    for (const said of attack.says ?? []) match(text, said);
    ok(!text.includes("SEEN"), text);
    ok(text.length < 100_000);
    equal(readFileSync(results, "utf8"), "the results");
    equal(readFileSync(spec, "utf8"), specBefore);
    ok(!existsSync("/tmp/unroll-attack"));
    ok(!reportPage(result, "A sample").includes("<script"));
    ok(!reportPage(result, SCRIPT).includes("<img"));
  }

  for (const attack of inside) it(`${attack.name}: ${attack.score} points`, () => holds(attack, grader.sandbox));

  for (const [kind, sandbox] of Object.entries({ namespaces, bubblewrap, permissions }))
    describe(`in ${kind}`, () => {
      before(function () {
        if (!isHere(kind, sandbox)) this.skip();
      });

      for (const attack of outside({ results, spec, solutions: secrets }))
        it(`${attack.name}: ${attack.score} points`, () => holds(attack, sandbox));

      it("perfect: 100 points", async () => equal((await graded(ordinary[0]!, { ...grader, sandbox })).score, 100));
    });

  it("nothing for answers that are written down from what a public part has shown", async () => {
    const shown = prepare(assignment, 1, ({ hidden }) => !hidden).flatMap(({ exercise, parts }) =>
      parts.flatMap(({ cases }) => cases.map(({ args, expected }) => ({ entry: exercise.entry, args, expected }))),
    );
    equal(shown.length, 2);
    const [step, probabilities] = shown.map(({ expected }) =>
      JSON.stringify(expected instanceof Matrix ? expected.toRows() : expected),
    );
    const copied = notebook({
      "rnn-step": `import { matrix } from "unroll";\nfunction rnnStep(..._: Matrix[]): Matrix { return matrix(${step}); }`,
      normalise: `function normalise(_: readonly number[]): number[] { return ${probabilities}; }`,
    });
    equal((await graded({ name: "copied", content: copied, score: 0 })).score, 0);
    equal((await graded({ name: "copied", content: copied, score: 15 }, makeGrader(assignment, 1))).score, 15); // as it was shown
  });

  it("the same 20 times out of 20", async () => {
    const scores = new Set<string>();
    for (let run = 0; run < 20; run++) {
      const { exercises, score } = await graded({ name: "again", content: notebook(solutions), score: 100 });
      scores.add(JSON.stringify([score, exercises]));
    }
    equal(scores.size, 1);
  });

  it("the same for other seeds", async () => {
    for (const seed of [2, 3, 4]) {
      const using = makeGrader(assignment, seed);
      equal((await graded(ordinary[0]!, using)).score, 100);
      equal((await graded(ordinary[3]!, using)).score, 70);
    }
  });

  it("a table that no spreadsheet takes for formulas", async () => {
    const result = await graded({ name: '=HYPERLINK("http://x")', content: notebook(solutions), score: 100 });
    const [head, row] = csv([result]).split("\r\n");
    equal(head, "student,score,points,rnn-step,rnn-backward,normalise,classify,notes");
    equal(row, `"'=HYPERLINK(""http://x"")",100,100,30,30,20,20,`);
    deepEqual(result.cells.edited, []);
  });
});
