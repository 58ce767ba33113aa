import assert from "node:assert/strict";
import fc from "fast-check";
import { build, engine, Matrix, type Precision, random, useEngine } from "unroll";
import { referenceEngine } from "unroll/engine/reference.js";

const numbers = random(11);

/** A matrix of random numbers inside a larger array: `gap` numbers before each row, and after the last. */
function inside(rows: number, cols: number, gap: number, precision: Precision): Matrix {
  const whole = build(rows, cols + 2 * gap, () => 2 * numbers() - 1, precision);
  return whole.columns(gap, gap + cols);
}

/** Σ_k A_ik·B_kj in the plainest way. */
function naive(A: Matrix, B: Matrix, transposeA: boolean, transposeB: boolean): number[][] {
  const [M, K] = transposeA ? [A.cols, A.rows] : [A.rows, A.cols];
  const N = transposeB ? B.rows : B.cols;
  return Array.from({ length: M }, (_, i) =>
    Array.from({ length: N }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < K; k++) {
        sum += (transposeA ? A.at(k, i) : A.at(i, k)) * (transposeB ? B.at(j, k) : B.at(k, j));
      }
      return sum;
    }),
  );
}

describe("the reference engine's product", () => {
  const size = fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 13, 17, 29);
  const deep = fc.constantFrom(1, 2, 3, 4, 5, 7, 31, 256, 257, 523);
  const precision = fc.constantFrom<Precision>("float32", "float64");

  it("equals the naive triple loop over shapes, strides, transposes, accumulation and precisions", () => {
    fc.assert(
      fc.property(
        fc.record({ M: size, N: size, K: deep, gap: fc.constantFrom(0, 1, 3), precision, mixed: precision }),
        fc.record({ transposeA: fc.boolean(), transposeB: fc.boolean(), accumulate: fc.boolean() }),
        ({ M, N, K, gap, precision, mixed }, options) => {
          const A = options.transposeA ? inside(K, M, gap, precision) : inside(M, K, gap, precision);
          const B = options.transposeB ? inside(N, K, gap, mixed) : inside(K, N, gap, mixed);
          const C = inside(M, N, gap, precision);
          const before = C.toRows();
          referenceEngine().product(A, B, C, options);
          const expected = naive(A, B, options.transposeA, options.transposeB);
          const tolerance = precision === "float32" ? 1e-5 * Math.sqrt(K) : 1e-12;
          for (let i = 0; i < M; i++) {
            for (let j = 0; j < N; j++) {
              const value = expected[i]![j]! + (options.accumulate ? before[i]![j]! : 0);
              assert.ok(Math.abs(C.at(i, j) - value) <= tolerance, `(${i}, ${j}): ${C.at(i, j)}, expected ${value}`);
            }
          }
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it("is right where N is wider than one packed block", () => {
    const [A, B] = [inside(3, 5, 0, "float64"), inside(5, 515, 0, "float64")];
    const C = new Matrix(3, 515);
    referenceEngine().product(A, B, C);
    const expected = naive(A, B, false, false);
    for (let j = 0; j < 515; j++) assert.ok(Math.abs(C.at(2, j) - expected[2]![j]!) < 1e-12, `column ${j}`);
  });

  it("writes nothing outside of C", () => {
    const whole = build(6, 9, () => 5);
    const C = whole.columns(2, 7).rowRange(1, 4);
    referenceEngine().product(inside(3, 4, 0, "float64"), inside(4, 5, 0, "float64"), C);
    const outside = whole.toRows().flatMap((row, i) => row.filter((_, j) => i < 1 || i >= 4 || j < 2 || j >= 7));
    assert.ok(outside.every((value) => value === 5));
  });

  it("gives a row of a batch the same bits alone and among others", () => {
    const [A, B] = [inside(7, 300, 0, "float32"), inside(300, 9, 0, "float32")];
    const together = build(7, 9, () => 0, "float32");
    referenceEngine().product(A, B, together);
    for (let i = 0; i < 7; i++) {
      const alone = build(1, 9, () => 0, "float32");
      referenceEngine().product(A.rowRange(i, i + 1), B, alone);
      assert.deepEqual(alone.toRows()[0], together.toRows()[i]);
    }
  });

  it("says which shapes do not fit", () => {
    assert.throws(
      () => referenceEngine().product(new Matrix(2, 3), new Matrix(4, 5), new Matrix(2, 5)),
      /product: 2×3 times 4×5 into 2×5 does not fit/,
    );
  });
});

describe("useEngine", () => {
  it("refuses an engine that is not there, and keeps the current one", async () => {
    const before = engine();
    await assert.rejects(useEngine("warp" as "auto"), /there is no engine "warp", take "auto" or native, simd/);
    assert.equal(engine(), before);
  });
});
