import assert from "node:assert/strict";
import {
  argmax,
  bidirectional,
  build,
  buildSequence,
  crf,
  dropout,
  embedding,
  lstm,
  mapWeights,
  random,
  rnn,
  stacked,
  Tokens,
  tagger,
  type WeightTree,
} from "unroll";
import { behavesAsModel, sideBySide } from "./model-behaviour.js";

const words = [[1, 2, 3, 4, 0], [2, 2], [4, 0, 1], [3]];
const tagsOf = [[0, 1, 1, 2, 0], [1, 1], [2, 0, 0], [1]];
const batch = (indices: readonly number[], pad: number) => {
  const pick = (rows: number[][]) =>
    sideBySide(
      indices.map((i) => rows[i]!),
      pad,
    );
  return { x: pick(words).tokens, targets: pick(tagsOf).tokens, lengths: pick(words).lengths };
};
const reader = stacked(embedding(5, 3), bidirectional(rnn(3, 2), lstm(3, 2)));
const options = { precision: "float64" } as const;
const overfit = { steps: 100, learningRate: 0.05, below: 0.1 };

behavesAsModel("tagger", { model: tagger(reader, 3, options), batch, count: 4, perToken: true, overfit });
behavesAsModel("tagger with a CRF", {
  model: tagger(reader, 3, { ...options, crf: true }),
  batch,
  count: 4,
  perToken: false,
  overfit,
});
behavesAsModel("tagger over a cell", {
  model: tagger(rnn(2, 4), 3, options),
  batch: (indices, pad) => {
    const { x, targets, lengths } = batch(indices, pad);
    const angle = (t: number, i: number) => (t < lengths[i]! ? x.at(t)[i]! : 100 * pad);
    return { x: buildSequence(x.steps, x.batch, 2, (t, i, j) => Math.sin(angle(t, i) + j)), targets, lengths };
  },
  count: 4,
  perToken: true,
  overfit: { ...overfit, steps: 200 },
});

describe("a tagger", () => {
  const next = random(3);
  const randomised = <W extends WeightTree>(tree: W) =>
    mapWeights(tree, ({ rows, cols }) => build(rows, cols, () => 2 * next() - 1));
  const { x, targets, lengths } = batch([0, 1, 2, 3], 0);

  it("says the most probable tag of each step, and 0 behind the end", () => {
    const model = tagger(reader, 3, options);
    const weights = randomised(model.init(next));
    const emissions = model.emissions(weights, x, { lengths });
    const tags = model.tags(weights, x, { lengths });
    for (let t = 0; t < 5; t++) {
      const best = argmax(emissions.at(t));
      lengths.forEach((length, i) => {
        assert.equal(tags.at(t)[i], t < length ? best[i] : 0);
      });
    }
  });

  it("says with a CRF the sequence with the highest score of all, which neighbours decide too", () => {
    const model = tagger(reader, 3, { ...options, crf: true });
    const weights = randomised(model.init(next));
    assert.ok("crf" in weights);
    const emissions = model.emissions(weights, x, { lengths });
    const { tags } = crf(3).viterbi(weights.crf, emissions, { lengths });
    assert.deepEqual(model.tags(weights, x, { lengths }), tags);
    const forbidden = { ...weights.crf, transitions: build(3, 3, (i, j) => (i === j ? -1e3 : 0)) };
    const changed = model.tags({ ...weights, crf: forbidden }, x, { lengths });
    for (let t = 1; t < 5; t++) assert.notEqual(changed.at(t)[0], changed.at(t - 1)[0]);
  });

  it("counts the share of tags that are right, with and without a CRF", () => {
    for (const withCrf of [false, true]) {
      const model = tagger(reader, 3, { ...options, crf: withCrf });
      const weights = randomised(model.init(next));
      const tags = model.tags(weights, x, { lengths });
      tags.ids[0] = (tags.ids[0]! + 1) % 3;
      const { accuracy, count } = model.lossAndGradients(weights, { x, targets: tags, lengths });
      assert.deepEqual([accuracy, count], [10 / 11, 11]); // 5 + 2 + 3 + 1 words
    }
  });

  it("drops only in training", () => {
    const model = tagger(stacked(embedding(5, 3), dropout(3, 0.5), rnn(3, 2)), 3, options);
    const weights = model.init(random(1));
    const loss = (next?: () => number) =>
      model.lossAndGradients(weights, { x, targets, lengths }, { random: next }).loss;
    assert.equal(loss(), loss());
    assert.notEqual(loss(random(1)), loss());
  });

  it("refuses numbers of tags that are none, tags that are none, and weights of the other kind", () => {
    assert.throws(() => tagger(reader, 1), /there are 1 tags, expected a whole number ≥ 2/);
    const [plain, field] = [tagger(reader, 3, options), tagger(reader, 3, { ...options, crf: true })];
    const weights = plain.init(random(1));
    assert.throws(() => field.tags(weights, x), /the weights have no crf/);
    assert.throws(() => plain.tags(weights, x, { lengths: [5, 2] }), /there are 2 lengths for 4 sequences/);
    const wrong = new Tokens(
      5,
      4,
      Int32Array.from({ length: 20 }, () => 3),
    );
    assert.throws(() => plain.lossAndGradients(weights, { x, targets: wrong, lengths }), /3/);
    assert.throws(
      () => field.lossAndGradients(field.init(random(1)), { x, targets: wrong, lengths }),
      /tag 3 at step 0/,
    );
    assert.throws(() => plain.lossAndGradients(weights, { x, targets: new Tokens(4, 4), lengths }), /expected/);
  });
});
