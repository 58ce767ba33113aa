import assert from "node:assert/strict";
import { bleu, sentenceBleu } from "unroll";

// figures equal to sacreBLEU's are asserted in test/parity/metrics.test.ts
describe("BLEU", () => {
  it("counts a word no more often than a reference has it", () => {
    // Papineni et al. 2002, example 2: modified unigram precision 2/7
    const { right, total } = bleu(
      ["the the the the the the the."],
      [["The cat is on the mat.", "There is a cat on the mat."]],
      { lowerCase: true },
    );
    // and the full stop, which 13a makes a token
    assert.deepEqual([right[0], total[0]], [2 + 1, 7 + 1]);
  });

  it("punishes hypotheses that are shorter than the nearest reference", () => {
    const { brevityPenalty, referenceLength } = bleu(["a b c d"], [["a b c d e f g", "a b c d e"]]);
    assert.deepEqual([brevityPenalty, referenceLength], [Math.exp(1 - 5 / 4), 5]);
  });

  it("of a corpus is 0 when no sentence has four words, of a sentence it leaves these orders out", () => {
    assert.equal(bleu(["good day"], [["good day"]]).score, 0);
    assert.equal(Math.round(sentenceBleu("good day", ["good day"]).score), 100);
  });

  it("refuses nothing, and sentences without references", () => {
    assert.throws(() => bleu([], []), /0 hypotheses and references for 0, expected as many, at least one/);
    assert.throws(() => bleu(["a"], [["a"], ["b"]]), /1 hypotheses and references for 2/);
    assert.throws(() => bleu(["a", "b"], [["a"], []]), /bleu: sentence 1 has no reference, expected at least one/);
    assert.throws(() => sentenceBleu("a", []), /sentenceBleu: sentence 0 has no reference/);
  });
});
