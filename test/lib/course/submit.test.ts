import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { submit } from "unroll";
import { practical4 } from "unroll/course/practical-4/index.js";
import { withFakeHost } from "../display/fake-host.js";

const cell = (name: string, source: string | string[]) => ({ source, metadata: { nbgrader: { grade_id: name } } });
const solved = practical4.map(({ name, entry }) => cell(name, `function ${entry}() {}`));

describe("submit", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unroll-submit-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const save = (cells: unknown[]) => {
    const notebook = { cells, metadata: { unroll: { edition: "student" } }, nbformat: 4, nbformat_minor: 5 };
    writeFileSync(join(folder, "practical-4.ipynb"), JSON.stringify(notebook));
  };

  it("puts the saved notebook with its metadata beside it, with who hands it in and when", () =>
    withFakeHost((shown) => {
      save(solved);
      const file = submit("practical-4", { student: "Ada  Lovelace", folder });
      assert.equal(basename(file), "practical-4-Ada-Lovelace.ipynb");
      const { cells, metadata } = JSON.parse(readFileSync(file, "utf8"));
      assert.deepEqual(cells, solved);
      const { edition, submission } = metadata.unroll;
      assert.deepEqual(
        [edition, submission.practical, submission.student],
        ["student", "practical-4", "Ada  Lovelace"],
      );
      assert.ok(!Number.isNaN(Date.parse(submission.at)));
      assert.match(String(shown[0]!.bundle["text/plain"]), /^Hand in practical-4-Ada-Lovelace\.ipynb: .+saved last\.$/);
      assert.deepEqual(readdirSync(folder).sort(), ["practical-4-Ada-Lovelace.ipynb", "practical-4.ipynb"]);
    }));

  it("says which cells are missing, there twice or not solved, and hands in all the same", () =>
    withFakeHost((shown) => {
      const stub = cell("rnn-step", ["function rnnStep() {\n", '  throw new Error("your turn");\n', "}"]);
      const another = cell("bptt", 'throw new Error("your turn");');
      save([
        stub,
        ...solved.slice(2).map((one) => (one.metadata.nbgrader.grade_id === "bptt" ? another : one)),
        solved.at(-1),
      ]);
      submit("practical-4", { student: "7", folder });
      assert.deepEqual(String(shown[0]!.bundle["text/plain"]).split("\n· ").slice(1), [
        "not solved yet: rnn-step, bptt",
        "cells that are missing: rnn-forward",
        "cells that are there more than once: truncated-bptt",
      ]);
    }));

  it("refuses what it cannot hand in", () => {
    const ada = { student: "Ada", folder };
    assert.throws(() => submit("practical-9", ada), /no practical "practical-9", there are practical-4/);
    assert.throws(
      () => submit("practical-4", { ...ada, student: "../x" }),
      /the student is "\.\.\/x", expected a name/,
    );
    assert.throws(() => submit("practical-4", ada), /there is no .+practical-4\.ipynb: save the notebook/);
    writeFileSync(join(folder, "practical-4.ipynb"), "{");
    assert.throws(() => submit("practical-4", ada), /is no notebook: expected JSON with "cells"/);
  });
});
