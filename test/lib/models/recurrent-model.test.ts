import assert from "node:assert/strict";
import {
  affine,
  affineBackward,
  bptt,
  buildSequence,
  type Cell,
  gradientCheck,
  gru,
  lstm,
  type Matrix,
  matrix,
  memoryCell,
  RecurrentModel,
  random,
  rnn,
  type State,
  softmaxCrossEntropy,
  Tokens,
  unroll,
  type Weights,
  zeros,
} from "unroll";
import { assertParity, fixture, sequenceOf } from "../../parity/parity.js";
import { assertNear } from "../near.js";

type AnyCell = Cell<Weights, State, unknown>;
const [T, B, D, H, N] = [6, 3, 4, 5, 3];
const sequence = buildSequence(T, B, D, (t, i, j) => Math.sin(t + 2 * i + 3 * j));
const targets = new Tokens(
  T,
  B,
  Int32Array.from({ length: T * B }, (_, n) => n % N),
);

describe("RecurrentModel", () => {
  for (const [name, cell] of Object.entries({ RNN: rnn(D, H), LSTM: lstm(D, H), GRU: gru(D, H) })) {
    it(`computes with the ${name} what unroll, bptt and affine compute`, () => {
      const model = RecurrentModel.create(cell as unknown as AnyCell, N, random(1));
      const { cell: weights, readout } = model.weights;
      const initialState = unroll(model.cell, weights, sequence).finalState;

      const run = unroll(model.cell, weights, sequence, { initialState });
      const dh: Matrix[] = [];
      const dW = zeros(H, N);
      let loss = 0;
      const outputs = run.states.map(({ h }, t) => {
        const y = affine(h, readout.W, readout.b);
        const step = softmaxCrossEntropy(y, targets.at(t));
        loss += step.loss;
        const back = affineBackward(step.dLogits, h, readout.W);
        dh.push(back.dX);
        for (let p = 0; p < dW.data.length; p++) dW.data[p]! += back.dW.data[p]!;
        return y;
      });
      const expected = bptt(model.cell, weights, run, dh);

      const forward = model.forward(sequence, initialState, { targets });
      assert.equal(forward.loss, loss);
      outputs.forEach((y, t) => {
        assertNear(forward.outputs[t]!, y);
      });
      assertNear(forward.finalState.h, run.finalState.h);

      const actual = model.bptt(sequence, targets, initialState);
      assert.equal(actual.loss, loss);
      assertNear(actual.finalState.h, run.finalState.h);
      assertNear(actual.gradients.readout.W, dW);
      for (const [key, gradient] of Object.entries(expected.gradients)) {
        assertNear(actual.gradients.cell[key]!, gradient);
      }
      for (const [part, gradient] of Object.entries(expected.dInitialState)) {
        assertNear(actual.dInitialState[part]!, gradient);
      }
    });
  }

  it("has the gradients of the loss that it reports", () => {
    const model = RecurrentModel.create(memoryCell(D, H), N, random(2));
    const { gradients } = model.bptt(sequence, targets);
    const loss = () => model.forward(sequence, model.initialState(B), { targets }).loss;
    const check = gradientCheck(loss, model.weights, gradients);
    assert.ok(check.ok, check.summary);
  });

  it("has no loss without targets, and starts with nothing in mind", () => {
    const model = RecurrentModel.create(rnn(D, H), N, random(1));
    const { loss, finalState } = model.forward(sequence);
    assert.equal(loss, undefined);
    assertNear(finalState.h, unroll(model.cell, model.weights.cell, sequence).finalState.h);
  });

  it("says what does not fit", () => {
    const cell = rnn(D, H);
    const model = RecurrentModel.create(cell, N, random(1));
    assert.throws(() => RecurrentModel.create(cell, 0, random(1)), /outputSize is 0, expected a whole number ≥ 1/);
    assert.throws(
      () => new RecurrentModel(cell, { cell: model.weights.cell, readout: { W: zeros(4, 2), b: zeros(1, 2) } }),
      /RecurrentModel: W_hy is 4×2 and b_y 1×2, expected 5×N and 1×N/,
    );
    assert.throws(() => model.forward(buildSequence(0, 1, D, () => 0)), /the sequence is 0×1×4, expected at least one/);
    assert.throws(
      () => model.bptt(sequence, new Tokens(T, 2)),
      /the targets are 6×2, expected 6×3: one for each output/,
    );
  });
});

type Practical = { W: number[][]; Why: number[][]; x: number[][][]; targets: number[] };

// weights and inputs as NumPy draws them from seed 1234: write-cells.py; what comes out was printed by the practical
describe("the forward pass of the Indaba's practical 4 (2017)", () => {
  const [drawn] = fixture<Practical>("cells-practical");
  const { W, Why, x, targets: classes } = drawn!;
  const weights = { cell: { W: matrix(W), b: zeros(1, 4) }, readout: { W: matrix(Why), b: zeros(1, 8) } };
  const model = new RecurrentModel(rnn(8, 4), weights);
  const { outputs, finalState } = model.forward(sequenceOf(x));

  it("ends in the state that is printed there", () => {
    assertParity("h_4", finalState.h, [[0.19868001, 0.98286478, 0.76491549, -0.91578737]], { after: "training" });
  });

  it("puts out at the end what is printed there", () => {
    const printed = [
      0.64388666, -2.30770109, 3.12462806, -1.48085355, -1.28186319, 1.50545244, -0.98578343, 0.08359233,
    ];
    assertParity("y_4", outputs[4]!, [printed], { after: "training" });
  });

  it("has the targets that are printed there, and gradients that equal differences", () => {
    assert.deepEqual(classes, [1, 0, 0, 1, 0]);
    const wanted = new Tokens(5, 1, Int32Array.from(classes));
    const { gradients } = model.bptt(sequenceOf(x), wanted);
    const loss = () => model.forward(sequenceOf(x), model.initialState(1), { targets: wanted }).loss;
    const check = gradientCheck(loss, weights, gradients);
    assert.ok(check.ok, check.summary);
  });
});
