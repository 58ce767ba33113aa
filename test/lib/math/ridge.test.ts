import assert from "node:assert/strict";
import { build, globalNorm, matrix, normal, product, random, ridge, subtract, zeros } from "unroll";
import { assertNear } from "../near.js";

const next = random(3);
const X = build(40, 5, () => normal(next));
const Y = build(40, 2, () => normal(next));
const cost = (W: ReturnType<typeof ridge>, lambda: number) =>
  globalNorm({ e: subtract(product(X, W), Y) }) ** 2 + lambda * globalNorm({ W }) ** 2;

describe("ridge", () => {
  it("finds a line through points that lie on one", () => {
    // y = 1 + 2·x
    assertNear(
      ridge(
        matrix([
          [1, 0],
          [1, 1],
          [1, 3],
        ]),
        matrix([[1], [3], [7]]),
        0,
      ),
      [[1], [2]],
    );
  });

  it("stands where no step in any direction is an improvement", () => {
    for (const lambda of [0, 0.1, 10]) {
      const W = ridge(X, Y, lambda);
      for (const step of [1e-3, -1e-3]) {
        for (let k = 0; k < 10; k++) {
          const moved = build(5, 2, (i, j) => W.at(i, j) + (2 * i + j === k ? step : 0));
          assert.ok(cost(moved, lambda) > cost(W, lambda));
        }
      }
    }
  });

  it("makes the weights smaller with a larger lambda, and the fit no better", () => {
    const [loose, tight] = [ridge(X, Y, 0.1), ridge(X, Y, 100)];
    assert.ok(globalNorm({ W: tight }) < globalNorm({ W: loose }) && cost(tight, 0) > cost(loose, 0));
  });

  it("needs a lambda where columns repeat one another, and divides the work between them", () => {
    const twice = build(40, 2, (i) => X.at(i, 0));
    const y = X.columns(0, 1);
    assert.throws(() => ridge(twice, y, 0), /not positive definite, .*in a ridge regression: a larger lambda/);
    const W = ridge(twice, y, 1e-6);
    assertNear(W, [[0.5], [0.5]], 1e-6);
  });

  it("sums in float64 what comes in float32", () => {
    const single = build(40, 5, (i, j) => X.at(i, j), "float32");
    const W = ridge(single, Y, 0.1);
    assert.equal(W.precision, "float64");
    assertNear(
      W,
      ridge(
        build(40, 5, (i, j) => single.at(i, j)),
        Y,
        0.1,
      ),
    );
  });

  it("refuses data without targets, a negative lambda, and what is not finite", () => {
    assert.throws(() => ridge(X, zeros(39, 2), 1), /X has 40 rows and Y has 39/);
    assert.throws(() => ridge(zeros(0, 2), zeros(0, 1), 1), /X has 0 rows/);
    assert.throws(() => ridge(X, Y, -1), /lambda is -1, expected a number ≥ 0/);
    assert.throws(() => ridge(X, Y, Number.NaN), /lambda is NaN/);
    assert.throws(() => ridge(matrix([[Number.NaN]]), matrix([[1]]), 1), /ridge: X holds NaN at row 0, column 0/);
  });
});
