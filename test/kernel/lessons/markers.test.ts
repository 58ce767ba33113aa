import assert from "node:assert/strict";
import { marked, STUB, withoutMarked, withoutMarks } from "#kernel/lessons/markers.js";

const code = "function f() {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n}";

describe("the marks of a practical", () => {
  it("cut the solution out and leave a stub where it stood", () => {
    assert.equal(withoutMarked(code, "SOLUTION", STUB), 'function f() {\n  throw new Error("your turn");\n}');
  });

  it("go themselves where the solution stays", () => {
    assert.equal(withoutMarks(code, "SOLUTION"), "function f() {\n  return 1;\n}");
    assert.equal(marked(code, "SOLUTION"), "  return 1;");
  });

  it("take hidden tests out without a trace", () => {
    const tests = 'check("f");\n// BEGIN HIDDEN TESTS\nawait score("f", []);\n// END HIDDEN TESTS';
    assert.equal(withoutMarked(tests, "HIDDEN TESTS"), 'check("f");');
    assert.equal(withoutMarked(tests, "SOLUTION"), tests);
  });

  it("stand in text without the signs of a comment", () => {
    assert.equal(withoutMarked("BEGIN SOLUTION\nBecause.\nEND SOLUTION", "SOLUTION", "*Yours*"), "*Yours*");
  });

  it("are refused where they do not fit together: nothing of a solution may be left by mistake", () => {
    for (const broken of [
      "// BEGIN SOLUTION\n1;",
      "1;\n// END SOLUTION",
      "// END SOLUTION\n// BEGIN SOLUTION",
      `${code}\n${code}`,
    ]) {
      assert.throws(() => withoutMarked(broken, "SOLUTION", STUB), /expected one "BEGIN SOLUTION" and behind it one/);
    }
  });
});
