import {
  type AnyCell,
  adam,
  languageModel,
  linearDecay,
  nextReberSymbols,
  random,
  reberStrings,
  reberSymbols,
  train,
} from "unroll";

const TESTS = 1000;

/**
 * The share of 1,000 unseen embedded Reber strings of which every symbol is foreseen: at each place those that may follow
 * are all more probable than those that may not.
 *
 * @see Hochreiter & Schmidhuber 1997, experiment 1
 */
export async function foreseenReberStrings(reader: AnyCell, { seed = 1 } = {}): Promise<number> {
  const model = languageModel(reberSymbols.length, reader);
  const weights = model.init(random(seed));
  await train(model, weights, reberStrings(48_000, random(10 + seed), { embedded: true }), {
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
