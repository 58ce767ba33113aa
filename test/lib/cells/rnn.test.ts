import assert from "node:assert/strict";
import {
  affine,
  bptt,
  build,
  buildSequence,
  globalNorm,
  inputWeights,
  type Matrix,
  matrix,
  random,
  recurrentWeights,
  rnn,
  unroll,
  zeros,
} from "unroll";
import { assertNear } from "../near.js";
import { behavesAsCell, type NaiveStep, row } from "./cell-behaviour.js";

const step =
  (f: (z: number) => number): NaiveStep =>
  ({ W, b }, x, { h }) => ({ h: row([...x, ...h!], W!, b![0]!).map(f) });

behavesAsCell("rnn", rnn, step(Math.tanh));
behavesAsCell(
  "rnn (relu)",
  (D, H) => rnn(D, H, { activation: "relu" }),
  step((z) => Math.max(0, z)),
  { kinks: true },
);

describe("rnn", () => {
  it("keeps W_xh and W_hh in one matrix, and shows them as views of it", () => {
    const weights = rnn(3, 2).init(random(1));
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

  it("starts as an IRNN with the identity as W_hh and a W_xh of deviation 0.001", () => {
    const weights = rnn(50, 40, { recurrentInit: "identity", recurrentScale: 0.5 }).init(random(1));
    assert.deepEqual(recurrentWeights(weights).toRows(), build(40, 40, (i, j) => (i === j ? 0.5 : 0)).toRows());
    const drawn = inputWeights(weights).toRows().flat();
    const deviation = Math.sqrt(drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length);
    // the deviation of 2,000 draws lies within 0.001·(1 ± 3/√4000) with a probability of 99.7 %
    assert.ok(Math.abs(deviation - 0.001) < 5e-5, `${deviation}`);
  });

  it("hands a state and its gradient on unchanged through 1000 steps as an IRNN", () => {
    const cell = rnn(1, 3, { activation: "relu", recurrentInit: "identity" });
    const weights = cell.init(random(1));
    const initialState = { h: matrix([[1, 2, 0.5]]) };
    const silence = buildSequence(1000, 1, 1, () => 0);
    const run = unroll(cell, weights, silence, { initialState });
    assert.deepEqual(run.finalState.h.toRows(), [[1, 2, 0.5]]);
    const dh: Matrix[] = [];
    dh[999] = matrix([[3, -1, 7]]);
    assert.deepEqual(bptt(cell, weights, run, dh).dInitialState.h.toRows(), [[3, -1, 7]]);
  });

  it("lets no gradient through a relu that is shut", () => {
    const cell = rnn(1, 1, { activation: "relu" });
    const weights = { W: matrix([[1], [1]]), b: matrix([[-5]]) };
    const { state, cache } = cell.forward(weights, matrix([[1]]), { h: matrix([[2]]) }); // 1 + 2 − 5 < 0
    assert.equal(state.h.at(0, 0), 0);
    const { dx, gradients } = cell.backward(weights, { h: matrix([[1]]) }, cache);
    assert.deepEqual([dx.at(0, 0), gradients.b.at(0, 0)], [0, 0]);
  });

  it("starts at any scale, which must be a number", () => {
    const [plain, longer] = [1, 2].map((recurrentScale) => rnn(2, 3, { recurrentScale }).init(random(1)));
    assertNear(
      recurrentWeights(longer!),
      recurrentWeights(plain!)
        .toRows()
        .map((row) => row.map((value) => 2 * value)),
    );
    assert.throws(
      () => rnn(2, 3, { recurrentScale: Number.NaN }),
      /rnn: recurrentScale is NaN, expected a finite number/,
    );
  });
});
