/** A network that writes the prose of 1961, with quotation marks and brackets: lesson 15 looks at its neurons. */
import {
  adam,
  brown,
  carried,
  characterVocabulary,
  gru,
  languageModel,
  languageModelStream,
  linearDecay,
  nGram,
  prose,
  quick,
  random,
  startLongRun,
} from "unroll";

const settings = { units: 400, dropout: 0, batch: 32, steps: 100, epochs: 1, learningRate: 0.004 };
const { batch, steps, learningRate } = settings;
const [units, epochs, part] = quick ? [16, 1, 50_000] : [settings.units, settings.epochs, undefined];
const run = startLongRun("15-brown", { settings });

// the characters of a typewriter
const letters = characterVocabulary(["\n", ...Array.from({ length: 95 }, (_, k) => String.fromCharCode(32 + k))]);
const data = brown();
const [read, unseen] = [data.train, data.test].map((sentences) => {
  const text = sentences.map(({ words }) => `${prose(words)}\n`).join("");
  return letters.encode(text.slice(0, part));
}) as [Int32Array, Int32Array];

const model = languageModel(letters.size, gru(letters.size, units));
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
const tenth = Math.floor(losses.length / 10);
const means = Array.from({ length: 10 }, (_, k) => {
  const of = losses.slice(k * tenth, (k + 1) * tenth);
  return of.reduce((sum, loss) => sum + loss, 0) / of.length;
});
run.record(
  {
    name: "Brown corpus, 50 unseen texts, GRU of 400 units",
    value: Math.log(model.perplexity(weights, windows, { stream: true })),
    unit: "nats a character",
    expected: [1.2, 1.45],
    baseline: { name: "6-gram", value: nGram(read, { order: 6, vocabularySize: letters.size }).nats(unseen) },
    data: "brown",
    curve: {
      x: "epoch",
      y: "nats a character",
      lines: [{ name: "in training", x: means.map((_, k) => (epochs * (k + 1)) / 10), y: means }],
    },
  },
  { weights, dtype: "F16" },
);
