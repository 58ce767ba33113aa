import assert from "node:assert/strict";
import fc from "fast-check";
import { parsePercent } from "#kernel/lessons/percent.js";

describe("a lesson in percent format", () => {
  it("is cut into cells of text and of code, without the markers and the comment signs of text", () => {
    const source =
      "// %% [markdown]\n// # Title\n//\n// Two *lines*.\n\n// %%\n// a comment\nconst a = 1;\n\n// %%\na + 1;\n";
    assert.deepEqual(parsePercent(source), [
      { kind: "markdown", tags: [], source: "# Title\n\nTwo *lines*." },
      { kind: "code", tags: [], source: "// a comment\nconst a = 1;" },
      { kind: "code", tags: [], source: "a + 1;" },
    ]);
  });

  it("leaves out empty cells and reads Windows line ends", () => {
    assert.deepEqual(parsePercent("// %%\r\n\r\n// %%\r\nx;\r\n"), [{ kind: "code", tags: [], source: "x;" }]);
  });

  it("marks the cell whose plot stands for the lesson", () => {
    assert.deepEqual(parsePercent("// %% [cover]\nx;\n"), [{ kind: "code", tags: ["cover"], source: "x;" }]);
  });

  it("says what a cell of a practical is for", () => {
    assert.deepEqual(parsePercent("// %% [tests rnn-step]\nx;\n// %% [question why]\n// Why?\n"), [
      { kind: "code", tags: [], role: { is: "tests", name: "rnn-step" }, source: "x;" },
      { kind: "markdown", tags: [], role: { is: "question", name: "why" }, source: "Why?" },
    ]);
  });

  it("keeps every line of code", () => {
    const line = fc
      .string()
      .filter((text) => !text.startsWith("// %%") && !/[\r\n]/.test(text) && text.trim() === text && text !== "");
    fc.assert(
      fc.property(fc.array(fc.array(line, { minLength: 1 }), { minLength: 1 }), (cells) => {
        const source = cells.map((lines) => `// %%\n${lines.join("\n")}\n`).join("\n");
        assert.deepEqual(
          parsePercent(source),
          cells.map((lines) => ({ kind: "code", tags: [], source: lines.join("\n") })),
        );
      }),
    );
  });

  it("names file and line of what it cannot read", () => {
    assert.throws(
      () => parsePercent("const a = 1;", "01.ts"),
      /^Error: 01\.ts line 1: expected "\/\/ %%" before the first cell/,
    );
    assert.throws(() => parsePercent("// %% [raw]\n", "01.ts"), /01\.ts line 1: expected .* found "\/\/ %% \[raw\]"/);
    assert.throws(() => parsePercent("// %% [markdown]\ntext", "01.ts"), /01\.ts line 2: expected a comment/);
  });
});
