// %% [markdown]
// # 11 · Image captioning
//
// **You will be able to** build a network that looks at a picture and says in words what it sees; show at which part of the picture it looks before each word; write with greedy and with beam search; and say whether it understands what it sees or only remembers something alike.
//
// **Time:** 3 minutes to run on two cores, 45 to understand. **Needs:** lessons 7 and 10. **Data:** MNIST digits (LeCun, Cortes & Burges; CC BY-SA 3.0); Twemoji pictures (Twitter, Inc. and contributors; CC BY 4.0) with their names (Unicode CLDR; Unicode License). Both come with `npm install`.
//
// ## One to many
//
// A picture goes in once, and many words come out, one after the other. Our first pictures are scenes of handwritten digits. Each scene has exactly one right sentence, so a machine can judge what is said.

// %%
import { digitScenes, display, mnist, plot, quick, random } from "unroll";

const digits = mnist();
const scenes = digitScenes(digits.train, quick ? 640 : 40_000, random(1));
const unseen = digitScenes(digits.test, quick ? 200 : 10_000, random(2));
display(plot.pictures(scenes.slice(0, 4), { columns: 4, title: "four scenes" }));

// %% [markdown]
// Of two digits the left or the upper one is named first. Three digits always form a corner, and the one in the corner is named first. That makes 4,200 different sentences. The digits of the 10,000 unseen scenes are MNIST's test digits, by other writers than those of the scenes to learn from.
//
// The second task is larger: 3,700 small pictures in colour, with their Unicode names as captions.

// %%
import { emoji } from "unroll";

const signs = emoji();
console.log(signs.describe());
const parts = { train: signs.train, dev: signs.dev, test: signs.test };
const jugglers = Object.entries(parts).flatMap(([part, rows]) =>
  rows
    .filter(({ person, tones }) => person === "juggling" && tones.length > 0)
    .map(({ picture, caption }) => ({ picture, caption: `${part}: ${caption}` })),
);
display(plot.pictures(jugglers, { columns: 5, title: "who juggles" }));

// %% [markdown]
// Look at the words *train* and *test* below the pictures. In one skin tone nobody juggles in training: neither a man, nor a woman, nor a person. Juggling was seen, and this skin tone was seen with others, but never both together. Who only remembers pictures cannot name these. So it is with each of the 126 persons and hands that have a skin tone.
//
// ## A look, by hand
//
// How does a network look at a *part* of a picture? It cuts the picture into cells. Here there are four, and each is described by two numbers. The writer asks a question, which is two numbers as well. **The score** of a cell is the product of question and cell: how well does this cell answer?

// %%
const cells = [
  [1, 0],
  [0, 1],
  [1, 1],
  [0, 0],
];
const question = [2, 1];
const scores = cells.map(([a, b]) => a! * question[0]! + b! * question[1]!);
console.log("scores:", scores);

// %% [markdown]
// **The weights** are positive and sum to 1: softmax makes them of the scores. **The context** is what the writer gets to see, $c = \sum_s \alpha_s k_s$: the mean of the cells $k_s$ by the weights $\alpha_s$.

// %%
const powers = scores.map((score) => Math.exp(score));
const all = powers.reduce((sum, power) => sum + power, 0);
const alpha = powers.map((power) => power / all);
const context = [0, 1].map((d) => alpha.reduce((sum, a, s) => sum + a * cells[s]![d]!, 0));
console.log(`context: ${context.map((value) => value.toFixed(4)).join(", ")}`);
const bars = {
  "cell 1": alpha[0]!,
  "cell 2": alpha[1]!,
  "cell 3": alpha[2]!,
  "cell 4": alpha[3]!,
};
display(plot.bars(bars, { y: "weight", title: "where it looks" }));

// %% [markdown]
// And the library, beside it:

// %%
import { matrix, multiplicativeAttention, stack } from "unroll";

const dot = multiplicativeAttention(2, 2, { score: "dot" });
const memory = stack(cells.map((cell) => matrix([cell]))); // 4 steps × 1 picture × 2 numbers
const look = dot.attend({}, matrix([question]), memory);
const apart = Math.max(
  ...context.map((value, d) => Math.abs(value - look.context.at(0, d))),
);
console.log(`by hand and by the library: ${apart.toExponential(1)} apart`);

// %% [markdown]
// **Exercise 11.1.** Return the context for any scores and any cells.

// %%
import { check } from "unroll";

function lookWith(scores: number[], cells: number[][]): number[] {
  return []; // your turn: weights first, then the mean
}
check("11.1", lookWith);

// %% [markdown]
// <details><summary>Solution of 11.1</summary>
//
// ```ts
// function lookWith(scores: number[], cells: number[][]): number[] {
//   const powers = scores.map((score) => Math.exp(score));
//   const all = powers.reduce((sum, power) => sum + power, 0);
//   return cells[0]!.map((_, d) =>
//     cells.reduce((sum, cell, s) => sum + (powers[s]! / all) * cell[d]!, 0),
//   );
// }
// ```
//
// </details>
//
// ## Two captioners
//
// **The plain captioner** (Vinyals et al. 2015, *Show and tell*) looks once. Convolutions make a code of the picture, the code becomes the first state of an LSTM, and the LSTM writes:
//
// $$s_0 = \tanh(a\,W_s + b_s), \qquad p(x_1 \dots x_m \mid \text{picture}) = \prod_t p(x_t \mid s_0,\, x_0 \dots x_{t-1})$$
//
// In words: the probability of a caption is the product of the probabilities of its words, each given the picture and the words before it. All that the writer ever knows of the picture must fit into $s_0$.

// %%
display(plot.sequenceTypes({ only: ["one to many"] }));

// %% [markdown]
// **The captioner with attention** (Xu et al. 2015, *Show, attend and tell*) keeps the picture in sight. Its convolutions end in a grid of cells, and before each word it asks a question and gets a context, as above. The question is its state $h_{t-1}$, and the score is a small network of its own: $e_s = v^\top \tanh(h_{t-1} W_q + k_s W_k)$. A cell does not say where it lies, so each place has a vector of its own that is learned and added. After three convolutions a cell has seen 15×15 pixels. A digit can lie across two cells, so for scenes a fourth one follows, and a cell has seen 31×31.

// %%
import { convolution, type ImageShape } from "unroll";

/** 3×3 filters; a stride of 2 makes the picture half as large. */
const filtersOf = (filters: number, stride: number) => (below: ImageShape) => {
  const initialScale = Math.sqrt(6);
  return convolution(below, { filters, stride, kernel: 3, padding: 1, initialScale });
};

// %%
import { imageStack, standardised } from "unroll";

/** Convolutions that make the picture smaller, step by step, and say more about each cell. */
function eyeFor(picture: ImageShape) {
  const isColoured = picture.channels === 3; // on a white ground; the scenes' ground is black
  const light = isColoured ? { mean: 0.75, deviation: 0.3 } : { mean: 0, deviation: 1 };
  const three = [filtersOf(24, 2), filtersOf(48, 2), filtersOf(64, 2)];
  const layers = isColoured ? three : [...three, filtersOf(64, 1)];
  return imageStack(picture, (below) => standardised(below, light), ...layers);
}

// %%
import { type Vocabulary, wordVocabulary } from "unroll";

const vocabularyOf = (rows: readonly { caption: string }[]) =>
  wordVocabulary(
    rows.map(({ caption }) => caption),
    { special: ["pad", "begin", "end"] },
  );

// %%
import { additiveAttention, attentiveCaptioner, lstm } from "unroll";

const attentive = (picture: ImageShape, words: Vocabulary) =>
  attentiveCaptioner(
    eyeFor(picture),
    lstm(32 + 64, 128),
    words,
    additiveAttention(128, 64, 64),
  );

// %% [markdown]
// ## First prove that it can learn
//
// Before a long training, a short one: can the network learn 50 captions *by heart*? If not, something is wrong, and more data will not help. If so, we know that nothing is in the way of the gradients. We take 50 signs, and train both captioners.

// %%
import { captioner, languageModel } from "unroll";

const fifty = signs.train.filter((_, i) => i % 64 === 0).slice(0, quick ? 10 : 50);
const words50 = vocabularyOf(fifty);
const colour = fifty[0]!.picture;
const both = {
  plain: captioner(eyeFor(colour), languageModel(words50.size, lstm(32, 128))),
  "with attention": attentive(colour, words50),
};

// %%
import { adam, live, pictureCaptions, train } from "unroll";

const byHeart = pictureCaptions(fifty, words50);
const falls = Object.keys(both).map((name) => ({ name, y: [] as number[] }));
const axes = { x: "step", y: "loss (nats a word)", title: "50 captions by heart" };
const view = live(() => plot.curves(falls, axes));
const often = { epochs: quick ? 5 : 100, batchSize: 50, clipNorm: 1, random: random(2) };

// %%
let seconds = 0;
const ends: number[] = [];
for (const [k, model] of Object.values(both).entries()) {
  const onStep = ({ loss }: { loss: number }) => {
    falls[k]!.y.push(loss);
    view.update();
  };
  const optimizer = adam({ learningRate: 0.005 });
  const weights = model.init(random(1));
  const run = await train(model, weights, byHeart, { ...often, optimizer, onStep });
  ends.push(run.losses.at(-1)!);
  seconds += run.seconds;
}

// %%
import { result } from "unroll";

result({
  lesson: "11-image-captioning",
  name: "loss on 50 captions learned by heart, with attention",
  value: ends[1]!,
  unit: "nats",
  expected: [0, 0.1],
  seconds,
  baseline: { name: "plain captioner", value: ends[0]! },
  data: "50 emoji",
});

// %% [markdown]
// Both can. From now on a bad result means too little training or too few pictures, and not a mistake in the network.
//
// **Think:** Both losses fall below 0.1. Does that say which of the two will be better on new pictures?
//
// <details><summary>Answer</summary>No. To know 50 captions by heart is a matter of enough weights. Whether what was learned holds for new pictures, only new pictures can say.</details>
//
// ## First single digits
//
// Now the scenes. A fresh writer knows nothing, and what it tells the eye to do better is noise. So we let the eye learn something easier first: to name *one* digit. It sees single digits, cut out of the scenes to learn from, 16×16 pixels each.

// %%
import { type CaptionedPicture, type DigitScene, Picture } from "unroll";

const side = { height: 16, width: 16, channels: 1 };
/** The quarter of a scene in which digit k stands. */
function quarter({ picture, corners, digits }: DigitScene, k: number): CaptionedPicture {
  const { top, left } = corners[k]!;
  const from = 32 * (top < 16 ? 0 : 16) + (left < 16 ? 0 : 16);
  const pixel = (p: number) => picture.bytes[from + 32 * Math.floor(p / 16) + (p % 16)]!;
  const bytes = Uint8Array.from({ length: 256 }, (_, p) => pixel(p));
  return { picture: new Picture(side, bytes), caption: String(digits[k]) };
}

// %%
const cutUp = (rows: readonly DigitScene[]) =>
  rows.flatMap((scene) => scene.digits.map((_, k) => quarter(scene, k)));
const singles = cutUp(scenes);
display(plot.pictures(singles.slice(0, 12), { columns: 6, title: "single digits" }));

// %% [markdown]
// On top of the eye stands a classifier; its loss is $-\ln p_y$ for the digit $y$ that is there. When it has learned, we throw the top away and keep the eye. The weights of a convolution do not depend on how large the picture is: what has looked at 16×16 pixels can look at 32×32.

// %%
import { classifier, feedForward, imagesOf, maxPooling, stacked, unflatten } from "unroll";

const pixels = (rows: readonly CaptionedPicture[]) =>
  imagesOf(rows.map((row) => row.picture));
const small = eyeFor(singles[0]!.picture);
const pooled = maxPooling(small.outputShape);
const namer = classifier(stacked(small, pooled, feedForward(pooled.outputSize, 64)), 10);
const asBatch = (rows: readonly CaptionedPicture[]) => ({
  x: unflatten(pixels(rows), 1),
  labels: rows.map(({ caption }) => Number(caption)),
});

// %%
import { linearDecay, liveTraining } from "unroll";

const known = namer.init(random(1));
const digitSet = {
  count: singles.length,
  batch: (indices: ArrayLike<number>) => asBatch(Array.from(indices, (i) => singles[i]!)),
};
const rate = { optimizer: adam({ learningRate: 0.002 }), schedule: linearDecay() };
const naming = await train(namer, known, digitSet, {
  ...rate,
  batchSize: 64,
  random: random(3),
  ...liveTraining({ title: "single digits" }),
});

// %%
import { argmax } from "unroll";

const test = asBatch(cutUp(unseen.slice(0, 4000)));
const guesses = argmax(namer.logits(known, test.x));
const readRightly = guesses.filter((guess, i) => guess === test.labels[i]).length;
const oneRight = (100 * readRightly) / guesses.length;
console.log(`${guesses.length} digits of unseen scenes, right: ${oneRight.toFixed(1)} %`);

// %% [markdown]
// ## Scenes of digits
//
// Now the writer, on 40,000 scenes. During the first third of the steps the eye **rests**: its gradients are set to 0, and only the writer learns. Then both learn together. Vinyals et al. (2016) report that without such a rest the noise of the first steps spoils the eye.
//
// To judge, we let the network write about scenes that it has not seen, and count a sentence only if every word is right. `greedy` takes the most probable word each time.

// %%
import { greedy } from "unroll";

type Model = ReturnType<typeof attentive>;
type Learned = { model: Model; weights: ReturnType<Model["init"]>; words: Vocabulary };
const writing = ({ special: { begin = 0, end } }: Vocabulary) => ({
  begin,
  end,
  maxLength: 16,
});

// %%
function say({ model, weights, words }: Learned, rows: readonly CaptionedPicture[]) {
  const said: string[] = [];
  for (let k = 0; k < rows.length; k += 250) {
    const decoder = model.start(weights, pixels(rows.slice(k, k + 250)));
    const written = greedy(decoder, writing(words));
    said.push(...written.map(({ tokens }) => words.decode(tokens)));
  }
  return said;
}

// %%
import { flatten, scaleInto } from "unroll";

type Eye = Learned["weights"]["encoder"];
/** Makes the eye's gradients 0 in so many first steps. */
function resting(steps: number) {
  let step = 0;
  return ({ encoder }: { encoder: Eye }) => {
    if (++step > steps) return;
    for (const gradient of Object.values(flatten(encoder))) scaleInto(gradient, 0);
  };
}

// %%
type Plan = { epochs: number; title: string; eye?: Eye };
async function learn(rows: readonly CaptionedPicture[], { epochs, title, eye }: Plan) {
  const words = vocabularyOf(rows);
  const model = attentive(rows[0]!.picture, words);
  const weights = { ...model.init(random(1)), ...(eye && { encoder: eye }) };
  const clip = resting(eye ? rows.length / 32 / 3 : 0);
  const optimizer = adam({ learningRate: 0.003 });
  const how = { epochs, batchSize: 32, optimizer, clip, clipNorm: 1, random: random(3) };
  const watched = { ...how, schedule: linearDecay(), ...liveTraining({ title }) };
  const run = await train(model, weights, pictureCaptions(rows, words), watched);
  return { model, weights, words, seconds: run.seconds, accuracies: run.accuracies };
}

// %%
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const eye = known.layer.layer0 as Eye;
const reader = await learn(scenes, { epochs: 1, title: "scenes of digits", eye });
const late = reader.accuracies.slice(-100);
const rightWords = (100 * sum(late)) / late.length;
console.log(`words right at the end of training: ${rightWords.toFixed(1)} %`);

// %% [markdown]
// **Misconception:** *“When 99 of 100 words are right, 99 of 100 captions are right.”* The network reads 10,000 unseen scenes. What share of its sentences is right from the first word to the last?

// %%
import { predict } from "unroll";

const whole = predict("How many of 100 sentences are right, every word?", 99, {
  unit: "%",
});

// %%
const said = say(reader, unseen);
const rightOf = (said: readonly string[], rows: readonly CaptionedPicture[]) =>
  (100 * said.filter((caption, i) => caption === rows[i]!.caption).length) / rows.length;
const exact = rightOf(said, unseen);
whole.reveal(exact);

// %% [markdown]
// One wrong word spoils a sentence, and a longer sentence has more words to be wrong. If each of $n$ digits is read rightly with probability $p$, independently of the others, all are with probability $p^n$. So we look at scenes of two and of three digits apart.

// %%
const about = (count: number) => {
  const places = unseen.flatMap(({ digits }, i) => (digits.length === count ? [i] : []));
  const right = rightOf(
    places.map((i) => said[i]!),
    places.map((i) => unseen[i]!),
  );
  return {
    digits: count,
    scenes: places.length,
    right,
    each: 100 * (right / 100) ** (1 / count),
  };
};

// %%
const [two, three] = [about(2), about(3)];
console.log(`one digit: ${two.each.toFixed(1)} % or ${three.each.toFixed(1)} %`);
const shares = { "two digits": two.right, "three digits": three.right };
display(plot.bars(shares, { y: "sentences right, %", title: "unseen scenes" }));

// %% [markdown]
// The root of what is right, $\sqrt[n]{\cdot}$, says how often one digit is read rightly, if all errors are misread digits. Both kinds of scenes say about the same, and it is a little less than what the eye alone has reached on single digits.
//
// For comparison we need somebody who understands nothing. **The nearest neighbour** looks for the picture of the training set that is most alike, pixel by pixel, and says its caption. The likeness of pictures $x$ and $y$ is $x \cdot y - |y|^2/2$: where it is largest, $|x - y|$ is smallest.

// %%
import { build, product } from "unroll";

function nearest(rows: readonly CaptionedPicture[], known: readonly CaptionedPicture[]) {
  const [a, b] = [pixels(rows), pixels(known)];
  const half = b.toRows().map((row) => row.reduce((sum, v) => sum + v * v, 0) / 2);
  const common = product(a, b, { transposeB: true });
  const alike = build(a.rows, b.rows, (i, j) => common.at(i, j) - half[j]!);
  return Array.from(argmax(alike), (j) => known[j]!.caption);
}
const thousand = unseen.slice(0, 1000);
const remembered = rightOf(nearest(thousand, scenes.slice(0, 10_000)), thousand);
console.log(`nearest neighbour: ${remembered.toFixed(1)} % of sentences`);

// %%
result({
  lesson: "11-image-captioning",
  name: "sentences about 10,000 unseen scenes, every word right",
  value: exact,
  unit: "%",
  expected: [90, 99],
  seconds: naming.seconds + reader.seconds,
  baseline: { name: "nearest neighbour", value: remembered },
  published: {
    source: "Goodfellow et al. 2014, whole house numbers (another task)",
    value: 96,
  },
  data: "scenes of MNIST digits",
  headline: true,
});

// %% [markdown]
// The published number is one to look at, not one to beat: Goodfellow et al. (2014) read whole house numbers on photographs. There, too, a number counts only when all its digits are right.
//
// ## Where it looks
//
// Before each word the network spreads its gaze over the cells. Move the slider: the word that is about to be said stands in bold letters, and the picture is bright where the network looks.

// %%
const cut = { height: 4, width: 4 };
function gazes({ model, weights, words }: Learned, picture: CaptionedPicture["picture"]) {
  const [written] = greedy(model.start(weights, imagesOf([picture])), writing(words));
  const said = written!.tokens.map((id) => words.token(id).replace("<end>", "(end)"));
  const weightsAt = written!.attention!.toRows();
  const figures = said.map((word, t) => {
    const title = said.with(t, `<b>${word}</b>`).join(" ");
    return plot.gaze(picture, weightsAt[t]!, { grid: cut, title });
  });
  return plot.withSlider(figures, { by: "word", names: said });
}
display(gazes(reader, unseen.find(({ digits }) => digits.length === 3)!.picture));

// %% [markdown]
// One scene is an anecdote. We know where each digit is, so we can measure: of the gaze before a digit's name, how much lies on that digit, and not on the others or between them? (By its size alone, a digit covers 19 % of the picture.)

// %%
const onIt = predict("Which share of the gaze is on the digit that is named?", 90, {
  unit: "%",
});

// %%
/** How much of these weights lies within the 14×14 pixels of a digit. */
function onDigit(weights: readonly number[], { top, left }: { top: number; left: number }) {
  const inside = (at: number, from: number) => at >= from && at < from + 14;
  return weights.reduce((sum, weight, s) => {
    const [row, column] = [Math.floor(s / cut.width), s % cut.width];
    const [y, x] = [(32 * (row + 0.5)) / cut.height, (32 * (column + 0.5)) / cut.width];
    return sum + (inside(y, top) && inside(x, left) ? weight : 0);
  }, 0);
}

// %%
const numbers = /^(zero|one|two|three|four|five|six|seven|eight|nine)$/;
function gazeShares({ model, weights, words }: Learned, rows: readonly DigitScene[]) {
  const batch = pictureCaptions(rows, words).batch(rows.map((_, i) => i));
  const looks = model.alignments(weights, batch); // words × scenes × cells
  return rows.flatMap(({ caption, corners }, i) => {
    const named = caption.split(" ").flatMap((word, t) => (numbers.test(word) ? [t] : []));
    return named.map((t, k) => onDigit(looks.at(t).toRows()[i]!, corners[k]!));
  });
}
const onNamed = gazeShares(reader, unseen.slice(0, 200)).map((value) => 100 * value);
onIt.reveal(sum(onNamed) / onNamed.length);

// %% [markdown]
// ## Greedy and beam
//
// Greedy takes the best word and never takes it back. **Beam search** keeps the `width` most probable beginnings, goes on with all of them, and in the end has captions that are at least as probable. Here is why this can matter.
//
// **Exercise 11.2.** A caption has two words. `first[i]` is the probability that it begins with word i, `second[i][j]` that word j follows on word i. Which two words are the most probable caption?

// %%
function mostProbable(first: number[], second: number[][]): number[] {
  return []; // your turn: [i, j]
}
check("11.2", mostProbable);

// %% [markdown]
// <details><summary>Solution of 11.2</summary>
//
// ```ts
// function mostProbable(first: number[], second: number[][]): number[] {
//   const pairs = first.flatMap((p, i) => second[i]!.map((q, j) => ({ i, j, p: p * q })));
//   const { i, j } = pairs.reduce((a, b) => (b.p > a.p ? b : a));
//   return [i, j];
// }
// ```
//
// </details>
//
// Now both on 1,000 unseen scenes.

// %%
import { beamSearch, table } from "unroll";

const some = unseen.slice(0, quick ? 100 : 1000);
const decoder = () => reader.model.start(reader.weights, pixels(some));

// %%
const ways = { greedy: 1, "beam of 2": 2, "beam of 4": 4, "beam of 8": 8 };
const rows = Object.entries(ways).map(([way, width]) => {
  const began = performance.now();
  const best = beamSearch(decoder(), { ...writing(reader.words), width }).map(
    (beam) => beam[0]!,
  );
  const seconds = (performance.now() - began) / 1000;
  const texts = best.map(({ tokens }) => reader.words.decode(tokens));
  const logP = sum(best.map(({ logProbability }) => logProbability)) / best.length;
  return { way, "right, %": rightOf(texts, some), "mean log p": logP, seconds };
});
display(table(rows, { title: "1,000 unseen scenes" }));

// %% [markdown]
// A wider beam finds captions that are at least as probable: log p rises. But the share of right ones hardly moves, and the time grows. The sentence that the network finds most probable is nearly always the one that greedy writes, as its words are nearly certain. Beams pay where many words are possible and an early choice binds the later ones, as in translation.
//
// ## A person never seen like this
//
// The signs are harder: 1,480 words, 3,218 pictures, and many names that occur once. What we want to know is in the pairs that were held out. They are scored word by word, since “woman running dark skin tone” is nearly right where the truth is “man running dark skin tone”.
//
// **Exercise 11.3.** Return the F1 of the words of a caption: the harmonic mean of precision (which share of what was said is true) and recall (which share of what is true was said). Order does not count. A word counts as often as it stands in both.

// %%
function wordF1(said: string[], truth: string[]): number {
  return Number.NaN; // your turn
}
check("11.3", wordF1);

// %% [markdown]
// <details><summary>Solution of 11.3</summary>
//
// ```ts
// function wordF1(said: string[], truth: string[]): number {
//   const left = [...truth];
//   let common = 0;
//   for (const word of said) {
//     const at = left.indexOf(word);
//     if (at < 0) continue;
//     left.splice(at, 1);
//     common++;
//   }
//   return (2 * common) / (said.length + truth.length);
// }
// ```
//
// </details>
//
// The floor first. The nearest neighbour of a held-out picture is nearly always the same person in another skin tone. So it gets most words right, and no caption ever.

// %%
import { tokenF1 } from "unroll";

const truth = signs.test.map(({ caption }) => caption);
const alike = nearest(signs.test, signs.train);
const f1 = (said: readonly string[]) => 100 * tokenF1(said, truth);
console.log(`F1 ${f1(alike).toFixed(1)} %, whole captions ${rightOf(alike, signs.test)} %`);

// %%
const named = signs.train.filter((_, i) => !quick || i % 8 === 0);
const speaker = await learn(named, { epochs: quick ? 1 : 13, title: "signs" });

// %% [cover]
const names = say(speaker, signs.test);
const shown = signs.test
  .map(({ picture }, i) => ({ picture, caption: names[i]! }))
  .filter((_, i) => i % 19 === 0);
display(plot.pictures(shown, { title: "persons in a skin tone never seen with them" }));

// %%
import type { LessonResult } from "unroll";

const held = { lesson: "11-image-captioning", unit: "%", data: "Twemoji, held-out pairs" };
function judged(
  name: string,
  score: (said: readonly string[]) => number,
  more: Pick<LessonResult, "expected" | "published">,
) {
  const baseline = { name: "nearest neighbour", value: score(alike) };
  const value = score(names);
  result({ ...held, name, value, seconds: speaker.seconds, baseline, ...more });
}
judged("F1 of the words, persons never seen in this skin tone", f1, {
  expected: [82, 95],
});

// %%
const wholeCaptions = (said: readonly string[]) => rightOf(said, signs.test);
judged("whole captions right, of the same", wholeCaptions, { expected: [15, 60] });

// %%
import { bleu } from "unroll";

const references = truth.map((text) => [text]);
judged("BLEU-4 of the same", (said) => bleu(said, references).score, {
  expected: [52, 80],
  published: { source: "Xu et al. 2015, photographs (another task)", value: 24.3 },
});

// %% [markdown]
// What is right, the person or the skin tone? We cut each caption into the two.

// %%
const tonesIn = (caption: string) => (caption.match(/[a-z-]+ skin tone/g) ?? []).join();
const personIn = (caption: string) => caption.replaceAll(/[a-z-]+ skin tone ?/g, "").trim();
const halves = {
  person: personIn,
  "skin tone": tonesIn,
  both: (caption: string) => caption,
};

// %%
const rightShare = (said: readonly string[], part: (caption: string) => string) =>
  rightOf(
    said.map(part),
    signs.test.map((row) => ({ ...row, caption: part(row.caption) })),
  );
const judgements = Object.entries(halves).map(([right, part]) => ({
  "right, %": right,
  network: rightShare(names, part),
  "nearest neighbour": rightShare(alike, part),
}));
display(table(judgements, { title: "220 pictures of pairs that were never seen" }));

// %% [markdown]
// The network names the person in about four of five pictures and the skin tone in nearly half. Both together are right less often than either, but each such caption names a pair that it has never seen. The nearest neighbour has the person nearly always and the skin tone nearly never: it can only say what it has seen. So the F1 of the two are not far apart, and yet one has learned parts, and the other wholes.

// %%
display(gazes(speaker, signs.test[100]!.picture));

// %% [markdown]
// ## Try your own
//
// Pick a picture. The caption grows word by word under the slider, and the picture shows where the network looks. The name below each picture is the truth.

// %%
import { tryPicture } from "unroll";

const choice = [
  ...unseen.slice(20, 24).map((row) => ({ ...row, by: reader })),
  ...[3, 60, 110, 160].map((i) => ({ ...signs.test[i]!, by: speaker })),
];
tryPicture({
  title: "What is it?",
  pictures: choice.map(({ picture, caption }) => ({
    picture: picture.address(),
    name: caption,
  })),
  answer: (index) => gazes(choice[index]!.by, choice[index]!.picture),
});

// %% [markdown]
// ## What to take along
//
// - One to many: the picture becomes the writer's first state; $p(\text{caption} \mid \text{picture}) = \prod_t p(x_t \mid \text{picture}, x_0 \dots x_{t-1})$.
// - Attention keeps the picture in sight: scores, softmax, and a mean of the cells by these weights, anew before each word. It also shows where the network looks, which is not yet why it says what it says.
// - Learn a few captions by heart first. What cannot do that will not learn anything.
// - An eye may learn on an easier task first. Let it rest until the writer knows what to ask.
// - Whole captions are harder than words. Say which of the two you count.
// - A floor that understands nothing (the nearest neighbour) shows what a number is worth. Pairs that were held out show whether parts were learned or wholes.
// - Beam search finds more probable captions. They are better ones only where greedy was led astray.
//
// **Known good:** three convolutions of 3×3 with stride 2 (24, 48, 64 filters), for scenes a fourth with stride 1 (64), 16 cells, an LSTM of 128 units, additive attention of width 64. The eye for scenes: one round over the single digits of 40,000 scenes, Adam with 0.002, batches of 64. The captioners: Adam with learning rate 0.003 that falls to 0, batches of 32, gradients clipped at norm 1; one round over 40,000 scenes, the eye at rest for the first third; or 13 rounds over 3,218 signs.
//
// **Try:** Train the reader of scenes with `resting(0)`, or without `eye`, and count whole sentences again. Leave `standardised` out and let the plain captioner learn the 50 captions by heart. It stops far above 0.1: it has become a language model that does not look. (This is how we found that it was missing.) Give `train` the option `bucket: true`, so that a batch has captions of one length: the signs are learned much worse. Fill `weights.place.P` with 0 before you train on scenes.
//
// **Read:** Vinyals, Toshev, Bengio & Erhan (2015), *Show and tell: a neural image caption generator*, for the plain captioner, and for beams. The same authors (2016), *Show and tell: lessons learned from the 2015 MSCOCO image captioning challenge*, for when to train the eye. Xu et al. (2015), *Show, attend and tell: neural image caption generation with visual attention*, for attention over a grid, and figures of where it looks. Goodfellow et al. (2014), *Multi-digit number recognition from street view imagery using deep convolutional neural networks*, for whole numbers in photographs. Jain & Wallace (2019), *Attention is not explanation*, on what a map of weights does not prove.
