import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { practical4 } from "unroll/course/practical-4/index.js";
import { type CodeCell, type Notebook, readNotebook } from "#kernel/client/notebook.js";
import { runNotebook } from "#kernel/client/run-notebook.js";
import { projectFolder } from "#kernel/install/project-folder.js";
import { results } from "#kernel/lessons/headline.js";
import { sourceHash } from "#kernel/lessons/lesson.js";
import type { NbgraderMetadata } from "#kernel/lessons/nbgrader.js";
import { buildPractical, isBuiltFrom, practical } from "#kernel/lessons/practical.js";

const built = practical(join(projectFolder, "notebooks"), "practical-4");
const sources = (notebook: Notebook) => notebook.cells.map(({ source }) => source);
const nbgrader = (notebook: Notebook) =>
  notebook.cells.flatMap(({ metadata }) => (metadata.nbgrader ? [metadata.nbgrader as NbgraderMetadata] : []));

describe("practical 4", () => {
  it("was built from its present source: notebooks, hidden tests and specs", () => {
    for (const [edition, file] of [
      ["student", built.notebook],
      ["solution", built.solution],
    ] as const) {
      assert.ok(isBuiltFrom(built.source, file), file);
      assert.deepEqual(sources(readNotebook(file)), sources(buildPractical(built, edition)));
    }
    const hash = sourceHash(readFileSync(built.source, "utf8"));
    for (const file of [
      "kernel/grade/practical-4/hidden.ts",
      "test/exercises/practical-4/public.test.ts",
      "test/exercises/practical-4/hidden.test.ts",
    ]) {
      assert.ok(readFileSync(join(projectFolder, file), "utf8").includes(hash), file);
    }
  });

  it("shows students neither solutions nor hidden tests", () => {
    const text = JSON.stringify(readNotebook(built.notebook));
    for (const mark of ["BEGIN", "HIDDEN", "pointsFor("]) assert.ok(!text.includes(mark), mark);
    const solution = new Map(buildPractical(built, "solution").cells.map(({ id, source }) => [id, source]));
    for (const { id, source, metadata } of readNotebook(built.notebook).cells) {
      const { solution: isTheirs } = (metadata.nbgrader ?? {}) as { solution?: boolean };
      assert.equal(source !== solution.get(id), isTheirs === true, id);
      if (isTheirs) assert.match(source, /throw new Error\("your turn"\);|^\*Your answer\*$/);
    }
  });

  it("says of each cell to nbgrader whose it is and what it gives, 100 points in all", () => {
    const cells = nbgrader(readNotebook(built.notebook));
    assert.equal(new Set(cells.map(({ grade_id }) => grade_id)).size, cells.length);
    for (const { name, points, level } of practical4) {
      const { metadata } = readNotebook(built.notebook).cells.find(({ id }) => id === name)!;
      assert.deepEqual(metadata.tags, [level]);
      const answer = cells.find(({ grade_id }) => grade_id === name);
      assert.deepEqual([answer?.grade, answer?.solution, answer?.locked], [false, true, false], name);
      const tests = cells.find(({ grade_id }) => grade_id === `${name}-tests`);
      assert.deepEqual([tests?.grade, tests?.locked, tests?.points], [true, true, points], name);
    }
    assert.equal(
      cells.reduce((sum, { points = 0 }) => sum + points, 0),
      100,
    );
    assert.equal(cells.filter(({ grade_id }) => grade_id.startsWith("question-")).length, 9);
  });

  it("has ids that stay when cells come and go", () => {
    const ids = (edition: "student" | "instructor") => buildPractical(built, edition).cells.map(({ id }) => id);
    assert.deepEqual(ids("student"), ids("instructor"));
    assert.equal(new Set(ids("student")).size, ids("student").length);
    for (const id of ids("student")) assert.match(id, /^[a-z0-9-]{1,64}$/);
  });

  it("carries the numbers of a run without errors: an LSTM 98.5 % or more", () => {
    const solution = readNotebook(built.solution);
    const code = solution.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
    for (const { outputs, execution_count } of code) {
      assert.ok(execution_count !== null);
      assert.ok(!outputs.some(({ output_type }) => output_type === "error"));
    }
    const [headline] = results(solution);
    assert.ok(headline!.value >= 98.5, `${headline!.value}`);
    assert.ok(headline!.seconds <= 300, `${headline!.seconds} s`);
    assert.deepEqual(
      outcomes(solution),
      practical4.map(({ name }) => `${name} accepted`),
    );
  });

  it("runs as students get it: every cell compiles, and what is not written says that it is their turn", async function () {
    this.timeout(120_000);
    const ran = await runNotebook(buildPractical(built, "student"), { ...quickly(), stopOnError: false });
    assert.deepEqual(
      outcomes(ran),
      practical4.map(({ name }) => `${name} blank`),
    );
    const errors = ran.cells.flatMap((cell) =>
      cell.cell_type === "code"
        ? cell.outputs.flatMap((output) => (output.output_type === "error" ? [output] : []))
        : [],
    );
    // what stands below uses what was to be written, or what came of it
    for (const { ename, evalue } of errors) assert.match(`${ename}: ${evalue}`, /: your turn$|before initialization$/);
  });

  it("gives all points as nbgrader grades it, with the hidden tests in the cells", async function () {
    this.timeout(180_000);
    const ran = await runNotebook(buildPractical(built, "instructor"), quickly());
    const scores = ran.cells.flatMap((cell) => {
      const { grade, grade_id, points } = (cell.metadata.nbgrader ?? {}) as Partial<NbgraderMetadata>;
      if (cell.cell_type !== "code" || !grade) return [];
      const result = cell.outputs.find(({ output_type }) => output_type === "execute_result");
      const text = result && "data" in result ? result.data["text/plain"] : "nothing";
      return [[grade_id, Number(text), points]];
    });
    assert.deepEqual(
      scores,
      practical4.map(({ name, points }) => [`${name}-tests`, points, points]),
    );
  });
});

const quickly = () => ({ folder: join(projectFolder, "notebooks", "practical-4"), env: { UNROLL_QUICK: "1" } });

/** What `check` said, one after the other. */
function outcomes(notebook: Notebook): string[] {
  return notebook.cells.flatMap((cell) =>
    cell.cell_type !== "code"
      ? []
      : cell.outputs.flatMap((output) => {
          const check = "data" in output ? output.data["application/vnd.unroll.check+json"] : undefined;
          return check ? [`${(check as { exercise: string }).exercise} ${(check as { outcome: string }).outcome}`] : [];
        }),
  );
}
