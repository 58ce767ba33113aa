import assert from "node:assert/strict";
import { backwardSteps, bptt, build, buildSequence, lstm, random, unroll, zeros, zerosLike } from "unroll";

describe("backwardSteps", () => {
  const cell = lstm(2, 3);
  const weights = cell.init(random(1));
  const next = random(2);
  const x = buildSequence(5, 2, 2, next);
  const dh = Array.from({ length: 5 }, () => build(2, 3, next));

  it("goes back the way of bptt, step by step, padding too", () => {
    for (const lengths of [undefined, [5, 2]]) {
      const run = unroll(cell, weights, x, { lengths });
      const steps = [...backwardSteps(cell, weights, run, zerosLike(run.finalState), (t) => dh[t])];
      const { dx, dInitialState } = bptt(cell, weights, run, dh);
      assert.deepEqual(
        steps.map(({ t }) => t),
        [4, 3, 2, 1, 0],
      );
      for (const step of steps) assert.deepEqual(step.dx.toRows(), dx[step.t]!.toRows());
      assert.deepEqual(steps.at(-1)!.dState, dInitialState);
    }
  });

  it("begins with what comes from behind the last step, and can be left early", () => {
    const run = unroll(cell, weights, x);
    const last = { h: dh[0]!, c: dh[1]! };
    const { dx } = bptt(cell, weights, run, [], { dFinalState: last });
    for (const step of backwardSteps(cell, weights, run, last)) {
      assert.deepEqual(step.dx.toRows(), dx[step.t]!.toRows());
      if (step.t === 3) break;
    }
  });

  it("says which gradient has another shape", () => {
    const run = unroll(cell, weights, x);
    const wrong = () => [...backwardSteps(cell, weights, run, run.finalState, () => zeros(2, 4))];
    assert.throws(wrong, /bptt: dh at step 4: 2×4 and 2×3/);
  });
});
