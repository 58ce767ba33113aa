import assert from "node:assert/strict";
import { bptt, build, buildSequence, globalNorm, gradientNorms, lstm, random, rnn, unroll, zeros } from "unroll";
import { assertNear } from "../near.js";

describe("gradientNorms", () => {
  const cell = lstm(2, 3);
  const weights = cell.init(random(1));
  const next = random(2);
  const x = buildSequence(6, 2, 2, next);
  const dh = build(2, 3, next);

  it("measures what bptt sends back to a state, by distance from the last step", () => {
    const run = unroll(cell, weights, x);
    const norms = gradientNorms(cell, weights, run, dh);
    assert.equal(norms.length, 7);
    assert.equal(norms[0], globalNorm({ dh }));
    for (let d = 1; d <= 6; d++) {
      // cut off d steps before the end, the state there is an initial state
      const from = 6 - d;
      const initialState = run.states[from - 1] ?? run.initialState;
      const piece = unroll(cell, weights, x.slice(from, 6), { initialState });
      const { dInitialState } = bptt(cell, weights, piece, [], { dFinalState: { h: dh, c: zeros(2, 3) } });
      assert.equal(norms[d], globalNorm({ h: dInitialState.h }));
      assert.equal(gradientNorms(cell, weights, run, dh, { part: "c" })[d], globalNorm({ c: dInitialState.c }));
    }
  });

  it("falls by a fixed factor where the cell is linear: 0.5 a step", () => {
    const linear = rnn(1, 1);
    const half = { W: build(2, 1, (i) => i / 2), b: zeros(1, 1) }; // at h = 0 the slope of tanh is 1
    const run = unroll(
      linear,
      half,
      buildSequence(4, 1, 1, () => 0),
    );
    const norms = gradientNorms(
      linear,
      half,
      run,
      build(1, 1, () => 8),
    );
    assertNear(
      build(1, 5, (_, d) => norms[d]!),
      [[8, 4, 2, 1, 0.5]],
    );
  });

  it("goes through padding unchanged", () => {
    const run = unroll(cell, weights, x, { lengths: [4, 4] });
    const norms = gradientNorms(cell, weights, run, dh);
    assert.deepEqual(norms.slice(0, 3), [norms[0], norms[0], norms[0]]);
    const short = gradientNorms(cell, weights, unroll(cell, weights, x.slice(0, 4)), dh);
    assert.deepEqual(norms.slice(2), short);
  });

  it("refuses another shape and a part that the state has not", () => {
    const run = unroll(cell, weights, x);
    assert.throws(() => gradientNorms(cell, weights, run, zeros(2, 4)), /dhLast and h: 2×4 and 2×3/);
    assert.throws(
      () => gradientNorms(cell, weights, run, dh, { part: "m" as "h" }),
      /no part "m", expected one of h, c/,
    );
  });
});
