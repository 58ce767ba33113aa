import assert from "node:assert/strict";
import fc from "fast-check";
import { buckets, matrix, padded, paddedSequence, paddingShare, permutation, random, zeros } from "unroll";

describe("padded sequences", () => {
  it("of tokens stand side by side in time, filled up at their end", () => {
    const { tokens, lengths } = padded([[5, 6, 7], [8], Int32Array.of(9, 1)], { pad: 3 });
    assert.deepEqual([tokens.steps, tokens.batch, [...lengths]], [3, 3, [3, 1, 2]]);
    assert.deepEqual(
      [0, 1, 2].map((t) => [...tokens.at(t)]),
      [
        [5, 8, 9],
        [6, 3, 1],
        [7, 3, 3],
      ],
    );
  });

  it("of numbers are filled up with zeros, also from views, and keep their precision", () => {
    const wide = matrix([[0, 1, 2], [0, 3, 4]], "float32"); // biome-ignore format: one line
    const { x, lengths } = paddedSequence([wide.columns(1, 3), matrix([[5, 6]], "float32")]);
    assert.deepEqual([x.steps, x.batch, x.width, x.precision, [...lengths]], [2, 2, 2, "float32", [2, 1]]);
    assert.deepEqual(x.at(0).toRows(), [[1, 2], [5, 6]]); // biome-ignore format: one line
    assert.deepEqual(x.at(1).toRows(), [[3, 4], [0, 0]]); // biome-ignore format: one line
    assert.equal(paddedSequence([wide, zeros(1, 3, "float64")]).x.precision, "float64");
  });

  it("need a step each, whole numbers and one width", () => {
    assert.throws(() => padded([]), /padded: there are no sequences, expected at least one/);
    assert.throws(() => padded([[1], []]), /padded: sequence 1 is empty, expected one step or more: leave it out/);
    assert.throws(() => padded([[1, -2]]), /padded: token 1 of sequence 0 is -2, expected a whole number ≥ 0/);
    assert.throws(() => padded([[Number.NaN]]), /token 0 of sequence 0 is NaN/);
    assert.throws(() => padded([[1]], { pad: -1 }), /pad is -1, expected a whole number ≥ 0/);
    assert.throws(() => paddedSequence([]), /paddedSequence: there are no sequences/);
    assert.throws(() => paddedSequence([zeros(0, 2)]), /paddedSequence: sequence 0 is empty/);
    assert.throws(
      () => paddedSequence([zeros(1, 2), zeros(1, 3)]),
      /sequence 1 has 3 numbers a step, sequence 0 has 2: make them equally wide/,
    );
  });
});

describe("buckets", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 60 });
  const batchSize = fc.integer({ min: 1, max: 9 });

  it("hold each sequence once, in batches of the size asked for and one of the rest", () => {
    fc.assert(
      fc.property(lengths, batchSize, fc.nat(), (all, size, seed) => {
        const batches = buckets(all, size, random(seed));
        const indices = batches.flatMap((batch) => [...batch]).sort((a, b) => a - b);
        assert.deepEqual(indices, all.map((_, i) => i)); // biome-ignore format: one line
        const rest = batches.filter((batch) => batch.length !== size).map((batch) => batch.length);
        assert.deepEqual(rest, all.length % size === 0 ? [] : [all.length % size]);
      }),
      { seed: 6 },
    );
  });

  it("pad no more than any shuffle of the sequences", () => {
    fc.assert(
      fc.property(lengths, batchSize, fc.nat(), (all, size, seed) => {
        const order = permutation(random(seed + 1), all.length);
        // the batch that is not full may stand anywhere in the shuffle
        const restAt = seed % (Math.floor(all.length / size) + 1);
        const shuffled: Int32Array[] = [];
        for (let from = 0; from < order.length; ) {
          const step = shuffled.length === restAt ? all.length % size || size : size;
          shuffled.push(order.slice(from, (from += step)));
        }
        const bucketed = paddingShare(all, buckets(all, size, random(seed)));
        assert.ok(bucketed <= paddingShare(all, shuffled) + 1e-12);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  it("pad as little as the best of all ways to cut a few sequences", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }), (all) => {
        const size = 2;
        const best = Math.min(...orders(all.map((_, i) => i)).map((order) => paddingShare(all, inTwos(order))));
        assert.ok(Math.abs(paddingShare(all, buckets(all, size, random(1))) - best) < 1e-12);
      }),
      { seed: 8 },
    );
  });

  it("come in an order that the seed decides", () => {
    const all = Array.from({ length: 100 }, (_, i) => 1 + (i % 10));
    const draw = (seed: number) => buckets(all, 5, random(seed)).map((batch) => [...batch]);
    assert.deepEqual(draw(1), draw(1));
    assert.notDeepEqual(draw(1), draw(2));
    // equally long sequences meet others: not only the order of batches differs
    const sets = (seed: number) => draw(seed).map((batch) => batch.sort((a, b) => a - b).join()).sort(); // biome-ignore format: one line
    assert.notDeepEqual(sets(1), sets(2));
  });

  it("need lengths and a batch size", () => {
    assert.throws(() => buckets([], 2, random(1)), /buckets: there are no sequences, expected at least one/);
    assert.throws(() => buckets([3, 0], 2, random(1)), /the length of sequence 1 is 0, expected a whole number ≥ 1/);
    assert.throws(() => buckets([3, Number.NaN], 2, random(1)), /the length of sequence 1 is NaN/);
    assert.throws(() => buckets([3], 0, random(1)), /batchSize is 0, expected a whole number ≥ 1/);
  });
});

describe("the share of padding", () => {
  it("is what is not filled of all steps", () => {
    assert.equal(paddingShare([4, 2, 3], [[0, 1], [2]]), 2 / 11); // biome-ignore format: one line
    assert.equal(paddingShare([4, 4], [[0, 1]]), 0);
  });

  it("needs batches of sequences that are there", () => {
    assert.throws(() => paddingShare([1], []), /there are no batches, expected at least one/);
    assert.throws(() => paddingShare([1], [[]]), /a batch is empty, expected one sequence or more/);
    assert.throws(() => paddingShare([1], [[1]]), /there is no sequence 1, there are 0 … 0/);
  });
});

/** All orders of some numbers. */
function orders(numbers: readonly number[]): number[][] {
  if (numbers.length === 0) return [[]];
  return numbers.flatMap((first) => orders(numbers.filter((n) => n !== first)).map((rest) => [first, ...rest]));
}

/** Pairs, after a single one first when there is an odd number. */
function inTwos(order: readonly number[]): number[][] {
  const odd = order.length % 2;
  const pairs = Array.from({ length: (order.length - odd) / 2 }, (_, p) => order.slice(odd + 2 * p, odd + 2 * p + 2));
  return odd === 1 ? [order.slice(0, 1), ...pairs] : pairs;
}
