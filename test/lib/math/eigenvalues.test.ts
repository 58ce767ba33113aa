import assert from "node:assert/strict";
import fc from "fast-check";
import { build, eigenvalues, matrix, normal, orthogonal, product, random, spectralRadius, zeros } from "unroll";

const near = (actual: number, expected: number, tolerance = 1e-10) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);

describe("eigenvalues", () => {
  it("are those that a matrix was made of: real ones, and pairs a ± i·b", () => {
    // blocks on the diagonal, something above them, all turned by Q
    const [a, b] = [0.6, 0.7];
    const T = matrix([
      [-2, 5, 1, 3, 0.1],
      [0, a, b, 2, -4],
      [0, -b, a, 1, 1],
      [0, 0, 0, 0.5, 8],
      [0, 0, 0, 0, 0.25],
    ]);
    const Q = orthogonal(5, random(1));
    const found = eigenvalues(product(product(Q, T), Q, { transposeB: true }));
    const expected = [
      [-2, 0],
      [a, b],
      [a, -b],
      [0.5, 0],
      [0.25, 0],
    ]; // √(0.6² + 0.7²) = 0.92
    const sorted = [...found].sort((x, y) => Math.hypot(y.re, y.im) - Math.hypot(x.re, x.im) || y.im - x.im);
    sorted.forEach(({ re, im }, i) => {
      near(re, expected[i]![0]!);
      near(Math.abs(im), Math.abs(expected[i]![1]!));
    });
    near(
      found.reduce((sum, { im }) => sum + im, 0),
      0,
    );
  });

  it("sum to the trace, and their squares to the trace of the square", () => {
    const shape = fc.record({ N: fc.integer({ min: 1, max: 30 }), seed: fc.nat() });
    fc.assert(
      fc.property(shape, ({ N, seed }) => {
        const next = random(seed);
        const A = build(N, N, () => normal(next));
        const square = product(A, A);
        const trace = (M: typeof A) => Array.from({ length: N }, (_, i) => M.at(i, i)).reduce((x, y) => x + y);
        const found = eigenvalues(A);
        assert.equal(found.length, N);
        near(
          found.reduce((sum, { re }) => sum + re, 0),
          trace(A),
          1e-11 * N * N,
        );
        near(
          found.reduce((sum, { im }) => sum + im, 0),
          0,
          1e-12 * N,
        );
        near(
          found.reduce((sum, { re, im }) => sum + re * re - im * im, 0),
          trace(square),
          1e-11 * N * N,
        );
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("are found where the usual shifts stand still: a permutation has the roots of 1", () => {
    for (const N of [2, 3, 4, 7, 16]) {
      const found = eigenvalues(build(N, N, (i, j) => (j === (i + 1) % N ? 1 : 0)));
      for (const { re, im } of found) near(Math.hypot(re, im), 1);
    }
  });

  it("leave the matrix as it was, and refuse what is not square or not finite", () => {
    const A = build(4, 4, (i, j) => Math.sin(3 * i + j));
    const before = A.toRows();
    eigenvalues(A);
    assert.deepEqual(A.toRows(), before);
    assert.throws(() => eigenvalues(zeros(2, 3)), /the matrix is 2×3, expected a square one/);
    assert.throws(() => eigenvalues(zeros(0, 0)), /the matrix is 0×0/);
    assert.throws(() => eigenvalues(matrix([[Number.NaN]])), /holds NaN/);
  });
});

describe("spectralRadius", () => {
  it("is the size of the largest eigenvalue, be it negative or one of a pair", () => {
    near(
      spectralRadius(
        matrix([
          [-3, 0],
          [1, 2],
        ]),
      ),
      3,
    );
    near(
      spectralRadius(
        matrix([
          [0.6, 0.8],
          [-0.8, 0.6],
        ]),
      ),
      1,
    );
    near(spectralRadius(zeros(3, 3)), 0);
    near(spectralRadius(matrix([[7]])), 7);
  });

  it("is not the norm: a matrix can stretch much and forget everything", () => {
    near(
      spectralRadius(
        matrix([
          [0, 1000],
          [0, 0],
        ]),
      ),
      0,
    );
  });
});
