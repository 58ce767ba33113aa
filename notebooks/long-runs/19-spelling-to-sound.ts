/** The network of lesson 19 that says how words are spoken, with more time than a lesson has. */
import {
  adam,
  after,
  bidirectional,
  cosineDecay,
  dropout,
  embedding,
  encoderDecoder,
  gru,
  linearWarmup,
  multiplicativeAttention,
  quick,
  random,
  sentencePairs,
  stacked,
  startLongRun,
} from "unroll";
import { dev, errors, letters, pairs, type Reader, sounds, test } from "./spelling.js";

const settings = {
  encoder: "GRU, 128 units in each direction, letters embedded in 64",
  decoder: "GRU, 256 units, general attention asked after the step",
  dropout: 0.2,
  labelSmoothing: 0.1,
  epochs: 16,
  batchSize: 256,
  optimizer: "Adam",
  learningRate: 0.003,
  schedule: "200 steps of warm-up, then cosine",
  clipNorm: 1,
  beam: 4,
  seed: 1,
};
const run = startLongRun("19-spelling-to-sound", { settings });

const model = encoderDecoder(
  stacked(embedding(letters.size, 64), dropout(64, settings.dropout), bidirectional(gru(64, 128), gru(64, 128))),
  gru(64, 256),
  sounds,
  { attention: multiplicativeAttention(256, 256), asks: "after", labelSmoothing: settings.labelSmoothing },
);
const weights = model.init(random(settings.seed));
const read: Reader = (words, lengths) => model.start(weights, words, { lengths });

const { evaluations } = await run.train(model, weights, sentencePairs(pairs, letters, sounds), {
  epochs: quick ? 1 : settings.epochs,
  batchSize: settings.batchSize,
  bucket: true,
  optimizer: adam({ learningRate: settings.learningRate }),
  schedule: after(linearWarmup(quick ? 1 : 200), cosineDecay()),
  clipNorm: settings.clipNorm,
  random: random(settings.seed + 1),
  evaluate: { metric: () => errors(dev, read, 1).PER, better: "lower" },
  keep: "last",
});

const { PER, WER } = errors(test, read, settings.beam);
run.record(
  {
    name: `phonemes wrong, ${test.length.toLocaleString("en-US")} unseen words (words not wholly right: ${WER.toFixed(2)} %)`,
    value: PER,
    unit: "%",
    expected: [0, 8],
    published: { source: "encoder–decoder LSTM, Yao & Zweig 2015; their words: 28.61", value: 7.63 },
    data: "CMUdict",
    curve: {
      x: "rounds over all words",
      y: "phonemes wrong of 1,000 dev words, greedily, %",
      lines: [{ name: "dev", x: evaluations.map((_, i) => i + 1), y: evaluations.map(({ value }) => value) }],
    },
  },
  { weights },
);
