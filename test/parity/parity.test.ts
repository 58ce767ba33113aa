import {
  type ActivationName,
  adam,
  bptt,
  classifier,
  feedForward,
  flatten,
  rnn,
  sgd,
  softmaxCrossEntropy,
  unroll,
} from "unroll";
import { assertParity, fixture, matrix, onEveryEngine, precisionNow, sequenceOf } from "./parity.js";

type Rows = number[][];
type RnnCase = Record<"x" | "dh" | "h" | "dx", Rows[]> & Record<"h0" | "W" | "b" | "dh0" | "dW" | "db", Rows>;
type LayerCase = { activation: ActivationName } & Record<"x" | "dh" | "h" | "W" | "b" | "dx" | "dW" | "db", Rows>;
type LossCase = { logits: Rows; labels: number[]; loss: number; dLogits: Rows };
type Tree = { cell: { W: Rows; b: Rows }; readout: { W: Rows; b: Rows } };
type TrainingCase = {
  optimizer: "sgd" | "adam";
  options: object;
  x: Rows[];
  labels: number[];
  before: Tree;
  losses: number[];
  after: Tree;
};

// every expectation comes from PyTorch 2 in float64: write-first.py
describe("PyTorch's figures", () => {
  onEveryEngine(() => {
    fixture<RnnCase>("rnn").forEach((known) => {
      const [T, B, D, H] = [known.x.length, known.x[0]!.length, known.x[0]![0]!.length, known.h[0]![0]!.length];

      it(`are the RNN's states and gradients over T = ${T}, B = ${B}, D = ${D}, H = ${H}`, () => {
        const cell = rnn(D, H);
        const weights = { W: matrix(known.W), b: matrix(known.b) };
        const run = unroll(cell, weights, sequenceOf(known.x), { initialState: { h: matrix(known.h0) } });
        const dh = known.dh.map((rows) => matrix(rows));
        const { gradients, dx, dInitialState } = bptt(cell, weights, run, dh);
        known.h.forEach((h, t) => {
          assertParity(`h_${t}`, run.states[t]!.h, h);
        });
        known.dx.forEach((expected, t) => {
          assertParity(`∂E/∂x_${t}`, dx[t]!, expected);
        });
        assertParity("∂E/∂W", gradients.W, known.dW);
        assertParity("∂E/∂b", gradients.b, known.db);
        assertParity("∂E/∂h_0", dInitialState.h, known.dh0);
      });
    });

    fixture<LayerCase>("feed-forward").forEach((known) => {
      it(`are the feed-forward layer's output and gradients with ${known.activation}`, () => {
        const x = matrix(known.x);
        const weights = { W: matrix(known.W), b: matrix(known.b) };
        const cell = feedForward(x.cols, weights.W.cols, { activation: known.activation });
        const { state, cache } = cell.forward(weights, x, cell.initialState(x.rows));
        const { dx, gradients } = cell.backward(weights, { h: matrix(known.dh) }, cache);
        assertParity("h", state.h, known.h);
        assertParity("∂E/∂x", dx, known.dx);
        assertParity("∂E/∂W", gradients.W, known.dW);
        assertParity("∂E/∂b", gradients.b, known.db);
      });
    });

    fixture<LossCase>("cross-entropy").forEach((known, n) => {
      it(`are softmax cross-entropy and its gradient (case ${n + 1})`, () => {
        const { loss, dLogits } = softmaxCrossEntropy(matrix(known.logits), known.labels);
        assertParity("loss", matrix([[loss]]), [[known.loss]]);
        assertParity("∂E/∂logits", dLogits, known.dLogits);
      });
    });

    fixture<TrainingCase>("training").forEach((known) => {
      it(`are the losses and weights of 20 steps of ${known.optimizer} with ${JSON.stringify(known.options)}`, () => {
        const matrices = (tree: Tree) => ({
          cell: { W: matrix(tree.cell.W), b: matrix(tree.cell.b) },
          readout: { W: matrix(tree.readout.W), b: matrix(tree.readout.b) },
        });
        const weights = matrices(known.before);
        const model = classifier(rnn(3, 4), 3, { precision: precisionNow() });
        const optimizer = { sgd, adam }[known.optimizer](known.options);
        const losses = known.losses.map(() => {
          const step = model.lossAndGradients(weights, { x: sequenceOf(known.x), labels: known.labels });
          optimizer.step(weights, step.gradients);
          return step.loss;
        });
        assertParity("losses", matrix([losses]), [known.losses], { after: "training" });
        const expected = flatten(matrices(known.after));
        for (const [name, weight] of Object.entries(flatten(weights))) {
          assertParity(name, weight, expected[name]!.toRows(), { after: "training" });
        }
      });
    });
  });
});
