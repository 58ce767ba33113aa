import assert from "node:assert/strict";
import { build, buildSequence, type Layer, lstm, pooling, random, type Sequence, stacked, zeros } from "unroll";
import { assertNear } from "../near.js";
import { behavesAsLayer } from "./layer-behaviour.js";

/** A pooling layer that has read two steps before the first: how many is a count, and no number to be varied. */
function afterTwoSteps(layer: ReturnType<typeof pooling>): Layer {
  return {
    ...layer,
    initialState: (batch) => ({ pooled: zeros(batch, layer.inputSize) }),
    forward(_, x, { initialState, ...options } = {}) {
      const before = initialState as { pooled: never; seen?: never } | undefined;
      const seen = before?.seen ?? build(x.batch, 1, () => 2);
      const run = layer.forward({}, x, { ...options, initialState: before && { pooled: before.pooled, seen } });
      return {
        ...run,
        backward(dy, dFinalState) {
          const back = run.backward(dy, dFinalState as typeof run.finalState);
          return { ...back, dInitialState: { pooled: back.dInitialState.pooled } };
        },
      };
    },
  } as Layer;
}

behavesAsLayer("pooling by the maximum", (D) => afterTwoSteps(pooling(D, "max")));
behavesAsLayer("pooling by the mean", (D) => afterTwoSteps(pooling(D, "mean")));

describe("pooling over time", () => {
  const x = buildSequence(4, 2, 1, (t, i) => [3, -1, 7, 5][t]! * (i === 0 ? 1 : -1));
  const columns = (y: Sequence) => [0, 1].map((i) => Array.from({ length: 4 }, (_, t) => y.at(t).at(i, 0)));

  it("keeps the largest number so far, also where all are below 0", () => {
    const { y } = pooling(1, "max").forward({}, x);
    assert.deepEqual(columns(y), [
      [3, 3, 7, 7],
      [-3, 1, 1, 1],
    ]);
    const low = buildSequence(2, 1, 1, (t) => -5 + t);
    assert.deepEqual(pooling(1, "max").forward({}, low).y.flat().toRows(), [[-5], [-4]]);
  });

  it("keeps the mean of all numbers so far", () => {
    assert.deepEqual(columns(pooling(1, "mean").forward({}, x).y)[0], [3, 1, 3, 3.5]);
  });

  it("does not look into the padding, where what it knew is carried on", () => {
    for (const kind of ["max", "mean"] as const) {
      const { finalState } = pooling(1, kind).forward({}, x, { lengths: [2, 4] });
      assert.equal(finalState.pooled.at(0, 0), kind === "max" ? 3 : 1);
      assert.equal(finalState.seen.at(0, 0), 2);
    }
  });

  it("sends the gradient of a maximum to the step that was the largest, the first of equals", () => {
    const layer = pooling(1, "max");
    const equal = buildSequence(3, 1, 1, (t) => [1, 7, 7][t]!);
    const run = layer.forward({}, equal);
    const { dx } = run.backward(undefined, layer.summaryBackward(build(1, 1, () => 2)));
    assert.deepEqual(dx!.flat().toRows(), [[0], [2], [0]]);
  });

  it("sends the gradient of a mean in equal parts to all steps", () => {
    const layer = pooling(1, "mean");
    const { dx } = layer.forward({}, x, { lengths: [4, 2] }).backward(undefined, {
      pooled: build(2, 1, () => 1),
      seen: zeros(2, 1),
    });
    const parts = [0, 1].map((i) => Array.from({ length: 4 }, (_, t) => dx!.at(t).at(i, 0)));
    const expected = [
      [0.25, 0.25, 0.25, 0.25],
      [0.5, 0.5, 0, 0],
    ];
    parts.flat().forEach((part, k) => {
      assert.ok(Math.abs(part - expected.flat()[k]!) < 1e-12);
    });
  });

  it("is what the summary of a stack is read from: the maximum of all states of an LSTM", () => {
    const cell = lstm(2, 3);
    const [below, whole] = [stacked(cell), stacked(cell, pooling(3, "max"))];
    const weights = whole.init(random(1));
    const signal = buildSequence(5, 1, 2, (t, _, j) => Math.sin(3 * t + j));
    const { y } = below.forward(weights, signal);
    const largest = build(1, 3, (_, j) => Math.max(...[0, 1, 2, 3, 4].map((t) => y.at(t).at(0, j))));
    assertNear(whole.summary(whole.forward(weights, signal).finalState), largest);
  });
});
