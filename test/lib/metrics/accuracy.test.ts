import assert from "node:assert/strict";
import { accuracy, argmax, buildSequence, classifier, random, rnn } from "unroll";

describe("accuracy", () => {
  const model = classifier(rnn(1, 3), 2);
  const weights = model.init(random(1));
  const next = random(4);
  const all = buildSequence(3, 11, 1, () => 2 * next() - 1, "float32");
  const examples = (truth: ArrayLike<number>) => ({
    count: 11,
    batch: (indices: ArrayLike<number>) => ({
      x: buildSequence(3, indices.length, 1, (t, i) => all.at(t).at(indices[i]!, 0), "float32"),
      labels: Array.from(indices, (i) => truth[i]!),
    }),
  });

  it("is the share of right guesses, whatever the batch size", () => {
    const guesses = argmax(model.logits(weights, all));
    const truth = Array.from(guesses, (k, i) => (i < 4 ? 1 - k : k));
    for (const batchSize of [1, 4, 100]) assert.equal(accuracy(model, weights, examples(truth), { batchSize }), 7 / 11);
  });

  it("needs examples", () => {
    assert.throws(() => accuracy(model, weights, { ...examples([]), count: 0 }), /there are no examples/);
  });
});
