/** The twelve universal parts of speech of the Brown corpus, tested on texts of which no sentence was seen. */
import {
  adam,
  after,
  bidirectional,
  brown,
  buckets,
  dropout,
  linearDecay,
  linearWarmup,
  lstm,
  partsEmbedding,
  quick,
  random,
  stacked,
  startLongRun,
  taggedParts,
  tagger,
  wordParts,
  wordVocabulary,
} from "unroll";

const settings = {
  width: 96,
  units: "2 × 96",
  dropout: 0.3,
  forget: 0.1,
  epochs: 1,
  batchSize: 48,
  optimizer: "Adam",
  learningRate: 0.004,
  schedule: "30 steps of warm-up, then linear",
  clipNorm: 1,
  seed: 1,
};
const run = startLongRun("16-brown", { settings });

const corpus = brown();
const rowsOf = (part: typeof corpus.train, few: number) =>
  part.slice(0, quick ? few : undefined).map(({ words, universal }) => ({ words, tags: universal }));
const [practice, dev, test] = [rowsOf(corpus.train, 400), rowsOf(corpus.dev, 50), rowsOf(corpus.test, 50)];
const parts = wordParts(
  practice.map(({ words }) => words),
  { minWords: 3 },
);
const tags = wordVocabulary(practice.map((row) => row.tags));
const [examples, heldOut, unseen] = [practice, dev, test].map((rows) => taggedParts(rows, parts, tags));

const D = quick ? 16 : settings.width;
const model = tagger(
  stacked(
    partsEmbedding(parts.size, D, parts.partCount, { forget: settings.forget }),
    dropout(D, settings.dropout),
    bidirectional(lstm(D, D), lstm(D, D)),
    dropout(2 * D, settings.dropout),
  ),
  tags.size,
);
const weights = model.init(random(settings.seed));

function right(now: typeof weights, rows: NonNullable<typeof examples>): number {
  let [correct, count] = [0, 0];
  for (const batch of buckets(
    Array.from({ length: rows.count }, (_, i) => rows.lengthOf(i)),
    64,
    random(9),
  )) {
    const { x, targets, lengths } = rows.batch(batch);
    const { ids } = model.tags(now, x, { lengths });
    targets.ids.forEach((tag, row) => {
      if (Math.floor(row / x.batch) >= lengths[row % x.batch]!) return;
      if (ids[row] === tag) correct++;
      count++;
    });
  }
  return (100 * correct) / count;
}

/** What saying of each word the tag that it has most often would reach. */
function lookUp(): number {
  const counts = new Map<string, Map<string, number>>();
  const overall = new Map<string, number>();
  const bump = (map: Map<string, number>, tag: string) => map.set(tag, (map.get(tag) ?? 0) + 1);
  for (const { words, tags: truth } of practice) {
    words.forEach((word, t) => {
      const own = counts.get(word) ?? new Map<string, number>();
      counts.set(word, bump(own, truth[t]!));
      bump(overall, truth[t]!);
    });
  }
  const top = (map: Map<string, number>) => [...map].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
  const guesses = test.flatMap((row) => row.words.map((word) => top(counts.get(word) ?? overall)));
  const truth = test.flatMap((row) => row.tags);
  return (100 * truth.filter((tag, k) => guesses[k] === tag).length) / truth.length;
}

const everyQuarter = Math.max(1, Math.floor(examples!.count / settings.batchSize / 4));
const { evaluations } = await run.train(model, weights, examples!, {
  epochs: quick ? 1 : settings.epochs,
  batchSize: settings.batchSize,
  bucket: true,
  optimizer: adam({ learningRate: settings.learningRate }),
  schedule: after(linearWarmup(quick ? 2 : 30), linearDecay()),
  clipNorm: settings.clipNorm,
  random: random(settings.seed + 1),
  evaluate: { metric: (now: typeof weights) => right(now, heldOut!), better: "higher" },
  evaluateEvery: everyQuarter,
  keep: "last",
});

const passes = evaluations.map(({ step }) => (step * settings.batchSize) / examples!.count);
run.record({
  name: "twelve parts of speech of the Brown corpus, test",
  value: right(weights, unseen!),
  unit: "%",
  expected: [97, 99],
  baseline: { name: "most frequent tag", value: lookUp() },
  data: "Brown corpus, texts never seen",
  curve: {
    x: `passes over ${practice.length.toLocaleString("en-US")} sentences`,
    y: "right of the dev words, %",
    lines: [{ name: "dev", x: passes, y: evaluations.map(({ value }) => value) }],
  },
});
