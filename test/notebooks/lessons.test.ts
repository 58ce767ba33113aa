import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Notebook, type Output, readNotebook } from "#kernel/client/notebook.js";
import { runNotebook } from "#kernel/client/run-notebook.js";
import { projectFolder } from "#kernel/install/project-folder.js";
import { headlines } from "#kernel/lessons/headline.js";
import { buildNotebook, lessons } from "#kernel/lessons/lesson.js";
import { lessonTable, withTable } from "#kernel/lessons/readme.js";

const folder = join(projectFolder, "notebooks");
const all = lessons(folder);
const PLOTLY = "application/vnd.plotly.v1+json";

/** Where nobody waits, lessons train in full. */
const isQuick = !process.env.CI;

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

      it("carries the outputs of every cell, none an error, and a picture beside each plot", () => {
        assert.ok(committed.cells.every((cell) => cell.cell_type !== "code" || cell.execution_count !== null));
        const outputs = outputsOf(committed);
        assert.deepEqual(errors(outputs), []);
        const plots = outputs.flatMap((output) => ("data" in output && output.data[PLOTLY] ? [output.data] : []));
        assert.ok(plots.length > 0);
        for (const data of plots) {
          assert.match(String(data["image/png"]), /^iVBOR/, "a PNG begins with these letters in base64");
          assert.ok(!("text/html" in data), "GitHub would show it rather than the PNG");
          assert.ok(String(data["text/plain"]).length > 0, "a plot says in words what is seen");
        }
      });

      it("has a headline number in the range that is expected of it", () => {
        const found = headlines(committed);
        assert.ok(found.length > 0);
        for (const { name, value, expected } of found)
          assert.ok(
            value >= expected[0] && value <= expected[1],
            `${name}: ${value} is not in ${expected.join(" … ")}`,
          );
      });

      it("is at most 1.5 MB, in cells of at most 15 lines", () => {
        assert.ok(statSync(lesson.notebook).size <= 1.5e6);
        for (const { cell_type, source } of committed.cells)
          if (cell_type === "code") assert.ok(source.split("\n").length <= 15, source);
      });

      it(`runs from the first cell to the last ${isQuick ? "in quick mode" : "and reaches its number again"}`, async function () {
        this.timeout(600_000);
        const env = { UNROLL_QUICK: isQuick ? "1" : "" };
        const ran = await runNotebook(buildNotebook(lesson), { folder, env });
        assert.deepEqual(errors(outputsOf(ran)), []);
        if (isQuick) return;
        const values = (notebook: Notebook) =>
          headlines(notebook).map(({ name, value, engine }) => ({ name, value, engine }));
        assert.deepEqual(values(ran), values(committed));
      });
    });
  }

  it("stand in the README with the numbers of the executed notebooks", () => {
    const readme = readFileSync(join(projectFolder, "README.md"), "utf8");
    assert.equal(readme, withTable(readme, lessonTable(all)));
  });
});

function outputsOf(notebook: Notebook): Output[] {
  return notebook.cells.flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []));
}

function errors(outputs: Output[]): string[] {
  return outputs.flatMap((output) => (output.output_type === "error" ? [`${output.ename}: ${output.evalue}`] : []));
}
