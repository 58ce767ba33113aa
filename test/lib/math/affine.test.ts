import assert from "node:assert/strict";
import { affine, affineBackward, build, columnSums, concat, gradientCheck, matrix, random, zeros } from "unroll";
import { assertNear } from "../near.js";

describe("affine", () => {
  it("is X·W + b", () => {
    const X = build(2, 3, (i, j) => i + j);
    const W = build(3, 2, (i, j) => i - j);
    // worked out on paper: rows (0 1 2) and (1 2 3), columns (0 1 2) and (−1 0 1)
    assertNear(affine(X, W, matrix([[10, 20]])), [
      [15, 22],
      [18, 22],
    ]);
  });

  it("says which shapes do not fit", () => {
    assert.throws(() => affine(zeros(2, 3), zeros(4, 5), zeros(1, 5)), /affine: X 2×3, W 4×5 and b 1×5 do not fit/);
    assert.throws(() => affine(zeros(2, 3), zeros(3, 5), zeros(2, 5)), /b 2×5 do not fit/);
  });

  it("has a backward pass that equals five-point differences", () => {
    const next = random(3);
    const draw = () => 2 * next() - 1;
    const parameters = { X: build(3, 4, draw), W: build(4, 5, draw), b: build(1, 5, draw) };
    const dZ = build(3, 5, draw);
    const { X, W, b } = parameters;
    const loss = () => {
      const Z = affine(X, W, b);
      return Z.toRows().reduce((sum, row, i) => sum + row.reduce((s, z, j) => s + z * dZ.at(i, j), 0), 0);
    };
    const { dX, dW, db } = affineBackward(dZ, X, W);
    const check = gradientCheck(loss, parameters, { X: dX, W: dW, b: db });
    assert.ok(check.ok, check.summary);
  });

  it("stays float32 both ways", () => {
    const one = (rows: number, cols: number) => build(rows, cols, () => 1, "float32");
    const { dX, dW, db } = affineBackward(one(2, 3), one(2, 4), one(4, 3));
    assert.deepEqual(
      [affine(one(2, 4), one(4, 3), one(1, 3)), dX, dW, db].map((m) => m.precision),
      Array(4).fill("float32"),
    );
  });
});

describe("concat and columnSums", () => {
  it("put matrices side by side, and add up columns, also of views", () => {
    const a = build(2, 4, (i, j) => 10 * i + j).columns(1, 3);
    assert.deepEqual(concat(a, matrix([[7], [8]])).toRows(), [
      [1, 2, 7],
      [11, 12, 8],
    ]);
    assert.deepEqual(concat(matrix([[1]]), matrix([[2, 3]]), matrix([[4]])).toRows(), [[1, 2, 3, 4]]);
    assert.deepEqual(columnSums(a).toRows(), [[12, 14]]);
  });

  it("need as many rows", () => {
    assert.throws(() => concat(zeros(2, 1), zeros(3, 1)), /2 rows and 3 rows cannot stand side by side/);
  });
});
