import assert from "node:assert/strict";
import fc from "fast-check";
import { toCodePoints, toUtf16 } from "#kernel/wire/text-position.js";

describe("a cursor position", () => {
  it("counts an astral character once for Jupyter and twice for JavaScript", () => {
    assert.equal(toUtf16("a😀b", 2), 3); // U+1F600 is two UTF-16 units
    assert.equal(toCodePoints("a😀b", 3), 2);
  });

  it("comes back the same from the other count", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, position) => {
        const inText = Math.min(position, [...text].length);
        assert.equal(toCodePoints(text, toUtf16(text, inText)), inText);
      }),
    );
  });

  it("behind the end is the end", () => {
    assert.equal(toUtf16("😀", 9), 2);
  });
});
