// %% [markdown]
// # 0 · Meet a recurrent network
//
// **You will be able to** say what a feed-forward network cannot do with a picture wider than those it was trained on, train a recurrent network that reads a digit one row at a time, and look into its memory while it reads.
//
// **Time:** 3 minutes to run on two cores, 20 to understand. **Needs:** you know what a matrix product and a gradient are. **Data:** MNIST, 60,000 + 10,000 handwritten digits (LeCun, Cortes & Burges; CC BY-SA 3.0).

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

await train(glance, glanceWeights, asPixels(pictures), {
  optimizer: adam({ learningRate: 0.002 }),
  random: random(2),
  ...liveTraining({ title: "feed-forward: 784 pixels at once" }),
});

// %%
import { accuracy } from "unroll";

const seen = accuracy(glance, glanceWeights, asPixels(unseen));
console.log(`feed-forward network: ${(100 * seen).toFixed(2)} % of them are right`);

// %% [markdown]
// That works. Now put two digits side by side. The picture is twice as wide: 28×56, that is 1,568 pixels.

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

result({
  lesson: "00-meet-a-recurrent-network",
  name: "row-wise test accuracy of the RNN",
  value: 100 * accuracy(reader, weights, asRows(unseen)),
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

// %%
let before = -1;
for (let row = 0; row < opinions.steps; row++) {
  const p = opinions.at(row).toRows()[0]!;
  const guess = p.indexOf(Math.max(...p));
  const words = before < 0 ? "it looks like" : "now it is";
  if (guess !== before) console.log(`row ${row}: ${words} a ${guess}`);
  before = guess;
}
console.log(`It is a ${unseen.label(0)}.`);

// %% [markdown]
// ## Two digits, three digits
//
// Nothing in the rule says how many rows there are. So let it read on: the rows of the first digit, then those of the second, then those of the third. The state goes along, and not one weight changes.

// %%
const three = sideBySide(two, unseen.pixels(2));
display(plot.digits([three], { title: "three digits side by side" }));
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
// **Try:** give the reader 32 hidden numbers instead of 128. Take `carried` away, train again, and look at digit 2 and 3. Stop the training half way (the square above): the weights stay, and everything below still runs.
//
// **Read:** Elman (1990), *Finding structure in time*. Karpathy (2015), *The unreasonable effectiveness of recurrent neural networks*. Le, Jaitly & Hinton (2015), *A simple way to initialize recurrent networks of rectified linear units*, on reading MNIST pixel by pixel.
