/** The network of lesson 19 that says how words are spoken, with more time than a lesson has. */
import {
  adam,
  after,
  beamSearch,
  bidirectional,
  characterVocabulary,
  cmudict,
  cosineDecay,
  dropout,
  editDistance,
  embedding,
  encoderDecoder,
  greedy,
  gru,
  linearWarmup,
  multiplicativeAttention,
  padded,
  quick,
  random,
  sentencePairs,
  stacked,
  startLongRun,
  wordVocabulary,
} from "unroll";

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

const words = cmudict();
const letters = characterVocabulary(words.train.map(({ word }) => word));
const sounds = wordVocabulary(
  words.train.map(({ phonemes }) => phonemes),
  { special: ["pad", "begin", "end"] },
);
const model = encoderDecoder(
  stacked(embedding(letters.size, 64), dropout(64, settings.dropout), bidirectional(gru(64, 128), gru(64, 128))),
  gru(64, 256),
  sounds,
  { attention: multiplicativeAttention(256, 256), asks: "after", labelSmoothing: settings.labelSmoothing },
);
const weights = model.init(random(settings.seed));
const pairs = words.train.slice(0, quick ? 1_000 : undefined).map(({ word, phonemes }) => [word, phonemes] as const);
const dev = words.dev.slice(0, quick ? 50 : 1_000);
const test = words.test.slice(0, quick ? 50 : undefined);

const { evaluations } = await run.train(model, weights, sentencePairs(pairs, letters, sounds), {
  epochs: quick ? 1 : settings.epochs,
  batchSize: settings.batchSize,
  bucket: true,
  optimizer: adam({ learningRate: settings.learningRate }),
  schedule: after(linearWarmup(quick ? 1 : 200), cosineDecay()),
  clipNorm: settings.clipNorm,
  random: random(settings.seed + 1),
  evaluate: { metric: () => errors(dev, 1).PER, better: "lower" },
  keep: "last",
});

const { PER, WER } = errors(test, settings.beam);
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

function errors(rows: typeof test, width: number): { PER: number; WER: number } {
  let [changes, length, wrong] = [0, 0, 0];
  const { begin, end } = model;
  for (let i = 0; i < rows.length; i += 250) {
    const part = rows.slice(i, i + 250);
    const { tokens, lengths } = padded(part.map(({ word }) => letters.encode(word)));
    const ready = model.start(weights, tokens, { lengths });
    const options = { begin, end, maxLength: 30 };
    const said = width === 1 ? greedy(ready, options) : beamSearch(ready, { ...options, width }).map(([best]) => best!);
    part.forEach(({ pronunciations }, k) => {
      const spoken = sounds.decode(said[k]!.tokens).split(" ");
      const nearest = pronunciations
        .map((truth) => ({ distance: editDistance(spoken, truth), length: truth.length }))
        .reduce((best, next) => (next.distance < best.distance ? next : best));
      changes += nearest.distance;
      length += nearest.length;
      wrong += Number(nearest.distance > 0);
    });
  }
  return { PER: (100 * changes) / length, WER: (100 * wrong) / rows.length };
}
