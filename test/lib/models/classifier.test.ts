import assert from "node:assert/strict";
import { argmax, buildSequence, classifier, feedForward, gradientCheck, random, rnn, softmax } from "unroll";
import { assertNear } from "../near.js";

describe("classifier", () => {
  const model = classifier(rnn(3, 4), 5, { precision: "float64" });
  const weights = model.init(random(1));
  const next = random(2);
  const x = buildSequence(6, 3, 3, next);
  const labels = [4, 0, 2];

  it("has gradients that equal five-point differences", () => {
    const initialState = { h: x.at(0).columns(0, 1) };
    const wide = { h: softmax(buildSequence(1, 3, 4, next).at(0)) };
    for (const options of [{}, { initialState: wide }]) {
      const { gradients } = model.lossAndGradients(weights, { x, labels }, options);
      const check = gradientCheck(
        () => model.lossAndGradients(weights, { x, labels }, options).loss,
        weights,
        gradients,
      );
      assert.ok(check.ok, check.summary);
    }
    assert.throws(() => model.logits(weights, x, { initialState }), /rnn: the state is 3×1, expected 3×4/);
  });

  it("knows after each step what it would say if the sequence ended there", () => {
    const every = model.everyStep(weights, x);
    assert.deepEqual([every.steps, every.batch, every.width], [6, 3, 5]);
    for (let t = 0; t < 6; t++) assertNear(every.at(t), softmax(model.logits(weights, x.slice(0, t + 1))));
  });

  it("reads two sequences one after the other as one, when the state is carried over", () => {
    const initialState = model.finalState(weights, x.slice(0, 4));
    assert.deepEqual(model.logits(weights, x.slice(4, 6), { initialState }), model.logits(weights, x));
    assert.deepEqual(model.states(weights, x).at(5).toRows(), model.finalState(weights, x).h.toRows());
  });

  it("counts the share of a batch that is right, and says where reading ended", () => {
    const guesses = argmax(model.logits(weights, x));
    const result = model.lossAndGradients(weights, { x, labels: [guesses[0]!, guesses[1]!, (guesses[2]! + 1) % 5] });
    assert.equal(result.accuracy, 2 / 3);
    assert.deepEqual(result.finalState, model.finalState(weights, x));
  });

  it("is float32 by default, from the same draws", () => {
    const light = classifier(rnn(3, 4), 5).init(random(1));
    assert.equal(light.cell.W.precision, "float32");
    assertNear(light.cell.W, weights.cell.W, 1e-7);
  });

  it("is the ordinary feed-forward network with that cell and one step, and says why it takes no other width", () => {
    const flat = classifier(feedForward(6, 4), 2);
    assert.throws(
      () =>
        flat.logits(
          flat.init(random(1)),
          buildSequence(1, 1, 12, () => 0, "float32"),
        ),
      /feed-forward: x has 12 columns, the network was made for inputSize 6/,
    );
  });

  it("refuses a number of classes that is none", () => {
    assert.throws(() => classifier(rnn(1, 1), 1), /there are 1 classes, expected a whole number ≥ 2/);
  });
});
