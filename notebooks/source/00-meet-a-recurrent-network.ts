// %% [markdown]
// # 0 · Meet a recurrent network
//
// **You will be able to** say what a feed-forward network cannot do with a picture wider than those it was trained on, train a recurrent network that reads a digit one row at a time, and look into its memory while it reads.
//
// **Time:** 1 minute to run on two cores, 40 to understand. **Needs:** you know what a matrix product and a gradient are. **Data:** MNIST, 60,000 + 10,000 handwritten digits (LeCun, Cortes & Burges; CC BY-SA 3.0).

// %%
import { display, mnist, plot, quick, random } from "unroll";

const data = mnist();
const pictures = quick ? data.train.slice(0, 3_000) : data.train;
const unseen = quick ? data.test.slice(0, 1_000) : data.test;
console.log(`${pictures.count} pictures to learn from, ${unseen.count} for the exam`);

// %%
const first = [...Array(20).keys()];
const looks = first.map((i) => pictures.pixels(i));
const labels = first.map((i) => String(pictures.label(i)));
display(plot.digits(looks, { labels, title: "the first 20" }));

// %% [markdown]
// ## All pixels at once
//
// A feed-forward network takes the 28×28 pixels of a picture as one row of 784 numbers, and has a weight of its own for each:
//
// $$h = \tanh(x\,W_{xh} + b_h), \qquad y = h\,W_{hy} + b_y$$
//
// $y$ holds ten numbers, one for each digit; the largest is the guess. Let us train one. The curves grow while it learns.

// %%
import { adam, asPixels, classifier, feedForward, liveTraining, train } from "unroll";

const glance = classifier(feedForward(784, 64), 10);
const glanceWeights = glance.init(random(1));

const lookedAt = await train(glance, glanceWeights, asPixels(pictures), {
  optimizer: adam({ learningRate: 0.002 }),
  random: random(2),
  ...liveTraining({ title: "feed-forward: 784 pixels at once" }),
});

// %%
import { accuracy } from "unroll";

const seen = accuracy(glance, glanceWeights, asPixels(unseen));
console.log(
  `feed-forward network, ${lookedAt.steps} steps: ${(100 * seen).toFixed(2)} % right`,
);

// %% [markdown]
// That works. How many numbers did it have to learn for that?
//
// **Exercise 0.1.** Count the weights and biases of a feed-forward network that looks at so many pixels with so many hidden units, and says ten numbers.

// %%
import { check } from "unroll";

function weightCount(pixels: number, hidden: number): number {
  return Number.NaN; // your turn
}
check("0.1", weightCount);

// %% [markdown]
// <details><summary>Solution of 0.1</summary>
//
// ```ts
// function weightCount(pixels: number, hidden: number): number {
//   return (pixels + 1) * hidden + (hidden + 1) * 10; // + 1: the bias
// }
// ```
//
// </details>
//
// Now put two digits side by side. The picture is twice as wide: 28×56, that is 1,568 pixels.

// %%
import { picturePixels, sideBySide } from "unroll";

const two = sideBySide(unseen.pixels(0), unseen.pixels(1));
display(plot.digits([two], { title: "a picture twice as wide" }));

// %%
try {
  glance.logits(glanceWeights, picturePixels(two));
} catch (error) {
  console.log((error as Error).message);
}

// %% [markdown]
// It cannot even begin: there is a weight for each of 784 pixels, and none for the 785th. We could train a second network for 1,568 pixels and a third one for 2,352. Each would have to learn anew what a 7 looks like, at every place where one can stand.
//
// **Think:** what else comes in all lengths, and could not be cut to 784 numbers?
// <details><summary>Answer</summary>Sentences, songs, the weather, a conversation. Much of what we want to understand arrives piece after piece, and nobody says beforehand how many there will be.</details>
//
// ## One row at a time
//
// A recurrent network reads. It sees 28 numbers at a time, one row of the picture, and keeps what it has seen so far in a **hidden state** $h$ of 128 numbers. At every row one and the same rule mixes what it sees with what it knew:
//
// $$h_t = \tanh(x_t\,W_{xh} + h_{t-1}\,W_{hh} + b_h)$$
//
// After the last row, $y = h_{28}\,W_{hy} + b_y$ is its guess.
//
// In training, every second batch of pictures begins with the hidden state in which the batch before it ended, and not with zeros (that is what `carried` does). So the network learns to begin a digit with another one still in mind. We shall need that below.
//
// It never sees a picture as a whole. How good can it become? Make a guess before you train it: change the number and run the cell.

// %%
import { predict } from "unroll";

const question =
  "Reading one row at a time: how many of 100 unseen digits will it get right?";
const hope = predict(question, 80, { unit: "%" });

// %%
import { asRows, carried, linearDecay, rnn } from "unroll";

const reader = classifier(rnn(28, 128), 10);
const weights = reader.init(random(1));

const training = await train(carried(reader), weights, asRows(pictures), {
  batchSize: 32,
  optimizer: adam({ learningRate: 0.002 }),
  schedule: linearDecay(),
  clipNorm: 1,
  random: random(2),
  ...liveTraining({ title: "recurrent: 28 rows of 28 pixels" }),
});

// %%
import { result } from "unroll";

const rowWise = 100 * accuracy(reader, weights, asRows(unseen));
hope.reveal(rowWise);
result({
  lesson: "00-meet-a-recurrent-network",
  name: "row-wise test accuracy of the RNN",
  value: rowWise,
  unit: "%",
  expected: [95, 99],
  seconds: training.seconds,
});

// %% [markdown]
// Guessing blindly is right one time in ten. The feed-forward network saw each picture whole. This one saw 28 strips of it, one after the other, and had to remember.
//
// ## Looking into its memory
//
// Here is its hidden state while it reads one digit. Each column is a row of the picture, each line one of the 128 numbers that it remembers.

// %%
import { pictureRows } from "unroll";

const rows = pictureRows(unseen.pixels(0));
display(plot.digits([unseen.pixels(0)], { labels: [String(unseen.label(0))] }));
const states = reader.states(weights, rows);
display(plot.stateMap(states, { step: "row", title: "the hidden state, row by row" }));

// %% [markdown]
// The first rows of a picture are empty, and little happens after the start. Then the pen comes, and the memory changes with every row.
//
// What would it say if the picture ended here? We can ask after every row, with the same read-out.

// %%
const opinions = reader.everyStep(weights, rows);
display(plot.guesses(opinions, { step: "row", title: "its guess after every row" }));

// %% [markdown]
// The same as bars, one picture for each row. Move the slider, or press ▶ and see it make up its mind.

// %%
const beliefs = [...Array(opinions.steps).keys()].map((row) => {
  const p = opinions.at(row).toRows()[0]!;
  return plot.bars(Object.fromEntries(p.map((share, digit) => [String(digit), share])));
});
const names = beliefs.map((_, row) => String(row));
display(
  plot.withSlider(beliefs, { by: "row", names, title: "how sure it is of each digit" }),
);

// %% [markdown]
// **Exercise 0.2.** Ten probabilities come out after each row. Write the function that makes a guess of them: the digit with the largest one.

// %%
function guessOf(p: readonly number[]): number {
  return Number.NaN; // your turn
}
check("0.2", guessOf);

// %% [markdown]
// <details><summary>Solution of 0.2</summary>
//
// ```ts
// function guessOf(p: readonly number[]): number {
//   return p.indexOf(Math.max(...p));
// }
// ```
//
// </details>

// %%
import { argmax } from "unroll";

const guesses = Array.from(
  { length: opinions.steps },
  (_, t) => argmax(opinions.at(t))[0]!,
);
guesses.forEach((guess, row) => {
  if (guess !== guesses[row - 1])
    console.log(`from row ${row} on it looks like a ${guess}`);
});
console.log(`It is a ${unseen.label(0)}.`);

// %% [markdown]
// **Exercise 0.3.** Given the guess after each row: from which row on does the last guess stay? Rows count from 0.

// %%
function settledAt(guesses: readonly number[]): number {
  return Number.NaN; // your turn
}
check("0.3", settledAt);

// %% [markdown]
// <details><summary>Solution of 0.3</summary>
//
// ```ts
// function settledAt(guesses: readonly number[]): number {
//   let row = guesses.length - 1;
//   while (row > 0 && guesses[row - 1] === guesses.at(-1)) row--;
//   return row;
// }
// ```
//
// </details>
//
// **Misconception:** *“The more of its input a recurrent network has read, the better is its guess.”* It sounds sure. Then half of the rows should be worth about half of what it reaches in the end. Let us ask it about 1,000 digits after every row. How many of 100 are right after 14 of the 28 rows?

// %%
const half = predict("How many of 100 guesses are right after 14 rows?", 50, { unit: "%" });

// %%
const sample = asRows(unseen).batch([...Array(1000).keys()]);
const everyRow = reader.everyStep(weights, sample.x);
const right = Array.from({ length: 28 }, (_, row) => {
  const said = argmax(everyRow.at(row));
  return said.filter((guess, i) => guess === sample.labels[i]).length / 10;
});
half.reveal(right[13]!);
const axes = { x: "rows read", y: "right, % of 1,000 digits", title: "right so far" };
const read = right.map((_, row) => row + 1);
display(plot.curves([{ name: "right", x: read, y: right }], axes));

// %% [markdown]
// That is no steady climb. Training asked it one question only, and only after the last row. So the read-out has learned to understand the state that stands there in the end; what the state looks like on the way is the network's own affair. A network that shall be right on the way must be asked on the way (lesson 2 trains one).

// %% [markdown]
// ## Two digits, three digits
//
// Nothing in the rule says how many rows there are. So let it read on: the rows of the first digit, then those of the second, then those of the third. The state goes along, and not one weight changes.

// %%
const three = sideBySide(two, unseen.pixels(2));
display(plot.digits([three], { title: "three digits side by side" }));

// %% [cover]
const reading = reader.everyStep(weights, pictureRows(three, { window: 28 }));
display(plot.guesses(reading, { step: "row", title: "84 rows, the same weights" }));

// %%
import { inARow } from "unroll";

for (const length of [1, 2, 3]) {
  const right = accuracy(reader, weights, inARow(unseen, length));
  const percent = (100 * right).toFixed(2);
  console.log(`digit ${length}, after ${28 * length} rows: ${percent} % right`);
}

// %% [markdown]
// The feed-forward network could not take the second digit at all. The recurrent network reads it nearly as well as the first, after 28 rows of something else.
//
// ## What to take along
//
// - A feed-forward network has a weight for each place of its input, so the size of the input is built in.
// - A recurrent network has one rule for each step, so the same weights take any number of steps.
// - What it knows lives in the hidden state, and we can look at it, and ask it, at every step.
//
// **Known good:** Adam with learning rate 0.002 that falls to 0, batches of 32, gradients clipped at norm 1, 128 hidden units, one epoch.
//
// **Try:** give the reader 32 hidden numbers instead of 128. Take `carried` away, train again, and look at digit 2 and 3. Stop the training half way (the square above): the weights stay, and everything below still runs.
//
// **Read:** Elman (1990), *Finding structure in time*. Karpathy (2015), *The unreasonable effectiveness of recurrent neural networks*. Le, Jaitly & Hinton (2015), *A simple way to initialize recurrent networks of rectified linear units*, on reading MNIST pixel by pixel.
