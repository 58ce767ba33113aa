import assert from "node:assert/strict";
import {
  flatten,
  gradientCheck,
  gru,
  languageModel,
  type Matrix,
  nextTokens,
  random,
  restoreRandom,
  rnn,
  stacked,
  Tokens,
  weightDropped,
} from "unroll";

const batch = nextTokens(new Tokens(5, 2, Int32Array.of(0, 1, 2, 3, 4, 0, 1, 2, 3, 4)));

describe("a model with dropped weights", () => {
  const model = languageModel(5, stacked(gru(3, 6), rnn(6, 4)), { precision: "float64" });
  const weights = model.init(random(1));
  const numbers = (matrix: Matrix) => matrix.toRows().flat();

  it("is the model itself outside of training, and when nothing is dropped", () => {
    const plain = model.lossAndGradients(weights, batch);
    assert.equal(weightDropped(model, 0.5).lossAndGradients(weights, batch).loss, plain.loss);
    assert.equal(weightDropped(model, 0).lossAndGradients(weights, batch, { random: random(2) }).loss, plain.loss);
  });

  it("has the gradients of the loss with the same holes", () => {
    const next = random(4);
    const state = next.state();
    const training = weightDropped(model, 0.4);
    const withHoles = () => training.lossAndGradients(weights, batch, { random: restoreRandom(state) });
    const { gradients } = withHoles();
    const { ok, summary } = gradientCheck(() => withHoles().loss, weights, gradients);
    assert.ok(ok, summary);
  });

  it("misses the share that was asked for, of the weights of cells alone, and others each time", () => {
    const training = weightDropped(model, 0.3);
    const next = random(5);
    const zeros = () => {
      const gradients = flatten(training.lossAndGradients(weights, batch, { random: next }).gradients);
      const holes = numbers(gradients["layer.layer0.W"]!).map((g) => g === 0);
      assert.ok(numbers(gradients["readout.W"]!).every((g) => g !== 0));
      return holes;
    };
    const [first, second] = [zeros(), zeros()];
    const share = first.filter(Boolean).length / first.length;
    // 162 weights: the deviation of the share is 0.036
    assert.ok(Math.abs(share - 0.3) < 0.11, `${share}`);
    assert.notDeepEqual(first, second);
  });

  it("gets holes in the matrices that are named", () => {
    const which = (name: string) => name === "readout.W";
    const training = weightDropped(model, 0.5, { which });
    const gradients = flatten(training.lossAndGradients(weights, batch, { random: random(6) }).gradients);
    const isZero = (name: string) => numbers(gradients[name]!).some((g) => g === 0);
    assert.deepEqual([isZero("readout.W"), isZero("layer.layer0.W")], [true, false]);
  });

  it("carries a state", () => {
    const training = weightDropped(model, 0.5);
    const { finalState } = training.lossAndGradients(weights, batch, { random: random(7) });
    const again = training.lossAndGradients(weights, batch, { random: random(7), initialState: finalState });
    assert.notEqual(again.loss, training.lossAndGradients(weights, batch, { random: random(7) }).loss);
  });
});
