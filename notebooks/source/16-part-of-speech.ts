// %% [markdown]
// # 16 · Part of speech
//
// **You will be able to** tag each word of a sentence with its part of speech; say what the words behind a word tell about it; let a network guess at words that it has never met from how they are spelled; and let neighbouring tags have a word in it, with a conditional random field.
//
// **Time:** 2 minutes to run on two cores, 50 to understand. **Needs:** lesson 7. **Data:** UD English EWT, 16,622 sentences from the web (Silveira et al. 2014; CC BY-SA 4.0); where it is not installed, the Brown corpus (Francis & Kučera 1979; redistribution permitted).
//
// ## One answer for every word
//
// This lesson is *many to many, of the same length*: a word goes in, a tag comes out, at every step.

// %%
import { display, plot } from "unroll";

display(plot.sequenceTypes({ only: ["many to many"], title: "words in, a tag for each" }));

// %%
import { brown, hasData, webTreebank } from "unroll";

const data = hasData("pos-ewt") ? webTreebank() : brown();
display(data);

// %% [markdown]
// Without the data pack the lesson runs on a part of the Brown corpus, which npm brings; its tags are twelve coarser ones, its texts are printed ones of 1961, and so its numbers are others. (`npx unroll data get pos-ewt` fetches the treebank.)

// %%
import { quick } from "unroll";

type Tagged = { readonly words: readonly string[]; readonly tags: readonly string[] };

function rowsOf(part: "train" | "dev" | "test", most: number): Tagged[] {
  const rows = data[part].slice(0, quick ? Math.ceil(most / 25) : most);
  return rows.map((row) => ("universal" in row ? { ...row, tags: row.universal } : row));
}
const practice = rowsOf("train", 12_544);
const dev = rowsOf("dev", 2001);

// %%
import { table } from "unroll";

const first = practice.find(({ words }) => words.length > 9 && words.length < 14)!;
const pairs = first.words.map((word, t) => ({ word, tag: first.tags[t] }));
display(table(pairs, { title: "a sentence of the training part" }));

// %% [markdown]
// ## A word is not its tag
//
// **Misconception:** *“A word has one part of speech. So tagging is looking words up.”* Let us count, for every word of the training part, with which tags it occurs.

// %%
const counts = new Map<string, Record<string, number>>();
for (const { words, tags } of practice) {
  words.forEach((word, t) => {
    const own = counts.get(word) ?? {};
    counts.set(word, own);
    own[tags[t]!] = (own[tags[t]!] ?? 0) + 1;
  });
}
console.log(`${counts.size} different words`);

// %%
import { predict } from "unroll";

const question = "Of 100 words of a text, how many can be of more than one part of speech?";
const guess = predict(question, 10, { unit: "%" });

// %%
const total = (own: Record<string, number>) =>
  Object.values(own).reduce((sum, n) => sum + n, 0);
const all = [...counts.values()];
const several = all.filter((own) => Object.keys(own).length > 1);
const sumOf = (list: typeof all) => list.reduce((sum, own) => sum + total(own), 0);
const inList = (100 * several.length) / all.length;
const inText = (100 * sumOf(several)) / sumOf(all);
console.log(
  `${inList.toFixed(1)} % of the different words, ${inText.toFixed(1)} % of the text`,
);
guess.reveal(inText);

// %% [markdown]
// In a dictionary, most words have one part of speech. In a text, most do not: it is the *frequent* words that have several. Move the slider.

// %%
const busy = [...counts].sort(([, a], [, b]) => total(b) - total(a));
const chosen = ["that", "like", "back", "to", "so", "well"].filter((word) =>
  counts.has(word),
);
const everyTag = [...new Set(practice.flatMap(({ tags }) => tags))].sort();
const pages = chosen.map((word) => {
  const own = counts.get(word)!;
  const shares = everyTag.map((tag) => [tag, (100 * (own[tag] ?? 0)) / total(own)]);
  return plot.bars(Object.fromEntries(shares), { y: "of its uses, %", title: `“${word}”` });
});
display(plot.withSlider(pages, { by: "word", names: chosen }));

// %%
const frequent = busy.slice(0, 8).map(([word, own]) => {
  const kinds = Object.entries(own).sort(([, a], [, b]) => b - a);
  const words = kinds.slice(0, 3).map(([tag, n]) => `${tag} ${n}`);
  return {
    word,
    uses: total(own),
    tags: kinds.length,
    "the first three": words.join(", "),
  };
});
display(table(frequent, { title: "the most frequent words" }));

// %% [markdown]
// ## The baseline: the tag it mostly has
//
// Still, looking up is a good start: say of each word the tag that it has most often, and of a word that was never seen the tag that is the most frequent of all.
//
// **Exercise 16.1.** Of one word you get how often it occurs with each tag. Which tag shall be said?

// %%
import { check } from "unroll";

function mostFrequent(own: Readonly<Record<string, number>>): string {
  return ""; // your turn
}
check("16.1", mostFrequent);

// %% [markdown]
// <details><summary>Solution of 16.1</summary>
//
// ```ts
// function mostFrequent(own: Readonly<Record<string, number>>): string {
//   return Object.keys(own).reduce((best, tag) => (own[tag]! > own[best]! ? tag : best));
// }
// ```
//
// </details>

// %%
const top = (own: Record<string, number>) =>
  Object.entries(own).reduce((best, one) => (one[1] > best[1] ? one : best))[0];
const overall: Record<string, number> = {};
for (const tag of practice.flatMap(({ tags }) => tags)) {
  overall[tag] = (overall[tag] ?? 0) + 1;
}
const usual = new Map([...counts].map(([word, own]) => [word, top(own)]));
const lookUp = (rows: readonly Tagged[]) =>
  rows.map(({ words }) => words.map((word) => usual.get(word) ?? top(overall)));

// %% [markdown]
// We judge on the **dev** sentences, and look at the test sentences once, in the end. Words that the training part has and words that it does not have are counted apart.

// %%
function score(rows: readonly Tagged[], guesses: readonly (readonly string[])[]) {
  const [known, unknown] = [[0, 0] as [number, number], [0, 0] as [number, number]];
  rows.forEach(({ words, tags }, i) => {
    words.forEach((word, t) => {
      const place = counts.has(word) ? known : unknown;
      place[0]++;
      if (guesses[i]![t] === tags[t]) place[1]++;
    });
  });
  const percent = (there: number, right: number) => (100 * right) / Math.max(1, there);
  const both = percent(known[0] + unknown[0], known[1] + unknown[1]);
  return { all: both, known: percent(...known), unknown: percent(...unknown) };
}

// %%
const blind = predict(
  "A word never seen gets the most frequent tag: right how often?",
  50,
  {
    unit: "%",
  },
);

// %%
const base = score(dev, lookUp(dev));
blind.reveal(base.unknown);
console.log(
  `look-up: ${base.all.toFixed(1)} %; known words ${base.known.toFixed(1)} %, unknown ones ${base.unknown.toFixed(1)} %`,
);

// %% [markdown]
// Two things are missing. Looking up does not see the **neighbours**, and it knows nothing of **new words**. We begin with the neighbours.
//
// ## Reading, in one direction and in both
//
// Each word becomes a vector (an embedding), a network reads them, and a read-out says at each step how well each tag fits: the **emission** $e_t$.
//
// $$y_t = \text{what the network knows at word } t, \qquad e_t = y_t\,W + b, \qquad p(\text{tag}_t) = \mathrm{softmax}(e_t)$$
//
// An LSTM that reads from the left knows the words up to $t$. Two of them, one from each end, know the whole sentence at every word: $y_t = \overrightarrow{y}_t \mathbin{\Vert} \overleftarrow{y}_t$ (Schuster & Paliwal 1997).
//
// First the words as numbers. `wordParts` makes several numbers of each word; for now the first one is enough, the word itself, in small letters. Words that occur once in the training part are all number 0, *unknown*, so that the network meets unknown words while it learns.

// %%
import { taggedParts, wordParts, wordVocabulary } from "unroll";

const parts = wordParts(practice.map(({ words }) => words));
const tagNames = wordVocabulary(rowsOf("train", 12_544).map(({ tags }) => tags));
const examples = taggedParts(practice, parts, tagNames);
const { x, targets } = examples.batch([0, 1]);
console.log(`${x.steps}×${x.batch} words, ${targets.steps}×${targets.batch} tags`);

import type { TokenParts, WeightTree } from "unroll";
// %%
import { bidirectional, embedding, type Layer, lstm, recurrent } from "unroll";

type First = Layer<WeightTree, WeightTree, TokenParts>;
const [D, H] = quick ? [24, 24] : [96, 96];
const word = (): First => embedding(parts.size, D);
const onward = () => recurrent(lstm(D, 2 * H));
const bothWays = () => bidirectional(lstm(D, H), lstm(D, H));

// %% [markdown]
// Between the layers, dropout sets some numbers to 0 while the network learns, so that it does not rely on single ones.

// %%
import { dropout, random, stacked, tagger } from "unroll";

function reader(first: First, cell: Layer, crf = false) {
  const network = stacked(first, dropout(D, 0.3), cell, dropout(2 * H, 0.3));
  const model = tagger(network, tagNames.size, { crf });
  return { model, weights: model.init(random(1)) };
}
type Reader = ReturnType<typeof reader>;

// %%
import { adam, after, linearDecay, linearWarmup, liveTraining, train } from "unroll";

const times: number[] = [];
async function learn({ model, weights }: Reader, title: string, epochs: number) {
  const schedule = after(linearWarmup(10), linearDecay());
  const steps = { epochs: quick ? 1 : epochs, batchSize: 32, bucket: true };
  const { seconds } = await train(model, weights, examples, {
    ...{ ...steps, schedule, clipNorm: 1, random: random(2), ...liveTraining({ title }) },
    optimizer: adam({ learningRate: 0.004 }),
  });
  times.push(seconds);
}

// %% [markdown]
// `bucket` puts sentences of similar length into one batch, so that there is little padding. The same for tagging:

// %%
type Words = readonly string[];

function tagSome({ model, weights }: Reader, some: readonly Words[]): string[][] {
  const { tokens, lengths } = parts.encode(some);
  const { ids } = model.tags(weights, tokens, { lengths });
  const name = (t: number, i: number) => tagNames.token(ids[t * some.length + i]!);
  return some.map((words, i) => words.map((_, t) => name(t, i)));
}

// %%
import { buckets } from "unroll";

function tagAll(one: Reader, rows: readonly Tagged[]): string[][] {
  const guesses: string[][] = rows.map(() => []);
  const lengths = rows.map(({ words }) => words.length);
  for (const batch of buckets(lengths, 64, random(3))) {
    const some = Array.from(batch, (i) => rows[i]!.words);
    tagSome(one, some).forEach((tags, k) => {
      guesses[batch[k]!] = tags;
    });
  }
  return guesses;
}
const judge = (one: Reader, rows: readonly Tagged[]) => score(rows, tagAll(one, rows));

// %%
const forward = reader(word(), onward());
const both = reader(word(), bothWays());
await learn(forward, "an LSTM from the left", 1);
await learn(both, "one from each end", 1);
const [ahead, around] = [judge(forward, dev), judge(both, dev)];
const soFar = { "look-up": base, LSTM: ahead, "both ways": around };
display(table(Object.entries(soFar).map(([name, right]) => ({ name, ...right }))));

// %% [markdown]
// ## “Heat water in a large vessel.”
//
// What is *Heat*? The end of the sentence has to tell. The network from the left must say it before it has seen *water*.

// %%
const atFirst = predict("The LSTM from the left, at “Heat”:", "VERB", {
  choices: ["VERB", "NOUN", "another one"],
});

// %%
import { type Matrix, matrix, softmax } from "unroll";

const heat = "Heat water in a large vessel .".split(" ");

/** The probabilities of the tags: a row for each tag, a column for each word. */
function beliefs({ model, weights }: Reader, words: readonly string[]): Matrix {
  const { tokens } = parts.encode([words]);
  const p = softmax(model.emissions(weights, tokens).flat());
  return matrix(everyTag.map((tag) => words.map((_, t) => p.at(t, tagNames.id(tag)))));
}
const best = (p: Matrix, t: number) =>
  everyTag.reduce((a, b) =>
    p.at(everyTag.indexOf(b), t) > p.at(everyTag.indexOf(a), t) ? b : a,
  );

// %%
const said = best(beliefs(forward, heat), 0);
atFirst.reveal(["VERB", "NOUN"].includes(said) ? said : "another one");

function wordByWord(list: readonly string[]) {
  const [left, whole] = [beliefs(forward, list), beliefs(both, list)];
  return list.map((text, t) => ({
    word: text,
    "from the left": best(left, t),
    "both ways, words so far": best(beliefs(both, list.slice(0, t + 1)), t),
    "both ways, whole sentence": best(whole, t),
  }));
}
display(table(wordByWord(heat), { title: "three ways to read" }));

// %% [markdown]
// The column in the middle is the network with both directions, but it was stopped after each word: it could not see the future. *Heat* is a verb here, and no column says so. In the training part *heat* is mostly a noun, and *heat water* could be a kind of water, as *sea water* is. Now with an article, and another sentence:

// %%
const plain = "Heat the water in a large vessel .".split(" ");
const plan = "They back the new plan .".split(" ");
display(table(wordByWord(plain), { title: "with an article" }));
display(table(wordByWord(plan)));

// %% [markdown]
// *Heat the water*: what stands before *the* is no noun of the same name, so it becomes a verb. Only a network that sees more than *Heat the* can know it; from the left it is too late, the tag has been given. *Back* is a verb as well, and both miss it: in most of its uses it is an adverb, as the slider above shows. Watch how the belief about *Heat* moves when more is read.

// %% [cover]
const final = beliefs(both, plain);
const shares = (p: Matrix, tag: string, t: number) => p.at(everyTag.indexOf(tag), t);
const reads = plain.map((_, last) => beliefs(both, plain.slice(0, last + 1)));
const likely = everyTag.filter(
  (tag) => plain.some((_, t) => shares(final, tag, t) > 0.1) || tag === "VERB",
);
const seen = reads.map((p, last) => {
  const at = (tag: string, t: number) => (t > last ? 0 : shares(p, tag, t));
  const round = (value: number) => Math.round(100 * value) / 100;
  const grid = likely.map((tag) => plain.map((_, t) => round(at(tag, t))));
  return plot.matrixMap(matrix(grid), { rows: likely, columns: plain, limit: 1 });
});
const by = { by: "read up to", names: plain.toReversed() };
display(plot.withSlider(seen.toReversed(), { ...by, title: "p(tag) of each word" }));

// %% [markdown]
// And in the dev sentences: where does the future help, and where does it harm?

// %%
const [leftTags, bothTags] = [tagAll(forward, dev), tagAll(both, dev)];
const differ = dev.flatMap(({ words, tags }, i) =>
  words.map((text, t) => ({
    sentence: words.slice(Math.max(0, t - 2), t + 4).join(" "),
    word: text,
    "from the left": leftTags[i]![t]!,
    "both ways": bothTags[i]![t]!,
    truth: tags[t]!,
  })),
);
const helped = differ.filter((row) => row["both ways"] === row.truth);
const gained = helped.filter((row) => row["from the left"] !== row.truth);
const lost = differ.filter((row) => row["from the left"] === row.truth).length;

// %%
const harmed = lost - (helped.length - gained.length);
console.log(`${gained.length} words right only with the future, ${harmed} only without it`);
const telling = gained.filter(({ word }) => counts.has(word) && word.length > 2);
display(
  table(telling.slice(0, 8), { title: "some of the words that the future made right" }),
);

// %% [markdown]
// **Think:** a tagger for a spoken sentence must answer while people talk. Which of the columns can it have?
// <details><summary>Answer</summary>The first two. The third needs the end of the sentence. One may wait for a word or two before one answers: then a little of the future is known.</details>
//
// ## Words that were never seen
//
// To both networks every unknown word is the same: number 0. But we know a lot about a new word by its spelling: *flumping* is a verb, *Zorgville* a name, *1,234* a number. So let a word be the **sum of its parts** (Bojanowski et al. 2017): itself, its shape, its beginnings and its endings.
//
// $$v(\text{word}) = \sum_{k} E[\text{part}_k(\text{word})]$$

// %%
const strange = ["flumping", "Zorgville", "1,234", "e-mails"];
const taken = strange.map((text) => {
  const [own, shape, ...rest] = parts.partsOf(text);
  return {
    word: text,
    known: parts.knows(text) ? "yes" : "no",
    shape,
    beginnings: rest.slice(0, 3).join(" "),
    endings: rest.slice(3).join(" "),
    itself: own,
  };
});
display(table(taken, { title: "`^` and `$` mark where a word begins and ends" }));

// %% [markdown]
// **Exercise 16.2.** Cut an ending off. Mark the word as above (`^word$`, in small letters), and return its last `length` letters together with the `$`.

// %%
function ending(text: string, length: number): string {
  return ""; // your turn
}
check("16.2", ending);

// %% [markdown]
// <details><summary>Solution of 16.2</summary>
//
// ```ts
// function ending(text: string, length: number): string {
//   return `^${text.toLowerCase()}$`.slice(-length - 1); // one more, for the $
// }
// ```
//
// </details>
//
// The network would lean on the word itself, as long as it knows it. So in training each word *forgets* itself with probability 0.1: its first part becomes 0, and the spelling has to do.
//
// (A network could also read the letters of each word one by one, with an LSTM of its own (Ling et al. 2015). That costs more time and gains little in English, where endings tell most.)

// %%
import { partsEmbedding } from "unroll";

const spelled = (): First =>
  partsEmbedding(parts.size, D, parts.partCount, { forget: 0.1 });
const speller = reader(spelled(), bothWays());
await learn(speller, "both ways, with spelling", 1);
const bySpelling = judge(speller, dev);
const nowKnown = { ...soFar, "with spelling": bySpelling };
display(table(Object.entries(nowKnown).map(([name, right]) => ({ name, ...right }))));

// %%
const pick = (which: "known" | "unknown") => {
  const right = Object.entries(nowKnown).map(([name, value]) => [name, value[which]]);
  return plot.bars(Object.fromEntries(right), { y: "right, % (dev)" });
};
const groups = [pick("unknown"), pick("known")];
display(plot.withSlider(groups, { by: "words:", names: ["unknown", "known"] }));

// %% [markdown]
// ## Tags that must fit their neighbours
//
// So far every tag is chosen for itself. A **conditional random field** (Lafferty et al. 2001) scores whole sequences of tags: how well each fits its word, and how well each follows the one before.
//
// $$s(\text{tags}) = \sum_t e_t[\text{tag}_t] + \sum_t A[\text{tag}_t, \text{tag}_{t+1}], \qquad p(\text{tags}) = \frac{e^{s(\text{tags})}}{\sum_{\text{all sequences}} e^{s}}$$
//
// In words: the matrix $A$ is learned, too. The sum over *all* sequences looks hopeless, $17^{20}$ of them for 20 words, but from word to word it takes $17^2$ steps (forward–backward), and the best sequence is found likewise (Viterbi 1967).
//
// **Exercise 16.3.** Score one sequence. `e[t][tag]` are the emissions, `A[tag][next]` the transitions (here without marks for begin and end).

// %%
function scoreOf(tags: readonly number[], e: number[][], A: number[][]): number {
  return Number.NaN; // your turn
}
check("16.3", scoreOf);

// %% [markdown]
// <details><summary>Solution of 16.3</summary>
//
// ```ts
// function scoreOf(tags: readonly number[], e: number[][], A: number[][]): number {
//   const fits = tags.reduce((sum, tag, t) => sum + e[t]![tag]!, 0);
//   return tags.slice(1).reduce((sum, tag, t) => sum + A[tags[t]!]![tag]!, fits);
// }
// ```
//
// </details>

// %%
const field = reader(spelled(), bothWays(), true);
await learn(field, "both ways, spelling, CRF", 1);
const byField = judge(field, dev);
console.log(
  `with a CRF: ${byField.all.toFixed(2)} % (dev), without: ${bySpelling.all.toFixed(2)} %`,
);

// %%
const { transitions } = (field.weights as { crf: { transitions: Matrix } }).crf;
const order = everyTag.map((tag) => tagNames.id(tag));
const A = matrix(order.map((i) => order.map((j) => transitions.at(i, j))));
const map = { rows: everyTag, columns: everyTag, y: "a tag", x: "the next one" };
display(plot.matrixMap(A, { ...map, title: "orange: follows gladly; blue: does not" }));

// %%
const links = everyTag.flatMap((from, i) =>
  everyTag.map((to, j) => ({ pair: `${from} → ${to}`, score: A.at(i, j) })),
);
links.sort((a, b) => b.score - a.score);
display(
  table([...links.slice(0, 5), ...links.slice(-5)], { title: "five most, five least" }),
);

// %% [markdown]
// After one pass over the sentences the CRF helps a little. The LSTMs look at whole sentences already, so it has not much to add. Where tags must form *pieces*, such as names of several words, it has more to say.
//
// ## In full
//
// Now one network for longer: both ways, with spelling, four passes. Then the test sentences, once.

// %%
const winner = reader(spelled(), bothWays());
await learn(winner, "both ways, with spelling, four passes", 4);
const onDev = judge(winner, dev);
console.log(
  `dev ${onDev.all.toFixed(2)} %; known ${onDev.known.toFixed(2)} %, unknown ${onDev.unknown.toFixed(2)} %`,
);

// %%
const unseen = rowsOf("test", 2077);
const tested = judge(winner, unseen);
const simple = score(unseen, lookUp(unseen));
const rows = Object.entries({ "look-up": simple, here: tested });
display(
  table(
    rows.map(([name, right]) => ({ name, ...right })),
    { title: "test, %" },
  ),
);

// %%
import { result } from "unroll";

const about = { lesson: "16-part-of-speech", unit: "%", data: "UD English EWT" };
const spent = times.reduce((sum, one) => sum + one, 0);
if (hasData("pos-ewt"))
  result({
    ...{ ...about, seconds: spent, headline: true },
    name: "parts of speech (UPOS), test",
    value: tested.all,
    expected: [93.5, 97],
    baseline: { name: "most frequent tag", value: simple.all },
    published: { source: "spaCy's pre-trained Transformer, UD 2.5", value: 96.94 },
  });

// %%
if (hasData("pos-ewt"))
  result({
    ...{ ...about, seconds: spent },
    name: "parts of speech of words never seen, test",
    value: tested.unknown,
    expected: [70, 90],
    baseline: { name: "most frequent tag", value: simple.unknown },
  });

// %% [markdown]
// What is taken for what? Each row is a true tag.

// %%
import { confusionMatrix } from "unroll";

const place = (tags: readonly (readonly string[])[]) =>
  tags.flat().map((tag) => Math.max(0, everyTag.indexOf(tag)));
const guessed = tagAll(winner, dev);
const truth = dev.map(({ tags }) => tags);
const confused = confusionMatrix(place(guessed), place(truth), everyTag.length);
display(plot.confusion(confused, { classes: everyTag, title: "dev" }));

// %% [markdown]
// ## With more time
//
// Two longer runs, stored beside the lesson: three wider networks that vote, on the same sentences; and the Brown corpus, 57,340 sentences with twelve tags, tested on texts that it has not seen.

// %%
import { longRun } from "unroll";

longRun("16-web");

// %%
longRun("16-brown");

// %% [markdown]
// ## Try your own
//
// The network from the left and the one that looks both ways. Write a sentence whose end changes its beginning.

// %%
function answer(text: string) {
  const list = text.match(/[\p{L}\d'’-]+|[^\s\p{L}\d]/gu) ?? ["?"];
  const [left, whole] = [beliefs(forward, list), beliefs(winner, list)];
  const sure = (p: Matrix, t: number) => {
    const share = 100 * p.at(everyTag.indexOf(best(p, t)), t);
    return `${best(p, t)} ${share.toFixed(0)} %`;
  };
  const cells = list.map((_, t) => ({ left: sure(left, t), whole: sure(whole, t) }));
  return table(list.map((text, t) => ({ word: text, ...cells[t]! })));
}

// %%
import { tryText } from "unroll";

const examplesToTry = [
  "Heat water in a large vessel.",
  "They can fish.",
  "She will flump the zorgs.",
];
tryText({
  title: "Which part of speech is each word, read from the left, and both ways?",
  label: "An English sentence",
  examples: examplesToTry,
  answer,
});

// %% [markdown]
// ## What to take along
//
// - A tagger gives an answer at every step. Most words of a text could be of several parts of speech; their neighbours decide.
// - Read in both directions where the whole sentence is there: $y_t = \overrightarrow{y}_t \mathbin{\Vert} \overleftarrow{y}_t$. A network that must answer at once cannot.
// - Count known and unknown words apart. Unknown ones are few and hard, and their spelling is what helps.
// - A CRF scores sequences of tags: emissions plus transitions.
//
// **Known good:** words as sums of vectors with 96 numbers, one for each part, an LSTM of 96 units in each direction, dropout 0.3, Adam with learning rate 0.004 that falls to 0, batches of 32.
//
// **Try:** `forget` at 0 and at 0.5: what happens to known and to unknown words? Only endings, or only shapes? The 50 finer tags (`fineTags`) in place of the 17.
//
// **Read:** Schuster & Paliwal (1997), *Bidirectional recurrent neural networks*, for the two directions. Brants (2000), *TnT – a statistical part-of-speech tagger*, for how far counting and endings go. Ling et al. (2015), *Finding function in form*, for words read letter by letter. Huang, Xu & Yu (2015), *Bidirectional LSTM-CRF models for sequence tagging*, for the CRF on top. Plank, Søgaard & Goldberg (2016), *Multilingual part-of-speech tagging with bidirectional long short-term memory models*, for many languages.
