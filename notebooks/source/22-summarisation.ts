// %% [markdown]
// # 22 · Summarisation
//
// **You will be able to** say what a text says in fewer words, by copying: pick the one sentence that counts, and delete the words that do not; measure a summary with ROUGE; and train a network on a score instead of on right answers.
//
// **Time:** 1 minute to run on two cores, 45 to understand. **Needs:** lessons 8 and 17. **Data:** SciTLDR, abstracts of 3,229 papers (Cachola et al. 2020; Apache-2.0), and sentences of the English Web Treebank with the words that can go (CC BY-SA 4.0).
//
// ## Too long
//
// The authors of a paper write an abstract. For those who do not read even that, they write one sentence more. Here are both.

// %%
import { display, scientificSummaries } from "unroll";

const papers = scientificSummaries();
const isWhole = papers.isWhole;
display(papers);

// %% [markdown]
// Where the data pack is not installed, small sets that were written for this course stand in: the lesson runs, and shows its numbers, but does not judge them. (`npx unroll data get scitldr ewt-compression`)
//
// ## How good is a summary?
//
// Nobody can say for sure. **ROUGE-1** counts words: how many has the summary in common with one that a person wrote? Precision is their share of the summary, recall their share of the reference, and ROUGE-1 is the $F_1$ of both, here in %. A word that stands twice in one counts twice only if it stands twice in the other.
//
// $$F_1 = \frac{2 \cdot \text{common words}}{\text{words of the summary} + \text{words of the reference}}$$
//
// **Exercise 22.1.** Compute it, from two lists of words, as a number from 0 to 1. Where one list is empty, it is 0.

// %%
import { check } from "unroll";

function rouge1(summary: readonly string[], reference: readonly string[]): number {
  return Number.NaN; // your turn
}
check("22.1", rouge1);

// %% [markdown]
// <details><summary>Solution of 22.1</summary>
//
// ```ts
// function rouge1(summary: readonly string[], reference: readonly string[]): number {
//   const left = [...reference];
//   let common = 0;
//   for (const word of summary) {
//     const at = left.indexOf(word);
//     if (at < 0) continue;
//     left.splice(at, 1);
//     common++;
//   }
//   return common === 0 ? 0 : (2 * common) / (summary.length + reference.length);
// }
// ```
//
// </details>
//
// Some papers have several references, since readers wrote some, too. Then the best one counts.

// %%
import { quick, rouge, type ScientificSummary } from "unroll";

interface Paper extends ScientificSummary {
  /** ROUGE-1 of each sentence of the abstract, %. */
  readonly gains: readonly number[];
}
function judged(paper: ScientificSummary): Paper {
  const gain = (sentence: string) =>
    Math.max(...paper.targets.map((target) => 100 * rouge(sentence, target).rouge1.f1));
  return { ...paper, gains: paper.sentences.map(gain) };
}
const most = quick ? 60 : 10_000;
const practice = papers.train.slice(0, most).map(judged);
const dev = papers.dev.slice(0, most).map(judged);

// %%
import { table } from "unroll";

const short = practice.find(({ sentences }) => sentences.length === 4) ?? practice[0]!;
const lines = short.sentences.map((sentence, i) => ({
  "ROUGE-1": short.gains[i]!.toFixed(0),
  sentence,
}));
display(table(lines, { title: `“${short.targets[0]}”` }));

// %% [markdown]
// The title is what the authors wrote, below stands the abstract. If we may only pick one of its sentences, none is better than the best of them: that pick, made by who knows the reference, is the **oracle**.
//
// **Exercise 22.2.** Which sentence does the oracle pick? `score(sentence, target)` says how good a sentence is for one reference; the best reference counts. Return the sentence's number; of several that are best, the first.

// %%
type Score = (sentence: string, target: string) => number;

function oracle(sentences: string[], targets: string[], score: Score): number {
  return Number.NaN; // your turn
}
check("22.2", oracle);

// %% [markdown]
// <details><summary>Solution of 22.2</summary>
//
// ```ts
// function oracle(sentences: string[], targets: string[], score: Score): number {
//   const gains = sentences.map((sentence) =>
//     Math.max(...targets.map((target) => score(sentence, target))),
//   );
//   return gains.indexOf(Math.max(...gains));
// }
// ```
//
// </details>
//
// ## What people copy
//
// To pick a sentence is to copy it whole. Do the authors copy, too? Of a summary that an author wrote, how many words stand somewhere in the abstract?

// %%
import { predict } from "unroll";

const copied = predict("Share of the author's words that the abstract has", 50, {
  unit: "%",
});

// %%
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? ["?"];
const grams = (words: readonly string[], n: number) =>
  words.slice(n - 1).map((_, i) => words.slice(i, i + n).join(" "));
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function share(n: number): number {
  const found = dev.flatMap(({ sentences, targets }) => {
    const there = new Set(grams(wordsOf(sentences.join(" ")), n));
    return grams(wordsOf(targets[0]!), n).map((gram) => (there.has(gram) ? 100 : 0));
  });
  return mean(found);
}

// %%
import { plot } from "unroll";

copied.reveal(share(1));
const runs = { words: share(1), "two in a row": share(2), "three in a row": share(3) };
const runTitle = "how much of the author's summary stands in the abstract (dev)";
display(plot.bars(runs, { y: "%", title: runTitle }));

// %% [markdown]
// Most of the words are there, but only a quarter of what stands three in a row: people do not copy sentences, they copy words and join them anew. That is why even the oracle stays far from 100 %. Here it is seen for the paper from above. Orange: the word stands in the sentence that the oracle picks; blue: it stands in another sentence only; no colour: the authors have it from elsewhere.

// %%
function origin({ sentences, targets, gains }: Paper) {
  const best = new Set(wordsOf(sentences[gains.indexOf(Math.max(...gains))]!));
  const anywhere = new Set(wordsOf(sentences.join(" ")));
  const words = targets[0]!.split(/\s+/);
  const from = words.map((word) => {
    const parts = wordsOf(word);
    if (parts.every((part) => best.has(part))) return 0.8;
    return parts.every((part) => anywhere.has(part)) ? -0.8 : 0;
  });
  return plot.words(words, from, {
    title: "where its words come from",
    says: "in the pick",
  });
}
display(origin(short));

// %% [markdown]
// ## The first sentence
//
// **Misconception:** *“What matters most stands first, so take the first sentence.”* In newspapers that is a strong baseline. Look at abstracts: how good is the sentence at each place, and where does the best one stand? Move the slider.

// %%
const shown = [0, 1, 2, 3, 4, 5, 6, 7];
const atPlace = (rows: readonly Paper[], p: number) =>
  rows.filter(({ gains }) => gains.length > p);
const isBest = (p: number) => (paper: Paper) =>
  paper.gains.indexOf(Math.max(...paper.gains)) === p ? 100 : 0;
const places = shown.filter((p) => atPlace(practice, p).length > 0);

// %%
const pages = [
  (p: number) => mean(atPlace(practice, p).map(({ gains }) => gains[p]!)),
  (p: number) => mean(practice.map(isBest(p))),
]
  .map((of) => Object.fromEntries(places.map((p) => [`no. ${p + 1}`, of(p)])))
  .map((values) => plot.bars(values, { y: "%" }));
const pageNames = ["its ROUGE-1", "the best one stands here"];
display(
  plot.withSlider(pages, { by: "", names: pageNames, title: "sentences by their place" }),
);

// %%
type Pick = (paper: Paper, i: number) => number;
const score = (rows: readonly Paper[], pick: Pick) =>
  mean(rows.map((paper, i) => paper.gains[pick(paper, i)]!));
const longest: Pick = ({ sentences }) =>
  sentences.reduce((best, one, i) => (one.length > sentences[best]!.length ? i : best), 0);

// %%
const cue =
  /\b(we (propose|present|introduce|show|develop|describe|study)|this (paper|work))\b/i;
const withCue: Pick = ({ sentences }) =>
  Math.max(
    0,
    sentences.findIndex((sentence) => cue.test(sentence)),
  );
const known: Pick = ({ gains }) => gains.indexOf(Math.max(...gains));
const simple: Record<string, Pick> = {
  ...{ "the first": () => 0, "the longest": longest },
  ...{ "“we propose”": withCue, oracle: known },
};

// %%
const floors = Object.entries(simple).map(([pick, of]) => [pick, score(dev, of)] as const);
display(table(floors.map(([pick, value]) => ({ pick, "ROUGE-1, % (dev)": value }))));

// %% [markdown]
// In SciTLDR no place is better than the first, and yet the best sentence stands there in one abstract of five only: the place alone says little. Who looks for *we propose* does far better: a rule of one line, and what a network has to beat.
//
// ## What can be seen of a sentence
//
// There are few abstracts to learn from, so we say what could matter, as signs that a sentence has or has not: its words, pairs of words, its place from both ends, its length, and how many of its words occur in the other sentences as well.

// %%
function signsOf(sentences: readonly string[], i: number): string[] {
  const own = wordsOf(sentences[i]!);
  const others = new Set(sentences.flatMap((one, j) => (j === i ? [] : wordsOf(one))));
  const long = own.filter((word) => word.length > 3);
  const shared = long.filter((word) => others.has(word)).length / Math.max(1, long.length);
  return [
    ...own,
    ...grams(own, 2),
    `[${Math.min(i, 9)} from the start]`,
    `[${Math.min(sentences.length - 1 - i, 9)} from the end]`,
    `[length ${4 * Math.min(12, Math.round(own.length / 4))}]`,
    `[shared ${Math.round(8 * shared)}/8]`,
  ];
}

// %%
import { wordVocabulary } from "unroll";

const everySign = practice.flatMap(({ sentences }) =>
  sentences.map((_, i) => [...new Set(signsOf(sentences, i))]),
);
const minCount = isWhole && !quick ? 15 : 3;
const signs = wordVocabulary(everySign, { minCount, special: ["unk"] });
const numbers = ({ sentences }: ScientificSummary) =>
  sentences.map((_, i) => signs.encode(signsOf(sentences, i)));
console.log(`${signs.size} signs, ${everySign.length} sentences`);

// %% [markdown]
// An abstract is a sequence, and a step of it is a sentence: a row with a 1 for each sign that it has.

// %%
import { Sequence } from "unroll";

type Row = { readonly ids: readonly Int32Array[]; readonly gains: readonly number[] };
function batchOf(rows: readonly Row[]) {
  const lengths = rows.map(({ ids }) => ids.length);
  const [T, B, V] = [Math.max(...lengths), rows.length, signs.size];
  const x = new Sequence(T, B, V, new Float32Array(T * B * V));
  rows.forEach(({ ids }, b) => {
    ids.forEach((some, t) => {
      for (const id of some) x.at(t).set(b, id, 1);
    });
  });
  return { x, lengths, gains: rows.map(({ gains }) => gains) };
}
type Abstracts = ReturnType<typeof batchOf>;

// %%
const rowsOf = (some: readonly Paper[]): Row[] =>
  some.map((paper) => ({ ids: numbers(paper), gains: paper.gains }));
const rows = rowsOf(practice);
const examples = {
  count: rows.length,
  batch: (indices: ArrayLike<number>) => batchOf(Array.from(indices, (i) => rows[i]!)),
  lengthOf: (i: number) => rows[i]!.ids.length,
};

// %% [markdown]
// ## To learn from a score
//
// A network gives each sentence a number $s_i$, and the softmax over the sentences of an abstract makes probabilities $p_i$ of them. What is the right answer? There is none, only a ROUGE-1 $r_i$ of each. So imagine that the pick is drawn with these probabilities. Then its expected ROUGE-1 is
//
// $$E = \sum_i p_i \, r_i \qquad \frac{\partial E}{\partial s_i} = p_i \, (r_i - E)$$
//
// and the loss is $-E$. The slope reads well: what is better than expected is raised, what is worse is lowered, each as much as it is likely.
//
// **Exercise 22.3.** Write the slopes of $E$, given probabilities and ROUGE-1.

// %%
function slopes(p: readonly number[], r: readonly number[]): number[] {
  return []; // your turn
}
check("22.3", slopes);

// %% [markdown]
// <details><summary>Solution of 22.3</summary>
//
// ```ts
// function slopes(p: readonly number[], r: readonly number[]): number[] {
//   const expected = p.reduce((sum, chance, i) => sum + chance * r[i]!, 0);
//   return p.map((chance, i) => chance * (r[i]! - expected));
// }
// ```
//
// </details>

// %%
const p3 = [0.6, 0.3, 0.1];
const r3 = [20, 30, 50];
const e3 = p3.reduce((sum, p, i) => sum + p * r3[i]!, 0);
console.log(`expected ROUGE-1: ${e3.toFixed(1)} %`);
const names3 = ["likely, worst", "middle", "unlikely, best"];
const slope3 = Object.fromEntries(names3.map((name, i) => [name, p3[i]! * (r3[i]! - e3)]));
display(
  plot.bars(slope3, { title: "where the three numbers are pushed", y: "slope of E" }),
);

// %% [markdown]
// **Think:** we could also call the oracle's pick *the* right answer, and train with cross-entropy as in lesson 17. What is lost?
// <details><summary>Answer</summary>How wrong a wrong answer is. Two sentences may have nearly the same ROUGE-1, and which of them is ahead is chance; cross-entropy would call one right and the other as wrong as the worst sentence.</details>
//
// The library has no model with this loss, but a loss and its slopes are all that `train` asks for.

// %%
function softly(values: readonly number[]): number[] {
  const top = Math.max(...values);
  const raised = values.map((value) => Math.exp(value - top));
  const sum = raised.reduce((all, one) => all + one, 0);
  return raised.map((one) => one / sum);
}
const chances = (y: Sequence, lengths: readonly number[]) =>
  lengths.map((T, b) => softly(Array.from({ length: T }, (_, t) => y.at(t).at(b, 0))));

// %%
import { type ByLayer, buildSequence, type Layer, type Random } from "unroll";

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, one, i) => sum + one * b[i]!, 0);
function downhill(p: number[][], E: number[], { x, gains }: Abstracts): Sequence {
  const slope = (t: number, b: number) =>
    t < p[b]!.length ? (p[b]![t]! * (E[b]! - gains[b]![t]!)) / x.batch : 0;
  return buildSequence(x.steps, x.batch, 1, slope, "float32");
}

// %%
const expectation = (layer: Layer<ByLayer, ByLayer>) => ({
  lossAndGradients(weights: ByLayer, batch: Abstracts, options?: { random?: Random }) {
    const { x, lengths, gains } = batch;
    const run = layer.forward(weights, x, { lengths, random: options?.random });
    const p = chances(run.y, lengths);
    const E = p.map((row, b) => dot(row, gains[b]!));
    const { gradients } = run.backward(downhill(p, E, batch));
    return { loss: -mean(E), accuracy: mean(E) / 100, gradients };
  },
});

// %% [markdown]
// Two networks. The first sees each sentence alone: a weight for each sign (logistic regression). The second makes 32 numbers of a sentence and lets a GRU read the abstract from both ends, so that what it says of a sentence depends on the others. Half of the signs are hidden in training.

// %%
import { bidirectional, copyWeights, dense, dropout, gru, random, stacked } from "unroll";

const [V, H] = [signs.size, 32];
const alone = () => stacked(dropout(V, 0.5), dense(V, 1));
const inContext = () => {
  const both = bidirectional(gru(H, H), gru(H, H));
  const ends = [dropout(2 * H, 0.5), dense(2 * H, 1)] as const;
  return stacked(dropout(V, 0.5), dense(V, H), dropout(H, 0.5), both, ...ends);
};
function scorer(make: () => Layer<ByLayer, ByLayer>, seed: number) {
  const layer = make();
  return { layer, weights: copyWeights(layer.init(random(seed)), "float32"), seed };
}
type Scorer = ReturnType<typeof scorer>;

// %%
import { adam, after, linearDecay, linearWarmup, liveTraining, train } from "unroll";

const times: number[] = [];
async function learn(one: Scorer, title: string, learningRate: number): Promise<Scorer> {
  const schedule = after(linearWarmup(10), linearDecay());
  const steps = { epochs: quick ? 1 : 3, batchSize: 32, bucket: true };
  const watch = liveTraining({ title, loss: "−ROUGE-1, %" });
  const { seconds } = await train(expectation(one.layer), one.weights, examples, {
    ...{ ...steps, schedule, clipNorm: 10, random: random(100 + one.seed), ...watch },
    optimizer: adam({ learningRate }),
  });
  times.push(seconds);
  return one;
}

// %%
function judge(one: Scorer, some: readonly Row[]): number[][] {
  const parts = some.map((row) => {
    const { x, lengths } = batchOf([row]);
    return chances(one.layer.forward(one.weights, x, { lengths }).y, lengths)[0]!;
  });
  return parts;
}
const together = (all: readonly number[][][]): number[][] =>
  all[0]!.map((row, n) => row.map((_, i) => mean(all.map((one) => one[n]![i]!))));
const likeliest =
  (p: readonly number[][]): Pick =>
  (_, i) =>
    p[i]!.indexOf(Math.max(...p[i]!));

// %%
const better = predict("By how much does reading the whole abstract help?", 5, {
  unit: "points of ROUGE-1",
});

// %% [markdown]
// The recurrent network is trained three times, from three seeds, and the three agree on a pick by the mean of their probabilities.

// %%
const bag = await learn(scorer(alone, 1), "each sentence alone", 0.01);
const readers: Scorer[] = [];
for (const seed of [1, 2, 3]) {
  readers.push(await learn(scorer(inContext, seed), `in context, seed ${seed}`, 0.002));
}

// %%
const devRows = rowsOf(dev);
const said = readers.map((one) => judge(one, devRows));
const bagScore = score(dev, likeliest(judge(bag, devRows)));
const ours = score(dev, likeliest(together(said)));
const each = said.map((p, k) => [`GRU, seed ${k + 1}`, score(dev, likeliest(p))] as const);
const compared = [
  ...floors.slice(0, -1),
  ...[["alone", bagScore] as const, ...each, ["all three", ours] as const],
  ...floors.slice(-1),
];
better.reveal(ours - bagScore);
display(table(compared.map(([pick, value]) => ({ pick, "ROUGE-1, % (dev)": value }))));

// %% [cover]
const bars = Object.fromEntries(compared.filter(([name]) => !name.startsWith("GRU")));
const first = floors[0]![1];
const barsLook = { y: "ROUGE-1, % (dev)", baseline: first };
display(plot.bars(bars, { ...barsLook, title: "which sentence is the summary?" }));

// %% [markdown]
// The context helps little. Which signs count most for the first network says why: they are phrases that a sentence has for itself.

// %%
import { flatten } from "unroll";

const W = flatten(bag.weights)["layer1.W"]!;
const sign = (id: number) => `${signs.token(id)}: ${W.at(id, 0).toFixed(2)}`;
const ids = Array.from({ length: V }, (_, id) => id);
const order = ids.sort((a, b) => W.at(b, 0) - W.at(a, 0));
const strongest = order.slice(0, 10).map((id, k) => {
  return { raise: sign(id), lower: sign(order[V - 1 - k]!) };
});
display(table(strongest, { title: "signs that raise, and that lower" }));

// %% [markdown]
// On SciTLDR, a sentence that shares no longer word with the others is seldom the summary, nor is one that says how things *are*. Now the test papers, once.

// %%
import { result } from "unroll";

const unseen = papers.test.slice(0, most).map(judged);
const unseenRows = rowsOf(unseen);
const tested = score(
  unseen,
  likeliest(together(readers.map((one) => judge(one, unseenRows)))),
);
const ofTest = Object.entries(simple).map(
  ([pick, of]) => [pick, score(unseen, of)] as const,
);
const testedAll = [...ofTest, ["the networks", tested] as const];
display(table(testedAll.map(([pick, value]) => ({ pick, "ROUGE-1, % (test)": value }))));

// %%
const about = { lesson: "22-summarisation", unit: "%" };
if (isWhole)
  result({
    ...{ ...about, data: "SciTLDR", headline: true },
    name: "picking the sentence, ROUGE-1, test",
    value: tested,
    expected: [35, 42],
    seconds: times.reduce((sum, one) => sum + one, 0),
    baseline: { name: "the first sentence", value: score(unseen, () => 0) },
  });

// %% [markdown]
// On SciTLDR, the rule of one line goes about half of the way from the first sentence to the oracle; the networks add a point. What do they see in an abstract? The deeper the orange, the more probable the sentence.

// %%
function shaded(sentences: readonly string[], p: readonly number[]) {
  const top = Math.max(...p);
  const words = sentences.map((sentence) => sentence.trim().split(/\s+/));
  const values = words.flatMap((some, i) => some.map(() => p[i]! / top));
  const title = `sentence ${p.indexOf(top) + 1} of ${p.length}`;
  return plot.words(words.flat(), values, {
    title,
    says: "probability beside the pick's:",
  });
}
const example = dev.findIndex(({ sentences }) => sentences.length === 5);
const at = Math.max(0, example);
display(shaded(dev[at]!.sentences, together(said)[at]!));
display(table(dev[at]!.targets.map((target) => ({ "what people wrote": target }))));

// %% [markdown]
// ## Shorter still: delete words
//
// A sentence becomes shorter when words are left out. What stays is a copy, too, in the old order: one bit for each word.

// %%
import { compressions } from "unroll";

const pairs = compressions();
display(pairs);

// %%
type Sentence = { readonly words: readonly string[]; readonly keep: readonly boolean[] };
const sentences = pairs.train.slice(0, quick ? 150 : 10_000);
const devSentences = pairs.dev.slice(0, quick ? 60 : 10_000);

const marked = ({ words, keep }: Sentence, title: string) =>
  plot.words(
    words,
    keep.map((stays) => (stays ? 0.8 : 0)),
    { title, says: "kept:" },
  );
for (const row of sentences.slice(1, 3)) display(marked(row, "orange stays"));

// %% [markdown]
// These bits are not from people: a rule has read them from the trees of a treebank (subject, predicate, objects). A network has to find them without a tree. We measure $F_1$ of the kept words: precision is how many of the words that we keep should be kept, recall how many of those we keep.
//
// **Exercise 22.4.** Compute this $F_1$ of one sentence, from 0 to 1, given two lists of bits. Where no word is kept in either, it is 0.

// %%
function keptF1(guess: readonly boolean[], truth: readonly boolean[]): number {
  return Number.NaN; // your turn
}
check("22.4", keptF1);

// %% [markdown]
// <details><summary>Solution of 22.4</summary>
//
// ```ts
// function keptF1(guess: readonly boolean[], truth: readonly boolean[]): number {
//   const kept = (bits: readonly boolean[]) => bits.filter(Boolean).length;
//   const right = guess.filter((stays, t) => stays && truth[t]).length;
//   return right === 0 ? 0 : (2 * right) / (kept(guess) + kept(truth));
// }
// ```
//
// </details>
//
// Over all sentences, the counts are added up first. The simplest answers: keep all; say of each word what it was most often in the training sentences (of a word never seen: kept, and where it is even as well); keep the first words, as many as were best there.

// %%
type Mask = readonly boolean[];
function measures(rows: readonly Sentence[], masks: readonly Mask[]) {
  const bits = rows.flatMap(({ keep }, n) =>
    keep.map((stays, t) => [stays, masks[n]![t]!]),
  );
  const count = (of: (bit: boolean[]) => unknown) => bits.filter(of).length;
  const right = count(([stays, guess]) => stays && guess);
  const all = count(([stays]) => stays) + count(([, guess]) => guess);
  const exact = rows.map(({ keep }, n) => keep.every((stays, t) => stays === masks[n]![t]));
  return {
    "F1, %": (200 * right) / all,
    "exactly right, %": mean(exact.map((yes) => (yes ? 100 : 0))),
  };
}

// %%
const balance = new Map<string, number>();
for (const { words, keep } of sentences) {
  words.forEach((word, t) => {
    const name = word.toLowerCase();
    balance.set(name, (balance.get(name) ?? 0) + (keep[t] ? 1 : -1));
  });
}

// %%
const firstWords = (n: number) => (words: readonly string[]) => words.map((_, t) => t < n);
const f1Of = (rows: readonly Sentence[], of: (words: readonly string[]) => Mask) =>
  measures(
    rows,
    rows.map(({ words }) => of(words)),
  )["F1, %"];
const lead = Array.from({ length: 20 }, (_, k) => f1Of(sentences, firstWords(k + 1)));
const best = lead.indexOf(Math.max(...lead)) + 1;
display(
  plot.curves([{ name: "the first n", y: lead, x: lead.map((_, k) => k + 1) }], {
    x: "n",
    y: "F1, %",
    title: `best: ${best}`,
  }),
);

// %%
const trivial: Record<string, (words: readonly string[]) => Mask> = {
  "keep all": (words) => words.map(() => true),
  "most often": (words) => words.map((word) => (balance.get(word.toLowerCase()) ?? 0) >= 0),
  [`the first ${best}`]: firstWords(best),
};

// %% [markdown]
// A tagger reads the sentence from both ends, as in lesson 17: each word is the sum of its parts, and there are two tags.

// %%
import { taggedParts, wordParts } from "unroll";

const parts = wordParts(sentences.map(({ words }) => words));
const tags = wordVocabulary("keep drop");
const asTags = ({ words, keep }: Sentence) => ({
  words,
  tags: keep.map((stays) => (stays ? "keep" : "drop")),
});
const toCut = taggedParts(sentences.map(asTags), parts, tags);

// %%
import { lstm, partsEmbedding, tagger } from "unroll";

const D = quick ? 24 : 96;
const cutter = tagger(
  stacked(
    partsEmbedding(parts.size, D, parts.partCount, { forget: 0.1 }),
    ...[dropout(D, 0.3), bidirectional(lstm(D, D), lstm(D, D)), dropout(2 * D, 0.3)],
  ),
  tags.size,
);
const scissors = cutter.init(random(1));

// %%
function cut(words: readonly string[]): Mask {
  const { tokens, lengths } = parts.encode([words]);
  const { ids } = cutter.tags(scissors, tokens, { lengths });
  return words.map((_, t) => tags.token(ids[t]!) === "keep");
}

// %% [markdown]
// After each pass over the sentences the dev $F_1$ is taken; the weights of the best pass stay.

// %%
const look = { ...liveTraining({ title: "cutting" }), bucket: true, clipNorm: 1 };
const cutting = await train(cutter, scissors, toCut, {
  ...{ ...look, epochs: quick ? 1 : 5, batchSize: 32, random: random(2) },
  ...{
    schedule: after(linearWarmup(10), linearDecay()),
    optimizer: adam({ learningRate: 0.004 }),
  },
  evaluate: { metric: () => f1Of(devSentences, cut), better: "higher" },
});
const passes = cutting.evaluations.map(({ value }, k) => ({
  pass: k + 1,
  "F1, % (dev)": value,
}));
display(table(passes));

// %%
const everyCut = { ...trivial, "the network": cut };
const cutTable = (rows: readonly Sentence[]) =>
  Object.entries(everyCut).map(([name, of]) => {
    return {
      name,
      ...measures(
        rows,
        rows.map(({ words }) => of(words)),
      ),
    };
  });
display(table(cutTable(devSentences), { title: "which words are kept (dev)" }));

// %%
const unseenSentences = pairs.test.slice(0, quick ? 60 : 10_000);
const cutTest = cutTable(unseenSentences);
display(table(cutTest, { title: "which words are kept (test)" }));
if (pairs.isWhole)
  result({
    ...{ ...about, data: "EWT compression", seconds: cutting.seconds },
    name: "deleting words, F1 of the words kept, test",
    value: cutTest.at(-1)!["F1, %"],
    expected: [75, 95],
    baseline: { name: "the first words", value: cutTest.at(-2)!["F1, %"] },
  });

// %% [markdown]
// Most words are right, but not half of the sentences are exactly as the rule has them: one word is enough to be wrong. What the network keeps and what it crosses out, in sentences that it has not seen, beside the rule's answer:

// %%
const safe = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
function struck(words: readonly string[], keep: Mask) {
  const html = words.map((word, t) =>
    keep[t] ? `<b>${safe(word)}</b>` : `<s style="opacity:0.6">${safe(word)}</s>`,
  );
  const plain = words.map((word, t) => (keep[t] ? word : `[${word}]`)).join(" ");
  return { "text/html": `<p>${html.join(" ")}</p>`, "text/plain": plain };
}
const isEven = ({ words }: Sentence) => words.length < 20;
for (const { words, keep } of devSentences.filter(isEven).slice(0, 4)) {
  display(struck(words, cut(words)));
  console.log(`the rule: ${words.filter((_, t) => keep[t]).join(" ")}`);
}

// %% [markdown]
// ## Try your own
//
// Paste an abstract. The most probable sentence is picked, then its words are thinned out. (A text of one sentence is only thinned out. The network that thins out learned from mails, blogs and reviews, not from papers.)

// %%
function answer(text: string) {
  const own = text.split(/(?<=[.!?])\s+(?=[A-Z])/).filter((one) => /[a-z]/i.test(one));
  if (own.length === 0) return "no sentence";
  const ids = own.map((_, i) => signs.encode(signsOf(own, i)));
  const p = together(
    readers.map((one) => judge(one, [{ ids, gains: own.map(() => 0) }])),
  )[0]!;
  const picked = own[p.indexOf(Math.max(...p))]!;
  const words = picked.match(/[\p{L}\d'’]+|[^\s\p{L}\d]/gu)!;
  const thin = struck(words, cut(words));
  return own.length === 1 ? thin : [shaded(own, p), thin];
}

// %%
import { tryText } from "unroll";

const pasted = [
  "Recurrent networks forget. This has been known for thirty years. In this paper, we propose a gate that decides what is kept. It makes training faster on five tasks.",
  "After a long discussion about money the council finally opened the new library near the station last week .",
];
const label = "An abstract, or one sentence";
tryText({ title: "In fewer words", label, examples: pasted, answer });

// %% [markdown]
// ## What to take along
//
// - A summary by **extraction** copies sentences, one by **compression** copies words. Both are choices, and a network can score them.
// - First measure what is simple (the first sentence, a rule) and what is possible (the oracle). A result means something between the two.
// - Where there is a score and no right answer, train on the expected score: its slope is $p_i (r_i - E)$.
// - ROUGE counts words that are in common. It does not see whether a sentence is true, or reads well.
//
// **Known good:** signs that occur 15 times, half of them hidden in training, a GRU of 32 units from both ends, Adam at 0.002 falling to 0, three epochs, three seeds. For words: as in lesson 17, without a CRF, Adam at 0.004 falling to 0, the best of five passes.
//
// **Try:** train the picker with cross-entropy on the oracle. Leave out the signs of place. Put a CRF on top of the tagger: are more sentences exactly right?
//
// **Read:** Cachola et al. (2020), *TLDR: extreme summarization of scientific documents*, for the data. Lin (2004), *ROUGE: a package for automatic evaluation of summaries*, for the measure. Nallapati, Zhai & Zhou (2017), *SummaRuNNer*, for a recurrent network that picks sentences. Filippova et al. (2015), *Sentence compression by deletion with LSTMs*, for words. See, Liu & Manning (2017), *Get to the point: summarization with pointer-generator networks*, for networks that copy words and write new ones, too.
