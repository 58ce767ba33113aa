import assert from "node:assert/strict";
import fc from "fast-check";
import {
  add,
  bptt,
  build,
  buildSequence,
  type Cell,
  globalNorm,
  gru,
  lstm,
  type Matrix,
  random,
  rnn,
  type Sequence,
  type State,
  sgd,
  truncatedBptt,
  unroll,
  type Weights,
} from "unroll";
import { assertNear } from "../near.js";

const cell = lstm(2, 3);
const weights = cell.init(random(1));
const next = random(2);
const T = 12;
const x = buildSequence(T, 2, 2, next);
const allDh = Array.from({ length: T }, () => build(2, 3, next));
const dh = (_: Matrix, t: number) => allDh[t];
const passes = (k1: number, k2 = k1, stream: Sequence | Sequence[] = x) => [
  ...truncatedBptt(cell, weights, stream, dh, { k1, k2 }),
];

describe("truncatedBptt", () => {
  it("is full BPTT where k1 is the whole length, with any k2", () => {
    const run = unroll(cell, weights, x);
    const full = bptt(cell, weights, run, allDh);
    for (const k2 of [T, T + 1, 100]) {
      const [only, ...more] = passes(T, k2);
      assert.equal(more.length, 0);
      assert.deepEqual(only!.gradients, full.gradients);
      assert.deepEqual(
        only!.dx.map((d) => d.toRows()),
        full.dx.map((d) => d.toRows()),
      );
    }
  });

  it("equals full BPTT where k1 and k2 are T or more, whatever the cell and the sizes are", () => {
    const cells = [rnn, lstm, gru] as unknown as ((D: number, H: number) => Cell<Weights, State, unknown>)[];
    const size = fc.integer({ min: 1, max: 5 });
    const beyond = fc.integer({ min: 0, max: 7 });
    fc.assert(
      fc.property(fc.constantFrom(...cells), size, size, size, size, beyond, beyond, (make, T, B, D, H, a, b) => {
        const own = make(D, H);
        const draw = random(T + 10 * B + 100 * D + 1000 * H);
        const ownWeights = own.init(draw);
        const sequence = buildSequence(T, B, D, draw);
        const ownDh = Array.from({ length: T }, () => build(B, H, draw));
        const options = { k1: T + a, k2: T + a + b };
        const found = [...truncatedBptt(own, ownWeights, sequence, (_, t) => ownDh[t], options)];
        assert.equal(found.length, 1);
        const { gradients, dx } = bptt(own, ownWeights, unroll(own, ownWeights, sequence), ownDh);
        assert.deepEqual(found[0]!.gradients, gradients);
        assert.deepEqual(
          found[0]!.dx.map((d) => d.toRows()),
          dx.map((d) => d.toRows()),
        );
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it("sums over its passes to full BPTT where k2 reaches back to the start, as each loss counts once", () => {
    const full = bptt(cell, weights, unroll(cell, weights, x), allDh).gradients;
    for (const k1 of [1, 3, 5]) {
      const sum = passes(k1, 100)
        .map(({ gradients }) => gradients.W)
        .reduce(add);
      assertNear(sum, full.W);
    }
  });

  it("carries the state on for ever, in all its parts", () => {
    const { states } = unroll(cell, weights, x);
    assert.deepEqual(
      passes(4).map(({ steps, state }) => [steps, state]),
      [3, 7, 11].map((t) => [t + 1, states[t]]),
    );
  });

  it("ends a gradient k2 steps back: it is that of the last k2 steps alone, from the state before them", () => {
    const { states } = unroll(cell, weights, x);
    for (const [k1, k2] of [
      [3, 3],
      [2, 5],
      [1, 4],
    ] as const) {
      const found = passes(k1, k2);
      const last = found.at(-1)!;
      const from = T - k2;
      const piece = unroll(cell, weights, x.slice(from, T), { initialState: states[from - 1]! });
      const ofNewLosses = allDh.slice(from).map((d, t) => (from + t >= T - k1 ? d : undefined));
      const known = bptt(cell, weights, piece, ofNewLosses);
      assert.deepEqual(last.gradients, known.gradients);
      assert.equal(last.dx.length, k2);
      assert.ok(globalNorm({ d: last.dx[0]! }) > 0); // it has come that far
    }
  });

  it("does not care how the stream is cut into chunks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: T - 1 }), { maxLength: 4 }), (cuts) => {
        const borders = [...new Set([0, ...cuts, T])].sort((a, b) => a - b);
        const chunks = borders.slice(1).map((to, n) => x.slice(borders[n]!, to));
        assert.deepEqual(passes(3, 5, chunks), passes(3, 5));
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it("leaves no loss out where the stream ends between two passes: the last one is shorter", () => {
    const found = passes(5); // 12 = 5 + 5 + 2
    assert.deepEqual(
      found.map(({ steps, dx }) => [steps, dx.length]),
      [
        [5, 5],
        [10, 5],
        [12, 2],
      ],
    );
    const start = unroll(cell, weights, x).states[9]!;
    const piece = unroll(cell, weights, x.slice(10, 12), { initialState: start });
    assert.deepEqual(found[2]!.gradients, bptt(cell, weights, piece, allDh.slice(10)).gradients);
  });

  it("goes on with weights that were changed between two passes", () => {
    const learning = cell.init(random(1));
    const stream = truncatedBptt(cell, learning, x, dh, { k1: 6 });
    const first = stream.next().value as { gradients: typeof weights; state: { h: Matrix; c: Matrix } };
    sgd({ learningRate: 0.1 }).step(learning, first.gradients);
    const second = stream.next().value as { gradients: typeof weights };
    const piece = unroll(cell, learning, x.slice(6, 12), { initialState: first.state });
    assert.deepEqual(second.gradients, bptt(cell, learning, piece, allDh.slice(6)).gradients);
  });

  it("reads a stream without an end no further than it is asked to", () => {
    function* forever() {
      for (;;) yield x;
    }
    let asked = 0;
    const count = () => {
      asked++;
      return undefined;
    };
    for (const { steps } of truncatedBptt(cell, weights, forever(), count, { k1: 10 })) if (steps === 50) break;
    assert.equal(asked, 50);
  });

  it("refuses k1 and k2 that are none, and chunks that are empty or of another batch", () => {
    assert.throws(() => passes(0), /k1 is 0 and k2 is 0, expected whole numbers 1 ≤ k1 ≤ k2/);
    assert.throws(() => passes(4, 3), /k1 is 4 and k2 is 3/);
    assert.throws(() => passes(2.5), /k1 is 2.5/);
    assert.throws(() => passes(2, 2, [x, buildSequence(3, 1, 2, next)]), /from step 12 on is 3×1×2, expected 2 seq/);
    assert.throws(() => passes(2, 2, x.slice(0, 0)), /from step 0 on: x is 0×2×2/);
  });
});
