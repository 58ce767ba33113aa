// %% [markdown]
// # 1 · Why memory
//
// **You will be able to** say what happens to a feed-forward network when its input grows, why a longer window is no memory, and which of five kinds a task with sequences belongs to.
//
// **Time:** 1 minute to run on two cores, 40 to understand. **Needs:** lesson 0. **Data:** MNIST, 60,000 + 10,000 handwritten digits (LeCun, Cortes & Burges; CC BY-SA 3.0); the rest is made here.
//
// ## Wider and wider
//
// A network that reads one handwritten digit shall now read numbers: one digit, two, three. The picture gets wider, 28×28, 28×56, 28×84 pixels.

// %%
import { display, type Matrix, mnist, plot, sideBySide } from "unroll";

const data = mnist();
const [a, b, c] = [0, 1, 2].map((i) => data.test.pixels(i)) as [Matrix, Matrix, Matrix];
display(plot.digits([a], { title: "28×28: ten numbers" }));
display(plot.digits([sideBySide(a, b)], { title: "28×56: a hundred numbers" }));
display(plot.digits([sideBySide(a, b, c)], { title: "28×84: a thousand numbers" }));

// %% [markdown]
// A feed-forward network sees all pixels at once and has one output for each number that it can say. So for each length we need another network, and other examples: 10,000 numbers each, put together from MNIST. (`places` says for each place of the number which pictures stand there.)

// %%
import { asPixels, concat, type Images, stack } from "unroll";

function numbers(images: Images, places: readonly (readonly number[])[]) {
  const pixels = asPixels(images);
  const batch = (indices: ArrayLike<number>) => {
    const digits = places.map((place) =>
      pixels.batch(Array.from(indices, (i) => place[i]!)),
    );
    const [first, ...others] = digits.map(({ x }) => x.at(0));
    const value = (_: unknown, i: number) =>
      digits.reduce((n, { labels }) => 10 * n + labels[i]!, 0);
    return { x: stack([concat(first!, ...others)]), labels: Array.from(indices, value) };
  };
  return { count: places[0]!.length, batch };
}

// %%
import { predict } from "unroll";

const question = "How many of 100 numbers of THREE digits does such a network read?";
const guess = predict(question, 80, { unit: "%" });

// %%
import { integer, random } from "unroll";

function some(images: Images, digits: number, count: number) {
  const draw = random(digits);
  const place = () => Array.from({ length: count }, () => integer(draw, images.count));
  return numbers(images, Array.from({ length: digits }, place));
}

// %%
import { adam, classifier, feedForward, liveTraining, quick, train } from "unroll";

async function glance(digits: number) {
  const model = classifier(feedForward(784 * digits, 64), 10 ** digits);
  const weights = model.init(random(1));
  await train(model, weights, some(data.train, digits, quick ? 1000 : 10_000), {
    optimizer: adam({ learningRate: 0.002 }),
    epochs: quick ? 1 : 3,
    random: random(2),
    ...liveTraining({ title: `feed-forward, numbers of ${digits}` }),
  });
  return { model, weights, digits };
}
const glances = [await glance(1), await glance(2), await glance(3)];

// %%
import { accuracy, countWeights, table } from "unroll";

const byGlance = glances.map(({ model, weights, digits }) => {
  return 100 * accuracy(model, weights, some(data.test, digits, 1000));
});
guess.reveal(byGlance[2]!);
const rows = glances.map(({ digits, weights }, k) => ({
  digits,
  pixels: 784 * digits,
  "numbers it can say": 10 ** digits,
  weights: countWeights(weights),
  "right, %": byGlance[k]!,
}));
display(table(rows, { title: "three feed-forward networks" }));

// %% [markdown]
// Each digit more makes it worse, and each needs a new network with more weights. It has to learn what a 7 looks like at every place, and every number as a thing of its own: of 1,000 numbers it has seen each about ten times.
//
// **Exercise 1.1.** Count: how many weights and biases has such a network for numbers of so many digits?

// %%
import { check } from "unroll";

function weightCount(digits: number, hidden: number): number {
  return Number.NaN; // your turn
}
check("1.1", weightCount);

// %% [markdown]
// <details><summary>Solution of 1.1</summary>
//
// ```ts
// function weightCount(digits: number, hidden: number): number {
//   return (784 * digits + 1) * hidden + (hidden + 1) * 10 ** digits;
// }
// ```
//
// </details>
//
// **Think:** how would *you* read 5,083,179,461?
// <details><summary>Answer</summary>One digit after the other, from left to right, and you keep in mind where you are. You never learned ten billion numbers.</details>
//
// ## Digit by digit
//
// A recurrent network reads row after row, 28 rows a digit, and says after each digit what it was. It learns single digits only, as in lesson 0 (`carried` lets it begin with an earlier digit still in mind). Then it reads numbers of one to eight digits. A number is right if *all* of its digits are.

// %%
import { asRows, carried, linearDecay, rnn } from "unroll";

const reader = classifier(rnn(28, 128), 10);
const readerWeights = reader.init(random(1));
const pictures = data.train.slice(0, quick ? 2000 : 30_000);

const training = await train(carried(reader), readerWeights, asRows(pictures), {
  batchSize: 32,
  epochs: quick ? 1 : 2,
  optimizer: adam({ learningRate: 0.002 }),
  schedule: linearDecay(),
  clipNorm: 1,
  random: random(2),
  ...liveTraining({ title: "recurrent, one digit at a time" }),
});

// %%
import { argmax, inARow } from "unroll";

function numbersRight(digits: number): number {
  const last = Array.from({ length: 1000 }, (_, i) => i + 10);
  const { x } = inARow(data.test, digits).batch(last);
  const said = reader.everyStep(readerWeights, x);
  let right = last;
  for (let p = 1; p <= digits; p++) {
    const guesses = argmax(said.at(28 * p - 1)); // after the last row of digit p
    right = right.filter((i) => guesses[i - 10] === data.test.label(i - digits + p));
  }
  return right.length / 10;
}

// %%
const lengths = [1, 2, 3, 4, 5, 6, 7, 8];
const byRnn = lengths.map(numbersRight);
display(
  plot.curves(
    [
      { name: "recurrent, one network", x: lengths, y: byRnn },
      { name: "feed-forward, a network for each", x: [1, 2, 3], y: byGlance },
    ],
    { x: "digits of the number", y: "numbers right, %", title: "longer numbers" },
  ),
);
console.log(`recurrent: ${byRnn.map((right) => right.toFixed(0)).join(", ")} % right`);

// %% [markdown]
// The curve sinks, as it must: eight digits are eight occasions to err. But one set of weights reads them all, and nobody told it that there are numbers of eight digits, a hundred million of them.
//
// ## Any length
//
// The same holds for text. Sentences come in all lengths. To compute with several at once they are put side by side, and the short ones are filled up (**padding**); `lengths` says how many steps count. Here are three sentences about where somebody was born.

// %%
const homes = new Map([
  ["Paris", "French"],
  ["Rome", "Italian"],
  ["Berlin", "German"],
  ["Madrid", "Spanish"],
  ["Athens", "Greek"],
  ["Tokyo", "Japanese"],
]);
const [cities, languages] = [[...homes.keys()], [...homes.values()]];
const filler = (
  "then she and her old friend went by train to see the sea every long summer , " +
  "where they read books under a tall tree"
).split(" ");

// %%
import type { Random } from "unroll";

function sentence(draw: Random, distance: number) {
  const any = (words: readonly string[]) => words[integer(draw, words.length)]!;
  const city = any(cities);
  const between = Array.from({ length: distance }, () => any(filler));
  const text = ["she was born in", city, ...between, "her mother tongue is"].join(" ");
  return { words: text.split(" "), language: homes.get(city)! };
}
type Story = ReturnType<typeof sentence>;
const draw = random(2);
const three = [0, 3, 7].map((distance) => sentence(draw, distance));
for (const { words, language } of three) console.log(`${words.join(" ")} … ${language}`);

// %%
import { embedding, labelledTexts, stacked, wordVocabulary } from "unroll";

const vocabulary = wordVocabulary([...three.map(({ words }) => words), cities, filler]);
const asTexts = (list: readonly Story[]) => {
  const words = list.map((story) => story.words);
  const answers = list.map(({ language }) => language);
  return labelledTexts(words, answers, vocabulary, languages);
};
const { x, lengths: wordCounts } = asTexts(three).batch([0, 1, 2]);
console.log(`side by side ${x.steps}×${x.batch}, lengths ${wordCounts.join(", ")}`);

// %% [markdown]
// ## The long context
//
// *She was born in Paris … her mother tongue is* — what? Everything hangs on one word, and it may stand far back. Here is the experiment: a recurrent network is trained on sentences with 0 to 10 words in between. It reads all of the sentence and says one of six languages; guessing is right one time in six. We train five, each with other random numbers at the start, and show the first one learning.

// %%
function many(count: number, seed: number, least: number, most = least) {
  const draw = random(seed);
  const distance = () => least + integer(draw, most - least + 1);
  return Array.from({ length: count }, () => sentence(draw, distance()));
}
const lessons = many(quick ? 500 : 3000, 1, 0, 10);
const listener = classifier(stacked(embedding(vocabulary.size, 16), rnn(16, 64)), 6);
const listeners = [1, 2, 3, 4, 5].map((seed) => listener.init(random(seed)));

// %%
for (const [k, weights] of listeners.entries()) {
  await train(listener, weights, asTexts(lessons), {
    optimizer: adam({ learningRate: 0.001 }),
    schedule: linearDecay(),
    batchSize: 32,
    epochs: 12,
    clipNorm: 1,
    random: random(2),
    ...(k === 0 && liveTraining({ title: "she was born in …" })),
  });
}

// %%
const farOff = "It never saw more than 10 words in between. How many are right with 100?";
const far = predict(farOff, 17, { unit: "%" });

// %%
const distances = [0, 2, 4, 5, 6, 8, 10, 11, 13, 15, 16, 20, 25, 30];
const exams = distances.map((distance) => many(300, 9, distance));
const askAll = (exam: readonly Story[]) =>
  listeners.map((weights) => 100 * accuracy(listener, weights, asTexts(exam)));
const mean = (scores: readonly number[]) =>
  scores.reduce((sum, one) => sum + one / scores.length, 0);
const hundred = askAll(many(300, 9, 100));
console.log(
  `with 100 words in between: ${hundred.map((one) => one.toFixed(0)).join(", ")} % right`,
);
far.reveal(mean(hundred));

// %% [markdown]
// The city goes into the state, and nothing in between throws it out: what holds it for ten words holds it for a hundred. Four of the five networks hold every city, the fifth loses one of the six when the way is long. (It is not always so easy: lesson 5 shows why, and lesson 9 how far it goes.)
//
// **Misconception:** *“That needs no memory, only a larger window.”* A feed-forward network can look at the last few words. So let it: windows of 5, 10, 15 and 20 words, with the same training sentences. Each word of the window has its own place in the input, and its own weights.

// %%
import { buildSequence } from "unroll";

function inWindow(list: readonly Story[], size: number) {
  const V = vocabulary.size;
  const ids = list.map(({ words }) => vocabulary.encode(words).slice(-size).reverse());
  const isWord = (k: number, j: number) => ids[k]![Math.floor(j / V)] === j % V;
  const batch = (indices: ArrayLike<number>) => {
    const input = (_: number, i: number, j: number) => Number(isWord(indices[i]!, j));
    const x = buildSequence(1, indices.length, size * V, input, "float32");
    const label = (k: number) => languages.indexOf(list[k]!.language);
    return { x, labels: Array.from(indices, label) };
  };
  return { count: list.length, batch };
}

// %%
import type { Examples, Trainable, WeightTree } from "unroll";

/** Training as it is good for all the small networks below. */
function teach<W extends WeightTree, B>(
  [model, weights, examples]: [Trainable<W, B>, W, Examples<B>],
  { rate, epochs, batchSize }: { rate: number; epochs: number; batchSize: number },
) {
  const optimizer = adam({ learningRate: rate });
  const rest = { clipNorm: 1, schedule: linearDecay(), random: random(2) };
  return train(model, weights, examples, { optimizer, epochs, batchSize, ...rest });
}

// %%
async function look(size: number) {
  const model = classifier(feedForward(size * vocabulary.size, 32), 6);
  const weights = model.init(random(1));
  const plan = { rate: 0.003, epochs: 5, batchSize: 32 };
  await teach([model, weights, inWindow(lessons, size)], plan);
  const right = exams.map((exam) => 100 * accuracy(model, weights, inWindow(exam, size)));
  return { size, count: countWeights(weights), right };
}
const windows = [await look(5), await look(10), await look(15), await look(20)];

// %% [cover]
const scores = exams.map(askAll);
const band = {
  low: scores.map((five) => Math.min(...five)),
  high: scores.map((five) => Math.max(...five)),
};
const memory = { name: "recurrent", x: distances, y: scores.map(mean), band };
const views = windows.map(({ size, right }) => ({
  name: `window of ${size}`,
  x: distances,
  y: right,
}));
const axes = { x: "words between the city and “her”", y: "right, %" };
display(plot.curves([memory, ...views], { ...axes, title: "what is her mother tongue?" }));

// %%
const bill = windows.map(({ size, count, right }) => {
  const farthest = distances.filter((_, k) => right[k]! > 80).at(-1);
  return { window: `${size} words`, weights: count, "words in between, at most": farthest };
});
const own = {
  window: "recurrent",
  weights: countWeights(listeners[0]!),
  "words in between, at most": "100, as far as we asked",
};
display(table([...bill, own], { title: "how far each of them gets" }));

// %% [markdown]
// The windows of 5, 10 and 15 words work exactly up to their rim, and one word further they know nothing. The window of 20 could see further, and does not: in training the city never stood that far back, so the weights of these places have learned nothing. A window must learn the city anew at **each place**, and pays weights for each. The recurrent networks have one set of weights for all places, about as many as the smallest window, and no rim; the shaded band is the best and the worst of the five. The slider shows one window at a time beside it.

// %%
const pairs = views.map((view) => plot.curves([memory, { ...view, name: "window" }], axes));
const sizes = windows.map(({ size }) => String(size));
display(
  plot.withSlider(pairs, {
    by: "window, words:",
    names: sizes,
    title: "the rim of a window",
  }),
);

// %% [markdown]
// **Exercise 1.2.** How large must a window be, to see the city when the last word has been read?

// %%
function windowFor(words: readonly string[], city: string): number {
  return Number.NaN; // your turn
}
check("1.2", windowFor);

// %% [markdown]
// <details><summary>Solution of 1.2</summary>
//
// ```ts
// function windowFor(words: readonly string[], city: string): number {
//   return words.length - words.indexOf(city);
// }
// ```
//
// </details>

// %%
import { result } from "unroll";

result({
  lesson: "01-why-memory",
  name: "mother tongue, 100 words after the city",
  value: mean(hundred),
  unit: "%",
  expected: [90, 100],
  seconds: training.seconds,
});

// %% [markdown]
// ## Five kinds
//
// With memory, inputs and outputs need not come in pairs. There are five ways to arrange them (the picture is Karpathy's, 2015). Below is a small working model of each.

// %%
display(plot.sequenceTypes({ title: "five kinds of sequence model" }));

// %% [markdown]
// **One to one.** One picture, one answer: our first network.

// %%
import { picturePixels } from "unroll";

const { model: single, weights: singleWeights } = glances[0]!;
const seen = [0, 1, 2].map(
  (i) => argmax(single.logits(singleWeights, picturePixels(data.test.pixels(i))))[0],
);
console.log(
  `three pictures of ${[0, 1, 2].map((i) => data.test.label(i)).join(", ")}: it says ${seen.join(", ")}`,
);

// %% [markdown]
// **Many to one.** It reads the letters of a word and says the digit that they name, after the last one. The words have different lengths.

// %%
import { characterVocabulary } from "unroll";

const names = "zero one two three four five six seven eight nine".split(" ");
const letters = characterVocabulary(names.join(""), { special: ["pad"] });
const words = labelledTexts(names, names, letters, names);
const reads = classifier(stacked(embedding(letters.size, 8), rnn(8, 32)), 10);
const readsWeights = reads.init(random(1));
await teach([reads, readsWeights, words], { rate: 0.01, epochs: 100, batchSize: 10 });
console.log(`${100 * accuracy(reads, readsWeights, words)} % of ten words understood`);

// %% [markdown]
// **One to many.** The other way round: it gets the digit at the first step, then nothing, and writes letter after letter. All that it knows after the first step is in its state.

// %%
import { Tokens, tagger } from "unroll";

const spelled = names.map((name) => letters.encode(name));
const writing = {
  count: 10,
  batch(digits: ArrayLike<number>) {
    const B = digits.length;
    const once = (t: number, i: number, j: number) => Number(t === 0 && j === digits[i]);
    const letter = (k: number) => spelled[digits[k % B]!]![Math.floor(k / B)];
    const ids = Array.from({ length: 5 * B }, (_, k) => letter(k) ?? letters.special.pad!);
    const targets = new Tokens(5, B, Int32Array.from(ids));
    return { x: buildSequence(5, B, 10, once, "float32"), targets };
  },
};

// %%
const writes = tagger(rnn(10, 32), letters.size);
const writesWeights = writes.init(random(1));
await teach([writes, writesWeights, writing], { rate: 0.01, epochs: 150, batchSize: 10 });
for (const digit of [3, 6, 7]) {
  const { ids } = writes.tags(writesWeights, writing.batch([digit]).x);
  const written = Array.from(ids).filter((id) => id !== letters.special.pad);
  console.log(`${digit} → ${letters.decode(written)}`);
}

// %% [markdown]
// **Many to many, same length.** An answer for each step: is this letter inside of brackets, or outside? The letter alone does not tell; whether one has been opened does.

// %%
const signs = ["a", "(", ")"];
function brackets(draw: Random) {
  let inside = false;
  return Array.from({ length: 24 }, () => {
    const turns = draw() < 0.2;
    const sign = turns ? (inside ? ")" : "(") : "a";
    if (turns) inside = !inside;
    return { sign, tag: Number(inside) };
  });
}
const texts = Array.from({ length: 1003 }, (_, seed) => brackets(random(seed)));

// %%
const marked = {
  count: 1000, // the last three are for the exam
  batch(indices: ArrayLike<number>) {
    const B = indices.length;
    const at = (t: number, i: number) => texts[indices[i]!]![t]!;
    const sign = (t: number, i: number, j: number) => Number(at(t, i).sign === signs[j]);
    const tag = (_: unknown, k: number) => at(Math.floor(k / B), k % B).tag;
    const targets = new Tokens(24, B, Int32Array.from({ length: 24 * B }, tag));
    return { x: buildSequence(24, B, 3, sign, "float32"), targets };
  },
};

// %%
const marks = tagger(rnn(3, 8), 2);
const marksWeights = marks.init(random(1));
await teach([marks, marksWeights, marked], { rate: 0.01, epochs: 5, batchSize: 50 });
const { ids } = marks.tags(marksWeights, marked.batch([1000]).x);
console.log(texts[1000]!.map(({ sign }) => sign).join(""));
console.log(Array.from(ids, (tag) => (tag ? "^" : ".")).join(""));
const { accuracy: share } = marks.lossAndGradients(
  marksWeights,
  marked.batch([1000, 1001, 1002]),
);
console.log(`three unseen texts: ${(100 * share).toFixed(0)} % of the letters right`);

// %% [markdown]
// **Many to many, lengths free.** First read all, then write all: two networks, an **encoder** and a **decoder**. The state of the first is where the second begins. It reads a number digit by digit and says it in words. Sixteen of the numbers were kept away from it.

// %%
const figures = characterVocabulary("0123456789");
const spoken = wordVocabulary([names], { special: ["pad", "begin", "end"] });
const inWords = (text: string) => [...text].map((digit) => names[Number(digit)]!);
const twoDigits = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0"));
const oneDigit = twoDigits.slice(0, 10).map((text) => text.slice(1));
const all = [...oneDigit, ...twoDigits];
const kept = all.filter((_, i) => i % 7 !== 3);
const unseen = all.filter((_, i) => i % 7 === 3);

// %%
import { encoderDecoder, sentencePairs } from "unroll";

const encoder = stacked(embedding(figures.size, 8), rnn(8, 64));
const speaks = encoderDecoder(encoder, rnn(8, 64), spoken);
const speaksWeights = speaks.init(random(1));
const inPairs = (texts: readonly string[]) =>
  sentencePairs(
    texts.map((text) => [text, inWords(text)] as const),
    figures,
    spoken,
  );
const plan = { rate: 0.005, epochs: 60, batchSize: 10 };
const spoke = await teach([speaks, speaksWeights, inPairs(kept)], plan);
console.log(`${spoke.steps} steps of training`);

// %%
import { greedy } from "unroll";

function say(text: string): string {
  const { source } = inPairs([text]).batch([0]);
  const { begin, end } = speaks;
  const start = speaks.start(speaksWeights, source);
  const [best] = greedy(start, { begin, end, maxLength: 5 });
  return spoken.decode(best!.tokens.filter((id) => id !== end));
}
const answers = unseen.map((number) => ({ number, "it says": say(number) }));
const correct = unseen.filter((text) => say(text) === inWords(text).join(" ")).length;
display(table(answers.slice(0, 5), { title: "numbers that it has never seen" }));
console.log(`${correct} of ${unseen.length} right`);

// %% [markdown]
// **Exercise 1.3.** Which kind is each of these? Write a list of five names, in this order: (1) a film review: good or bad; (2) each word of a sentence: noun, verb, …; (3) a melody that begins with a given note; (4) an English sentence in French; (5) a photograph: cat or dog.

// %%
const myKinds: plot.SequenceType[] = []; // your turn: "one to one", "one to many", "many to one",
// "many to many" (same length), "encoder-decoder" (lengths free)
check("1.3", myKinds);

// %% [markdown]
// <details><summary>Solution of 1.3</summary>
//
// ```ts
// const myKinds: plot.SequenceType[] = [
//   "many to one",
//   "many to many",
//   "one to many",
//   "encoder-decoder",
//   "one to one",
// ];
// ```
//
// </details>
//
// ## What to take along
//
// - A feed-forward network is made for one size of input. A larger input is another network, with more weights and more to learn.
// - A window has a rim: what lies beyond does not exist for it.
// - A recurrent network takes any length with one set of weights, because it carries a state from step to step.
// - Five kinds: one to one, one to many, many to one, many to many of the same length, many to many with lengths free.
//
// **Known good:** for the sentences: words as 16 numbers, 64 units, Adam with learning rate 0.001 that falls to 0, gradients clipped at norm 1, 12 epochs of 3,000 sentences.
//
// **Try:** train on sentences with a learning rate of 0.003: is it still as good? Let the filler name other cities, too (“she saw Rome”). Give the translator numbers of three digits, which it has never seen: what does it say?
//
// **Read:** Elman (1990), *Finding structure in time*, for words that get their meaning from those before. Karpathy (2015), *The unreasonable effectiveness of recurrent neural networks*, for the five kinds. Sutskever, Vinyals & Le (2014), *Sequence to sequence learning with neural networks*, for the encoder and the decoder. Bengio, Ducharme, Vincent & Jauvin (2003), *A neural probabilistic language model*, for how far a window of words gets.
