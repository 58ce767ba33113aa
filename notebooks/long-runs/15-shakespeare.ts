/** A network that writes Shakespeare: all of the time that lesson 15 has not. Its weights are what the lesson begins with. */
import {
  adam,
  carried,
  characterVocabulary,
  dropout,
  gru,
  languageModel,
  languageModelStream,
  linearDecay,
  nGram,
  quick,
  random,
  stacked,
  startLongRun,
  tinyShakespeare,
} from "unroll";

const settings = { units: 512, dropout: 0.35, epochs: 16, batch: 32, steps: 64, learningRate: 0.0025 };
const { dropout: rate, batch, steps, learningRate } = settings;
const [units, epochs, part] = quick ? [16, 1, 50_000] : [settings.units, settings.epochs, undefined];
const run = startLongRun("15-shakespeare", { settings });

// how it is trained was chosen with the dev part held out; then that was trained on, too
const data = tinyShakespeare();
const train = (data.train[0]! + data.dev[0]!).slice(0, part);
const test = data.test[0]!.slice(0, part);
const letters = characterVocabulary(quick ? data.train : train);
const [read, unseen] = [letters.encode(train), letters.encode(test)];

const model = languageModel(letters.size, stacked(gru(letters.size, units), dropout(units, rate)));
const weights = model.init(random(1));
const { losses } = await run.train(
  carried(model, { stream: true }),
  weights,
  languageModelStream(read, { batch, steps }),
  {
    epochs,
    batchSize: 1,
    shuffle: false,
    optimizer: adam({ learningRate }),
    schedule: linearDecay(),
    clipNorm: 1,
    random: random(2),
  },
);

const windows = languageModelStream(unseen, { batch: 8, steps: 256 });
const perEpoch = losses.length / epochs;
const means = Array.from({ length: epochs }, (_, k) => {
  const of = losses.slice(k * perEpoch, (k + 1) * perEpoch);
  return of.reduce((sum, loss) => sum + loss, 0) / of.length;
});
run.record(
  {
    name: "tiny Shakespeare, last 10 %, GRU of 512 units",
    value: Math.log(model.perplexity(weights, windows, { stream: true })),
    unit: "nats a character",
    expected: [1.4, 1.5],
    baseline: { name: "5-gram", value: nGram(read, { order: 5, vocabularySize: letters.size }).nats(unseen) },
    published: { source: "Karpathy 2022, nanoGPT, a Transformer with 10 million weights", value: 1.4697 },
    data: "tiny-shakespeare",
    curve: {
      x: "epoch",
      y: "nats a character",
      lines: [{ name: "in training, with dropout", x: means.map((_, k) => k + 1), y: means }],
    },
  },
  { weights, dtype: "F16" },
);
