import assert from "node:assert/strict";
import { build, buildSequence, gradientCheck, Matrix, matrix, meanSquaredError, random, zeros } from "unroll";

describe("meanSquaredError", () => {
  it("is the mean of the squares, also of views", () => {
    const whole = matrix([
      [9, 1, 2],
      [9, 3, 4],
    ]);
    const { loss, dy } = meanSquaredError(whole.columns(1, 3), zeros(2, 2));
    assert.equal(loss, (1 + 4 + 9 + 16) / 4);
    assert.deepEqual(dy.toRows(), [
      [0.5, 1],
      [1.5, 2],
    ]);
  });

  it("has a gradient that equals five-point differences, over sequences of several lengths", () => {
    const next = random(1);
    const y = buildSequence(4, 3, 2, next);
    const target = buildSequence(4, 3, 2, next);
    const options = { lengths: [4, 1, 3] };
    const rows = (data: typeof y.data) => ({ y: new Matrix(12, 2, data) });
    const check = gradientCheck(
      () => meanSquaredError(y, target, options).loss,
      rows(y.data),
      rows(meanSquaredError(y, target, options).dy.data),
    );
    assert.ok(check.ok, check.summary);
  });

  it("does not look at padding", () => {
    const y = buildSequence(3, 2, 1, (t, i) => (t < [3, 1][i]! ? t : Number.NaN));
    const { loss, dy } = meanSquaredError(
      y,
      buildSequence(3, 2, 1, () => 0),
      { lengths: [3, 1] },
    );
    assert.equal(loss, (0 + 1 + 4 + 0) / 4);
    assert.deepEqual([...dy.data], [0, 0, 0.5, 0, 1, 0]);
  });

  it("refuses shapes that differ or hold nothing", () => {
    assert.throws(() => meanSquaredError(zeros(2, 1), zeros(1, 2)), /y is 2×1 and target 1×2, expected one shape/);
    assert.throws(() => meanSquaredError(zeros(0, 2), zeros(0, 2)), /y is 0×2/);
    const y = buildSequence(2, 1, 1, () => 0);
    assert.throws(() => meanSquaredError(y, build(2, 1, () => 0) as never), /y is 2×1×1 and target 2×1/);
    assert.throws(() => meanSquaredError(y, y, { lengths: [3] }), /the length of sequence 0 is 3/);
  });
});
