import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applicationTable } from "#kernel/lessons/readme.js";
import { codeCell, notebookOf, shown } from "../../support/notebooks.js";

describe("the README's table of applications", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "unroll-readme-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("has a row for each result, with baseline, published figure and the command of a longer run", () => {
    const lesson = (name: string, ...results: object[]) => {
      const notebook = join(folder, `${name}.ipynb`);
      const outputs = results.map((found) => shown({ "application/vnd.unroll.result+json": found }));
      writeFileSync(notebook, JSON.stringify(notebookOf(codeCell("1", outputs))));
      return { name, notebook, source: "" };
    };
    const plain = {
      lesson: "",
      name: "accuracy",
      unit: "%",
      value: 81.234,
      expected: [80, 90],
      seconds: 1,
      engine: "e",
    };
    const table = applicationTable([
      lesson("10-before", plain),
      lesson("12-hello", {
        ...plain,
        data: "words",
        baseline: { name: "guessing a|b", value: 50 },
        published: { source: "A 2001", value: 88 },
      }),
      lesson("13-more", { ...plain, stored: { command: "npm run lessons -- 13 --full", minutes: 9 } }),
    ]);
    assert.deepEqual(table.split("\n").slice(2), [
      "| [12](notebooks/12-hello.ipynb) | accuracy | words | 50 % (guessing a\\|b) | **81.23 %** | 88 % (A 2001) |",
      "| [13](notebooks/13-more.ipynb) | accuracy (longer run: 9 minutes, `npm run lessons -- 13 --full`) |  |  | **81.23 %** |  |",
    ]);
  });
});
