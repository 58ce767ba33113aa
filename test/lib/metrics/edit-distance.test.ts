import assert from "node:assert/strict";
import fc from "fast-check";
import { editDistance, errorRate, wordErrorRate } from "unroll";

describe("edit distance", () => {
  it("counts symbols put in, taken out and exchanged", () => {
    // the distances of the literature: Levenshtein's own kind of example and Wagner & Fischer's
    assert.equal(editDistance("kitten", "sitting"), 3);
    assert.equal(editDistance("saturday", "sunday"), 3);
    assert.equal(editDistance([1, 2, 3], Int32Array.of(2, 3, 4)), 2);
    assert.equal(editDistance("", "abc"), 3);
  });

  it("takes a code point for one symbol", () => {
    assert.equal(editDistance("😀b", "😁b"), 1);
  });

  it("is a metric: 0 only for equals, the same both ways, and no way around is shorter", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 8 });
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const d = editDistance(a, b);
        assert.equal(d === 0, a.join() === b.join());
        assert.equal(d, editDistance(b, a));
        assert.ok(editDistance(a, c) <= d + editDistance(b, c));
        assert.ok(d >= Math.abs(a.length - b.length) && d <= Math.max(a.length, b.length));
      }),
      { seed: 3 },
    );
  });
});

describe("error rates", () => {
  it("are the errors of all lines over the symbols of all references", () => {
    // 1 of 4 words, then 2 words too many for 1
    assert.equal(wordErrorRate(["the cat  sat", "a b c"], ["the cat sat down", "b"]), 3 / 5);
    assert.equal(errorRate(["abd", "x"], ["abc", "x"]), 1 / 4);
    assert.equal(errorRate([["HH", "AH"]], [["HH", "AH", "L", "OW"]]), 1 / 2);
  });

  it("refuse nothing, unequal numbers and empty references", () => {
    assert.throws(() => errorRate([], []), /errorRate: 0 hypotheses for 0 references, expected as many, at least one/);
    assert.throws(() => wordErrorRate(["a"], ["a", "b"]), /wordErrorRate: 1 hypotheses for 2 references/);
    assert.throws(() => wordErrorRate(["a"], [" "]), /all references are empty, expected at least one symbol/);
  });
});
