// %% [markdown]
// # 12 · Sentiment
//
// **You will be able to** read the mood of a sentence with a counting machine and with an LSTM, and say what each of them cannot; batch sentences of different lengths without harm; see after every word what the network believes; and find the words that made it believe so.
//
// **Time:** 2 minutes to run on two cores, 40 to understand. **Needs:** lesson 7. **Data:** 15,662 sentences about films (Pang & Lee; CC BY 4.0); where they are not installed, 120 sentences of our own (Apache-2.0).
//
// ## One answer for a whole sentence
//
// This lesson is the first in which a network reads text and gives **one** answer at the end: *many to one*. The sentence is about a film. Is it negative, is it positive, or does it only tell the plot (neutral)?

// %%
import { display, plot } from "unroll";

display(plot.sequenceTypes({ only: ["many to one"], title: "words in, one class out" }));

// %%
import { sentiment } from "unroll";

const data = sentiment();
display(data);

// %% [markdown]
// The last line of the table says which sentences these are. Without the data pack the lesson runs on 90 sentences that we wrote; then everything works, but its numbers are those of a toy, and no result is judged. (`npx unroll data get sentiment` fetches the real ones.)

// %%
import { quick, table } from "unroll";

const classes = ["negative", "neutral", "positive"] as const;
const practice = quick ? data.train.slice(0, 1500) : data.train;
const shown = classes.flatMap((label) => {
  const some = practice.filter((row) => row.label === label && row.words.length < 16);
  return some.slice(0, 3).map(({ words }) => ({ label, sentence: words.join(" ") }));
});
display(table(shown, { title: "three of each class" }));

// %% [markdown]
// ## Counting words
//
// Before any network, the simplest reader that works. **Naive Bayes** counts how often each word stands in sentences of each class. A word speaks for a class when it is more frequent there:
//
// $$\text{evidence of } w \text{ for } c = \ln p(w \mid c) - \text{mean over the classes}, \qquad p(w \mid c) = \frac{n_{wc} + 1}{n_c + V}$$
//
// In words: $n_{wc}$ of the $n_c$ words in sentences of class $c$ are the word $w$. The 1 is there so that a word that a class has not shown yet is rare, and not impossible; $V$ is the number of different words. The evidence of all words of a sentence is added up (with the logarithm of how frequent the class is), and the largest sum wins. It is called naive since it takes each word for itself.

// %%
import { naiveBayes } from "unroll";

const words = practice.map((row) => row.words);
const labels = practice.map((row) => row.label);
const bayes = naiveBayes(words, labels);
const asked = ["dull", "beautiful", "funny", "film", "father", "not"];
const evidence = asked.map((word) => {
  const said = bayes.evidence(word);
  const of = (label: (typeof classes)[number]) => said[bayes.classes.indexOf(label)]!;
  return { word, negative: of("negative"), neutral: of("neutral"), positive: of("positive") };
});
display(table(evidence, { title: "what one word says, in nats" }));

// %%
const pages = evidence.map(({ word, ...said }) =>
  plot.bars(said, { y: "evidence (nats)", title: `“${word}”` }),
);
display(plot.withSlider(pages, { by: "word", names: asked }));

// %% [markdown]
// **Exercise 12.1.** Compute it yourself, for two classes: how much does a word speak for the first class *rather than* for the second, $\ln p(w \mid 1) - \ln p(w \mid 2)$? You know how often it stands in each, how many words each class has, and how many different words there are.

// %%
import { check } from "unroll";

type Counted = { readonly word: number; readonly all: number };

function speaksFor(first: Counted, second: Counted, vocabularySize: number): number {
  return Number.NaN; // your turn
}
check("12.1", speaksFor);

// %% [markdown]
// <details><summary>Solution of 12.1</summary>
//
// ```ts
// function speaksFor(first: Counted, second: Counted, vocabularySize: number): number {
//   const p = ({ word, all }: Counted) => (word + 1) / (all + vocabularySize);
//   return Math.log(p(first)) - Math.log(p(second));
// }
// ```
//
// </details>
//
// How good is a machine that only counts? Somebody who always says the most frequent class is right about once in three.

// %%
import { predict } from "unroll";

const counting = predict("Naive Bayes: right for how many of 100 new sentences?", 60);

// %%
type Row = (typeof data.train)[number];

const dev = quick ? data.dev.slice(0, 300) : data.dev;
const share = (rows: readonly Row[], guess: (words: readonly string[]) => string) =>
  (100 * rows.filter((row) => guess(row.words) === row.label).length) / rows.length;
const byWords = share(dev, bayes.guess);
counting.reveal(byWords);

// %% [markdown]
// That is a lot for a machine that knows no order: to it, *“not good, but fun”* and *“not fun, but good”* are the same. It can be told a little of the order: we give it each **pair of neighbours** as one more word, such as `not_good`.

// %%
import { withPairs } from "unroll";

const pairs = naiveBayes(words.map(withPairs), labels);
const byPairs = share(dev, (words) => pairs.guess(withPairs(words)));
const counted = { "words alone": byWords, "words and pairs": byPairs };
display(plot.bars(counted, { y: "right, % (dev)", baseline: 100 / 3, title: "counting" }));

// %% [markdown]
// We look at the **dev** sentences for every choice that we make. The test sentences are for the very end, once.
//
// A second baseline has the same knowledge, a bag of words, and *learns* what each word says in place of counting it: logistic regression.

// %%
import { labelledTexts, wordVocabulary } from "unroll";

const vocabulary = wordVocabulary(words, { minCount: 2, special: ["pad", "unk"] });
const numbered = (rows: readonly Row[]) => {
  const [texts, truth] = [rows.map((row) => row.words), rows.map((row) => row.label)];
  return labelledTexts(texts, truth, vocabulary, classes);
};
const [examples, unseen] = [numbered(practice), numbered(dev)];
console.log(`${vocabulary.size} words; “good” is number ${vocabulary.id("good")}`);

// %%
import { accuracy, adam, bagOfWords, liveTraining, random, train } from "unroll";

const bag = bagOfWords(vocabulary.size, 3);
const bagWeights = bag.init();
const bagTraining = await train(bag, bagWeights, examples, {
  epochs: data.isWhole ? 2 : 20,
  batchSize: 50,
  optimizer: adam({ learningRate: 0.02 }),
  random: random(1),
  ...liveTraining({ title: "logistic regression on a bag of words" }),
});
const byBag = 100 * accuracy(bag, bagWeights, unseen);
console.log(`a bag of words, learned: ${byBag.toFixed(1)} % (dev)`);

// %% [markdown]
// Words that occur once are left out of the vocabulary: they are `<unk>`, *unknown*, as are words that only the new sentences have.
//
// ## Sentences of different lengths
//
// A network wants a batch of sentences as one block of numbers. So the shorter ones are filled up at their end with a token that means nothing, `<pad>`:

// %%
const { x: block, lengths } = examples.batch([0, 1, 2, 3]);
const filled = [0, 1, 2, 3].map((i) => {
  const ids = Array.from({ length: block.steps }, (_, t) => block.at(t)[i]!);
  const start = ids.slice(0, 6).map((id) => vocabulary.token(id));
  return { length: lengths[i]!, start: start.join(" "), "of it padding": block.steps - lengths[i]! };
});
display(table(filled, { title: `a batch of ${block.steps}×4 tokens` }));

// %%
const all = practice.map((row) => row.words.length);
display(plot.histogram(all, { x: "words in a sentence", title: "how long they are" }));

// %% [markdown]
// A recurrent network would read the padding, too, if nobody told it not to. So `batch` also gives the **lengths**, and every layer of the library heeds them: at a padded step the state is carried on as it is. (In other libraries this is called *masking*.)
//
// ## An LSTM reads
//
// Now the network: each word becomes a vector of 32 numbers (an embedding), an LSTM with 48 units reads them in order, and a read-out says the class from its last state.

// %%
import { classifier, embedding, linearDecay, lstm, stacked } from "unroll";

const V = vocabulary.size;
const plain = classifier(stacked(embedding(V, 32), lstm(32, 48)), 3);
const plainWeights = plain.init(random(1));
const how = (title: string) => ({
  epochs: data.isWhole ? 3 : 40,
  batchSize: 64,
  bucket: true, // sentences of similar length share a batch: less padding
  optimizer: adam({ learningRate: 0.006 }),
  schedule: linearDecay(),
  clipNorm: 1,
  ...liveTraining({ title }),
});

// %%
const evaluate = {
  metric: (weights: typeof plainWeights) => accuracy(plain, weights, unseen),
  better: "higher" as const,
};
const plainTraining = await train(plain, plainWeights, examples, {
  ...how("an LSTM, read from its last state"),
  random: random(2),
  evaluate,
});
const epochs = plainTraining.evaluations.map(({ value }) => `${(100 * value).toFixed(1)} %`);
console.log(`right after each epoch (dev): ${epochs.join(", ")}`);

// %% [markdown]
// After every word we can ask it: what if the sentence ended here?

// %%
import { padded } from "unroll";

const sentences = [
  "it is not a bad film .",
  "a funny start , but the ending is awful .",
  "his father sends him to the city , where he meets a girl .",
].map((text) => text.split(" "));
const steps = sentences.map((read) => {
  const { tokens } = padded([vocabulary.encode(read)]);
  const title = read.join(" ");
  const guesses = plain.everyStep(plainWeights, tokens);
  return plot.guesses(guesses, { step: "word", classes, title });
});
for (const figure of steps) display(figure);

// %% [markdown]
// **Misconception:** *“Padding is harmless. It only makes the batch rectangular.”* Let us forget the lengths. The same trained network reads the same dev sentences, each with some padding behind it: once knowing where they end, once not.

// %%
import { Tokens } from "unroll";

function behind(count: number, known: boolean): number {
  const some = Math.min(300, unseen.count);
  const { x, labels, lengths } = unseen.batch([...Array(some).keys()]);
  const ids = new Int32Array((x.steps + count) * x.batch); // 0 is <pad>
  ids.set(x.ids);
  const longer = { x: new Tokens(x.steps + count, x.batch, ids), labels };
  const batch = known ? { ...longer, lengths } : longer;
  const all = { count: x.batch, batch: () => batch };
  return 100 * accuracy(plain, plainWeights, all, { batchSize: x.batch });
}
const padding = [0, 20, 80];
const harm = padding.map((count) => ({
  "knows the lengths": behind(count, true),
  "reads the padding": behind(count, false),
}));

// %%
const harmed = harm.map((bars) => plot.bars(bars, { y: "right, % (dev)", baseline: 100 / 3 }));
const rows = padding.map((count, k) => ({ "more padding": count, ...harm[k]! }));
display(table(rows));
const names = padding.map((count) => `${count} steps`);
display(plot.withSlider(harmed, { by: "padding behind the longest:", names, title: "" }));

// %% [markdown]
// With the lengths, padding changes nothing at all. Without them the state that is read is that of a network which has been staring at blanks.
//
// ## Both ways, and the strongest of all states
//
// The plain LSTM is no better than counting, or worse. Three things help it:
//
// - **Both directions.** A second LSTM reads from the end. So at each word both the past and the future are known.
// - **Pooling.** The last state must hold all that was found, and the first word is far away from it. Instead we take, of each unit, the **largest value over all words**: what was found anywhere is kept. Its gradient goes straight to the word where it was found.
// - **Dropout.** 12,662 sentences are few, and the network could learn them by heart. In training half of each word's numbers are set to 0, and every tenth word becomes `<unk>`. Nothing may be relied on.

// %%
import { bidirectional, dropout, pooling, type WeightTree } from "unroll";

function bothWays(seed: number, rate: number) {
  const both = bidirectional(lstm(32, 24), lstm(32, 24));
  const reader = stacked(embedding(V, 32), dropout(32, rate), both, pooling(48, "max"));
  const model = classifier(reader, 3);
  return { model, weights: model.init(random(seed)) };
}
type Reader = ReturnType<typeof bothWays>;

// %% [markdown]
// **Exercise 12.2.** Pooling by hand. Of one sentence in a batch you get the states, one list of numbers a word, padding included, and the sentence's length. Return the largest value of each unit over the words.

// %%
function largest(states: readonly (readonly number[])[], length: number): number[] {
  return []; // your turn
}
check("12.2", largest);

// %% [markdown]
// <details><summary>Solution of 12.2</summary>
//
// ```ts
// function largest(states: readonly (readonly number[])[], length: number): number[] {
//   const inside = states.slice(0, length);
//   return states[0]!.map((_, unit) => Math.max(...inside.map((state) => state[unit]!)));
// }
// ```
//
// </details>

// %%
import { wordDropout } from "unroll";

const unknown = vocabulary.special.unk;
async function learn({ model, weights }: Reader, title: string, holes: number) {
  const metric = (now: typeof weights) => accuracy(model, now, unseen);
  const holed = wordDropout(examples, holes, { unknown, random: random(4) });
  return train(model, weights, holed, {
    ...how(title),
    random: random(3),
    evaluate: { metric, better: "higher" },
  });
}
const bare = bothWays(1, 0);
const bareTraining = await learn(bare, "both ways, without dropout", 0);

// %% [markdown]
// And with dropout, three networks that differ in nothing but their first random weights. One more trick, since vectors of words that are seen twice can hardly be learned: the first three numbers of each word's vector start at what **naive Bayes** says of the word. The network may change them, and has its 29 others.

// %%
function informed(seed: number): Reader {
  const reader = bothWays(seed, 0.5);
  const { E } = reader.weights.layer.layer0 as { E: Matrix };
  for (let id = 2; id < V; id++) {
    const said = bayes.evidence(vocabulary.token(id));
    classes.forEach((label, j) => {
      E.set(id, j, 0.7 * said[bayes.classes.indexOf(label)]!);
    });
  }
  return reader;
}
const readers = [1, 2, 3].map(informed);

// %%
const trainings = [];
for (const [k, reader] of readers.entries()) {
  trainings.push(await learn(reader, `reader ${k + 1} of 3`, 0.1));
}

// %%
import type { Matrix } from "unroll";

const last = (values: readonly { value: number }[]) => 100 * values.at(-1)!.value;
const reached = {
  "naive Bayes, words": byWords,
  "naive Bayes, pairs": byPairs,
  "bag of words": byBag,
  "LSTM, last state": last(plainTraining.evaluations),
  "both ways": last(bareTraining.evaluations),
  "and dropout": last(trainings[0]!.evaluations),
};
display(plot.bars(reached, { y: "right, % (dev)", title: "what each step brings" }));

// %% [markdown]
// ## Together
//
// One reader is right where another is wrong. So we ask all of them: the mean of the three networks' probabilities, multiplied with those of naive Bayes on pairs, which has another view of the sentence. Naive Bayes is far too sure of itself, since it takes each word as independent news; so its probability is weakened by an exponent.
//
// $$p(c) \propto \bar p_{\text{LSTM}}(c)\;p_{\text{Bayes}}(c)^{\,a}$$
//
// $a = 0$ is the networks alone. Which $a$ is best, the dev sentences say.

// %%
import { softmax } from "unroll";

type Sentence = readonly string[];
function beliefs({ model, weights }: Reader, texts: readonly Sentence[]): number[][] {
  const { tokens, lengths } = padded(texts.map((words) => vocabulary.encode(words)));
  return softmax(model.logits(weights, tokens, { lengths })).toRows();
}
function averaged(texts: readonly Sentence[]): number[][] {
  const each = readers.map((reader) => beliefs(reader, texts));
  const mean = (i: number, j: number) =>
    each.reduce((sum, rows) => sum + rows[i]![j]! / each.length, 0);
  return texts.map((_, i) => classes.map((_, j) => mean(i, j)));
}

// %%
function together(texts: readonly Sentence[], a: number): number[][] {
  const networks = averaged(texts);
  return texts.map((words, i) => {
    const counted = pairs.probabilities(withPairs(words));
    const product = classes.map((label, j) => {
      const p = counted[pairs.classes.indexOf(label)]!;
      return networks[i]![j]! * p ** a;
    });
    const total = product.reduce((sum, value) => sum + value, 0);
    return product.map((value) => value / total);
  });
}
const guessOf = (p: readonly number[]) => classes[p.indexOf(Math.max(...p))]!;

// %%
const devWords = dev.map((row) => row.words);
const right = (guesses: readonly number[][], rows: readonly Row[]) =>
  (100 * rows.filter((row, i) => guessOf(guesses[i]!) === row.label).length) / rows.length;
const exponents = [0, 0.1, 0.2, 0.3, 0.5, 1];
const choices = exponents.map((a) => right(together(devWords, a), dev));
const a = exponents[choices.indexOf(Math.max(...choices))]!;
const line = [{ name: "dev", x: exponents, y: choices }];
display(plot.curves(line, { x: "exponent a", y: "right, %", title: `best: a = ${a}` }));

// %% [markdown]
// All choices are made. Now the test sentences, once.

// %% [cover]
import { confusionMatrix } from "unroll";

const test = quick ? data.test.slice(0, 300) : data.test;
const testWords = test.map((row) => row.words);
const final = together(testWords, a);
const [final0, counted1] = [averaged(testWords), pairs];
const truth = test.map((row) => classes.indexOf(row.label));
const taken = final.map((p) => p.indexOf(Math.max(...p)));
const matrix = confusionMatrix(taken, truth, 3);
display(plot.confusion(matrix, { classes, title: "unseen sentences about films" }));
