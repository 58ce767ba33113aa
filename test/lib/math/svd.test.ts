import assert from "node:assert/strict";
import fc from "fast-check";
import { build, type Matrix, matrix, normal, orthogonal, product, random, singularValues, svd, zeros } from "unroll";
import { assertNear } from "../near.js";

const shapes = fc.record({ M: fc.integer({ min: 1, max: 9 }), N: fc.integer({ min: 1, max: 9 }), seed: fc.nat() });
const identity = (size: number) => build(size, size, (i, j) => (i === j ? 1 : 0));

function drawn({ M, N, seed }: { M: number; N: number; seed: number }): Matrix {
  const next = random(seed);
  return build(M, N, () => normal(next));
}

/** U·Σ·Vᵀ. */
function putTogether({ U, values, V }: ReturnType<typeof svd>): Matrix {
  const stretched = build(U.rows, U.cols, (i, j) => U.at(i, j) * values[j]!);
  return product(stretched, V, { transposeB: true });
}

describe("svd", () => {
  it("takes a matrix apart into two rotations and a stretching that make it up again", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const A = drawn(shape);
        const parts = svd(A);
        assertNear(putTogether(parts), A);
        const R = Math.min(shape.M, shape.N);
        assertNear(product(parts.U, parts.U, { transposeA: true }), identity(R));
        assertNear(product(parts.V, parts.V, { transposeA: true }), identity(R));
        for (let r = 0; r < R; r++) assert.ok(parts.values[r]! >= (parts.values[r + 1] ?? 0));
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("finds a stretching that was put in, over 12 orders of magnitude to 12 digits each", () => {
    const [U, V] = [orthogonal(5, random(1)), orthogonal(5, random(2))];
    // the columns of one factor at very different scales: what one-sided Jacobi keeps apart
    const scales = [1e6, 1e3, 1, 1e-3, 1e-6];
    const values = singularValues(build(5, 5, (i, j) => U.at(i, j) * scales[j]!));
    scales.forEach((scale, r) => {
      assert.ok(Math.abs(values[r]! / scale - 1) < 1e-12, `${values}`);
    });
    const turned = singularValues(
      product(
        build(5, 5, (i, j) => U.at(i, j) * (j + 1)),
        V,
        { transposeB: true },
      ),
    );
    assertNear(matrix([[...turned]]), [[5, 4, 3, 2, 1]]);
  });

  it("finds zeros where there are fewer directions than columns", () => {
    const parts = svd(build(4, 3, (i, j) => (i + 1) * (j + 1)));
    // ‖(1, 2, 3, 4)‖·‖(1, 2, 3)‖ = √(30·14)
    assertNear(matrix([[...parts.values]]), [[Math.sqrt(420), 0, 0]]);
    assert.deepEqual([...svd(zeros(2, 3)).values], [0, 0]);
  });

  it("keeps numbers whose squares would be 0 or infinite", () => {
    for (const scale of [1e-250, 1e250]) {
      const values = singularValues(
        matrix([
          [3 * scale, 0],
          [4 * scale, 5 * scale],
        ]),
      );
      // AᵀA = [[25, 20], [20, 25]]: 45 and 5
      assertNear(matrix([[...values].map((value) => value / scale)]), [[Math.sqrt(45), Math.sqrt(5)]]);
    }
  });

  it("refuses an empty matrix and numbers that are none", () => {
    assert.throws(() => svd(zeros(0, 3)), /the matrix is 0×3, expected at least one row and one column/);
    assert.throws(() => svd(matrix([[1, Number.POSITIVE_INFINITY]])), /holds Infinity at row 0, column 1/);
  });
});
