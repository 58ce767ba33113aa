import assert from "node:assert/strict";
import fc from "fast-check";
import { build, cholesky, matrix, normal, product, random, solve } from "unroll";
import { assertNear } from "../near.js";

/** XᵀX + 1 is symmetric and positive definite. */
function positive(size: number, seed: number) {
  const next = random(seed);
  const X = build(size, size, () => normal(next));
  const A = product(X, X, { transposeA: true });
  for (let i = 0; i < size; i++) A.set(i, i, A.at(i, i) + 1);
  return A;
}
const sized = fc.record({ N: fc.integer({ min: 1, max: 12 }), M: fc.integer({ min: 1, max: 3 }), seed: fc.nat() });
const settings = { numRuns: 50, seed: 1 };

describe("cholesky", () => {
  it("gives a triangle whose product with its own transpose is the matrix", () => {
    fc.assert(
      fc.property(sized, ({ N, seed }) => {
        const A = positive(N, seed);
        const L = cholesky(A);
        assertNear(product(L, L, { transposeB: true }), A);
        for (let i = 0; i < N; i++) for (let j = i + 1; j < N; j++) assert.equal(L.at(i, j), 0);
      }),
      settings,
    );
  });

  it("refuses what is not positive definite, not symmetric, not square or not finite, and says what to do", () => {
    const advice = /not positive definite, pivot 1 is -3 beside a diagonal of 1: expected one > 0, add a small number/;
    assert.throws(
      () =>
        cholesky(
          matrix([
            [1, 2],
            [2, 1],
          ]),
        ),
      advice,
    ); // 1 − 2² = −3
    assert.throws(
      () =>
        cholesky(
          matrix([
            [1, 1],
            [1, 1],
          ]),
        ),
      /not positive definite, pivot 1 is 0/,
    );
    assert.throws(
      () =>
        cholesky(
          matrix([
            [1, 2],
            [3, 9],
          ]),
        ),
      /not symmetric, \(1, 0\) is 3 and \(0, 1\) is 2/,
    );
    assert.throws(() => cholesky(matrix([[1, 2, 3]])), /the matrix is 1×3, expected a square one/);
    assert.throws(() => cholesky(matrix([[Number.NaN]])), /holds NaN at row 0, column 0/);
  });
});

describe("solve", () => {
  it("finds the X of A·X = B", () => {
    fc.assert(
      fc.property(sized, ({ N, M, seed }) => {
        const A = positive(N, seed);
        const next = random(seed);
        const X = build(N, M, () => normal(next));
        assertNear(solve(A, product(A, X)), X, 1e-11);
      }),
      settings,
    );
  });

  it("leaves A and B as they were", () => {
    const [A, B] = [positive(3, 1), build(3, 2, (i, j) => i - j)];
    const before = [A.toRows(), B.toRows()];
    solve(A, B);
    assert.deepEqual([A.toRows(), B.toRows()], before);
  });

  it("refuses a B of another height", () => {
    assert.throws(() => solve(positive(3, 1), matrix([[1], [2]])), /B has 2 rows and A has 3/);
  });
});
