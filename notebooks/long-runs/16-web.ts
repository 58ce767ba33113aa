/** Parts of speech of UD English EWT: three wide networks, each trained for longer than a lesson has time, that vote. */
import {
  adam,
  after,
  bidirectional,
  buckets,
  dropout,
  linearDecay,
  linearWarmup,
  lstm,
  partsEmbedding,
  quick,
  random,
  softmax,
  stacked,
  startLongRun,
  taggedParts,
  tagger,
  webTreebank,
  wordParts,
  wordVocabulary,
} from "unroll";

const settings = {
  networks: 3,
  width: 128,
  units: "2 × 160",
  dropout: 0.4,
  forget: 0.15,
  epochs: 6,
  batchSize: 32,
  optimizer: "Adam",
  learningRate: 0.003,
  schedule: "100 steps of warm-up, then linear",
  clipNorm: 1,
  seeds: [1, 2, 3],
};
const run = startLongRun("16-web", { settings });

const { train, dev, test } = webTreebank();
const practice = quick ? train.slice(0, 200) : train;
const parts = wordParts(practice.map(({ words }) => words));
const tags = wordVocabulary(train.map((row) => row.tags));
const examples = taggedParts(practice, parts, tags);
const [heldOut, unseen] = [dev, test].map((rows) => taggedParts(quick ? rows.slice(0, 50) : rows, parts, tags));

const [D, H] = quick ? [16, 16] : [settings.width, 160];
const networks = settings.seeds.map((seed) => {
  const both = bidirectional(lstm(D, H), lstm(D, H));
  const first = partsEmbedding(parts.size, D, parts.partCount, { forget: settings.forget });
  const model = tagger(stacked(first, dropout(D, settings.dropout), both, dropout(2 * H, settings.dropout)), tags.size);
  return { seed, model, weights: model.init(random(seed)) };
});

/** Which share of the tags is right when networks add their probabilities. */
function right(voters: readonly (typeof networks)[number][], rows: typeof examples): number {
  let [correct, count] = [0, 0];
  for (const batch of buckets(
    Array.from({ length: rows.count }, (_, i) => rows.lengthOf(i)),
    64,
    random(9),
  )) {
    const { x, targets, lengths } = rows.batch(batch);
    const p = voters.map(({ model, weights }) => softmax(model.emissions(weights, x, { lengths }).flat()));
    targets.ids.forEach((tag, row) => {
      if (Math.floor(row / x.batch) >= lengths[row % x.batch]!) return;
      const votes = Array.from({ length: tags.size }, (_, k) => p.reduce((sum, one) => sum + one.at(row, k), 0));
      if (votes.indexOf(Math.max(...votes)) === tag) correct++;
      count++;
    });
  }
  return (100 * correct) / count;
}

const lines: { name: string; x: number[]; y: number[] }[] = [];
for (const network of networks) {
  const { seed, model, weights } = network;
  const { evaluations } = await run.train(model, weights, examples, {
    stage: `network ${seed}`,
    epochs: quick ? 1 : settings.epochs,
    batchSize: settings.batchSize,
    bucket: true,
    optimizer: adam({ learningRate: settings.learningRate }),
    schedule: after(linearWarmup(quick ? 2 : 100), linearDecay()),
    clipNorm: settings.clipNorm,
    random: random(10 + seed),
    evaluate: {
      metric: (now: typeof weights) => right([{ ...network, weights: now }], heldOut!),
      better: "higher",
    },
  });
  lines.push({
    name: `network ${seed}`,
    x: evaluations.map((_, i) => i + 1),
    y: evaluations.map(({ value }) => value),
  });
}

run.record({
  name: "parts of speech (UPOS), test, three networks that vote",
  value: right(networks, unseen!),
  unit: "%",
  expected: [95, 97.5],
  baseline: { name: "most frequent tag", value: 86.2 },
  data: "UD English EWT",
  curve: { x: "passes over 12,544 sentences", y: "right of the dev words, %", lines },
});
