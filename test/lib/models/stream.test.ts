import assert from "node:assert/strict";
import {
  affine,
  build,
  buildSequence,
  carried,
  type DenseWeights,
  flatten,
  integer,
  languageModel,
  languageModelStream,
  lstm,
  type Matrix,
  product,
  random,
  sgd,
  softmaxCrossEntropy,
  Tokens,
  train,
  truncatedBptt,
} from "unroll";
import { assertNear } from "../near.js";

/** Two streams side by side, read in three windows of four tokens. */
const [B, T, windows] = [2, 4, 3];
const draw = random(5);
const ids = Array.from({ length: B * T * windows + 1 }, () => integer(draw, 6));
const stream = languageModelStream(ids, { batch: B, steps: T });
const cell = lstm(3, 5);
const model = languageModel(6, cell, { precision: "float64" });
/** Both streams from end to end: token t of stream i is token i·12 + t of the text. */
function wholeStreams(): { x: Tokens; targets: Tokens } {
  const steps = T * windows;
  const from = (ahead: number) =>
    new Tokens(
      steps,
      B,
      Int32Array.from({ length: steps * B }, (_, k) => ids[(k % B) * steps + Math.floor(k / B) + ahead]!),
    );
  return { x: from(0), targets: from(1) };
}

describe("a language model on a stream", () => {
  it("is trained by truncated BPTT: the state goes on for ever, gradients go back through one window", () => {
    const weights = model.init(random(1));
    const carrying = carried(model, { stream: true });
    const found = Array.from({ length: windows }, (_, k) => carrying.lossAndGradients(weights, stream.batch([k])));

    const { x, targets } = wholeStreams();
    const { W, b } = weights.readout as DenseWeights;
    const embedded = buildSequence(x.steps, B, 3, (t, i, j) => weights.embedding.E.at(x.at(t)[i]!, j));
    /** A window's loss is the mean over its T·B tokens. */
    const dh = (h: Matrix, t: number) => {
      const { dLogits } = softmaxCrossEntropy(affine(h, W, b), targets.at(t));
      const back = product(dLogits, W, { transposeB: true });
      return build(B, 5, (i, j) => back.at(i, j) / T);
    };
    const passes = [...truncatedBptt(cell, weights.layer, embedded, dh, { k1: T })];
    assert.equal(passes.length, windows);
    passes.forEach(({ gradients }, k) => {
      const own = found[k]!.gradients.layer;
      for (const [name, gradient] of Object.entries(gradients)) assertNear(own[name as "W"], gradient);
    });
  });

  it("is trained so by the trainer, in the order of the text and epoch after epoch", async () => {
    const [weights, byHand] = [model.init(random(1)), model.init(random(1))];
    const { losses } = await train(carried(model, { stream: true }), weights, stream, {
      epochs: 2,
      batchSize: 1,
      shuffle: false,
      optimizer: sgd({ learningRate: 0.5 }),
      random: random(2),
    });

    const optimizer = sgd({ learningRate: 0.5 });
    let initialState = model.initialState(B);
    const known = [0, 1, 2, 0, 1, 2].map((k) => {
      const step = model.lossAndGradients(byHand, stream.batch([k]), { initialState });
      optimizer.step(byHand, step.gradients);
      initialState = step.finalState;
      return step.loss;
    });
    assert.deepEqual(losses, known);
    assert.deepEqual(flatten(weights), flatten(byHand));
  });
});
