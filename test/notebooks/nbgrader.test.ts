import { deepEqual, equal, match } from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { readNotebook, writeNotebook } from "#kernel/client/notebook.js";
import { Compiler } from "#kernel/grade/compiler.js";
import { gradeSubmission } from "#kernel/grade/grade-submission.js";
import { makeGrader } from "#kernel/grade/grader.js";
import { practical4 } from "#kernel/grade/practical-4/practical-4.js";
import { writeNbgraderCourse } from "#kernel/lessons/nbgrader-course.js";
import { buildPractical } from "#kernel/lessons/practical.js";
import { needsJupyter, venvPython } from "../support/needs.js";
import { projectFolder } from "../support/project.js";
import { built, samples } from "./nbgrader-samples.js";

type Scores = Readonly<Record<string, number>>;

/** What the samples are worth. */
const EXPECTED = { solution: 100, empty: 0, half: 53, "wrong-sign": 67, "tests-edited": 0 };

const run = promisify(execFile);
const python = process.env.NBGRADER_PYTHON ?? venvPython;

describe("practical 4 with nbgrader", function () {
  this.timeout(600_000); // five notebooks are run twice: two minutes on a machine that has nothing else to do
  let course: string;
  /** Our grader's points, by student and exercise. */
  const ours: Record<string, Scores> = {};

  before(async function () {
    needsJupyter(this);
    course = mkdtempSync(join(tmpdir(), "unroll-nbgrader-"));
    writeNbgraderCourse(course, built);
    const grader = makeGrader(practical4, 1);
    const compiler = new Compiler();
    for (const [student, notebook] of Object.entries(samples)) {
      const folder = join(course, "submitted", student, "practical-4");
      mkdirSync(folder, { recursive: true });
      const file = join(folder, "practical-4.ipynb");
      writeNotebook(file, notebook);
      const { exercises } = await gradeSubmission({ student, file }, grader, compiler);
      ours[student] = Object.fromEntries(exercises.map(({ name, score }) => [name, score]));
    }
    await compiler.close();
  });
  after(() => course && rmSync(course, { recursive: true, force: true }));

  it("is graded by its rules as by our grader, point by point", async () => {
    const script = join(projectFolder, "test", "notebooks", "nbgrader_rules.py");
    const { stdout } = await run(venvPython, [script, course, "practical-4"]);
    const theirs = JSON.parse(stdout) as Record<string, Record<string, number | null>>;
    const tests = Object.entries(theirs).map(([student, cells]) => {
      equal(typeof cells, "object", String(cells));
      const scored = Object.entries(cells).flatMap(([id, points]) =>
        id.endsWith("-tests") ? [[id.replace(/-tests$/, ""), points]] : [],
      );
      return [student, Object.fromEntries(scored)];
    });
    deepEqual(Object.fromEntries(tests), ours);
    deepEqual(totals(ours), EXPECTED);
    // words: nobody has written any, or a person is to read them
    for (const [student, of] of [
      ["empty", 0],
      ["solution", null],
    ] as const)
      equal(theirs[student]!["question-bptt-in-words"], of);
    match(readFileSync(join(course, "feedback", "half", "practical-4", "practical-4.html"), "utf8"), /0 of 9 points/);
  });

  it("gets from its rules the notebook that students get from us", () => {
    const plain = ({ cells }: ReturnType<typeof readNotebook>) =>
      cells.map(({ id, cell_type, source, metadata }) => {
        const { checksum: _, ...nbgrader } = (metadata.nbgrader ?? {}) as { checksum?: string };
        return { id, cell_type, source: source.trim(), metadata: { ...metadata, nbgrader } };
      });
    const released = readNotebook(join(course, "release", "practical-4", "practical-4.ipynb"));
    deepEqual(plain(released), plain(buildPractical(built, "student")));
  });

  // It is defined only where there is an nbgrader: .venv has none of its own.
  if (spawnSync(python, ["-c", "import nbgrader"], { stdio: "ignore" }).status === 0)
    it("is graded by nbgrader itself as by our grader", async () => {
      const env = { ...process.env, JUPYTER_PATH: join(projectFolder, ".venv", "share", "jupyter") };
      for (const command of ["generate_assignment", "autograde", "generate_feedback"])
        await run(python, ["-m", "nbgrader", command, "practical-4", "--force"], { cwd: course, env });
      await run(python, ["-m", "nbgrader", "export", "--to", "grades.csv"], { cwd: course, env });
      const [head, ...rows] = readFileSync(join(course, "grades.csv"), "utf8").trim().split(/\r?\n/);
      const [student, score] = ["student_id", "score"].map((name) => head!.split(",").indexOf(name)) as [
        number,
        number,
      ];
      const theirs = rows.map((row) => row.split(",")).map((row) => [row[student], Number(row[score])]);
      deepEqual(Object.fromEntries(theirs), totals(ours));
      for (const name of Object.keys(samples))
        readFileSync(join(course, "feedback", name, "practical-4", "practical-4.html"));
    });
});

function totals(scores: Readonly<Record<string, Scores>>): Scores {
  const sums = Object.entries(scores).map(([student, points]) => [
    student,
    Object.values(points).reduce((sum, one) => sum + one, 0),
  ]);
  return Object.fromEntries(sums);
}
