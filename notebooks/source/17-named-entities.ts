// %% [markdown]
// # 17 · Named entities
//
// **You will be able to** find the names in a sentence, and what they name; write pieces of a sentence as tags, and read them back; say why a share of right words is no measure for this; and forbid what cannot be, with a conditional random field.
//
// **Time:** 3 minutes to run on two cores, 40 to understand. **Needs:** lesson 16. **Data:** Groningen Meaning Bank, 17,000 sentences (Bos et al.; public domain), and Snips, 14,484 requests to an assistant (CC0); where they are not installed, Brown corpus (Francis & Kučera 1979; redistribution permitted).
//
// ## Pieces of a sentence
//
// In lesson 16 every word had its own tag. A name may have several words: *New York City* is one place, not three. So we look for **spans**, and say of what type each is.

// %%
import { display, hasData, namedEntities } from "unroll";

const isWhole = hasData("ner-gmb");
if (isWhole) display(namedEntities());

// %% [markdown]
// Without the data pack there are no sentences with names marked by people. Then the lesson makes do with **distant supervision**: in the Brown corpus the words that are marked as proper nouns are names; those that the Unicode project lists as countries are places, those behind *Mr.*, *Mrs.*, *Miss* or *Dr.* are persons, and of the others we know nothing, so they are left out. Such labels are cheap, and often wrong or missing. No result is judged then. (`npx unroll data get` says where the sets are from.)

// %%
import { type BrownSentence, brown } from "unroll";

const codes = Array.from({ length: 676 }, (_, k) =>
  String.fromCharCode(65 + Math.floor(k / 26), 65 + (k % 26)),
);
const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
const places = new Set(
  codes.flatMap((code) => regions.of(code)?.toLowerCase().split(" ") ?? []),
);
const titles = /^(mr|mrs|miss|dr|president|senator)\.?$/i;
const isName = ({ tags }: BrownSentence, t: number) => /^np/.test(tags[t] ?? "");

// %%
function distant(row: BrownSentence): { words: readonly string[]; tags: string[] } {
  const tags: string[] = [];
  row.words.forEach((text, t) => {
    const before = tags[t - 1] ?? "O";
    const goesOn = isName(row, t - 1) && before !== "O";
    const isPerson = titles.test(row.words[t - 1] ?? "");
    const type = isPerson ? "per" : places.has(text.toLowerCase()) ? "geo" : "";
    const begun = type ? `B-${type}` : "O";
    const own = goesOn ? `I-${before.slice(2)}` : begun;
    tags.push(isName(row, t) && !titles.test(text) ? own : "O");
  });
  return { words: row.words, tags };
}

// %%
import { quick } from "unroll";

type Tagged = { readonly words: readonly string[]; readonly tags: readonly string[] };
const few = quick ? 25 : 1;

function rowsOf(part: "train" | "dev" | "test", most: number): readonly Tagged[] {
  const from = isWhole ? namedEntities()[part] : brown()[part].map(distant);
  return from.slice(0, Math.ceil(most / few));
}
const practice = rowsOf("train", 10_000);
const dev = rowsOf("dev", 2000);

// %% [markdown]
// ## Spans as tags
//
// A trick makes tags of spans, so that a tagger can find them (Ramshaw & Marcus 1995). `B-geo` **b**egins a place, `I-geo` goes on **i**nside of it, `O` is **o**utside of all names. Two names that touch are told apart by the second `B`.

// %%
import { spans, table } from "unroll";

const hasNames = practice.filter(({ tags }) => spans(tags).length > 0);
const several = hasNames.find(({ words, tags }) => {
  const found = spans(tags);
  return words.length < 20 && found.length > 1 && found.some((s) => s.to > s.from + 1);
});
const long = several ?? hasNames[0]!;
const tagged = long.words.map((word, t) => ({ word, tag: long.tags[t]! }));
display(table(tagged, { title: "a sentence and its tags" }));
const named = spans(long.tags).map(({ type, from, to }) => ({
  type,
  name: long.words.slice(from, to).join(" "),
}));
display(table(named, { title: "its spans" }));

// %% [markdown]
// **Exercise 17.1.** Write the tags of a sentence with `length` words. A span reaches from word `from` to word `to - 1`.

// %%
import { check, type Span } from "unroll";

function bio(length: number, found: readonly Span[]): string[] {
  return []; // your turn
}
check("17.1", bio);

// %% [markdown]
// <details><summary>Solution of 17.1</summary>
//
// ```ts
// function bio(length: number, found: readonly Span[]): string[] {
//   const tags = new Array<string>(length).fill("O");
//   for (const { type, from, to } of found) {
//     for (let t = from; t < to; t++) tags[t] = `${t === from ? "B" : "I"}-${type}`;
//   }
//   return tags;
// }
// ```
//
// </details>
//
// ## What is measured
//
// A span is right when its type, its beginning and its end are right. **Precision** is the share of the spans found that are right, **recall** the share of the true spans that were found, and F1 their harmonic mean:
//
// $$F_1 = \frac{2\,P\,R}{P + R} = \frac{2 \cdot \text{right}}{\text{found} + \text{there}}$$
//
// **Misconception:** *“Nine words in ten are right, so nine names in ten are right.”* We say of each word the tag that it has most often (the baseline of lesson 16), and count both.

// %%
const counts = new Map<string, Map<string, number>>();
for (const { words, tags } of practice) {
  words.forEach((word, t) => {
    const own = counts.get(word) ?? new Map<string, number>();
    counts.set(word, own.set(tags[t]!, (own.get(tags[t]!) ?? 0) + 1));
  });
}
const top = (own: Map<string, number>) =>
  [...own].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
const usual = new Map([...counts].map(([word, own]) => [word, top(own)]));
const lookUp = (rows: readonly Tagged[]) =>
  rows.map(({ words }) => words.map((word) => usual.get(word) ?? "O"));

// %%
import { predict } from "unroll";

const wordShare = (rows: readonly Tagged[], guesses: readonly string[][]) => {
  const right = rows.flatMap(({ tags }, i) => tags.map((tag, t) => guesses[i]![t] === tag));
  return (100 * right.filter(Boolean).length) / right.length;
};
const looked = lookUp(dev);
console.log(`look-up: ${wordShare(dev, looked).toFixed(1)} % of the words are right`);
const namesFound = predict("And what is its F1 of spans?", 90, { unit: "%" });

// %%
import { spanF1 } from "unroll";

const truthOf = (rows: readonly Tagged[]) => rows.map(({ tags }) => tags);
const judge = (rows: readonly Tagged[], guesses: readonly string[][]) =>
  spanF1(guesses, truthOf(rows));
const base = judge(dev, looked);
namesFound.reveal(100 * base.f1);

// %%
import { plot } from "unroll";

const nothing = dev.map(({ words }) => words.map(() => "O"));
const pages = [nothing, looked].map((guesses) => {
  const f1 = 100 * judge(dev, guesses).f1;
  return plot.bars({ "right words, %": wordShare(dev, guesses), "F1 of spans, %": f1 });
});
const two = ["always O", "look-up"];
display(plot.withSlider(pages, { by: "guesses:", names: two, title: "two measures" }));

// %% [markdown]
// Who never finds a name has most words right, since most words are no names; and not one span.
//
// **Exercise 17.2.** Compute F1 from three numbers: how many spans were found and are right, how many were found, and how many are there. Where nothing is there and nothing was found, F1 is 0.

// %%
function f1Of(right: number, found: number, there: number): number {
  return Number.NaN; // your turn
}
check("17.2", f1Of);

// %% [markdown]
// <details><summary>Solution of 17.2</summary>
//
// ```ts
// function f1Of(right: number, found: number, there: number): number {
//   return found + there === 0 ? 0 : (2 * right) / (found + there);
// }
// ```
//
// </details>
//
// ## What cannot be
//
// An `I-geo` can follow `B-geo` or `I-geo` and nothing else; a sentence cannot begin with it. A tagger that chooses every tag for itself does not know that.
//
// **Exercise 17.3.** May the tag `next` follow the tag `from`?

// %%
function mayFollow(from: string, next: string): boolean {
  throw new Error("your turn");
}
check("17.3", mayFollow);

// %% [markdown]
// <details><summary>Solution of 17.3</summary>
//
// ```ts
// function mayFollow(from: string, next: string): boolean {
//   return !next.startsWith("I-") || (from !== "O" && from.slice(2) === next.slice(2));
// }
// ```
//
// </details>

// %%
import { matrix } from "unroll";

const allowed = (from: string, next: string) =>
  !next.startsWith("I-") || (from !== "O" && from.slice(2) === next.slice(2));
const everyTag = [...new Set(practice.flatMap(({ tags }) => tags))].sort();
const grid = matrix(everyTag.map((a) => everyTag.map((b) => (allowed(a, b) ? 1 : -1))));
const axes = { rows: everyTag, columns: everyTag, y: "a tag", x: "the next one", limit: 1 };
display(plot.matrixMap(grid, { ...axes, title: "orange: may follow; blue: cannot" }));

// %% [markdown]
// ## Three networks
//
// All read as in lesson 16: each word is the sum of its parts, an LSTM from each end. The first one chooses each tag for itself; the second has a CRF on top; in the third all transitions that cannot be start at −10,000. There they stay: what has no probability has no gradient.

// %%
import { taggedParts, wordParts, wordVocabulary } from "unroll";

function prepare(rows: readonly Tagged[]) {
  const parts = wordParts(rows.map(({ words }) => words));
  const tags = wordVocabulary(rows.map((row) => row.tags));
  const names = Array.from({ length: tags.size }, (_, id) => tags.token(id));
  return { parts, tags, names, examples: taggedParts(rows, parts, tags) };
}
type Task = ReturnType<typeof prepare>;
const task = prepare(practice);

// %%
import { bidirectional, dropout, lstm, partsEmbedding } from "unroll";

const D = quick ? 24 : 96;
function layers({ parts }: Task) {
  const first = partsEmbedding(parts.size, D, parts.partCount, { forget: 0.1 });
  const both = bidirectional(lstm(D, D), lstm(D, D));
  return [first, dropout(D, 0.3), both, dropout(2 * D, 0.3)] as const;
}

// %%
import { random, stacked, tagger } from "unroll";

function reader(of: Task, crf: boolean) {
  const model = tagger(stacked(...layers(of)), of.tags.size, { crf });
  return { model, weights: model.init(random(1)) };
}
type Reader = ReturnType<typeof reader>;

// %%
function withoutTheImpossible(one: Reader, { names }: Task): Reader {
  if (!("crf" in one.weights)) return one;
  const { transitions, start } = one.weights.crf;
  names.forEach((next, j) => {
    if (next.startsWith("I-")) start.set(0, j, -1e4);
    names.forEach((from, i) => {
      if (!allowed(from, next)) transitions.set(i, j, -1e4);
    });
  });
  return one;
}

// %%
import { adam, after, linearDecay, linearWarmup, liveTraining, train } from "unroll";

const times: number[] = [];
async function learn(one: Reader, { examples }: Task, title: string, epochs: number) {
  const schedule = after(linearWarmup(10), linearDecay());
  const steps = { epochs: quick ? 1 : epochs, batchSize: 32, bucket: true };
  const { seconds } = await train(one.model, one.weights, examples, {
    ...{ ...steps, schedule, clipNorm: 1, random: random(2), ...liveTraining({ title }) },
    optimizer: adam({ learningRate: 0.004 }),
  });
  times.push(seconds);
}

// %%
type Words = readonly string[];

function tagSome(
  { model, weights }: Reader,
  { parts, tags }: Task,
  some: readonly Words[],
) {
  const { tokens, lengths } = parts.encode(some);
  const { ids } = model.tags(weights, tokens, { lengths });
  const name = (t: number, i: number) => tags.token(ids[t * some.length + i]!);
  return some.map((words, i) => words.map((_, t) => name(t, i)));
}

// %%
import { buckets } from "unroll";

function tagAll(one: Reader, from: Task, rows: readonly Tagged[]): string[][] {
  const guesses: string[][] = rows.map(() => []);
  const lengths = rows.map(({ words }) => words.length);
  for (const batch of buckets(lengths, 64, random(3))) {
    const some = Array.from(batch, (i) => rows[i]!.words);
    tagSome(one, from, some).forEach((tags, k) => {
      guesses[batch[k]!] = tags;
    });
  }
  return guesses;
}

// %% [markdown]
// Each makes one pass over the sentences. How many tags will the first one write that cannot stand where they stand?

// %%
const misfits = predict("Of the dev words, impossible tags:", 0, { unit: "words" });

// %%
const makers: Record<string, () => Reader> = {
  "each tag for itself": () => reader(task, false),
  "with a CRF": () => reader(task, true),
  "and constraints": () => withoutTheImpossible(reader(task, true), task),
};
const guesses: Record<string, string[][]> = { "look-up": looked };
for (const [name, make] of Object.entries(makers)) {
  const one = make();
  await learn(one, task, name, 1);
  guesses[name] = tagAll(one, task, dev);
}

// %%
const impossible = (tags: readonly string[]) =>
  tags.filter((tag, t) => !allowed(tags[t - 1] ?? "O", tag)).length;
const compared = Object.entries(guesses).map(([name, tags]) => {
  const { precision, recall, f1 } = judge(dev, tags);
  const broken = tags.reduce((sum, row) => sum + impossible(row), 0);
  const percent = { precision: 100 * precision, recall: 100 * recall, F1: 100 * f1 };
  return { name, ...percent, "right words": wordShare(dev, tags), impossible: broken };
});
misfits.reveal(compared[1]!.impossible);
display(table(compared, { title: "dev, %; and how many tags cannot stand there" }));

// %% [cover]
const types = Object.keys(base.types);
const ofTypes = Object.entries(guesses).map(([, tags]) => {
  const each = judge(dev, tags).types;
  const f1 = types.map((type) => [type, 100 * (each[type]?.f1 ?? 0)]);
  return plot.bars(Object.fromEntries(f1), { y: "F1, % (dev)" });
});
const shown = Object.keys(guesses);
const last = { by: "", names: shown.toReversed(), title: "how well each type is found" };
display(plot.withSlider(ofTypes.toReversed(), last));

// %% [markdown]
// **Think:** the constraints forbid only what is never right. Can they make anything worse?
// <details><summary>Answer</summary>A tag that cannot be there is wrong for sure, but the span that it stands in is not: `O I-geo` is read as a span all the same. The network with constraints must choose <i>another</i> sequence, and that one may be worse. It seldom is.</details>
//
// ## In full
//
// The third network, three passes, and the test sentences, once.

// %%
const winner = withoutTheImpossible(reader(task, true), task);
await learn(winner, task, "CRF and constraints, three passes", 3);
const unseen = rowsOf("test", 3000);
const tested = judge(unseen, tagAll(winner, task, unseen));
const simple = judge(unseen, lookUp(unseen));
const byType = Object.entries(tested.types).map(([type, { f1, there }]) => {
  return { type, "in the test": there, "F1, %": 100 * f1 };
});
display(table(byType, { title: `all types: ${(100 * tested.f1).toFixed(1)} %` }));

// %%
import { result } from "unroll";

const about = { lesson: "17-named-entities", unit: "%" };
if (isWhole)
  result({
    ...{ ...about, data: "Groningen Meaning Bank", headline: true },
    name: "named entities, F1 of spans, test",
    value: 100 * tested.f1,
    expected: [80, 88],
    seconds: times.reduce((sum, one) => sum + one, 0),
    baseline: { name: "most frequent tag", value: 100 * simple.f1 },
  });

// %% [markdown]
// ## What an assistant must hear
//
// *“Play some jazz from 1959”*: which of it is the genre, which the year? That is the same task, and such spans are called **slots**. Snips has 39 types of them.

// %%
import { snips } from "unroll";

const requests = hasData("snips") ? snips() : undefined;
if (requests) display(requests);
const said = requests?.train.find(({ words }) => words.length < 12);
if (said) {
  const slots = spans(said.tags).map(({ type, from, to }) => ({
    slot: type,
    words: said.words.slice(from, to).join(" "),
  }));
  display(table(slots, { title: said.words.join(" ") }));
}

// %%
if (requests) {
  const slots = prepare(requests.train.slice(0, Math.ceil(13_095 / few)));
  const one = withoutTheImpossible(reader(slots, true), slots);
  await learn(one, slots, "slots of Snips, four passes", 4);
  const { f1 } = judge(requests.test, tagAll(one, slots, requests.test));
  result({
    ...{ ...about, data: "Snips", seconds: times.at(-1)!, expected: [90, 97] },
    name: "slots, F1 of spans, test",
    value: 100 * f1,
    baseline: { name: "most frequent tag", value: 52.1 },
    published: { source: "Goo et al. 2018", value: 88.8 },
  });
}

// %% [markdown]
// The published number is that of a network which finds the intent of the request as well, on another division of the same requests into parts.
//
// ## Try your own

// %%
function answer(text: string) {
  const words = text.match(/[\p{L}\d'’-]+|[^\s\p{L}\d]/gu) ?? ["?"];
  const found = spans(tagSome(winner, task, [words])[0]!);
  const names = found.map(({ type, from, to }) => {
    return { type, name: words.slice(from, to).join(" ") };
  });
  return names.length > 0 ? table(names) : "no names";
}

// %%
import { tryText } from "unroll";

const sentences = [
  "President Obama met Angela Merkel in Berlin on Monday .",
  "The United Nations sent help to New Orleans .",
];
const label = "An English sentence";
tryText({ title: "Which names are there?", label, examples: sentences, answer });

// %% [markdown]
// ## What to take along
//
// - Spans become tags: `B-x` begins, `I-x` goes on, `O` is outside.
// - Measure spans, not words: most words are outside.
// - A CRF learns which tags follow each other. What cannot be is forbidden by a transition of −10,000.
//
// **Known good:** as in lesson 16, with a CRF on top; learning rate 0.004, batches of 32.
//
// **Try:** the network without the parts of words: by how much does F1 fall? Capital letters are the strongest hint in English: what happens when all words are written small?
//
// **Read:** Ramshaw & Marcus (1995), *Text chunking using transformation-based learning*, for spans as tags. Lample et al. (2016), *Neural architectures for named entity recognition*, for LSTM and CRF. Tjong Kim Sang & De Meulder (2003), *Introduction to the CoNLL-2003 shared task*, for the measure. Goo et al. (2018), *Slot-gated modeling for joint slot filling and intent prediction*, for Snips.
