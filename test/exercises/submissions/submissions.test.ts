import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeNotebook } from "#kernel/client/notebook.js";
import { Compiler } from "#kernel/grade/compiler.js";
import { type Grader, gradeSubmission } from "#kernel/grade/grade-submission.js";
import { makeGrader } from "#kernel/grade/grader.js";
import { reportPage } from "#kernel/grade/report-page.js";
import { csv } from "#kernel/grade/reports.js";
import type { Result } from "#kernel/grade/result.js";
import { permissions } from "#kernel/grade/sandbox.js";
import { assignment } from "../sample/assignment.js";
import { notebook, solutions } from "../sample/source.js";
import { attacks, HONEST, SCRIPT } from "./attacks.js";
import { ordinary, type Sample } from "./ordinary.js";

const folder = mkdtempSync(join(tmpdir(), "unroll-submissions-"));
const results = join(folder, "grades.csv");
const spec = join(import.meta.dirname, "..", "sample", "assignment.js");
const compiler = new Compiler();
let grader: Grader;

async function graded({ name, content }: Sample, using = grader): Promise<Result> {
  const file = join(folder, "submission.ipynb");
  if (typeof content === "string") writeFileSync(file, content);
  else writeNotebook(file, content);
  return gradeSubmission({ student: name, file }, using, compiler);
}

describe("Submissions are graded as", function () {
  this.timeout(120_000);

  before(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(results, "the results");
    grader = makeGrader(assignment, 1);
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

  /** What reaches out of the process, where Node's permissions are all that there is. */
  const OUTSIDE = /kills|writes|reads|requires|fork|threads|network|fetches|asks Node|disk|bomb|environment/;
  const specBefore = readFileSync(spec, "utf8");
  for (const isStrongest of [true, false])
    for (const attack of attacks({ results, spec }).filter(({ name }) => isStrongest || OUTSIDE.test(name)))
      it(`${attack.name}: ${attack.score} points, in ${isStrongest ? "the strongest sandbox" : "Node's permissions alone"}`, async () => {
        const using = isStrongest ? grader : { ...grader, sandbox: permissions };
        const result = await graded(attack, using);
        const text = JSON.stringify(result, null, 2);
        equal(result.score, attack.score, text);
        ok(attack.score <= HONEST || attack.name === "knows the public inputs");
        for (const said of attack.says ?? []) match(text, said);
        ok(!text.includes("SEEN"), text);
        equal(readFileSync(results, "utf8"), "the results");
        equal(readFileSync(spec, "utf8"), specBefore);
        ok(!existsSync("/tmp/unroll-attack"));
        ok(!reportPage(result, "A sample").includes("<script"));
        ok(!reportPage(result, SCRIPT).includes("<img"));
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
