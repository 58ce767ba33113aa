/** Two networks of lesson 19 say together how words are spoken: the stored one, and one with a deeper encoder. */
import {
  adam,
  after,
  bidirectional,
  build,
  cosineDecay,
  type Decoder,
  dropout,
  embedding,
  encoderDecoder,
  gru,
  linearWarmup,
  multiplicativeAttention,
  quick,
  random,
  sentencePairs,
  softmax,
  stacked,
  startLongRun,
  storedWeights,
  type WeightTree,
} from "unroll";
import { dev, errors, letters, pairs, type Reader, sounds, test } from "./spelling.js";

const settings = {
  first: "what 19-spelling-to-sound has stored",
  encoder: "two GRUs on top of each other, 128 units in each direction, letters embedded in 64",
  decoder: "GRU, 256 units, general attention asked after the step",
  dropout: 0.25,
  labelSmoothing: 0.1,
  epochs: 13,
  batchSize: 256,
  optimizer: "Adam",
  learningRate: 0.003,
  schedule: "200 steps of warm-up, then cosine",
  clipNorm: 1,
  beam: 4,
  seed: 2,
};
const run = startLongRun("19-together", { settings });

const read = [embedding(letters.size, 64), dropout(64, settings.dropout)] as const;
const bothWays = (inputs: number) => bidirectional(gru(inputs, 128), gru(inputs, 128));
const encoder = stacked(...read, bothWays(64), dropout(256, settings.dropout), bothWays(256));
const options = {
  attention: multiplicativeAttention(256, 256),
  asks: "after",
  labelSmoothing: settings.labelSmoothing,
} as const;
const model = encoderDecoder(encoder, gru(64, 256), sounds, options);
const weights = model.init(random(settings.seed));
const shallow = encoderDecoder(stacked(...read, bothWays(64)), gru(64, 256), sounds, options);
const first = storedWeights("19-spelling-to-sound", shallow.init(random(1)));
if (!first && !quick) {
  throw new Error("19-together needs the weights of another run: `npm run lessons -- 19-spelling-to-sound --full`");
}

const { evaluations } = await run.train(model, weights, sentencePairs(pairs, letters, sounds), {
  epochs: quick ? 1 : settings.epochs,
  batchSize: settings.batchSize,
  bucket: true,
  optimizer: adam({ learningRate: settings.learningRate }),
  schedule: after(linearWarmup(quick ? 1 : 200), cosineDecay()),
  clipNorm: settings.clipNorm,
  random: random(settings.seed + 1),
  evaluate: { metric: (now: typeof weights) => errors(dev, deeper(now), 1).WER, better: "lower" },
  keep: "last",
});

const voters = [...(first ? [stored(first)] : []), deeper(weights)];
const together: Reader = (words, lengths) => voting(voters.map((start) => start(words, lengths)));
const alone = voters.map((one) => errors(dev, one, settings.beam).WER.toFixed(2));
const both = errors(dev, together, settings.beam);
console.log(`dev words wrong: alone ${alone.join(" and ")} %, together ${both.WER.toFixed(2)} %`);

const { PER, WER } = errors(test, together, settings.beam);
run.record({
  name: `words not wholly right, of ${test.length.toLocaleString("en-US")} unseen ones: two networks (phonemes wrong: ${PER.toFixed(2)} %)`,
  value: WER,
  unit: "%",
  expected: [0, 31],
  published: { source: "encoder–decoder LSTM, Yao & Zweig 2015", value: 28.61 },
  data: "CMUdict",
  curve: {
    x: "rounds over all words",
    y: "words wrong of 1,000 dev words, greedily, %",
    lines: [{ name: "dev", x: evaluations.map((_, i) => i + 1), y: evaluations.map(({ value }) => value) }],
  },
});

/** Decoders that add their probabilities at each step. */
function voting(decoders: readonly Decoder[]): Decoder {
  const named = (states: readonly WeightTree[]) => Object.fromEntries(states.map((state, i) => [`voter${i}`, state]));
  return {
    initialState: named(decoders.map(({ initialState }) => initialState)),
    step: (state, ids) => {
      const steps = decoders.map((decoder, i) => decoder.step(state[`voter${i}`] as WeightTree, ids));
      const p = steps.map(({ logits }) => softmax(logits));
      const { rows, cols } = p[0]!;
      const sum = (i: number, j: number) => p.reduce((all, one) => all + one.at(i, j), 0);
      const logits = build(rows, cols, (i, j) => Math.log(sum(i, j) + 1e-30)); // softmax divides by the number of voters
      return { logits, state: named(steps.map(({ state }) => state)) };
    },
  };
}

function deeper(now: typeof weights): Reader {
  return (words, lengths) => model.start(now, words, { lengths });
}

function stored(now: NonNullable<typeof first>): Reader {
  return (words, lengths) => shallow.start(now, words, { lengths });
}
