import assert from "node:assert/strict";
import { affine, globalNorm, inputWeights, matrix, random, recurrentWeights, rnn, zeros } from "unroll";
import { behavesAsCell } from "./cell-behaviour.js";

behavesAsCell("rnn", rnn, ({ W, b }, x, { h }) => {
  const X = [...x, ...h!];
  return { h: b![0]!.map((bias, j) => Math.tanh(X.reduce((sum, value, k) => sum + value * W![k]![j]!, bias))) };
});

describe("rnn", () => {
  const cell = rnn(3, 2);

  it("keeps W_xh and W_hh in one matrix, and shows them as views of it", () => {
    const weights = cell.init(random(1));
    const [Wx, Wh] = [inputWeights(weights), recurrentWeights(weights)];
    assert.deepEqual([Wx.rows, Wx.cols, Wh.rows, Wh.cols], [3, 2, 2, 2]);
    assert.deepEqual([...Wx.toRows(), ...Wh.toRows()], weights.W.toRows());
    Wh.set(1, 1, 7);
    assert.equal(weights.W.at(4, 1), 7);
  });

  it("starts with W_xh within ±1/√H, a W_hh that keeps lengths, and no bias", () => {
    const weights = rnn(10, 4).init(random(1));
    const sizes = inputWeights(weights).toRows().flat().map(Math.abs);
    assert.ok(Math.max(...sizes) <= 0.5 && Math.max(...sizes) > 0.4);
    const h = matrix([[1, -2, 3, 0.5]]);
    assert.ok(
      Math.abs(globalNorm({ h: affine(h, recurrentWeights(weights), zeros(1, 4)) }) - globalNorm({ h })) < 1e-12,
    );
    assert.deepEqual(weights.b.toRows(), [[0, 0, 0, 0]]);
  });

  it("says how wide x and the state should be", () => {
    const weights = cell.init(random(1));
    assert.throws(
      () => cell.forward(weights, zeros(1, 27), cell.initialState(1)),
      /rnn: x has 27 columns, the cell was made for inputSize 3/,
    );
    assert.throws(
      () => cell.forward(weights, zeros(2, 3), cell.initialState(1)),
      /rnn: the state is 1×2, expected 2×2: one row for each row of x, hiddenSize columns/,
    );
  });
});
