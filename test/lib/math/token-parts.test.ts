import assert from "node:assert/strict";
import { TokenParts, Tokens } from "unroll";

describe("tokens of parts", () => {
  const words = new TokenParts(2, 2, 3, Int32Array.of(7, 1, 2, 8, 1, 3, 9, 1, 4, 7, 1, 2));

  it("are, as tokens, their first parts", () => {
    assert.ok(words instanceof Tokens);
    assert.deepEqual([...words.ids], [7, 8, 9, 7]);
    assert.deepEqual([...words.at(1)], [9, 7]);
  });

  it("keep their parts when they are cut", () => {
    const last = words.slice(1, 2);
    assert.deepEqual([last.steps, last.batch, last.partCount], [1, 2, 3]);
    assert.deepEqual([...last.parts], [9, 1, 4, 7, 1, 2]);
    assert.throws(() => words.slice(1, 3), /Tokens: there are no steps 1 … 2/);
  });

  it("refuse other counts of parts, and numbers below 0", () => {
    assert.throws(() => new TokenParts(2, 2, 2, words.parts), /expected an Int32Array of 4·2 numbers, got 12/);
    assert.throws(() => new TokenParts(1, 1, 0, new Int32Array()), /a token has 0 parts, expected a whole number ≥ 1/);
    assert.throws(() => new TokenParts(1, 1, 2, Int32Array.of(1, -1)), /TokenParts: number 1 is -1, expected whole/);
  });
});
