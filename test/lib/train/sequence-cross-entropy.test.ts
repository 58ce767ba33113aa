import assert from "node:assert/strict";
import fc from "fast-check";
import {
  buildSequence,
  gradientCheck,
  Matrix,
  random,
  Sequence,
  sequenceCrossEntropy,
  softmaxCrossEntropy,
  Tokens,
} from "unroll";

const draw = (seed: number, T: number, B: number, N: number) => {
  const next = random(seed);
  const targets = new Tokens(
    T,
    B,
    Int32Array.from({ length: T * B }, () => Math.floor(next() * N)),
  );
  return { logits: buildSequence(T, B, N, () => 4 * next() - 2), targets };
};
const rows = ({ steps, batch, width, data }: Sequence) => new Matrix(steps * batch, width, data);

describe("sequenceCrossEntropy", () => {
  it("is the cross-entropy of all rows when nothing is padded", () => {
    const { logits, targets } = draw(1, 3, 2, 5);
    const { loss, dLogits, count } = sequenceCrossEntropy(logits, targets);
    const known = softmaxCrossEntropy(rows(logits), targets.ids);
    assert.ok(Math.abs(loss - known.loss) < 1e-14);
    assert.deepEqual(rows(dLogits).toRows(), known.dLogits.toRows());
    assert.equal(count, 6);
  });

  it("has a gradient that equals five-point differences, with lengths, smoothing and class weights", () => {
    const { logits, targets } = draw(2, 4, 3, 3);
    const options = { lengths: [4, 1, 2], labelSmoothing: 0.2, classWeights: [0.5, 2, 1] };
    const { dLogits } = sequenceCrossEntropy(logits, targets, options);
    const check = gradientCheck(
      () => sequenceCrossEntropy(logits, targets, options).loss,
      { logits: rows(logits) },
      { logits: rows(dLogits) },
    );
    assert.ok(check.ok, check.summary);
  });

  it("is the same whatever stands at padding, and however much of it there is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), fc.integer(), (T, B, seed) => {
        const next = random(seed);
        const { logits, targets } = draw(seed, T, B, 4);
        const lengths = Array.from({ length: B }, () => 1 + Math.floor(next() * T));
        const extra = 2;
        const padded = buildSequence(T + extra, B, 4, (t, i, j) =>
          t < lengths[i]! ? logits.at(t).at(i, j) : Number.NaN,
        );
        const paddedTargets = new Tokens(T + extra, B);
        for (let t = 0; t < T + extra; t++) {
          for (let i = 0; i < B; i++) paddedTargets.ids[t * B + i] = t < lengths[i]! ? targets.at(t)[i]! : 99;
        }
        const known = sequenceCrossEntropy(logits, targets, { lengths });
        const result = sequenceCrossEntropy(padded, paddedTargets, { lengths });
        assert.deepEqual([result.loss, result.count, result.correct], [known.loss, known.count, known.correct]);
        const dPadded = result.dLogits.slice(T, T + extra);
        assert.ok(dPadded.data.every((value) => value === 0));
        assert.deepEqual(result.dLogits.slice(0, T).data, known.dLogits.data);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it("counts a token as right when the first of the largest logits is its target", () => {
    const logits = new Sequence(1, 3, 2, Float64Array.of(1, 1, 1, 1, 0, 2));
    const targets = new Tokens(1, 3, Int32Array.of(0, 1, 1));
    assert.equal(sequenceCrossEntropy(logits, targets).correct, 2);
  });

  it("keeps float32", () => {
    const logits = buildSequence(1, 1, 2, () => 0, "float32");
    assert.equal(sequenceCrossEntropy(logits, new Tokens(1, 1)).dLogits.precision, "float32");
  });

  it("says what does not fit", () => {
    const { logits, targets } = draw(3, 2, 2, 3);
    const refuses = (problem: RegExp, options = {}, other = targets) =>
      assert.throws(() => sequenceCrossEntropy(logits, other, options), problem);
    refuses(/logits are 2×2×3 and targets 2×1, expected T×B×N and T×B/, {}, new Tokens(2, 1));
    refuses(
      /target 3 at step 1 of sequence 0 is not a class, expected 0 … 2/,
      {},
      new Tokens(2, 2, Int32Array.of(0, 0, 3, 0)),
    );
    refuses(/the length of sequence 1 is 3/, { lengths: [1, 3] });
    refuses(/labelSmoothing is -1, expected a number from 0 to 1/, { labelSmoothing: -1 });
    refuses(/there are 2 class weights for 3 classes/, { classWeights: [1, 1] });
    refuses(/the weight of class 2 is NaN, expected a number ≥ 0/, { classWeights: [1, 1, Number.NaN] });
    refuses(/all tokens have class weight 0/, { classWeights: [0, 0, 0] });
    assert.throws(
      () => sequenceCrossEntropy(new Sequence(0, 2, 3, new Float64Array()), new Tokens(0, 2)),
      /none of them 0/,
    );
  });
});
