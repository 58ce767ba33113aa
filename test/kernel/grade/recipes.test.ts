import { deepEqual, equal, match } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeNotebook } from "#kernel/client/notebook.js";
import { projectFolder } from "#kernel/install/project-folder.js";
import { buildPractical, practical } from "#kernel/lessons/practical.js";

const recipes = join(projectFolder, "kernel", "grade", "recipes");
const runs = (file: string, parameters: readonly string[], env: Record<string, string>) =>
  execFileSync("bash", [join(recipes, file), ...parameters], {
    cwd: projectFolder,
    env: { ...process.env, ...env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });

// They are for Linux machines, and need nothing but bash to be tried.
if (process.platform !== "win32")
  describe("The recipe for", function () {
    this.timeout(120_000);
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "unroll-recipes-"));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("a Slurm array gives each notebook to one task, and the last command grades none of them again", () => {
      const [submitted, out] = [join(folder, "submitted"), join(folder, "grades")];
      const students = ["ada", "grace hopper", "kurt"];
      for (const student of students) {
        mkdirSync(join(submitted, student), { recursive: true });
        writeFileSync(join(submitted, student, "practical-4.ipynb"), "no notebook: it is graded in no time");
      }
      const shares = [0, 1].map((task) => {
        const slurm = { SLURM_ARRAY_TASK_ID: `${task}`, SLURM_ARRAY_TASK_COUNT: "2", SLURM_CPUS_PER_TASK: "1" };
        runs("slurm-array.sh", [submitted, out, "4711"], slurm);
        return readFileSync(join(out, "grades.csv"), "utf8").trim().split("\r\n").length - 1;
      });
      deepEqual(shares, [2, 1]);
      const last = ["kernel/bin/unroll.mjs", "grade", submitted, "--assignment", "practical-4", "--out", out];
      execFileSync(process.execPath, [...last, "--seed", "4711"], { cwd: projectFolder, stdio: "pipe" });
      const rows = readFileSync(join(out, "grades.csv"), "utf8").trim().split("\r\n").slice(1);
      deepEqual(
        rows.map((row) => row.split(",").slice(0, 3)),
        students.map((student) => [student, "0", "100"]),
      );
    });

    it("Gradescope writes results.json of the one notebook, and says so where there is another number of them", () => {
      for (const name of ["source", "submission", "results"]) mkdirSync(join(folder, name));
      symlinkSync(projectFolder, join(folder, "source", "unroll"));
      const results = () => {
        runs("gradescope/run_autograder", [], { AUTOGRADER: folder });
        return JSON.parse(readFileSync(join(folder, "results", "results.json"), "utf8")) as {
          score: number;
          output?: string;
          tests: { max_score: number }[];
        };
      };
      match(results().output!, /Expected one notebook, got 0/);
      const empty = buildPractical(practical(join(projectFolder, "notebooks"), "practical-4"), "student");
      writeNotebook(join(folder, "submission", "mine.ipynb"), empty);
      const { score, tests } = results();
      equal(score, 0);
      equal(
        tests.reduce((sum, test) => sum + test.max_score, 0),
        100,
      );
    });
  });
