/**
 * A network that writes Shakespeare: all of the time that lesson 15 has not. Its weights are what the lesson begins with.
 * Two GRUs learn apart from each other; side by side they are one of twice as many units, which says the mean of what
 * their logits are. Where they err, they err differently.
 */
import {
  adam,
  build,
  carried,
  characterVocabulary,
  dropout,
  type GruWeights,
  gru,
  type LanguageModelWeights,
  languageModel,
  languageModelStream,
  linearDecay,
  nGram,
  product,
  quick,
  random,
  stacked,
  startLongRun,
  tinyShakespeare,
} from "unroll";

const settings = {
  networks: 2,
  units: 320,
  dropout: 0.1,
  epochs: 8,
  batch: 32,
  steps: 64,
  learningRate: 0.003,
};
const { networks, dropout: rate, batch, steps, learningRate } = settings;
const [units, epochs, part] = quick ? [16, 1, 50_000] : [settings.units, settings.epochs, undefined];
const run = startLongRun("15-shakespeare", { settings });

// how it is trained was chosen with the dev part held out; then that was trained on, too
const data = tinyShakespeare();
const train = (data.train[0]! + data.dev[0]!).slice(0, part);
const test = data.test[0]!.slice(0, part);
const letters = characterVocabulary(quick ? data.train : train);
const [read, unseen] = [letters.encode(train), letters.encode(test)];
const stream = languageModelStream(read, { batch, steps });
const windows = languageModelStream(unseen, { batch: 8, steps: 256 });
const V = letters.size;

type Single = LanguageModelWeights<{ layer0: GruWeights }>;
const single = languageModel(V, stacked(gru(V, units), dropout(units, rate)));
const singles: Single[] = [];
const lines: { name: string; x: number[]; y: number[] }[] = [];
for (let k = 0; k < networks; k++) {
  const weights = single.init(random(1 + k));
  const { losses } = await run.train(carried(single, { stream: true }), weights, stream, {
    stage: `network ${k + 1}`,
    epochs,
    batchSize: 1,
    shuffle: false,
    optimizer: adam({ learningRate }),
    schedule: linearDecay(),
    clipNorm: 1,
    random: random(11 + k),
  });
  singles.push(weights as Single);
  const nats = Math.log(single.perplexity(weights, windows, { stream: true }));
  console.error(`network ${k + 1} alone: ${nats.toFixed(4)} nats a character`);
  const y = Array.from({ length: epochs }, (_, epoch) =>
    mean(losses.slice(epoch * stream.count, (epoch + 1) * stream.count)),
  );
  lines.push({ name: `network ${k + 1} in training, with dropout`, x: y.map((_, epoch) => epoch + 1), y });
}

const model = languageModel(V, gru(V, networks * units));
const weights = sideBySide(singles);
run.record(
  {
    name: `tiny Shakespeare, last 10 %, two GRUs of ${settings.units} units, the mean of their logits`,
    value: Math.log(model.perplexity(weights, windows, { stream: true })),
    unit: "nats a character",
    expected: [1.4, 1.5],
    baseline: { name: "5-gram", value: nGram(read, { order: 5, vocabularySize: V }).nats(unseen) },
    published: { source: "Karpathy 2022, nanoGPT, a Transformer with 10 million weights", value: 1.4697 },
    data: "tiny-shakespeare",
    curve: { x: "epoch", y: "nats a character", lines },
  },
  { weights, dtype: "F16" },
);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Networks as one: each keeps its own block of the recurrent weights, all others are 0, and the read-out takes the mean.
 * The embedding is the identity: what each network's own one was is multiplied into its input weights.
 */
function sideBySide(networks: readonly Single[]): LanguageModelWeights<GruWeights> {
  const H = networks.length * units;
  const owner = (unit: number) => networks[Math.floor(unit / units)]!;
  const inputs = new Map(networks.map((own) => [own, product(own.embedding.E, own.layer.layer0.W.rowRange(0, V))]));
  const ownColumn = (column: number) => Math.floor(column / H) * units + (column % units);
  const W = build(
    V + H,
    3 * H,
    (row, column) => {
      const own = owner(column % H);
      if (row < V) return inputs.get(own)!.at(row, ownColumn(column));
      return owner(row - V) === own ? own.layer.layer0.W.at(V + ((row - V) % units), ownColumn(column)) : 0;
    },
    "float32",
  );
  const b = build(1, 3 * H, (_, column) => owner(column % H).layer.layer0.b.at(0, ownColumn(column)), "float32");
  return {
    embedding: { E: build(V, V, (i, j) => Number(i === j), "float32") },
    layer: { W, b },
    readout: {
      W: build(H, V, (unit, token) => matrixOf(owner(unit)).at(unit % units, token) / networks.length, "float32"),
      b: build(1, V, (_, token) => mean(networks.map(({ readout }) => readout.b.at(0, token))), "float32"),
    },
  };
}

function matrixOf({ readout }: Single) {
  if (!("W" in readout)) throw new TypeError("the read-out is the embedding");
  return readout.W;
}
