import assert from "node:assert/strict";
import {
  accuracy,
  adam,
  bidirectional,
  buildSequence,
  carried,
  classifier,
  dense,
  dropout,
  embedding,
  lstm,
  random,
  recurrent,
  rnn,
  stacked,
  train,
} from "unroll";
import { assertNear } from "../near.js";
import { behavesAsModel, sideBySide } from "./model-behaviour.js";

const texts = [[1, 2, 3, 4, 0], [2, 2], [4, 0, 1], [3]];
const labels = [2, 0, 1, 0];
const batch = (indices: readonly number[], pad: number) => {
  const { tokens, lengths } = sideBySide(
    indices.map((i) => texts[i]!),
    pad,
  );
  return { x: tokens, labels: indices.map((i) => labels[i]!), lengths };
};
const reader = stacked(embedding(5, 3), bidirectional(rnn(3, 2), lstm(3, 3)), rnn(5, 4));
const options = { precision: "float64" } as const;
const overfit = { steps: 80, learningRate: 0.03, below: 0.1 };

behavesAsModel("classifier over an embedding, a bidirectional layer and a cell", {
  model: classifier(reader, 3, options),
  batch,
  count: 4,
  perToken: false,
  overfit,
});
behavesAsModel("classifier over a bidirectional layer on top", {
  model: classifier(stacked(embedding(5, 3), bidirectional(rnn(3, 3), rnn(3, 2))), 3, options),
  batch,
  count: 4,
  perToken: false,
  overfit,
});

describe("a classifier over a layer", () => {
  const both = bidirectional(rnn(2, 3), rnn(2, 3));
  const x = buildSequence(4, 2, 2, (t, i, j) => Math.sin(3 * t + 2 * i + j));

  it("is the same as over its cell, with the weights under `layer`", () => {
    const [one, other] = [classifier(rnn(2, 3), 2, options), classifier(recurrent(rnn(2, 3)), 2, options)];
    const { cell, readout } = one.init(random(1));
    const weights = other.init(random(1));
    assert.deepEqual(weights, { layer: cell, readout });
    const fromCell = one.lossAndGradients({ cell, readout }, { x, labels: [0, 1], lengths: [4, 2] });
    const fromLayer = other.lossAndGradients(weights, { x, labels: [0, 1], lengths: [4, 2] });
    assert.equal(fromCell.loss, fromLayer.loss);
    assert.deepEqual(fromCell.gradients.cell, fromLayer.gradients.layer);
    assert.deepEqual(other.everyStep(weights, x), one.everyStep({ cell, readout }, x));
  });

  it("keeps its guess where a sequence has ended", () => {
    const model = classifier(rnn(2, 3), 2, options);
    const weights = model.init(random(1));
    const every = model.everyStep(weights, x, { lengths: [4, 2] });
    assert.deepEqual(every.at(3).toRows()[1], every.at(1).toRows()[1]);
    assertNear(
      model.logits(weights, x, { lengths: [4, 2] }).rowRange(1, 2),
      model.logits(weights, x.slice(0, 2)).rowRange(1, 2),
    );
  });

  it("has no guess on the way where it reads from both ends", () => {
    const model = classifier(both, 2, options);
    assert.throws(() => model.everyStep(model.init(random(1)), x), /it also reads from the end/);
  });

  it("drops only in training", () => {
    const model = classifier(stacked(rnn(2, 4), dropout(4, 0.5), rnn(4, 3)), 2, options);
    const weights = model.init(random(1));
    const loss = (next?: () => number) => model.lossAndGradients(weights, { x, labels: [0, 1] }, { random: next }).loss;
    assert.equal(loss(), loss());
    assert.notEqual(loss(random(1)), loss());
    assert.equal(loss(random(1)), loss(random(1)));
  });

  it("carries the states of a stack from batch to batch", () => {
    const model = classifier(stacked(rnn(2, 4), lstm(4, 3)), 2, options);
    const weights = model.init(random(1));
    const training = carried(model);
    const [first, second] = [
      { x: x.slice(0, 2), labels: [0, 1] },
      { x: x.slice(2, 4), labels: [1, 1] },
    ];
    training.lossAndGradients(weights, first);
    const { loss } = training.lossAndGradients(weights, second);
    assert.ok(Math.abs(loss - model.lossAndGradients(weights, { x, labels: [1, 1] }).loss) < 1e-14);
  });

  it("is trained and judged on tokens of different lengths", async () => {
    const model = classifier(reader, 3);
    const weights = model.init(random(1));
    const examples = { count: 4, batch: (indices: ArrayLike<number>) => batch(Array.from(indices), 0) };
    await train(model, weights, examples, {
      epochs: 80,
      batchSize: 2,
      optimizer: adam({ learningRate: 0.02 }),
      random: random(2),
    });
    assert.equal(accuracy(model, weights, examples), 1);
  });

  it("refuses what knows nothing when it has read all, and other bad input", () => {
    assert.throws(() => classifier(stacked(rnn(2, 4), dense(4, 3)), 2), /it remembers nothing and so has no summary/);
    const model = classifier(both, 2, options);
    const weights = model.init(random(1));
    assert.throws(
      () => model.logits(weights, x, { lengths: [4, 5] }),
      /the length of sequence 1 is 5, expected .* 1 to 4/,
    );
    assert.throws(() => model.lossAndGradients(weights, { x, labels: [0] }), /1 labels for 2 rows/);
    assert.throws(() => model.lossAndGradients(weights, { x, labels: [0, 2] }), /label 2 in row 1 is not a class/);
  });
});
