import assert from "node:assert/strict";
import { buildSequence, matrix, nrmse, zeros } from "unroll";

const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}`);

describe("nrmse", () => {
  const y = matrix([[1], [2], [3], [6]]); // mean 3, squares 4 + 1 + 0 + 9: σ² = 3.5

  it("divides the root mean square error by the target's deviation", () => {
    // errors 1, 0, 0, −2: mean square 5/4
    near(nrmse(matrix([[2], [2], [3], [4]]), y), Math.sqrt(1.25 / 3.5));
  });

  it("is 0 for a perfect prediction and 1 for the mean", () => {
    assert.equal(nrmse(y, y), 0);
    near(nrmse(matrix([[3], [3], [3], [3]]), y), 1);
  });

  it("does not change with the unit or the offset", () => {
    const p = matrix([[2], [2], [3], [4]]);
    const moved = (m: typeof y) => matrix(m.toRows().map((row) => row.map((value) => 100 - 7 * value)));
    near(nrmse(moved(p), moved(y)), nrmse(p, y));
  });

  it("takes the mean of each column for itself", () => {
    // columns that vary by ±1 around 0 and around 100
    const target = matrix([
      [1, 101],
      [-1, 99],
    ]);
    near(
      nrmse(
        matrix([
          [0, 100],
          [0, 100],
        ]),
        target,
      ),
      1,
    );
  });

  it("takes sequences, and a deviation that is known better", () => {
    const target = buildSequence(4, 1, 1, (t) => y.at(t, 0));
    const predicted = buildSequence(4, 1, 1, (t) => [2, 2, 3, 4][t]!);
    near(nrmse(predicted, target), Math.sqrt(1.25 / 3.5));
    near(nrmse(predicted, target, { deviation: 2 }), Math.sqrt(1.25) / 2);
  });

  it("refuses other shapes, nothing, and a target that does not vary", () => {
    assert.throws(() => nrmse(zeros(3, 1), y), /the prediction is 3×1 and the target 4×1, expected one shape/);
    assert.throws(() => nrmse(zeros(0, 1), zeros(0, 1)), /the target is 0×1, expected at least one number/);
    assert.throws(() => nrmse(y, zeros(4, 1)), /the target's deviation is 0, expected one > 0/);
    assert.throws(() => nrmse(y, y, { deviation: -1 }), /deviation is -1/);
    const a = buildSequence(4, 1, 1, () => 1);
    assert.throws(
      () =>
        nrmse(
          a,
          buildSequence(2, 2, 1, () => 1),
        ),
      /4×1×1 and the target 2×2×1/,
    );
  });
});
