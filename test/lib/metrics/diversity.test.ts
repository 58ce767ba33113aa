import assert from "node:assert/strict";
import fc from "fast-check";
import { distinct, ngramEntropy } from "unroll";

const words = (text: string) => text.split(" ");
const some = ["i do not know", "i do too", "yes"].map(words);

describe("distinct-n", () => {
  it("is how many different n-grams all texts have together, over how many there are", () => {
    // 8 words: i, do, not, know, too, yes; 5 pairs: i do, do not, not know, do too; 3 threes
    assert.equal(distinct(some, 1), 6 / 8);
    assert.equal(distinct(some, 2), 4 / 5);
    assert.equal(distinct(some, 3), 1);
  });

  it("takes no n-gram across the end of a text", () => {
    assert.equal(
      distinct(
        [
          ["a", "b"],
          ["a", "b"],
          ["b", "a"],
        ],
        2,
      ),
      2 / 3,
    );
  });

  it("is 0 for texts that have no n-gram", () => {
    assert.equal(distinct([["."], []], 2), 0);
  });

  it("falls when the same texts are said again", () => {
    assert.equal(distinct([...some, ...some], 2), distinct(some, 2) / 2);
  });
});

describe("the entropy of n-grams", () => {
  it("is −Σ p log p", () => {
    // i and do twice of 8, four words once
    const expected = 2 * (2 / 8) * Math.log(8 / 2) + 4 * (1 / 8) * Math.log(8);
    assert.ok(Math.abs(ngramEntropy(some, 1) - expected) < 1e-12);
    assert.equal(ngramEntropy([["a"], ["a"]], 1), 0);
  });

  it("is not changed when all is said again, and at most the logarithm of how many different ones there are", () => {
    const texts = fc.array(fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 2, maxLength: 6 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(texts, fc.constantFrom(1, 2), (list, n) => {
        const H = ngramEntropy(list, n);
        assert.ok(Math.abs(ngramEntropy([...list, ...list], n) - H) < 1e-9);
        const all = list.reduce((sum, text) => sum + text.length - n + 1, 0);
        assert.ok(H >= 0 && H <= Math.log(distinct(list, n) * all) + 1e-9);
      }),
      { seed: 4 },
    );
  });
});
