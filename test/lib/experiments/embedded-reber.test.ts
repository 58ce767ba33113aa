import assert from "node:assert/strict";
import {
  type AnyCell,
  adam,
  feedForward,
  languageModel,
  linearDecay,
  lstm,
  nextReberSymbols,
  random,
  reberStrings,
  reberSymbols,
  train,
} from "unroll";

const TESTS = 1000;

type Reader = AnyCell;

/**
 * The share of unseen embedded Reber strings of which every symbol is foreseen: at each place those that may follow are
 * all more probable than those that may not.
 */
async function foreseen(reader: Reader): Promise<number> {
  const model = languageModel(reberSymbols.length, reader);
  const weights = model.init(random(1));
  await train(model, weights, reberStrings(48_000, random(2), { embedded: true }), {
    epochs: 1,
    batchSize: 16,
    bucket: true,
    optimizer: adam({ learningRate: 0.02 }),
    schedule: linearDecay({ to: 0.1 }),
    random: random(3),
    clipNorm: 1,
  });
  const { x, lengths } = reberStrings(TESTS, random(4), { embedded: true }).batch(
    Array.from({ length: TESTS }, (_, i) => i),
  );
  const logits = model.logits(weights, x, { lengths });
  let right = 0;
  for (let i = 0; i < TESTS; i++) {
    let prefix = "";
    let isRight = true;
    for (let t = 0; t < lengths[i]!; t++) {
      prefix += reberSymbols[x.at(t)[i]!];
      const legal = nextReberSymbols(prefix, { embedded: true });
      const scores = [...reberSymbols].map((symbol, j) => ({ symbol, score: logits.at(t).at(i, j) }));
      const likeliest = scores.sort((a, b) => b.score - a.score).slice(0, legal.length);
      isRight &&= likeliest.every(({ symbol }) => legal.includes(symbol));
    }
    if (isRight) right++;
  }
  return right / TESTS;
}

// Hochreiter & Schmidhuber 1997, experiment 1, where the LSTM learns it always. They found that RNNs trained by BPTT hardly
// ever do; started orthogonally and trained by Adam, as here, one does.
describe("the embedded Reber grammar", function () {
  this.timeout(600_000);

  it("is foreseen by the LSTM in every one of 1,000 unseen strings", async () => {
    assert.equal(await foreseen(lstm(7, 16)), 1);
  });

  it("is foreseen in none by a reader without memory, for T and P lead from several nodes", async () => {
    assert.equal(await foreseen(feedForward(7, 16)), 0);
  });
});
