import assert from "node:assert/strict";
import {
  additiveAttention,
  attentiveCaptioner,
  beamSearch,
  build,
  convolution,
  flatten,
  greedy,
  gru,
  imageStack,
  lstm,
  multiplicativeAttention,
  nextTokens,
  random,
  Tokens,
} from "unroll";
import { assertNear } from "../near.js";
import { behavesAsModel, sideBySide } from "./model-behaviour.js";

// 1 begins and 2 ends each caption
const captions = [
  [1, 3, 4, 3, 2],
  [1, 2],
  [1, 5, 2],
];
const batch = (indices: readonly number[], pad: number) => {
  const { tokens, lengths } = sideBySide(
    indices.map((i) => captions[i]!),
    pad,
  );
  return {
    images: build(indices.length, 36, (i, j) => Math.sin(3 * indices[i]! + j * (indices[i]! + 1))),
    target: tokens,
    targetLengths: lengths,
  };
};
const words = { size: 6, special: { begin: 1, end: 2 } };
const options = { precision: "float64" } as const;
const eye = imageStack(
  { height: 6, width: 6, channels: 1 },
  (image) => convolution(image, { filters: 3, padding: 1, activation: "tanh" }),
  (grid) => convolution(grid, { filters: 2, padding: 1, stride: 2, activation: "tanh" }), // no maximum: it has a kink
);
const overfit = { steps: 150, learningRate: 0.04, below: 0.1 };

behavesAsModel("attentive captioner with additive attention and an LSTM", {
  model: attentiveCaptioner(eye, lstm(3 + 2, 4), words, additiveAttention(4, 2, 3), options),
  batch,
  count: 3,
  perToken: true,
  overfit,
});
behavesAsModel("attentive captioner with multiplicative attention and a GRU", {
  model: attentiveCaptioner(eye, gru(3 + 2, 4), words, multiplicativeAttention(4, 2), options),
  batch,
  count: 3,
  perToken: true,
  overfit,
});

behavesAsModel("attentive captioner that asks after the step", {
  model: attentiveCaptioner(eye, lstm(3, 4), words, additiveAttention(4, 2, 3), { ...options, asks: "after" }),
  batch,
  count: 3,
  perToken: true,
  overfit,
});

describe("an attentive captioner", () => {
  const model = attentiveCaptioner(eye, lstm(3 + 2, 4), words, additiveAttention(4, 2, 3), options);
  const weights = model.init(random(1));
  const { images, target, targetLengths } = batch([0, 1, 2], 0);

  it("looks at the cells of the grid, before each word at all of them together once", () => {
    const looks = model.alignments(weights, { images, target, targetLengths });
    assert.deepEqual([looks.steps, looks.batch, looks.width], [4, 3, 9]);
    for (const row of looks.flat().toRows()) {
      assert.ok(row.every((weight) => weight > 0));
      assert.ok(Math.abs(row.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-12);
    }
  });

  for (const [asks, inputSize] of [
    ["before", 3 + 2],
    ["after", 3],
  ] as const) {
    it(`writes step by step what it is trained on when it asks ${asks} the step: teacher forcing is the same walk`, () => {
      const asking = attentiveCaptioner(eye, lstm(inputSize, 4), words, additiveAttention(4, 2, 3), {
        ...options,
        asks,
      });
      const own = asking.init(random(2));
      const ids = target.ids.slice(0, 12).map((id) => id || 3);
      const whole = new Tokens(4, 3, ids);
      const { loss } = asking.lossAndGradients(own, { images, target: whole });
      const looks = asking.alignments(own, { images, target: whole });
      const decoder = asking.start(own, images);
      let state = decoder.initialState;
      const next = nextTokens(whole);
      let nats = 0;
      for (let t = 0; t < 3; t++) {
        const step = decoder.step(state, next.x.at(t));
        state = step.state;
        assertNear(step.attention!, looks.at(t), 1e-12);
        for (let i = 0; i < 3; i++) {
          const z = step.logits.toRows()[i]!;
          nats += Math.log(z.reduce((sum, v) => sum + Math.exp(v), 0)) - z[next.targets.at(t)[i]!]!;
        }
      }
      assert.ok(Math.abs(loss - nats / 9) < 1e-13);
    });
  }

  it("is written with by greedy and beam search, which say where it looked", () => {
    const decoder = model.start(weights, images);
    const writing = { begin: 1, end: 2, maxLength: 5 };
    const [first] = greedy(decoder, writing);
    assert.equal(first!.attention!.cols, 9);
    assert.equal(first!.attention!.rows, first!.tokens.length);
    const beams = beamSearch(decoder, { ...writing, width: 3 });
    assert.ok(beams[0]![0]!.logProbability >= first!.logProbability - 1e-12);
  });

  it("tells equal cells apart by their place", () => {
    const blank = build(1, 36, () => 0);
    const [look] = model
      .alignments(weights, { images: blank, target: new Tokens(2, 1, Int32Array.of(1, 2)) })
      .flat()
      .toRows();
    assert.notEqual(look![0], look![8]); // two corners, alike but for their place and the filters' orientation
    const nowhere = {
      ...weights,
      place: { P: build(1, 18, () => 0) },
      encoder: { ...weights.encoder, layer1: { W: build(27, 2, () => 0), b: build(1, 2, () => 0) } },
    };
    const [even] = model
      .alignments(nowhere, { images: blank, target: new Tokens(2, 1, Int32Array.of(1, 2)) })
      .flat()
      .toRows();
    for (const weight of even!) assert.ok(Math.abs(weight - 1 / 9) < 1e-12);
  });

  it("drops a part of what its read-out reads in training only", () => {
    const dropping = attentiveCaptioner(eye, lstm(3 + 2, 4), words, additiveAttention(4, 2, 3), {
      ...options,
      dropout: 0.5,
    });
    const examples = { images, target, targetLengths };
    const loss = (how?: { random: ReturnType<typeof random> }) =>
      dropping.lossAndGradients(weights, examples, how).loss;
    assert.equal(loss(), model.lossAndGradients(weights, examples).loss);
    assert.notEqual(loss({ random: random(1) }), loss());
    assert.equal(loss({ random: random(1) }), loss({ random: random(1) }));
  });

  it("has float32 weights unless it is asked for others", () => {
    const light = attentiveCaptioner(eye, lstm(3 + 2, 4), words, additiveAttention(4, 2, 3)).init(random(1));
    for (const weight of Object.values(flatten(light))) assert.equal(weight.precision, "float32");
  });
});
