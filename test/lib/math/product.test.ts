import assert from "node:assert/strict";
import { build, matrix, product } from "unroll";
import { assertNear } from "../near.js";

describe("product", () => {
  const A = matrix([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const B = matrix([
    [1, 0],
    [0, 1],
    [1, 1],
  ]);

  it("is the matrix product, with either factor transposed", () => {
    assertNear(product(A, B), [
      [4, 5],
      [10, 11],
    ]);
    assertNear(product(A, A, { transposeB: true }), [
      [14, 32],
      [32, 77],
    ]);
    assertNear(product(B, B, { transposeA: true }), [
      [2, 1],
      [1, 2],
    ]);
    assertNear(product(A, B, { transposeA: true, transposeB: true }), [
      [1, 4, 5],
      [2, 5, 7],
      [3, 6, 9],
    ]);
  });

  it("is float32 when both factors are", () => {
    const single = build(2, 2, (i, j) => i + j, "float32");
    assert.equal(product(single, single).precision, "float32");
    assert.equal(product(A, single, { transposeA: true }).precision, "float64");
  });

  it("refuses factors that do not fit", () => {
    assert.throws(() => product(A, A), /2×3 times 2×3 into 2×3 does not fit/);
  });
});
