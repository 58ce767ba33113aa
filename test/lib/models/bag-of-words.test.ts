import assert from "node:assert/strict";
import { adam, bagOfWords, random, Tokens, train } from "unroll";
import { behavesAsModel, sideBySide } from "./model-behaviour.js";

const texts = [[1, 2, 3, 4, 0], [2, 2], [4, 0, 1], [3]];
const labels = [2, 0, 1, 0];

behavesAsModel("bag of words", {
  model: bagOfWords(5, 3, { precision: "float64" }),
  batch: (indices, pad) => {
    const { tokens, lengths } = sideBySide(
      indices.map((i) => texts[i]!),
      pad,
    );
    return { x: tokens, labels: indices.map((i) => labels[i]!), lengths };
  },
  count: 4,
  perToken: false,
  overfit: { steps: 80, learningRate: 0.1, below: 0.1 },
});

describe("a bag of words", () => {
  it("adds up what each word says, as often as it stands there, and the bias", () => {
    const model = bagOfWords(3, 2, { precision: "float64" });
    const weights = model.init();
    weights.W.set(1, 0, 2);
    weights.W.set(2, 1, 5);
    weights.b.set(0, 1, -1);
    const x = new Tokens(3, 2, Int32Array.of(1, 2, 1, 2, 2, 1)); // 1 1 2, and 2 2 1
    assert.deepEqual(model.logits(weights, x).toRows(), [
      [4, 4],
      [2, 9],
    ]);
    assert.deepEqual(model.logits(weights, x, { lengths: [2, 1] }).toRows(), [
      [4, -1],
      [0, 4],
    ]);
  });

  it("cannot learn what only the order tells", async () => {
    const model = bagOfWords(3, 2);
    const weights = model.init();
    const both = {
      count: 2,
      batch: (indices: ArrayLike<number>) => ({
        x: new Tokens(
          2,
          indices.length,
          Int32Array.from({ length: 2 * indices.length }, (_, k) => {
            const [t, i] = [Math.floor(k / indices.length), k % indices.length];
            return indices[i] === 0 ? 1 + t : 2 - t;
          }),
        ),
        labels: Array.from(indices),
      }),
    };
    const options = { epochs: 50, batchSize: 2, optimizer: adam({ learningRate: 0.1 }), random: random(1) };
    const { losses } = await train(model, weights, both, options);
    assert.ok(Math.abs(losses.at(-1)! - Math.log(2)) < 1e-6);
  });
});
