import assert from "node:assert/strict";
import {
  build,
  captioner,
  convolution,
  dense,
  feedForward,
  flatten,
  gru,
  languageModel,
  lstm,
  maxPooling,
  nextTokens,
  random,
  rnn,
  stacked,
  Tokens,
} from "unroll";
import { assertNear } from "../near.js";
import { behavesAsModel, sideBySide } from "./model-behaviour.js";

// 0 begins and 1 ends each caption
const captions = [
  [0, 2, 3, 2, 1],
  [0, 1],
  [0, 4, 1],
];
const pixel = (image: number, j: number) => Math.sin(3 * image + j * (image + 1));
const batch = (indices: readonly number[], pad: number) => {
  const { tokens, lengths } = sideBySide(
    indices.map((i) => captions[i]!),
    pad,
  );
  return {
    images: build(indices.length, 36, (i, j) => pixel(indices[i]!, j)),
    target: tokens,
    targetLengths: lengths,
  };
};
const options = { precision: "float64" } as const;
const writer = languageModel(5, stacked(lstm(3, 3), gru(3, 2)), options);
const edges = convolution({ height: 6, width: 6, channels: 1 }, { filters: 2, activation: "tanh" });
const pooled = maxPooling(edges.outputShape);
const overfit = { steps: 150, learningRate: 0.04, below: 0.1 };

behavesAsModel("captioner with a dense encoder", {
  model: captioner(feedForward(36, 4), writer),
  batch,
  count: 3,
  perToken: true,
  overfit,
});
behavesAsModel("captioner with a convolutional encoder", {
  model: captioner(stacked(edges, pooled, feedForward(pooled.outputSize, 3)), writer),
  batch,
  count: 3,
  perToken: true,
  overfit,
});

describe("a captioner", () => {
  const model = captioner(feedForward(36, 4), writer);
  const weights = model.init(random(1));
  const { images, target, targetLengths } = batch([0, 1, 2], 0);

  it("starts all parts of the writer's state from the image, between −1 and 1", () => {
    const state = flatten(model.start(weights, images));
    const shapes = Object.entries(state).map(([name, { rows, cols }]) => [name, rows, cols]);
    assert.deepEqual(shapes, [
      ["layer0.h", 3, 3],
      ["layer0.c", 3, 3],
      ["layer1.h", 3, 2],
    ]);
    for (const part of Object.values(state)) {
      assert.notDeepEqual(part.toRows()[0], part.toRows()[1]);
      assert.ok(part.data.every((v) => Math.abs(v) < 1));
    }
  });

  it("writes step by step what it is trained on: teacher forcing is the same walk", () => {
    const whole = new Tokens(4, 3, target.ids.slice(0, 12));
    const { loss } = model.lossAndGradients(weights, { images, target: whole });
    let state = model.start(weights, images);
    const next = nextTokens(whole);
    let nats = 0;
    for (let t = 0; t < 3; t++) {
      const step = model.step(weights, next.x.at(t), state);
      state = step.state;
      for (let i = 0; i < 3; i++) {
        const z = step.logits.toRows()[i]!;
        nats += Math.log(z.reduce((sum, v) => sum + Math.exp(v), 0)) - z[next.targets.at(t)[i]!]!;
      }
    }
    assert.ok(Math.abs(loss - nats / 9) < 1e-13);
  });

  it("reads images that are a part of a wider matrix", () => {
    const wide = build(3, 40, (i, j) => (j < 36 ? images.at(i, j) : 9));
    assertNear(
      flatten(model.start(weights, wide.columns(0, 36)))["layer0.h"]!,
      flatten(model.start(weights, images))["layer0.h"]!,
    );
  });

  it("has the precision of its writer", () => {
    const light = captioner(feedForward(36, 4), languageModel(5, rnn(3, 3))).init(random(1));
    for (const weight of Object.values(flatten(light))) assert.equal(weight.precision, "float32");
  });

  it("refuses a writer that remembers nothing, and images and captions that do not fit", () => {
    const forgetful = languageModel(5, dense(3, 3));
    assert.throws(() => captioner(feedForward(36, 4), forgetful), /the writer has no state/);
    assert.throws(
      () =>
        model.start(
          weights,
          build(2, 35, () => 0),
        ),
      /the images are 2×35, expected .* rows? of 36 pixels/,
    );
    assert.throws(
      () =>
        model.start(
          weights,
          build(0, 36, () => 0),
        ),
      /the images are 0×36/,
    );
    const two = images.rowRange(0, 2);
    assert.throws(
      () => model.lossAndGradients(weights, { images: two, target, targetLengths }),
      /3 captions for 2 images/,
    );
    const lengths = [5, 1, 2];
    assert.throws(
      () => model.lossAndGradients(weights, { images, target, targetLengths: lengths }),
      /text 1 has 1 token/,
    );
    assert.throws(() => model.step(weights, Int32Array.of(5, 0, 0), model.start(weights, images)), /token 5 at step 0/);
  });
});
