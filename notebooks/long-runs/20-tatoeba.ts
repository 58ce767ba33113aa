/** The translator of lesson 20, larger, and with more time than a lesson has. */
import {
  adam,
  after,
  beamSearch,
  bidirectional,
  bleu,
  bytePairVocabulary,
  dropout,
  embedding,
  encoderDecoder,
  gru,
  linearDecay,
  linearWarmup,
  multiplicativeAttention,
  padded,
  quick,
  random,
  type SpecialToken,
  sentencePairs,
  stacked,
  startLongRun,
  type Translation,
  tatoeba,
} from "unroll";

const settings = {
  E: 128,
  H: 256,
  merges: 1_000,
  drop: 0.3,
  labelSmoothing: 0.1,
  epochs: 12,
  batchSize: 64,
  learningRate: 0.003,
  schedule: "200 steps of warm-up, then linear to 0",
  clipNorm: 1,
  beam: 5,
  lengthPenalties: [0.5, 1, 1.5, 2, 2.5, 3], // the best one on dev
  seed: 1,
};
const run = startLongRun("20-tatoeba", { settings });
const { E, H, merges, drop, labelSmoothing } = settings;

/** As inside of a sentence: with a space before it, and a small letter. */
const inside = (text: string) => ` ${text[0]!.toLowerCase()}${text.slice(1)}`;
const asSentence = (text: string) => text.trim().replace(/^./u, (letter) => letter.toUpperCase());

const data = tatoeba();
const part = (rows: readonly Translation[], few: number) => (quick ? rows.slice(0, few) : rows);
const pairs = part(data.train, 600).map(({ source, targets }) => [inside(source), inside(targets[0]!)] as const);
const [english, french] = ([0, 1] as const).map((i) => {
  const special: SpecialToken[] = i === 0 ? ["pad", "unk"] : ["pad", "unk", "begin", "end"];
  const words = pairs.map((pair) => pair[i].replaceAll(/\d/g, ""));
  return bytePairVocabulary([...words, "0 1 2 3 4 5 6 7 8 9"], merges, { special });
}) as [ReturnType<typeof bytePairVocabulary>, ReturnType<typeof bytePairVocabulary>];

const both = bidirectional(gru(E, H / 2), gru(E, H / 2));
const reader = stacked(embedding(english.size, E), dropout(E, drop), both);
const attention = multiplicativeAttention(H, H);
const model = encoderDecoder(reader, gru(E, H), french, { attention, asks: "after", dropout: drop, labelSmoothing });
const weights = model.init(random(settings.seed));

const dev = part(data.dev.slice(0, 500), 20);
const { evaluations } = await run.train(model, weights, sentencePairs(pairs, english, french), {
  epochs: quick ? 1 : settings.epochs,
  batchSize: settings.batchSize,
  bucket: true,
  optimizer: adam({ learningRate: settings.learningRate }),
  schedule: after(linearWarmup(quick ? 1 : 200), linearDecay()),
  clipNorm: settings.clipNorm,
  random: random(settings.seed + 1),
  evaluate: { metric: () => scoreOf(dev, 1, 0), better: "higher" },
  keep: "best",
});

const choices = settings.lengthPenalties.map((lengthPenalty) => {
  const score = scoreOf(dev, settings.beam, lengthPenalty);
  console.log(`dev, length penalty ${lengthPenalty}: ${score.toFixed(2)}`);
  return { lengthPenalty, score };
});
const { lengthPenalty } = choices.reduce((a, b) => (b.score > a.score ? b : a));

run.record(
  {
    name: `English to French, 1,500 unseen sentences, length penalty ${lengthPenalty}`,
    value: scoreOf(part(data.test, 20), settings.beam, lengthPenalty),
    unit: "BLEU",
    expected: [38, 50],
    baseline: { name: "memory", value: remembered(part(data.test, 20)) },
    data: "Tatoeba",
    curve: {
      x: "rounds over all sentences",
      y: "BLEU of 500 dev sentences, greedily",
      lines: [{ name: "dev", x: evaluations.map((_, i) => i + 1), y: evaluations.map(({ value }) => value) }],
    },
  },
  { weights, dtype: "F16" },
);

function scoreOf(rows: readonly Translation[], width: number, lengthPenalty: number): number {
  const { begin, end } = model;
  const said: string[] = [];
  for (let i = 0; i < rows.length; i += 250) {
    const ids = rows.slice(i, i + 250).map(({ source }) => english.encode(inside(source)));
    const { tokens, lengths } = padded(ids);
    const ready = model.start(weights, tokens, { lengths });
    const found = beamSearch(ready, { begin, end, maxLength: 40, width, lengthPenalty });
    said.push(...found.map(([best]) => asSentence(french.decode(best!.tokens))));
  }
  return bleu(
    said,
    rows.map(({ targets }) => targets),
  ).score;
}

/** The translation of the training sentence that shares most with each: words count the more, the rarer they are. */
function remembered(rows: readonly Translation[]): number {
  const wordsOf = (text: string) =>
    new Set(text.toLowerCase().match(/\p{N}(?:[\p{N}.,:]*\p{N})?|[\p{L}'’-]+|[^\s\p{L}\p{N}]/gu) ?? []);
  const known = pairs.map(([text]) => wordsOf(text));
  const places = new Map<string, number[]>();
  for (const [i, words] of known.entries()) {
    for (const word of words) (places.get(word) ?? places.set(word, []).get(word)!).push(i);
  }
  const weight = (word: string) => Math.log((1 + known.length) / (1 + (places.get(word)?.length ?? 0)));
  const heaviness = (words: ReadonlySet<string>) => [...words].reduce((sum, word) => sum + weight(word), 0);
  const heavy = known.map(heaviness);
  const said = rows.map(({ source }) => {
    const own = wordsOf(source);
    const shared = new Map<number, number>();
    for (const word of own) {
      for (const i of places.get(word) ?? []) shared.set(i, (shared.get(i) ?? 0) + weight(word));
    }
    const all = heaviness(own);
    const likeness = (i: number) => shared.get(i)! / (all + heavy[i]! - shared.get(i)!);
    const [best] = [...shared.keys()].map((i) => [i, likeness(i)] as const).reduce((a, b) => (b[1] > a[1] ? b : a));
    return asSentence(pairs[best]![1]);
  });
  return bleu(
    said,
    rows.map(({ targets }) => targets),
  ).score;
}
