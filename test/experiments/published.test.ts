import assert from "node:assert/strict";
import { addingBaseline, feedForward, gru, lstm, rnn } from "unroll";
import { solveAdding } from "./adding-problem.js";
import { foreseenReberStrings } from "./embedded-reber.js";
import { predictMackeyGlass } from "./mackey-glass.js";

// `npm run experiments` prints the figures of several seeds, on which the margins rest
describe("published experiments", function () {
  this.timeout(600_000);

  it("the adding problem over 100 steps is solved by the GRU", async () => {
    const { error } = await solveAdding(gru(2, 16), { steps: 600 });
    assert.ok(error < 0.01, `mean squared error ${error}`);
  });

  it("the adding problem over 100 steps is solved by the LSTM", async () => {
    const { error } = await solveAdding(lstm(2, 16), { steps: 2500 });
    assert.ok(error < 0.01, `mean squared error ${error}`);
  });

  for (const learningRate of [0.02, 0.002])
    it(`the tanh RNN does not solve it in as many steps as the LSTM had, at learning rate ${learningRate}`, async () => {
      const { error } = await solveAdding(rnn(2, 16), { steps: 2500, learningRate });
      assert.ok(error > 0.1, `mean squared error ${error}, where guessing has ${addingBaseline}`);
    });

  it("the LSTM foresees the embedded Reber grammar in every one of 1,000 unseen strings", async () => {
    assert.equal(await foreseenReberStrings(lstm(7, 16)), 1);
  });

  it("a reader without memory foresees it in none, for T and P lead from several nodes", async () => {
    assert.equal(await foreseenReberStrings(feedForward(7, 16)), 0);
  });

  it("400 units of a reservoir predict Mackey–Glass one step and, running freely, 84 steps ahead", () => {
    const { oneStep, steps84, lazy } = predictMackeyGlass();
    assert.ok(oneStep < 1e-4, `one step: ${oneStep}`);
    assert.ok(steps84 < 1e-3, `84 steps: ${steps84}`);
    assert.ok(lazy > 0.5, `the value of 84 steps before: ${lazy}`); // what there is to win
  });
});
