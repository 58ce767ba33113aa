import assert from "node:assert/strict";
import { feedForward, random, zeros } from "unroll";
import { behavesAsCell, type NaiveStep } from "./cell-behaviour.js";

const layer =
  (f: (z: number) => number): NaiveStep =>
  ({ W, b }, x) => ({ h: b![0]!.map((bias, j) => f(x.reduce((sum, value, k) => sum + value * W![k]![j]!, bias))) });

behavesAsCell("feed-forward (tanh)", (D, H) => feedForward(D, H), layer(Math.tanh), { remembers: false });
behavesAsCell(
  "feed-forward (sigmoid)",
  (D, H) => feedForward(D, H, { activation: "sigmoid" }),
  layer((z) => 1 / (1 + Math.exp(-z))),
  { remembers: false },
);

describe("feed-forward", () => {
  it("says why a wider picture needs another network", () => {
    const cell = feedForward(784, 8);
    assert.throws(
      () => cell.forward(cell.init(random(1)), zeros(1, 1568), cell.initialState(1)),
      /feed-forward: x has 1568 columns, the network was made for inputSize 784: it has one weight for each pixel, so another width needs another network/,
    );
  });

  it("hands no gradient back in time, because it has no memory", () => {
    const cell = feedForward(2, 3);
    const weights = cell.init(random(1));
    const { state, cache } = cell.forward(weights, zeros(4, 2), cell.initialState(4));
    assert.deepEqual(cell.backward(weights, state, cache).dState.h.toRows(), zeros(4, 3).toRows());
  });
});
