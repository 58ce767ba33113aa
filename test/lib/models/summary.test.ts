import assert from "node:assert/strict";
import { classifier, embedding, languageModel, random, rnn, stacked, summary } from "unroll";

describe("summary", () => {
  it("names the parts of a model and how many weights each has, without weights at hand", () => {
    const model = classifier(rnn(2, 3), 4);
    const [ofModel, ofWeights] = [summary(model), summary(model.init(random(1)))];
    // W: (2 + 3)·3, b: 3, W_hy: 3·4, b_y: 4
    assert.equal(ofModel.title, "34 weights: cell 18, readout 16");
    assert.equal(ofWeights.title, "34 weights");
    assert.deepEqual(ofModel.rows, ofWeights.rows);
  });

  it("shows the matrices of layers and of models that are built from them", () => {
    assert.deepEqual(summary(stacked(embedding(50, 30), rnn(30, 2))).rows, [
      ["layer0.E", "50×30", "1,500", "float64"],
      ["layer1.W", "32×2", "64", "float64"],
      ["layer1.b", "1×2", "2", "float64"],
    ]);
    assert.equal(
      summary(languageModel(5, rnn(3, 3), { tied: true })).title,
      "41 weights: embedding 15, layer 21, readout 5",
    );
  });
});
