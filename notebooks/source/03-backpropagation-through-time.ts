// %% [markdown]
// # 3 · Back-propagation through time
//
// **You will be able to** send an error back through an unrolled network with a pencil, say why the gradient of a shared weight is a sum over the steps, check any gradient by numbers, and choose how far back to go when the sequence does not end.
//
// **Time:** 1 minute to run on two cores, 50 to understand. **Needs:** lesson 2; you know the chain rule. **Data:** none.
//
// ## Who is to blame?
//
// A network has read a sequence, and in the end it is wrong. Which step was to blame? Perhaps a number that it saw long ago should have left a deeper trace. To learn, we need for each weight the slope of the error: *if this weight were a little larger, how much larger would the error be?* This lesson computes it, first by hand.
//
// One unit, no bias, two weights: $w$ from the old state, $u$ from the input.
//
// $$h_t = \tanh(w\,h_{t-1} + u\,x_t)$$
//
// In words: the new state is the old one times $w$, plus the input times $u$, squashed. It sees a single 1, then nothing, and after four steps it shall still hold 0.8. The error is half the square of what is missing, $E = \tfrac12 (h_4 - 0.8)^2$.

// %%
import { display, table } from "unroll";

const [w, u, target] = [0.9, 1.2, 0.8];
const x = [1, 0, 0, 0];
const h = [0]; // h[0]: it has seen nothing
x.forEach((input, t) => {
  h.push(Math.tanh(w * h[t]! + u * input));
});
const E = (h[4]! - target) ** 2 / 2;
const trace = h.map((state, t) => ({ step: t, state }));
display(table(trace, { title: `the states; E = ${E.toFixed(4)}` }));

// %% [markdown]
// The trace fades: 0.83 after the first step, 0.43 after the fourth. Now back. What does $E$ say about $h_4$? Move $h_4$ a little, and $E$ changes by $h_4 - 0.8$ times as much: $\partial E/\partial h_4 = h_4 - 0.8$. From there on, each step is the same three moves of the chain rule:
//
// - through tanh, whose slope is $1 - h_t^2$: $\;\partial E/\partial a_t = \partial E/\partial h_t \cdot (1 - h_t^2)$, where $a_t$ is the sum inside tanh;
// - to the weights, each of which was multiplied by something: $w$ by $h_{t-1}$, $u$ by $x_t$;
// - to the old state, which was multiplied by $w$: $\;\partial E/\partial h_{t-1} = \partial E/\partial a_t \cdot w$.

// %%
let dh = h[4]! - target;
const walk = [4, 3, 2, 1].map((t) => {
  const arrived = dh;
  const da = dh * (1 - h[t]! ** 2); // through tanh
  const said = { "for w": da * h[t - 1]!, "for u": da * x[t - 1]! }; // to the weights
  dh = da * w; // to the old state
  return { step: t, "∂E/∂h": arrived, "∂E/∂a": da, ...said };
});
display(table(walk, { title: "the way back" }));

// %% [markdown]
// Read the table from the top, as the error travels. The drawing shows the same: the green arrows lead forward, the orange ones back, as wide as the error is large, with its size below.

// %%
import { plot } from "unroll";

const drawn = x.map((input, t) => ({ x: input, h: h[t + 1]!, dh: walk[3 - t]!["∂E/∂h"] }));
display(plot.unrolledGraph(drawn, { title: "the error travels back" }));

// %% [markdown]
// Of the −0.37 that it is at step 4, −0.09 arrives at step 1: on each step it meets a slope below 1 and the $w$ of 0.9.
//
// Each step has its own opinion about $w$, and there is only one $w$. Since it is used four times, changing it changes all four steps at once, and the opinions **add up**:
//
// $$\frac{\partial E}{\partial w} = \sum_{t=1}^{4} \frac{\partial E}{\partial a_t}\, h_{t-1}$$
//
// In words: at each step, how much the error cares about the sum there, times what $w$ was multiplied by there. The picture stacks these parts, one colour for each step.

// %%
const parts = [...walk].reverse().map((row) => ({
  name: `step ${row.step}`,
  values: [row["for w"], row["for u"]],
}));
const title = "a gradient is a sum over steps";
display(plot.sum(parts, { names: ["∂E/∂w", "∂E/∂u"], title }));

// %% [markdown]
// For $w$ three steps speak; step 1 is silent, as the old state was 0 there. For $u$ step 1 alone speaks: it was the only one with an input. Without the way back through four steps, $u$ would learn nothing at all. Both sums are negative: larger weights, smaller error.
//
// Do you believe it? There is a way to check that needs no chain rule: move $w$ a little up and a little down, and look what $E$ does.

// %%
function errorWith(w: number): number {
  const end = x.reduce((h, input) => Math.tanh(w * h + u * input), 0);
  return (end - target) ** 2 / 2;
}
const small = 1e-4;
const measured = (errorWith(w + small) - errorWith(w - small)) / (2 * small);
const summed = walk.reduce((sum, row) => sum + row["for w"], 0);
console.log(`measured ${measured.toFixed(8)}, summed over steps ${summed.toFixed(8)}`);

// %% [markdown]
// **Exercise 3.1.** Write one step back: given $w$, the step's $h_t$ and $h_{t-1}$, and $\partial E/\partial h_t$, return what the step says about $w$, and $\partial E/\partial h_{t-1}$.

// %%
import { check } from "unroll";

type Pair = readonly [number, number];

function back(w: number, h: number, hOld: number, dh: number): Pair {
  return [Number.NaN, Number.NaN]; // your turn
}
check("3.1", back);

// %% [markdown]
// <details><summary>Solution of 3.1</summary>
//
// ```ts
// function back(w: number, h: number, hOld: number, dh: number): Pair {
//   const da = dh * (1 - h ** 2);
//   return [da * hOld, da * w];
// }
// ```
//
// </details>
//
// **Exercise 3.2.** Now all of it: the gradient of $w$ for any inputs $x$. Forward, then back, and add up. That is back-propagation through time, in about eight lines.

// %%
function gradientOfW(w: number, u: number, x: readonly number[], target: number): number {
  return Number.NaN; // your turn
}
check("3.2", gradientOfW);

// %% [markdown]
// <details><summary>Solution of 3.2</summary>
//
// ```ts
// function gradientOfW(w: number, u: number, x: readonly number[], target: number): number {
//   const h = [0];
//   for (const input of x) h.push(Math.tanh(w * h.at(-1)! + u * input));
//   let dh = h.at(-1)! - target;
//   let dw = 0;
//   for (let t = x.length; t >= 1; t--) {
//     const da = dh * (1 - h[t]! ** 2);
//     dw += da * h[t - 1]!;
//     dh = da * w;
//   }
//   return dw;
// }
// ```
//
// </details>
//
// ## One block, used at every step
//
// The network of lesson 2 has two inputs, two units, and a read-out that answers at each step: right are the answers 1, 0, 1. So there is an error at *each* step, and $E = E_1 + E_2 + E_3$. Training goes in three moves. **First: compute all errors.** The network reads forward, and keeps its notes (the cache) of each step.

// %%
import { matrix, RecurrentModel, rnn, zeros } from "unroll";

const mixing = matrix([
  [0.8, -0.4],
  [0.3, 0.9],
  [0.5, 0.7],
  [-0.6, 0.2],
]);
const reading = matrix([
  [1, -1],
  [-0.5, 0.5],
]);

// %%
const cell = rnn(2, 2);
const model = new RecurrentModel(cell, {
  cell: { W: mixing, b: zeros(1, 2) },
  readout: { W: reading, b: zeros(1, 2) },
});

// %%
import { buildSequence, softmaxCrossEntropy, Tokens } from "unroll";

// (1, 0), (0, 1), (0, 0), as in lesson 2
const seen = buildSequence(3, 1, 2, (t, _, input) => Number(t === input));
const answers = new Tokens(3, 1, Int32Array.of(1, 0, 1));
const { outputs, caches, loss } = model.forward(seen, model.initialState(1), {
  targets: answers,
});
const losses = outputs.map((y, t) => softmaxCrossEntropy(y, answers.at(t)).loss);
const told = losses.map((one) => one.toFixed(3)).join(" + ");
console.log(`E = ${told} = ${loss.toFixed(3)} nats`);

// %% [markdown]
// **Second: pass back.** All that you did by hand for one step is one block, and the lecture calls it `cell_fn_backward`. Think of a Lego brick. From above it takes the error of its own step, from the right what the later steps have to say about its state. It hands on to the left what it has to say about the state before, and it drops its part of the gradients. Put one brick beside the other, and you have the whole network's way back.

// %%
import { globalNorm, zerosLike } from "unroll";

let dState = zerosLike(model.initialState(1)); // behind the last step nobody speaks
const bricks = [2, 1, 0].map((t) => {
  const fromRight = globalNorm(dState);
  const brick = model.cellFnBackward(outputs[t]!, answers.at(t), dState, caches[t]!);
  dState = brick.dState;
  return { t, fromRight, toLeft: dState, gradients: brick.gradients };
});

// %%
const ways = bricks.map(({ t, fromRight, toLeft, gradients }) => ({
  step: t + 1,
  "comes from the right": fromRight,
  "goes to the left": globalNorm(toLeft),
  "length of its gradient": globalNorm(gradients),
}));
display(table(ways, { title: "three bricks, the last first" }));

// %% [markdown]
// What goes to the left of one brick comes from the right to the next; step 1 hands its last word to $h_0$, which nobody can change. Move the slider to lay one brick after the other: an orange arrow is a gradient on its way, the number below it its length.

// %%
function laid(count: number) {
  const nodes = caches.map(({ h }, t) => {
    // what brick t + 2 hands to the left arrives at the state of step t + 1
    const arrived = bricks.slice(0, count).find((brick) => brick.t === t + 1)?.toLeft.h;
    const step = { x: seen.at(t), h, y: outputs[t]!, loss: losses[t]! };
    return arrived ? { ...step, dh: arrived } : step;
  });
  return plot.unrolledGraph(nodes, { initialState: [0, 0], unit: 0 });
}
const by = "bricks laid:";
const names = ["0", "1", "2"];
display(
  plot.withSlider([0, 1, 2].map(laid), { by, names, title: "passing the error back" }),
);

// %% [markdown]
// The sum of what the bricks drop is the gradient, for all 8 numbers of $W$ at once. An arrow in a name reads “from → to”: x1 is input 1, h2 unit 2.

// %% [cover]
const from = ["x1", "x2", "h1", "h2"];
const steps = [...bricks].reverse().map(({ t, gradients }) => ({
  name: `step ${t + 1}`,
  values: gradients.cell.W.toRows().flat(),
}));
const weightNames = from.flatMap((one) => [`${one}→h1`, `${one}→h2`]);
display(plot.sum(steps, { names: weightNames, y: "∂E/∂W", title: "∂E/∂W, step by step" }));

// %% [markdown]
// Steps disagree. For some weights one step pulls up and another one down, and what remains is small. The library does the same in one call, `bptt`:

// %%
import { addInto, subtract } from "unroll";

const { gradients } = model.bptt(seen, answers);
const mine = zeros(4, 2);
for (const brick of bricks) addInto(mine, brick.gradients.cell.W);
const gap = globalNorm({ gap: subtract(mine, gradients.cell.W) });
console.log(`three bricks and bptt differ by ${gap}`);

// %% [markdown]
// **Third: update.** Take a step against the gradient, and begin again: errors, back, update. The curve grows while the tiny network learns its three answers.

// %%
import { copyWeights, live, sgd } from "unroll";

const pupil = new RecurrentModel(cell, copyWeights(model.weights));
const optimizer = sgd({ learningRate: 0.3 });
const course: number[] = [];
const curve = live(() =>
  plot.curves([{ name: "E", y: course }], { x: "update", y: "nats" }),
);
for (let update = 0; update <= 200; update++) {
  const { loss, gradients } = pupil.bptt(seen, answers); // errors, and back
  course.push(loss);
  optimizer.step(pupil.weights, gradients); //              update
  curve.update();
}
console.log(`E: ${course[0]!.toFixed(3)} at first, ${course.at(-1)!.toFixed(3)} at last`);

// %% [markdown]
// ## Trust, but check
//
// Gradients by hand are easily wrong, and a wrong gradient often learns *something*, so nobody notices. Hence the check by numbers, for every weight: shift it, read the sequence again, look at $E$. The library's `gradientCheck` shifts each weight four times, and reads once more to begin. Why does nobody train that way?

// %%
import { predict } from "unroll";

const often = "This network has 16 weights. How often must it read to check all of them?";
const readings = predict(often, 16, { unit: "readings" });

// %%
import { gradientCheck } from "unroll";

let count = 0;
const lossNow = () => {
  count++;
  return model.forward(seen, model.initialState(1), { targets: answers }).loss;
};
const verdict = gradientCheck(lossNow, model.weights, gradients);
readings.reveal(count);
console.log(verdict.summary);

// %%
import { countWeights, random } from "unroll";

const digits = RecurrentModel.create(rnn(28, 128), 10, random(1));
const weightsThere = countWeights(digits.weights);
console.log(`lesson 0: ${weightsThere} weights, ${4 * weightsThere + 1} readings to check`);
console.log("back-propagation: 1 reading forward, 1 way back, whatever the weights");

// %% [markdown]
// Now the same check, live, and with a fault: a way back that goes **one step only**, as if each weight had its one place in the last step. For the four weights from the inputs it says 0, because the last input was zero; and the check sees it at once. The blue curve hides below the orange one: what is measured by shifting, and what `bptt` says, are the same.

// %%
const lastOnly = bricks[0]!.gradients.cell.W.toRows().flat();
const byBptt = gradients.cell.W.toRows().flat();
const byShift: number[] = [];
const comparison = live(() =>
  plot.curves(
    [
      { name: "measured by shifting", y: byShift },
      { name: "bptt", y: byBptt.slice(0, byShift.length) },
      { name: "last step only", y: lastOnly.slice(0, byShift.length) },
    ],
    { x: "weight 0 … 7 of W", y: "∂E/∂W", title: "gradient check" },
  ),
);

// %%
const { W } = model.weights.cell;
for (let i = 0; i < 8; i++) {
  const [row, col] = [Math.floor(i / 2), i % 2];
  const value = W.at(row, col);
  const shifted = [small, -small].map((shift) => {
    W.set(row, col, value + shift);
    return lossNow();
  });
  W.set(row, col, value);
  byShift.push((shifted[0]! - shifted[1]!) / (2 * small));
  comparison.update();
}
const faulty = { cell: bricks[0]!.gradients.cell };
console.log(gradientCheck(lossNow, { cell: model.weights.cell }, faulty).summary);

// %% [markdown]
// ## The product of Jacobians
//
// With one unit, the error was multiplied by $w\,(1 - h_t^2)$ at each step back. With $H$ units there are $H \times H$ such numbers: how much does unit $i$ of the new state depend on unit $j$ of the old one? That table is the **Jacobian** of the step, $J_t = \partial h_t / \partial h_{t-1}$. Over several steps they multiply:
//
// $$\frac{\partial E}{\partial h_{T-d}} = \frac{\partial E}{\partial h_T}\; J_T\, J_{T-1} \cdots J_{T-d+1}$$
//
// In words: what arrives $d$ steps back is the error of the end, times $d$ tables, one after the other. Here is their product for the network above, over six steps. Move the slider back in time.

// %%
import { stateJacobians } from "unroll";

const six = buildSequence(6, 1, 2, (t, _, input) => Number(t % 3 === input));
const products = stateJacobians(cell, model.weights.cell, six);

// %%
const rows = ["h1 at the end", "h2 at the end"];
const columns = ["h1 before", "h2 before"];
const maps = products.map((product) =>
  plot.matrixMap(product, { rows, columns, limit: 1 }),
);
const distances = maps.map((_, d) => String(d));
const heading = "how the last state depends on an earlier one";
display(plot.withSlider(maps, { by: "steps back:", names: distances, title: heading }));

// %% [markdown]
// At distance 0 each unit depends on itself alone. Six steps back almost nothing is left of the colours. Does the product give what the bricks give? We send $\partial E/\partial h_6 = (1, 1)$ back in both ways.

// %%
import { backwardSteps, product, unroll } from "unroll";

const run = unroll(cell, model.weights.cell, six);
const ones = matrix([[1, 1]]);
const bothWays = [...backwardSteps(cell, model.weights.cell, run, { h: ones })].map(
  ({ dState }, i) => ({
    "steps back": i + 1,
    "length, by bricks": globalNorm(dState),
    "length, by the product": globalNorm({ dh: product(ones, products[i + 1]!) }),
  }),
);
display(table(bothWays, { title: "one gradient, two ways" }));

// %% [markdown]
// Nobody multiplies these tables in practice: a vector times a table is cheaper than a table times a table. But the product tells what will happen, and lesson 5 is all about it.
//
// **Think:** the weight $u$ in the first example got all its gradient through three Jacobians. What would have happened to it with $w = 0.1$?
// <details><summary>Answer</summary>Each step back multiplies by w, and so by less than 0.1. After three steps less than a thousandth of the error arrives, and u hardly moves, although it alone could help. The network would seem unable to learn.</details>
//
// ## A stream without an end
//
// And if the sequence has no last step: a text, a microphone, a stock price? To go back through all of it we would have to keep notes of all of it, and wait for ever for the first update. **Truncated** back-propagation goes back some steps only. It has two numbers: every $k_1$ steps there is an update, and it goes back $k_2$ steps. The *state* is carried on, always; what is cut is the way back.
//
// As a task the echo of lesson 2, on a stream: 16 streams of random bits side by side, and the network shall say at each step the bit of **four** steps ago.

// %%
import { integer, quick } from "unroll";

const STEPS = quick ? 400 : 2000;
const LAG = 4;

function bitStream(steps: number, seed: number) {
  const draw = random(seed);
  const bits = Array.from({ length: 16 * steps }, () => integer(draw, 2));
  const x = buildSequence(steps, 16, 1, (t, i) => 2 * bits[16 * t + i]! - 1);
  const echoes = Int32Array.from(bits, (_, k) => bits[k - 16 * LAG] ?? 0);
  return { x, wanted: new Tokens(steps, 16, echoes) };
}
const stream = bitStream(STEPS, 1);

// %% [markdown]
// The read-out looks at each state, says its bit, adds to its own gradient, and returns $\partial E_t/\partial h_t$. `truncatedBptt` does the rest: forward step by step, and back whenever it is time.

// %%
import { affine, affineBackward, type DenseWeights, type Matrix } from "unroll";

function judge(readout: DenseWeights, wanted: Tokens) {
  const gradients = zerosLike(readout);
  const dh = (h: Matrix, t: number) => {
    const y = affine(h, readout.W, readout.b);
    const { dLogits } = softmaxCrossEntropy(y, wanted.at(t));
    const { dX, dW, db } = affineBackward(dLogits, h, readout.W);
    addInto(gradients.W, dW);
    addInto(gradients.b, db);
    return dX;
  };
  return { gradients, dh };
}

// %% [markdown]
// The network has 12 units. It begins with half the recurrent weights that the library would give it, so that what it remembers later is what it has learned.

// %%
import { dense } from "unroll";

const listener = rnn(1, 12, { recurrentScale: 0.5 });
const fresh = () => ({
  cell: listener.init(random(2)),
  readout: dense(12, 2).init(random(3)),
});

// %% [markdown]
// One reading of a stream: whenever there is a pass, update, and let the read-out's gradient begin anew.

// %%
import { adam, type Sequence, scaleInto, truncatedBptt } from "unroll";

function learn(x: Sequence, wanted: Tokens, k: { k1: number; k2: number }) {
  const weights = fresh();
  const { gradients, dh } = judge(weights.readout, wanted);
  const optimizer = adam({ learningRate: 0.01 });
  for (const pass of truncatedBptt(listener, weights.cell, x, dh, k)) {
    optimizer.step(weights, { cell: pass.gradients, readout: gradients });
    for (const read of Object.values(gradients)) scaleInto(read, 0);
  }
  return weights;
}

// %%
import { argmax } from "unroll";

type Learned = ReturnType<typeof learn>;

/** How many of 100 answers are right on a stream, from its 20th step on. */
function exam({ cell, readout }: Learned, x: Sequence, wanted: Tokens): number {
  const hits = unroll(listener, cell, x).states.map(({ h }, t) => {
    const said = argmax(affine(h, readout.W, readout.b));
    return said.filter((bit, i) => bit === wanted.at(t)[i]).length / h.rows;
  });
  const later = hits.slice(20);
  return (100 * later.reduce((sum, hit) => sum + hit, 0)) / later.length;
}

// %% [markdown]
// First with an update after every step, $k_1 = 1$. How far back must it go, if the bit that it wants was read four steps ago?

// %%
const asking = "What is the smallest k₂ with which it learns the echo of four steps ago?";
const reach = predict(asking, 4, { unit: "steps" });

// %%
const windows = [1, 2, 3, 4, 5, 6, 7, 8];
const reached: number[] = [];
const look = { x: "k₂, steps gone back", y: "right, %", title: "echo of four steps ago" };
const sweep = live(() => {
  const x = windows.slice(0, reached.length);
  return plot.curves([{ name: "right", x, y: reached }], look);
});
for (const k2 of windows) {
  const weights = learn(stream.x, stream.wanted, { k1: 1, k2 });
  reached.push(exam(weights, stream.x, stream.wanted));
  sweep.update();
}
reach.reveal(windows[reached.findIndex((right) => right > 90)]!);

// %% [markdown]
// A step like a door. Up to $k_2 = 4$ it stays below 60 %, where guessing gives 50, and from 5 on all is right: the present step and four before it, that makes five bricks. Before that, no error ever reaches the step where the bit was read, and nobody tells the network that the bit will be wanted.
//
// Now in pieces, $k_1 = k_2 = k$: read $k$ steps, go back through these $k$, update, read on. One end of the scale is $k = 1$. The other is **full** back-propagation: one gradient over the whole stream, exact to the last digit. Every network below reads the same stream once, and then sits an exam on a new one.

// %%
const words = ["5 steps", "100 steps", "the whole stream"] as const;
const choice = { choices: words };
const best = predict("Which pieces teach it most?", "the whole stream", choice);

// %%
const pieces = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
const began = performance.now();
const unseen = bitStream(220, 7);
const outcomes = pieces.map((k) => {
  const weights = learn(stream.x, stream.wanted, { k1: k, k2: k });
  return { k, weights, right: exam(weights, unseen.x, unseen.wanted) };
});
const seconds = (performance.now() - began) / 1000;

// %%
const bill = outcomes.map(({ k, right }) => ({
  "k₁ = k₂": k,
  updates: Math.ceil(STEPS / k),
  "steps kept in memory": Math.min(k, STEPS),
  "right, %": right,
}));
display(table(bill, { title: "one reading of the stream, in pieces" }));
const points = outcomes.map(({ right }) => right);
const wide = { x: "k, steps in a piece", y: "right, %", title: "too short, too long" };
display(plot.curves([{ name: "right", x: pieces, y: points }], { ...wide, xScale: "log" }));
const three = [5, 100, 2000].map((k) => points[pieces.indexOf(k)]!);
best.reveal(words[three.indexOf(Math.max(...three))]!);

// %%
import { result } from "unroll";

result({
  lesson: "03-backpropagation-through-time",
  name: "echo of 4 steps ago, going back 5",
  value: points[pieces.indexOf(5)]!,
  unit: "%",
  expected: [99, 100],
  seconds,
});

// %% [markdown]
// Too short, and the error never meets its cause. Too long, and the one perfect gradient comes too late: full back-propagation made one update where $k = 5$ made 400, and it had to keep 2,000 steps of notes for it, where the other kept 5. In between is a wide plain. That is why practice cuts: not because cutting is exact, but because a good-enough gradient *now* beats a perfect one at the end.
//
// **Exercise 3.3.** The bill for $k_1 < k_2$: a stream of so many steps, a multiple of $k_1$. There is a pass every $k_1$ steps, and it goes back $k_2$ steps, or all that have been read if these are fewer. How many steps are gone back in all?

// %%
function stepsBack(steps: number, k1: number, k2: number): number {
  return Number.NaN; // your turn
}
check("3.3", stepsBack);

// %% [markdown]
// <details><summary>Solution of 3.3</summary>
//
// ```ts
// function stepsBack(steps: number, k1: number, k2: number): number {
//   let count = 0;
//   for (let read = k1; read <= steps; read += k1) count += Math.min(k2, read);
//   return count;
// }
// ```
//
// </details>
//
// ## Does it forget what it cannot go back to?
//
// **Misconception:** *“Trained with $k$ steps, a network remembers at most $k$ steps.”* The door above seems to say so. Here is another stream: mostly zeros, now and then a pulse, +1 or −1. The network shall say at each step of which sign the *last* pulse was. We go back **two steps only**. Then the exam: one pulse, and a hundred zeros.

// %%
const hopes = "Trained with k = 2: how many of 100 still know the sign after 50 zeros?";
const memory = predict(hopes, 50, { unit: "%" });

// %%
const die = random(5);
const pulses = Array.from(
  { length: 16 * STEPS },
  () => [0, 0, 0, 0, 0, 0, 0, 0, 1, -1][integer(die, 10)]!,
);
const signs = [...pulses];
for (let k = 16; k < signs.length; k++) signs[k] ||= signs[k - 16]!;
const telegraph = buildSequence(STEPS, 16, 1, (t, i) => pulses[16 * t + i]!);
const last = new Tokens(
  STEPS,
  16,
  Int32Array.from(signs, (sign) => Number(sign > 0)),
);
const holder = learn(telegraph, last, { k1: 2, k2: 2 });

// %%
import { softmax } from "unroll";

// streams 0, 2, … get −1 and streams 1, 3, … get +1, then 100 zeros
const silence = buildSequence(101, 16, 1, (t, i) => (t > 0 ? 0 : i % 2 ? 1 : -1));
const before = unroll(listener, holder.cell, telegraph.slice(0, 50)).finalState;
const { states } = unroll(listener, holder.cell, silence, { initialState: before });
const plus = states.map(({ h }) => {
  const p = softmax(affine(h, holder.readout.W, holder.readout.b));
  return Array.from({ length: 16 }, (_, i) => p.at(i, 1));
});

// %%
const known = plus[50]!.filter((p, i) => p > 0.5 === (i % 2 === 1)).length;
memory.reveal((100 * known) / 16);
const mean = (row: number[], from: number) =>
  row.reduce((sum, p, i) => sum + (i % 2 === from ? p / 8 : 0), 0);
const sure = [1, 0].map((from) => ({
  name: from ? "after +1" : "after −1",
  y: plus.map((row) => mean(row, from)),
}));
const hold = { x: "zeros since the pulse", y: "p(+)", title: "how sure it is of a +" };
display(plot.curves(sure, hold));

// %% [markdown]
// It was never asked to look back further than two steps, and it holds the sign for a hundred. What it had to learn is *holding*: when a zero comes, leave things as they are. Error and cause of that lie one step apart, at every step. And the state, which is carried on, goes through all borders.
//
// So the $k$ of truncation is not the length of the memory. It is how far an error can be from its cause, to be learned **from**. The echo of four steps ago needs five; holding needs two, for as long as you like. What else truncation hides is a matter of lesson 5.
//
// ## What to take along
//
// - Errors, back, update. One step back is one block: the error from above and from the right comes in, the error for the left and a part of each gradient come out.
// - The gradient of a shared weight is the **sum** of what all steps say.
// - An error goes back through a product of Jacobians, one for each step.
// - Check gradients by shifting weights; it costs some readings for each weight, and back-propagation one way back for all.
// - On a stream, carry the state on, and cut the way back: longer than from cause to error, shorter than patience and memory.
//
// **Known good:** for the echo of 4 steps ago: 12 units, Adam with learning rate 0.01, $k_1 = k_2$ from 5 to 50, one reading of 16 streams of 2,000 steps.
//
// **Try:** set `LAG` to 8: where is the door now? Read the stream twenty times with the full gradient: does it catch up, and at what price? Let the telegraph tell the last pulse *but one*: how far back must it go?
//
// **Read:** Werbos (1990), *Backpropagation through time: what it does and how to do it*, for the method as he saw it. Williams & Peng (1990), *An efficient gradient-based algorithm for on-line training of recurrent network trajectories*, for the two numbers $k_1$ and $k_2$. Rumelhart, Hinton & Williams (1986), *Learning internal representations by error propagation*, for the sum over copies of one weight. Tallec & Ollivier (2017), *Unbiasing truncated backpropagation through time*, for what cutting does to the gradient, and a remedy.
