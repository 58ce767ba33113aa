import assert from "node:assert/strict";
import { build, buildSequence, random, rnn, Sequence, unroll, zeros } from "unroll";

describe("unroll", () => {
  const cell = rnn(2, 3);
  const weights = cell.init(random(1));
  const next = random(2);
  const x = buildSequence(6, 2, 2, next);

  it("goes on from a given state as if it had never stopped", () => {
    const whole = unroll(cell, weights, x);
    const first = unroll(cell, weights, x.slice(0, 4));
    const second = unroll(cell, weights, x.slice(4, 6), { initialState: first.finalState });
    assert.deepEqual(second.finalState, whole.finalState);
    assert.equal(second.initialState, first.finalState);
  });

  it("starts from the cell's own state, in the precision of x", () => {
    const single = buildSequence(1, 2, 2, next, "float32");
    assert.deepEqual(unroll(cell, weights, single).initialState.h.data, new Float32Array(6));
  });

  it("has one state and one cache for each step", () => {
    const { states, caches, finalState } = unroll(cell, weights, x);
    assert.deepEqual([states.length, caches.length], [6, 6]);
    assert.equal(states[5], finalState);
  });

  it("refuses a sequence without steps, a batch without rows, and x or a state that does not fit", () => {
    assert.throws(() => unroll(cell, weights, new Sequence(0, 2, 2)), /x is 0×2×2, expected at least one step/);
    assert.throws(() => unroll(cell, weights, new Sequence(2, 0, 2)), /x is 2×0×2, expected at least one step/);
    assert.throws(() => unroll(cell, weights, new Sequence(2, 1, 5)), /rnn: x has 5 columns/);
    assert.throws(
      () => unroll(cell, weights, x, { initialState: { h: zeros(1, 3) } }),
      /the state is 1×3, expected 2×3/,
    );
    assert.throws(() => unroll(cell, { ...weights, W: build(9, 3, () => 0) }, x), /affine: X 2×5, W 9×3/);
  });
});
