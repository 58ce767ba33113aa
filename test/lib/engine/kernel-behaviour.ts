import assert from "node:assert/strict";
import fc from "fast-check";
import type { CombineName, Engine, MapName, UpdateRule } from "unroll";
import { referenceEngine } from "unroll/engine/reference.js";
import { assertBlock, copyOf, dense, framed, layouts, seeds, signed, sizes } from "./framed.js";

const reference = referenceEngine();
const depths = fc.constantFrom(1, 2, 3, 5, 8, 16, 31, 64, 127, 256, 257, 523);
const check = <T>(data: fc.Arbitrary<T>, test: (drawn: T) => void, numRuns = 150) =>
  fc.assert(fc.property(data, test), { numRuns, seed: 1 });

/** Each kernel of an engine beside the reference engine's. */
export function kernelsEqualReference(engine: () => Engine): void {
  it("multiplies matrices over shapes, strides, transposes, accumulation and precisions", () => {
    check(
      fc.record({
        size: fc.record({ M: sizes, N: sizes, K: depths }),
        layouts: fc.tuple(layouts, layouts, layouts),
        options: fc.record({ transposeA: fc.boolean(), transposeB: fc.boolean(), accumulate: fc.boolean() }),
        seed: seeds,
      }),
      ({ size: { M, N, K }, layouts: [a, b, c], options, seed }) => {
        const next = signed(seed);
        const A = options.transposeA ? framed(K, M, a, next) : framed(M, K, a, next);
        const B = options.transposeB ? framed(N, K, b, next) : framed(K, N, b, next);
        const [C, expected] = twice(framed(M, N, c, next));
        engine().product(A, B, C, options);
        reference.product(A, B, expected, options);
        assertBlock("product", C, expected, 2e-6 * Math.sqrt(K));
      },
      300,
    );
  });

  it("multiplies matrices that are larger than what is packed at a time", () => {
    for (const [M, N, K] of [
      [131, 517, 259],
      [1, 1030, 513],
      [1030, 1, 300],
      [64, 512, 1025],
    ] as const) {
      const next = signed(M);
      const [A, B] = [dense(M, K, next), dense(K, N, next)];
      const [C, expected] = twice(dense(M, N, next));
      engine().product(A, B, C);
      reference.product(A, B, expected);
      assertBlock(`product ${M}×${K}×${N}`, C, expected, 2e-6 * Math.sqrt(K));
    }
  });

  it("leaves NaN and infinity in a product where they belong", () => {
    const [A, B, C] = [dense(9, 33, () => 1), dense(33, 17, () => 1), dense(9, 17, () => 0)];
    A.data[2 * 33 + 5] = Number.NaN;
    A.data[4 * 33 + 5] = Number.POSITIVE_INFINITY;
    engine().product(A, B, C);
    for (let i = 0; i < 9; i++) {
      const expected = i === 2 ? Number.NaN : i === 4 ? Number.POSITIVE_INFINITY : 33;
      for (let j = 0; j < 17; j++) assert.equal(C.data[i * 17 + j], expected, `row ${i}`);
    }
  });

  it("says which shapes of a product do not fit", () => {
    const [A, B, C] = [dense(2, 3, () => 1), dense(4, 5, () => 1), dense(2, 5, () => 1)];
    assert.throws(() => engine().product(A, B, C), /product: 2×3 times 4×5 into 2×5 does not fit/);
  });

  it("takes functions entry by entry, in place as well, of numbers of any size, NaN and infinity", () => {
    const names = fc.constantFrom<MapName>("tanh", "sigmoid", "relu", "tanhSlope", "sigmoidSlope", "reluSlope");
    const special = [0, -0, 1e-6, -1e-3, 20, -20, 100, -100, 3e4, Number.NaN, Infinity, -Infinity];
    check(
      fc.record({ f: names, rows: sizes, cols: sizes, x: layouts, y: layouts, inPlace: fc.boolean(), seed: seeds }),
      ({ f, rows, cols, x: layout, y: other, inPlace, seed }) => {
        const next = signed(seed);
        const odd = f.endsWith("Slope") ? special.slice(0, 4) : special;
        const x = framed(rows, cols, layout, () => {
          const number = next();
          return number > 0.8 ? odd[Math.floor((number - 0.8) * 5 * odd.length)]! : 5 * number;
        });
        const [y, expected] = inPlace ? twice(x) : twice(framed(rows, cols, other, next));
        engine().map(f, inPlace ? y : x, y);
        reference.map(f, inPlace ? expected : x, expected);
        assertBlock(f, y, expected, f.endsWith("Slope") ? 3e-6 : 1e-6);
      },
    );
  });

  it("combines entries two by two, into one of the two as well", () => {
    const names = fc.constantFrom<CombineName>("add", "subtract", "multiply");
    check(
      fc.record({
        f: names,
        rows: sizes,
        cols: sizes,
        layouts: fc.tuple(layouts, layouts, layouts),
        into: fc.constantFrom("x", "y", "z"),
        seed: seeds,
      }),
      ({ f, rows, cols, layouts: [a, b, c], into, seed }) => {
        const next = signed(seed);
        const [x, y] = [framed(rows, cols, a, next), framed(rows, cols, b, next)];
        const [z, expected] = twice(into === "x" ? x : into === "y" ? y : framed(rows, cols, c, next));
        engine().combine(f, into === "x" ? z : x, into === "y" ? z : y, z);
        reference.combine(f, into === "x" ? expected : x, into === "y" ? expected : y, expected);
        assertBlock(f, z, expected, 2e-7);
      },
    );
  });

  it("reads a row as if it stood below itself, with a stride of 0", () => {
    for (const [rows, cols] of [
      [3, 4],
      [64, 129],
    ] as const) {
      const next = signed(rows);
      const [x, row] = [dense(rows, cols, next), dense(1, cols, next)];
      const [z, expected] = twice(dense(rows, cols, () => 0));
      engine().combine("multiply", x, { ...row, rows, stride: 0 }, z);
      reference.combine("multiply", x, { ...row, rows, stride: 0 }, expected);
      assertBlock("multiply", z, expected, 2e-7);
      engine().map("tanh", { ...row, rows, stride: 0 }, z);
      reference.map("tanh", { ...row, rows, stride: 0 }, expected);
      assertBlock("tanh", z, expected, 1e-6);
    }
  });

  it("sums columns", () => {
    check(
      fc.record({ rows: fc.oneof(sizes, depths), cols: sizes, a: layouts, sums: layouts, seed: seeds }),
      ({ rows, cols, a, sums: layout, seed }) => {
        const next = signed(seed);
        const A = framed(rows, cols, a, next);
        const [sums, expected] = twice(framed(1, cols, layout, next));
        engine().columnSums(A, sums);
        reference.columnSums(A, expected);
        assertBlock("columnSums", sums, expected, 1e-6 * rows);
      },
    );
  });

  it("takes softmax and cross-entropy, of huge logits, rows that count for nothing, and equal largest logits", () => {
    check(
      fc.record({
        rows: sizes,
        cols: sizes,
        layouts: fc.tuple(layouts, layouts),
        scale: fc.constantFrom(1, 5, 1e4, 1e30),
        whole: fc.boolean(),
        seed: seeds,
      }),
      ({ rows, cols, layouts: [a, b], scale, whole, seed }) => {
        const next = signed(seed);
        const logits = framed(rows, cols, a, () => (whole ? Math.round(3 * next()) : scale * next()));
        const targets = Int32Array.from({ length: rows }, () => {
          const number = next();
          return number < -0.6 ? -1 : Math.floor(((number + 0.6) / 1.6) * cols);
        });
        const [gradient, expected] = twice(framed(rows, cols, b, next));
        const found = engine().softmaxCrossEntropy(logits, targets, gradient);
        const right = reference.softmaxCrossEntropy(logits, targets, expected);
        assertBlock("gradient", gradient, expected, 2e-6);
        assert.equal(found.correct, right.correct);
        assert.ok(
          Math.abs(found.loss - right.loss) <= 1e-5 * Math.max(1, right.loss),
          `${found.loss}, expected ${right.loss}`,
        );
      },
    );
  });

  it("gives a loss of NaN where a logit is NaN, and leaves the other rows alone", () => {
    const logits = dense(3, 9, () => 0.5);
    logits.data[9 + 4] = Number.NaN;
    const [gradient, expected] = twice(dense(3, 9, () => 0));
    const { loss } = engine().softmaxCrossEntropy(logits, Int32Array.of(1, 2, 3), gradient);
    reference.softmaxCrossEntropy(logits, Int32Array.of(1, 2, 3), expected);
    assert.ok(Number.isNaN(loss));
    assertBlock("gradient", gradient, expected, 2e-6);
  });

  it("changes weights by every rule, over several steps", () => {
    check(
      fc.record({
        rule: fc.constantFrom(...rules),
        rows: sizes,
        cols: sizes,
        layouts: fc.tuple(layouts, layouts, layouts, layouts),
        seed: seeds,
      }),
      ({ rule: [rule, kinds], rows, cols, layouts: [w, g, m, v], seed }) => {
        const next = signed(seed);
        const [weights, expected] = twice(framed(rows, cols, w, next));
        const memory = [m, v].slice(0, kinds).map((layout) => framed(rows, cols, layout, () => 0));
        const remembered = memory.map(copyOf);
        for (let step = 0; step < 4; step++) {
          const gradient = framed(rows, cols, g, () => (next() > 0.9 ? 0 : next()));
          engine().update(rule, weights, gradient, memory);
          reference.update(rule, expected, gradient, remembered);
        }
        assertBlock(rule.kind, weights, expected, 5e-6);
        memory.forEach((block, k) => {
          assertBlock(`${rule.kind}: memory ${k}`, block, remembered[k]!, 2e-6);
        });
      },
    );
  });

  it("gathers rows of a table, and adds rows to them, repeated ones in their order", () => {
    check(
      fc.record({ V: sizes, D: sizes, count: depths, layouts: fc.tuple(layouts, layouts), seed: seeds }),
      ({ V, D, count, layouts: [a, b], seed }) => {
        const next = signed(seed);
        const ids = Int32Array.from({ length: count }, () => Math.floor(((next() + 1) / 2) ** 2 * V));
        const [table, expectedTable] = twice(framed(V, D, a, next));
        const [rows, expectedRows] = twice(framed(count, D, b, next));
        engine().gather(table, ids, rows);
        reference.gather(table, ids, expectedRows);
        assertBlock("gather", rows, expectedRows, 0);
        engine().scatterAdd(rows, ids, table);
        reference.scatterAdd(rows, ids, expectedTable);
        assertBlock("scatterAdd", table, expectedTable, 1e-6 * count);
      },
    );
  });

  it("gives zeros that nobody else has, of any length", () => {
    const kept = [0, 1, 7, 1000, 100_003].map((length) => engine().allocate(length));
    kept.forEach((numbers, k) => {
      assert.ok(numbers instanceof Float32Array && numbers.every((number) => number === 0));
      numbers.fill(k);
    });
    assert.deepEqual(
      kept.map(({ length }) => length),
      [0, 1, 7, 1000, 100_003],
    );
    for (let round = 0; round < 300; round++) {
      const numbers = engine().allocate(5000);
      assert.ok(numbers.every((number) => number === 0));
      numbers.fill(9);
    }
    kept.forEach((numbers, k) => {
      assert.ok(numbers.every((number) => number === k));
    });
  });

  it("computes with the memory that it gave", () => {
    const next = signed(3);
    const own = (rows: number, cols: number) => ({ ...dense(rows, cols, next), data: engine().allocate(rows * cols) });
    const [A, B, C] = [own(33, 65), own(65, 70), own(33, 70)];
    for (const { data } of [A, B]) for (let p = 0; p < data.length; p++) data[p] = next();
    const expected = dense(33, 70, () => 0);
    engine().product(A, B, C);
    reference.product(A, B, expected);
    assertBlock("product", C, expected, 2e-5);
  });
}

/** Rules with how many kinds of memory they have. */
const rules: readonly [UpdateRule, memory: number][] = [
  [{ kind: "momentum", rate: 0.1, momentum: 0, nesterov: false }, 0],
  [{ kind: "momentum", rate: 0.1, momentum: 0.9, nesterov: false }, 1],
  [{ kind: "momentum", rate: 0.1, momentum: 0.9, nesterov: true }, 1],
  [{ kind: "rmsprop", rate: 0.01, alpha: 0.9, epsilon: 1e-6 }, 1],
  [{ kind: "rmsprop", rate: 0.01, alpha: 0.9, epsilon: 1e-6 }, 2],
  [moments({ meanRate: 0.01, squareCorrection: 0.05, kept: 1 }), 2],
  [moments({ meanRate: 0.002, squareCorrection: 0.9, kept: 0.99 }), 2],
];

function moments(changing: { meanRate: number; squareCorrection: number; kept: number }): UpdateRule {
  return { kind: "moments", beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...changing };
}

function twice<B extends Parameters<typeof copyOf>[0]>(block: B) {
  return [block, copyOf(block)] as const;
}
