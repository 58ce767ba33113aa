// %% [markdown]
// # 2 · The recurrent computation
//
// **You will be able to** compute a recurrent network with a pencil, say what its state is and where its weights are used, unroll it over any number of steps, and read a drawing of it.
//
// **Time:** 1 minute to run on two cores, 40 to understand. **Needs:** lesson 0; you know what a matrix product is. **Data:** none.
//
// ## By hand
//
// No library yet: a network with 2 inputs and 2 hidden units reads 3 steps, and we compute every number ourselves. These are all its weights:
//
// | | to unit 1 | to unit 2 |
// |---|---|---|
// | from input 1 | 0.8 | −0.4 |
// | from input 2 | 0.3 | 0.9 |
// | from old unit 1 | 0.5 | 0.7 |
// | from old unit 2 | −0.6 | 0.2 |
//
// The upper two lines are called $W_{xh}$, from the input $x$ to the hidden state $h$. The lower two are $W_{hh}$, from the old state to the new one. At each step a unit adds up four products, one for each line of its column, and squashes the sum into −1 … 1 by tanh.
//
// Before the first step the network has seen nothing: its state is $h_0 = (0, 0)$. The first input is $x_1 = (1, 0)$.

// %%
const a1 = 1 * 0.8 + 0 * 0.3 + 0 * 0.5 + 0 * -0.6;
const b1 = 1 * -0.4 + 0 * 0.9 + 0 * 0.7 + 0 * 0.2;
const h1 = [Math.tanh(a1), Math.tanh(b1)] as const;
console.log(`sums ${a1.toFixed(3)}, ${b1.toFixed(3)}`);
console.log(`h1 = (${h1.map((v) => v.toFixed(3)).join(", ")})`);

// %% [markdown]
// The second input is $x_2 = (0, 1)$. The table is the same. What is new: the old state is no longer zero, and so the lower two lines have something to say.

// %%
const a2 = 0 * 0.8 + 1 * 0.3 + h1[0] * 0.5 + h1[1] * -0.6;
const b2 = 0 * -0.4 + 1 * 0.9 + h1[0] * 0.7 + h1[1] * 0.2;
const h2 = [Math.tanh(a2), Math.tanh(b2)] as const;
console.log(`sums ${a2.toFixed(3)}, ${b2.toFixed(3)}`);
console.log(`h2 = (${h2.map((v) => v.toFixed(3)).join(", ")})`);

// %% [markdown]
// **Think:** at the third step nothing comes in, $x_3 = (0, 0)$. What will the state be: zero, the same as before, or something else?
// <details><summary>Answer</summary>Something else. The upper two lines give 0, the lower two do not: W_hh mixes the old state into a new one. The network goes on by itself.</details>

// %%
const a3 = 0 * 0.8 + 0 * 0.3 + h2[0] * 0.5 + h2[1] * -0.6;
const b3 = 0 * -0.4 + 0 * 0.9 + h2[0] * 0.7 + h2[1] * 0.2;
const h3 = [Math.tanh(a3), Math.tanh(b3)] as const;
console.log(`sums ${a3.toFixed(3)}, ${b3.toFixed(3)}`);
console.log(`h3 = (${h3.map((v) => v.toFixed(3)).join(", ")})`);

// %% [markdown]
// That is all a recurrent network does. Here are the numbers again, as a drawing. A node shows the first of its two numbers: $h$ its unit 1, $x$ its input 1; point at it to see both. On the left is the network as it is built: one node for the state, with an arrow that leads from it to itself. On the right the same network **unrolled**: one column for each step, and the arrow that led back now leads on. Blue is below 0, orange above.

// %% [cover]
import { display, plot } from "unroll";

const byHand = [
  { x: [1, 0], h: h1 },
  { x: [0, 1], h: h2 },
  { x: [0, 0], h: h3 },
];
const title = "three steps by hand, unit 1";
display(plot.unrolledGraph(byHand, { initialState: [0, 0], folded: true, unit: 0, title }));

// %% [markdown]
// **Exercise 2.1.** You have computed three steps. Write one step as a function: it takes $x_t$ and the old state, and returns the new one. The table is above.

// %%
import { check } from "unroll";

type Pair = readonly [number, number];

function next(x: Pair, h: Pair): Pair {
  return [Number.NaN, Number.NaN]; // your turn
}
check("2.1", next);

// %% [markdown]
// <details><summary>Solution of 2.1</summary>
//
// ```ts
// function next(x: Pair, h: Pair): Pair {
//   return [
//     Math.tanh(0.8 * x[0] + 0.3 * x[1] + 0.5 * h[0] - 0.6 * h[1]),
//     Math.tanh(-0.4 * x[0] + 0.9 * x[1] + 0.7 * h[0] + 0.2 * h[1]),
//   ];
// }
// ```
//
// </details>
//
// ## The same with matrices
//
// What you wrote with four products for each unit is two matrix products. With the bias $b_h$, which was 0 so far:
//
// $$h_t = f(x_t\,W_{xh} + h_{t-1}\,W_{hh} + b_h), \qquad f = \tanh$$
//
// In words: mix what you see, mix what you knew, add, squash. The library's cell keeps the two matrices in one, $W_{xh}$ above $W_{hh}$: exactly our table. `unroll` applies it at each step of a sequence.

// %%
import { buildSequence, matrix, rnn, table, unroll, zeros } from "unroll";

const W = matrix([
  [0.8, -0.4],
  [0.3, 0.9],
  [0.5, 0.7],
  [-0.6, 0.2],
]);
const weights = { W, b: zeros(1, 2) };
const cell = rnn(2, 2);
const x = buildSequence(3, 1, 2, (t, _, input) => byHand[t]!.x[input]!);
const { states } = unroll(cell, weights, x);

// %%
const rows = states.map(({ h }, t) => {
  const [unit1, unit2] = h.toRows()[0] as [number, number];
  const mine = byHand[t]!.h;
  const gap = Math.max(Math.abs(unit1 - mine[0]), Math.abs(unit2 - mine[1]));
  return { step: t + 1, "unit 1": unit1, "unit 2": unit2, "off by": gap };
});
display(table(rows, { title: "the library's states, and how far yours are from them" }));

// %% [markdown]
// ## It goes on by itself
//
// After step 2 we feed in nothing but zeros. What is left of the two inputs after many steps? First make your guess: change the number and run the cell.

// %%
import { predict } from "unroll";

const question = "After how many steps of zeros are both units closer to 0 than 0.05?";
const fading = predict(question, 20, { unit: "steps" });

// %%
const long = buildSequence(22, 1, 2, (t, _, input) => (t < 2 ? byHand[t]!.x[input]! : 0));
const silence = unroll(cell, weights, long)
  .states.slice(1)
  .map(({ h }) => h);
const largest = silence.map((h) => Math.max(Math.abs(h.at(0, 0)), Math.abs(h.at(0, 1))));
fading.reveal(largest.findIndex((value) => value < 0.05));
const units = [0, 1].map((unit) => ({
  name: `unit ${unit + 1}`,
  y: silence.map((h) => h.at(0, unit)),
}));
display(
  plot.curves(units, { title: "the state, when nothing comes in", x: "steps of zeros" }),
);

// %% [markdown]
// The memory swings and fades. Nobody erases it: each step multiplies by $W_{hh}$ and squashes, and with these weights that makes it smaller. Lesson 5 is about when it fades, when it explodes, and what that does to learning.
//
// ## One set of weights, used at every step
//
// **Misconception:** *“Unrolled over three steps, the network has three layers, each with weights of its own.”* The drawing looks like it. But all arrows of one colour are **one** matrix. So if we change a single number of it, all steps must change. Move the slider: it sets the weight from old unit 1 to unit 1, which was 0.5, and nothing else.

// %%
import { copy } from "unroll";

const values = [-1, -0.5, 0, 0.5, 1];
const changed = values.map((value) => {
  const other = { W: copy(W), b: weights.b };
  other.W.set(2, 0, value);
  const steps = unroll(cell, other, x).states.map(({ h }, t) => ({ x: x.at(t), h }));
  return plot.unrolledGraph(steps, { initialState: [0, 0], unit: 0 });
});
const by = "weight from old unit 1 to unit 1 =";
const one = "one weight changes, unit 1 of every later step follows";
display(plot.withSlider(changed, { by, names: values.map(String), title: one }));

// %% [markdown]
// Step 1 stays as it is, because the old state is zero there: zero times any weight is zero. Steps 2 and 3 both move, and step 3 moves for two reasons: the weight is used there, and what it gets from step 2 has changed.
//
// Now count. Our table has 8 numbers, and there are 2 biases.

// %%
const howMany = "This network reads 3 steps. How many weights has it if it shall read 300?";
const count = predict(howMany, 1000, { unit: "weights" });

// %%
import { countWeights } from "unroll";

const lengths = [3, 30, 300];
const readings = lengths.map((steps) => {
  const silent = buildSequence(steps, 1, 2, () => 0);
  return {
    steps: unroll(cell, weights, silent).states.length,
    weights: countWeights(weights),
  };
});
display(table(readings, { title: "one network, sequences of three lengths" }));
count.reveal(readings.at(-1)!.weights);

// %% [markdown]
// The number of steps is not in the count at all. That is why a recurrent network can read a sequence of any length, and why what it learns about one step it knows at every other.
//
// **Exercise 2.2.** Write the count as a function of $D$ inputs, $H$ hidden units and $T$ steps.

// %%
function weightCount(D: number, H: number, T: number): number {
  return Number.NaN; // your turn
}
check("2.2", weightCount);

// %% [markdown]
// <details><summary>Solution of 2.2</summary>
//
// ```ts
// function weightCount(D: number, H: number, T: number): number {
//   return D * H + H * H + H; // W_xh, W_hh, b_h; T has no part in it
// }
// ```
//
// </details>
//
// ## Two ways to be called
//
// A feed-forward network is a function of its input: $h = f(x\,W + b)$. Call it twice with the same $x$, and it says the same twice. A recurrent network is a function of its input **and of the state**, and it returns a new state: $(x_t, h_{t-1}) \to h_t$. We call both three times with the same input, (1, 0).

// %%
import { feedForward, random } from "unroll";

const alone = feedForward(2, 2);
const aloneWeights = alone.init(random(1));
const same = matrix([[1, 0]]);
let state = cell.initialState(1);
const calls = [1, 2, 3].map((call) => {
  const { h } = alone.forward(aloneWeights, same, alone.initialState(1)).state;
  state = cell.forward(weights, same, state).state;
  return { call, "feed-forward": h.at(0, 0), recurrent: state.h.at(0, 0) };
});
display(table(calls, { title: "unit 1, for the same input, three times" }));

// %% [markdown]
// The feed-forward network has no way to know that it was called before. This is one call of the recurrent cell as a diagram, with the numbers of our step 2 in it: the old state and the input come together (‖ puts them side by side), go through the weights, are squashed, and leave as the new state. The states show their unit 1, $x$ and ‖ the mean of their numbers: point at them to see all.

// %%
const inside = {
  hPrevious: [...h1],
  x: [0, 1],
  X: [0, 1, ...h1],
  a: [a2, b2],
};
display(
  plot.cellDiagram(plot.rnnPlan, inside, { unit: 0, title: "step 2 from inside, unit 1" }),
);

// %% [markdown]
// **Exercise 2.3.** `unroll` hides a loop. Write it yourself: begin with a state of zeros, call `cell.forward(weights, x.at(t), state)` for each step, and collect the `h` of each new state.

// %%
import type { Matrix, RnnWeights, Sequence } from "unroll";

type Rnn = ReturnType<typeof rnn>;

function read(cell: Rnn, weights: RnnWeights, x: Sequence): Matrix[] {
  const states: Matrix[] = [];
  // your turn: for (let t = 0; t < x.steps; t++) …
  return states;
}
check("2.3", read);

// %% [markdown]
// <details><summary>Solution of 2.3</summary>
//
// ```ts
// function read(cell: Rnn, weights: RnnWeights, x: Sequence): Matrix[] {
//   const states: Matrix[] = [];
//   let state = cell.initialState(x.batch);
//   for (let t = 0; t < x.steps; t++) {
//     state = cell.forward(weights, x.at(t), state).state;
//     states.push(state.h);
//   }
//   return states;
// }
// ```
//
// </details>
//
// ## Forward, with a loss and with notes for the way back
//
// A network that shall answer at each step has a **read-out**: $y_t = h_t\,W_{hy} + b_y$, with weights that are again the same at every step. Softmax turns $y_t$ into probabilities, and the loss of a step is how surprised the network is by the right answer: $E_t = -\log p_t(\text{target})$. The loss of the sequence is their sum, $E = \sum_t E_t$.
//
// On its way the network takes notes, the **cache** of each step: what it will need to go back through the same steps and find out how to improve (lesson 3). Here it is with our weights, two possible answers at each step, and the answers 1, 0, 1 as the right ones.

// %%
import { RecurrentModel } from "unroll";

const readout = {
  W: matrix([
    [1, -1],
    [-0.5, 0.5],
  ]),
  b: zeros(1, 2),
};
const model = new RecurrentModel(cell, { cell: weights, readout });

// %%
import { softmaxCrossEntropy, Tokens } from "unroll";

const targets = new Tokens(3, 1, Int32Array.of(1, 0, 1));
const start = model.initialState(1);
const { outputs, caches, loss } = model.forward(x, start, { targets });
const each = outputs.map((y, t) => softmaxCrossEntropy(y, targets.at(t)).loss);
console.log(
  `losses ${each.map((e) => e.toFixed(3)).join(" + ")} = ${loss.toFixed(3)} nats`,
);

// %%
const rounded = (m: Matrix) => Array.from(m.data, (v) => v.toFixed(2)).join(", ");
const notes = caches.map(({ cell, h }, t) => ({
  step: t + 1,
  "x and the old h, side by side": rounded(cell.X),
  "the new h": rounded(h),
}));
display(table(notes, { title: "the cache" }));

// %% [markdown]
// The whole computation as a graph. Every number in it was computed by the model that you see above. With the slider, unroll it over fewer or more steps: from the fourth on, the inputs begin again.

// %%
function graph(steps: number) {
  const input = buildSequence(steps, 1, 2, (t, _, i) => byHand[t % 3]!.x[i]!);
  const { outputs, caches } = model.forward(input);
  const nodes = outputs.map((y, t) => {
    const { loss } = softmaxCrossEntropy(y, [(t + 1) % 2]);
    return { x: input.at(t), h: caches[t]!.h, y, loss };
  });
  return plot.unrolledGraph(nodes, { initialState: [0, 0], unit: 0, folded: true });
}

// %%
const many = [1, 2, 3, 4, 5, 6].map(graph);
display(plot.withSlider(many, { by: "steps:", title: "unrolled over n steps" }));

// %% [markdown]
// ## What the loop is good for
//
// A task that cannot be done without memory: **echo**. The network reads 12 random bits, one at a time, and shall say at each step the bit of two steps ago (at the first two steps: 0). Whoever sees the present bit alone can only guess. Always saying 0 is right at the 2 first steps and at half of the 10 others: $7/12 = 58\,\%$.

// %%
import { integer, type Random } from "unroll";

function echo(count: number, random: Random) {
  const bits = Array.from({ length: 12 * count }, () => integer(random, 2));
  return {
    count,
    batch(indices: ArrayLike<number>) {
      const B = indices.length;
      const bit = (t: number, i: number) => (t < 0 ? 0 : bits[12 * indices[i]! + t]!);
      const x = buildSequence(12, B, 1, bit, "float32");
      const before = x.data.map((_, k) => bit(Math.floor(k / B) - 2, k % B));
      return { x, targets: new Tokens(12, B, Int32Array.from(before)) };
    },
  };
}

// %%
import { adam, liveTraining, quick, tagger, train } from "unroll";

const lessons = echo(quick ? 500 : 2000, random(1));
const looped = tagger(rnn(1, 8), 2);
const loopedWeights = looped.init(random(2));

const training = await train(looped, loopedWeights, lessons, {
  optimizer: adam({ learningRate: 0.01 }),
  epochs: 5,
  random: random(3),
  ...liveTraining({ title: "echo, recurrent" }),
});

// %%
const straight = tagger(feedForward(1, 8), 2);
const straightWeights = straight.init(random(2));

const inVain = await train(straight, straightWeights, lessons, {
  optimizer: adam({ learningRate: 0.01 }),
  epochs: 5,
  random: random(3),
  ...liveTraining({ title: "echo, feed-forward" }),
});
console.log(`${inVain.steps} steps of training`);

// %% [markdown]
// Both had the same lessons, the same number of hidden units, and the same read-out. As a third candidate we take the trained recurrent network and cut its loop: we set $W_{hh}$ to zero and leave all else as it is. All three are asked about 500 sequences that none of them has seen.

// %%
import { copyInto, copyWeights, recurrentWeights } from "unroll";

const exam = echo(500, random(9)).batch([...Array(500).keys()]);
const cutWeights = copyWeights(loopedWeights);
copyInto(recurrentWeights(cutWeights.layer), zeros(8, 8));

// %%
const right = {
  recurrent: 100 * looped.lossAndGradients(loopedWeights, exam).accuracy,
  "loop cut": 100 * looped.lossAndGradients(cutWeights, exam).accuracy,
  "feed-forward": 100 * straight.lossAndGradients(straightWeights, exam).accuracy,
};
const look = { y: "bits right, %", baseline: 700 / 12, title: "the bit of two steps ago" };
display(plot.bars(right, look));

// %%
import { result } from "unroll";

result({
  lesson: "02-the-recurrent-computation",
  name: "bits echoed after two steps by the RNN",
  value: right.recurrent,
  unit: "%",
  expected: [99, 100],
  seconds: training.seconds,
});

// %% [markdown]
// The memory is in the loop. Without it, 8 hidden units know nothing but the present bit.
//
// ## What to take along
//
// - A step takes an input and a state, and returns a new state: $h_t = f(x_t\,W_{xh} + h_{t-1}\,W_{hh} + b_h)$.
// - Unrolling draws one network once for each step. There is one set of weights, whatever the number of steps.
// - Forward over a sequence is a loop; it adds up the loss and keeps a cache for each step.
//
// **Known good:** 8 hidden units, Adam with learning rate 0.01, 5 epochs of 2,000 sequences: all bits right.
//
// **Try:** echo the bit of 3, 5, 8 steps ago (change the 2 in `echo`, and the number of hidden units). How many units does it need? Set the weight from old unit 1 to unit 1 to 3 in the tiny network, and let it read zeros again.
//
// **Read:** Rumelhart, Hinton & Williams (1986), *Learning representations by back-propagating errors*, which unrolls a network in time. Elman (1990), *Finding structure in time*, whose network this is. Goodfellow, Bengio & Courville (2016), *Deep learning*, chapter 10, on unrolled graphs.
