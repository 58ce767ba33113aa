import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bptt,
  build,
  buildSequence,
  type Cell,
  checkpointedBptt,
  lstm,
  type Matrix,
  random,
  unroll,
  zeros,
} from "unroll";

describe("checkpointedBptt", () => {
  const cell = lstm(2, 3);
  const weights = cell.init(random(1));

  function drawn(T: number, B = 2) {
    const next = random(T);
    return {
      x: buildSequence(T, B, 2, next),
      dh: Array.from({ length: T }, (_, t) => (t % 3 === 1 ? undefined : build(B, 3, next))),
      initialState: { h: build(B, 3, next), c: build(B, 3, next) },
      dFinalState: { h: build(B, 3, next), c: build(B, 3, next) },
      lengths: Array.from({ length: B }, () => 1 + Math.floor(T * next())),
    };
  }

  it("equals full BPTT to the last bit, for any length and any segment", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 35 }),
        fc.boolean(),
        (T, segment, padded) => {
          const { x, dh, initialState, dFinalState, lengths } = drawn(T);
          const options = padded ? { initialState, lengths } : { initialState };
          const run = unroll(cell, weights, x, options);
          const full = bptt(cell, weights, run, dh, { dFinalState });
          const found = checkpointedBptt(cell, weights, x, (_, t) => dh[t], { ...options, segment, dFinalState });
          assert.deepEqual(found, { ...full, finalState: run.finalState });
        },
      ),
      { numRuns: 60, seed: 1 },
    );
    const { x, dh } = drawn(10);
    const { gradients } = checkpointedBptt(cell, weights, x, (_, t) => dh[t]);
    assert.deepEqual(gradients, bptt(cell, weights, unroll(cell, weights, x), dh).gradients);
  });

  it("shows each output once, the last one first", () => {
    const { x } = drawn(10);
    const { states } = unroll(cell, weights, x);
    const seen: [number, number[][]][] = [];
    checkpointedBptt(cell, weights, x, (h, t) => {
      seen.push([t, h.toRows()]);
      return undefined;
    });
    assert.deepEqual(seen, states.map(({ h }, t) => [t, h.toRows()] as [number, number[][]]).reverse());
  });

  it("takes two forward steps for each step before the last segment, one within it, and holds caches of at most √T steps at a time", () => {
    for (const [T, lastSegment] of [
      [1, 1],
      [7, 1],
      [100, 10],
      [112, 2],
    ] as const) {
      const counts = counted(cell);
      const { x, dh } = drawn(T);
      checkpointedBptt(counts.cell, weights, x, (_, t) => dh[t]);
      const { forward, backward, mostAtOnce } = counts.read();
      assert.equal(backward, T);
      assert.equal(forward, 2 * T - lastSegment);
      assert.ok(mostAtOnce <= Math.ceil(Math.sqrt(T)), `${mostAtOnce} caches at once, of ${T} steps`);
    }
  });

  it("refuses a segment that is none, an empty sequence, and lengths and gradients that do not fit", () => {
    const { x } = drawn(4);
    const none = () => undefined;
    assert.throws(() => checkpointedBptt(cell, weights, x, none, { segment: 0 }), /segment is 0, expected/);
    assert.throws(() => checkpointedBptt(cell, weights, x, none, { segment: 1.5 }), /segment is 1.5, expected/);
    assert.throws(() => checkpointedBptt(cell, weights, x.slice(0, 0), none), /x is 0×2×2, expected at least one step/);
    assert.throws(() => checkpointedBptt(cell, weights, x, none, { lengths: [5, 1] }), /sequence 0 is 5, .* 1 to 4/);
    assert.throws(() => checkpointedBptt(cell, weights, x, () => zeros(2, 4)), /2×4 and 2×3 must have one shape/);
  });
});

/** Counts a cell's steps, and how far apart in time the caches lie that one run of backward steps goes through. */
function counted<W extends { W: Matrix; b: Matrix }, S extends { h: Matrix; c: Matrix }, C>(cell: Cell<W, S, C>) {
  let [forward, backward, mostAtOnce] = [0, 0, 0];
  const made = new Map<C, number>();
  let used: number[] = [];
  const wrapped: Cell<W, S, C> = {
    ...cell,
    forward(weights, x, state) {
      const step = cell.forward(weights, x, state);
      made.set(step.cache, forward++);
      used = [];
      return step;
    },
    backward(weights, dState, cache) {
      backward++;
      used.push(made.get(cache)!);
      mostAtOnce = Math.max(mostAtOnce, Math.max(...used) - Math.min(...used) + 1);
      return cell.backward(weights, dState, cache);
    },
  };
  return { cell: wrapped, read: () => ({ forward, backward, mostAtOnce }) };
}
