import assert from "node:assert/strict";
import { build, gradientCheck, matrix, random, softmaxCrossEntropy, zeros } from "unroll";

describe("softmaxCrossEntropy", () => {
  it("is log N when all classes are equally likely", () => {
    assert.ok(Math.abs(softmaxCrossEntropy(zeros(3, 10), [0, 5, 9]).loss - Math.log(10)) < 1e-14);
  });

  it("has a gradient that equals five-point differences", () => {
    const next = random(4);
    const logits = build(4, 3, () => 4 * next() - 2);
    const labels = [2, 0, 1, 1];
    const check = gradientCheck(
      () => softmaxCrossEntropy(logits, labels).loss,
      { logits },
      { logits: softmaxCrossEntropy(logits, labels).dLogits },
    );
    assert.ok(check.ok, check.summary);
  });

  it("is smoothed: against a target that is a little of every class", () => {
    // N = 2, ε = 0.4: the target is 0.8 and 0.2 (Szegedy et al. 2016, section 7)
    const { loss, dLogits } = softmaxCrossEntropy(matrix([[Math.log(3), 0]]), [0], { labelSmoothing: 0.4 });
    assert.ok(Math.abs(loss - (-0.8 * Math.log(0.75) - 0.2 * Math.log(0.25))) < 1e-15);
    assert.ok(Math.abs(dLogits.at(0, 0) - (0.75 - 0.8)) < 1e-15 && Math.abs(dLogits.at(0, 1) - (0.25 - 0.2)) < 1e-15);
  });

  it("stays finite where the probability of the truth is below the smallest number", () => {
    const { loss, dLogits } = softmaxCrossEntropy(matrix([[2000, 0]]), [1]);
    assert.equal(loss, 2000);
    assert.deepEqual(dLogits.toRows(), [[1, -1]]);
  });

  it("leaves the logits and the probabilities alone", () => {
    const logits = matrix([[0, Math.log(3)]]);
    const { probabilities } = softmaxCrossEntropy(logits, [0]);
    assert.ok(Math.abs(probabilities.at(0, 1) - 0.75) < 1e-15);
    assert.equal(logits.at(0, 0), 0);
  });

  it("says which label is not a class, and when there is not one for each row", () => {
    assert.throws(() => softmaxCrossEntropy(zeros(2, 3), [0, 3]), /label 3 in row 1 is not a class, expected 0 … 2/);
    assert.throws(() => softmaxCrossEntropy(zeros(1, 3), [0.5]), /label 0.5 in row 0/);
    assert.throws(() => softmaxCrossEntropy(zeros(2, 3), [0]), /1 labels for 2 rows/);
    assert.throws(() => softmaxCrossEntropy(zeros(0, 3), []), /0 labels for 0 rows/);
    const smoothing = { labelSmoothing: 1.5 };
    assert.throws(
      () => softmaxCrossEntropy(zeros(1, 3), [0], smoothing),
      /labelSmoothing is 1.5, expected a number from/,
    );
  });
});
