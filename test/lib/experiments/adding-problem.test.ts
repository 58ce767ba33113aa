import assert from "node:assert/strict";
import {
  adam,
  addingBaseline,
  addingProblem,
  gru,
  lstm,
  meanSquaredError,
  random,
  regressor,
  rnn,
  train,
} from "unroll";

const STEPS = 100;
const BATCH = 32;

/** Mean squared error on numbers that were never seen, after at most so many steps of training. */
async function adding(cell: Parameters<typeof regressor>[0], steps: number, learningRate: number): Promise<number> {
  const model = regressor(cell, 1);
  const weights = model.init(random(1));
  const held = (seed: number) => {
    const { x, targets } = addingProblem(STEPS, 500, random(seed)).batch(Array.from({ length: 500 }, (_, i) => i));
    return (now: typeof weights) => meanSquaredError(model.predict(now, x), targets).loss;
  };
  const signal = { aborted: false };
  await train(model, weights, addingProblem(STEPS, steps * BATCH, random(11)), {
    batchSize: BATCH,
    optimizer: adam({ learningRate }),
    random: random(3),
    clipNorm: 1,
    evaluate: held(98),
    evaluateEvery: 100,
    signal,
    // stop well below the bound: 0.01 is what is asked for on other numbers
    onStep: ({ evaluation }) => {
      signal.aborted = evaluation !== undefined && evaluation < 0.005;
    },
  });
  return held(99)(weights);
}

// Hochreiter & Schmidhuber 1997, experiment 4, and Le et al. 2015, section 4.1: who answers 1 has 1/6 = 0.167. With seeds
// 1, 2 and 3 the GRU came to 0.0013, 0.0010 and 0.0008 after 300 steps; with seeds 1 and 2 the LSTM to 0.003 and 0.004
// after 1,200 and 1,000.
describe("the adding problem over 100 steps", function () {
  this.timeout(600_000);

  it("is solved by the GRU", async () => {
    const error = await adding(gru(2, 16), 600, 0.02);
    assert.ok(error < 0.01, `mean squared error ${error}`);
  });

  it("is solved by the LSTM", async () => {
    const error = await adding(lstm(2, 16), 2500, 0.02);
    assert.ok(error < 0.01, `mean squared error ${error}`);
  });

  for (const learningRate of [0.02, 0.002])
    it(`is not solved by the tanh RNN in as many steps as the LSTM had, at learning rate ${learningRate}`, async () => {
      const error = await adding(rnn(2, 16), 2500, learningRate);
      assert.ok(error > 0.1, `mean squared error ${error}, where guessing has ${addingBaseline}`);
    });
});
