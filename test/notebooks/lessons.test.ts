import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CodeCell, type Notebook, readNotebook } from "#kernel/client/notebook.js";
import { runNotebook } from "#kernel/client/run-notebook.js";
import { projectFolder } from "#kernel/install/project-folder.js";
import { exercisesOf, withSolutions } from "#kernel/lessons/exercises.js";
import { results } from "#kernel/lessons/headline.js";
import { buildNotebook, lessons } from "#kernel/lessons/lesson.js";
import { applicationTable, lessonTable, withTable } from "#kernel/lessons/readme.js";
import { outputComplaints, sourceComplaints } from "#kernel/lessons/rules.js";

const folder = join(projectFolder, "notebooks");
const all = lessons(folder);

/** Of the lessons, which all run in quick mode, the one that also trains in full where nobody waits. */
const IN_FULL = "00-meet-a-recurrent-network";

describe("the lessons", () => {
  for (const lesson of all) {
    describe(lesson.name, () => {
      let committed: Notebook;
      before(() => {
        committed = readNotebook(lesson.notebook);
      });

      it("was built from its present source", () => {
        const built = buildNotebook(lesson);
        assert.deepEqual(
          committed.cells.map((cell) => cell.source),
          built.cells.map((cell) => cell.source),
        );
        const { sourceHash } = built.metadata.unroll as { sourceHash: string };
        assert.equal((committed.metadata.unroll as { sourceHash: string }).sourceHash, sourceHash);
      });

      it("has all that a lesson has", () => {
        assert.deepEqual(sourceComplaints(buildNotebook(lesson), lesson.name), []);
      });

      it("carries the outputs of a run without errors, with its headline number in its range", () => {
        assert.deepEqual(outputComplaints(committed, lesson.name), []);
      });

      it("runs in quick mode, refuses each stub and accepts each solution that is folded away", async function () {
        this.timeout(120_000); // 20 seconds are meant, on a machine that has nothing else to do
        const ran = await runNotebook(withSolutions(buildNotebook(lesson)), { folder, env: { UNROLL_QUICK: "1" } });
        const outcomes = exercisesOf(ran).map(({ name, index }) => `${name} ${outcome(ran.cells[index] as CodeCell)}`);
        const names = exercisesOf(committed).map(({ name }) => name);
        assert.deepEqual(
          outcomes,
          names.flatMap((name) => [`${name} blank`, `${name} accepted`]),
        );
      });

      if (process.env.UNROLL_DATA && /hasData|isWhole/.test(readFileSync(lesson.source, "utf8")))
        it("runs in quick mode where no data set is installed, too", async function () {
          this.timeout(120_000);
          await runNotebook(buildNotebook(lesson), { folder, env: { UNROLL_QUICK: "1", UNROLL_DATA: "" } });
        });

      if (lesson.name !== IN_FULL || !process.env.CI) return;
      it("reaches its range in full, and the same number twice on one engine", async function () {
        this.timeout(900_000);
        const once = async () => results(await runNotebook(buildNotebook(lesson), { folder }));
        const values = (found: ReturnType<typeof results>) => found.map(({ name, value }) => ({ name, value }));
        const first = await once();
        for (const { name, value, expected } of first)
          assert.ok(
            value >= expected[0] && value <= expected[1],
            `${name}: ${value} is not in ${expected.join(" … ")}`,
          );
        // not those of the committed notebook: another processor rounds in another way
        assert.deepEqual(values(await once()), values(first));
      });
    });
  }

  it("stand in the README with the numbers of the executed notebooks", () => {
    const readme = readFileSync(join(projectFolder, "README.md"), "utf8");
    assert.equal(readme, withTable(readme, lessonTable(all)));
    assert.equal(readme, withTable(readme, applicationTable(all), "applications"));
  });
});

/** What `check` said. */
function outcome({ outputs }: CodeCell): string | undefined {
  const verdicts = outputs.flatMap((output) =>
    "data" in output ? [output.data["application/vnd.unroll.check+json"] as { outcome: string } | undefined] : [],
  );
  return verdicts.find((verdict) => verdict !== undefined)?.outcome;
}
