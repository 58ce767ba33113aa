// %% [markdown]
// # 5 · Vanishing and exploding gradients
//
// **You will be able to** predict how long a gradient still is after so many steps back, say what singular values, tanh and the inputs have to do with it, tame a gradient that explodes, and start a network so that it can learn from long ago.
//
// **Time:** 1 minute to run on two cores, 50 to understand. **Needs:** lesson 3. **Data:** none.
//
// ## One number, fifty times
//
// In lesson 3 an error travelled back through time, and at each step it was multiplied by something. Nothing could be simpler. Let that something be 0.9, one tenth lost at each step.

// %%
import { predict } from "unroll";

const question = "A gradient of length 1, times 0.9 at each step: how long is it after 50?";
const left = predict(question, 0.1, { unit: "length", yScale: "log" });

// %%
import { display, plot } from "unroll";

const powers = (factor: number) => Array.from({ length: 101 }, (_, d) => factor ** d);
left.reveal(powers(0.9)[50]!);
const factors = [0.5, 0.9, 0.99, 1, 1.01, 1.1, 1.5];
const lines = factors.map((factor) => ({ name: `× ${factor}`, norms: powers(factor) }));
display(plot.gradientNorms(lines, { title: "one factor, again and again" }));

// %% [markdown]
// The vertical axis counts in powers of ten, and there each factor is a straight line. A tenth lost at each step leaves 0.005 after fifty. That is what **vanishing** means: the error of now has nothing to say about fifty steps ago. The same upwards is called **exploding**. Between the two lies one factor only, 1, and it is as narrow as it looks.
//
// **Exercise 5.1.** After how many steps is *less* than a hundredth left? Write it as a function of the factor, a number between 0 and 1.

// %%
import { check } from "unroll";

function stepsToAHundredth(factor: number): number {
  return Number.NaN; // your turn
}
check("5.1", stepsToAHundredth);

// %% [markdown]
// <details><summary>Solution of 5.1</summary>
//
// ```ts
// function stepsToAHundredth(factor: number): number {
//   let steps = 0;
//   for (let left = 1; left >= 0.01; left *= factor) steps++;
//   return steps;
// }
// ```
//
// </details>
//
// ## A matrix stretches and shrinks
//
// With more units the factor is a matrix, and a matrix has no single factor: it depends on where the vector points. Take this one, and multiply by hand:
//
// $$(1, 1)\begin{pmatrix}0.85 & 0.35\\ 0.35 & 0.85\end{pmatrix} = (1.2, 1.2), \qquad (1, -1)\begin{pmatrix}0.85 & 0.35\\ 0.35 & 0.85\end{pmatrix} = (0.5, -0.5)$$
//
// In words: along one diagonal it stretches by 1.2, along the other it shrinks to 0.5. These two numbers are its **singular values**, usually called $\sigma$: how much a matrix stretches in its main directions. The largest says what can happen at most.

// %%
import { matrix, singularValues } from "unroll";

const S = matrix([
  [0.85, 0.35],
  [0.35, 0.85],
]);
console.log(
  `singular values ${[...singularValues(S)].map((s) => s.toFixed(3)).join(", ")}`,
);

// %% [markdown]
// All vectors of length 1 together are a circle. Multiply each of them by the matrix, once, twice, …, and watch.

// %%
import { build, type Matrix, product } from "unroll";

const turn = (k: number) => (2 * Math.PI * k) / 60;
const plane = { x: "first number", y: "second number" };
let circle: Matrix = build(61, 2, (k, axis) => Math.cos(turn(k) - (axis * Math.PI) / 2));
const shapes = [0, 1, 2, 3, 4, 5].map((times) => {
  if (times > 0) circle = product(circle, S);
  const [x, y] = [0, 1].map((axis) => circle.toRows().map((row) => row[axis]!)) as [
    number[],
    number[],
  ];
  return plot.curves([{ name: "after", x, y }], { ...plane, sameUnit: true });
});

// %%
const names = shapes.map((_, times) => String(times));
const title = "all vectors of length 1";
display(plot.withSlider(shapes, { by: "times multiplied:", names, title }));

// %% [markdown]
// After five times the circle is a needle. Nearly every gradient ends up along the direction that grows; what pointed the other way is gone. So one and the same network can explode *and* vanish, in different directions at once.
//
// **Think:** which matrices leave every vector as long as it is?
// <details><summary>Answer</summary>Those whose singular values are all 1: rotations and reflections. They are called orthogonal. The library starts W<sub>hh</sub> as one, and below you see why.</details>
//
// ## In a network, tanh has a say
//
// One step back multiplies by the Jacobian. From $h_t = \tanh(x_t W_{xh} + h_{t-1} W_{hh} + b)$ its entries follow:
//
// $$\frac{\partial h_t[i]}{\partial h_{t-1}[j]} = (1 - h_t[i]^2)\; W_{hh}[j, i]$$
//
// In words: the weight from old unit $j$ to new unit $i$, times the slope of tanh where unit $i$ stands. The slope is 1 at $h = 0$, and nearly 0 where the unit is full, near $\pm 1$. So it can only take away.

// %%
const h = Array.from({ length: 81 }, (_, k) => (k - 40) / 40.4);
const slope = { name: "slope of tanh", x: h, y: h.map((v) => 1 - v ** 2) };
const at = (v: number) => (1 - v ** 2).toFixed(2);
console.log(
  `slope at h = 0: ${at(0)}, at 0.5: ${at(0.5)}, at 0.9: ${at(0.9)}, at 0.99: ${at(0.99)}`,
);
display(plot.curves([slope], { x: "h", y: "1 − h²", title: "what tanh lets through" }));

// %% [markdown]
// **Exercise 5.2.** Write the Jacobian of a step: given $W_{hh}$ as rows and the new state $h_t$, the matrix with the entry above in row $i$, column $j$.

// %%
type Rows = readonly (readonly number[])[];

function jacobian(W: Rows, h: readonly number[]): number[][] {
  return []; // your turn
}
check("5.2", jacobian);

// %% [markdown]
// <details><summary>Solution of 5.2</summary>
//
// ```ts
// function jacobian(W: Rows, h: readonly number[]): number[][] {
//   return h.map((unit, i) => h.map((_, j) => (1 - unit ** 2) * W[j]![i]!));
// }
// ```
//
// </details>
//
// Now a network of 32 units that reads 100 random numbers. Its $W_{hh}$ is an orthogonal matrix times $\sigma$, so that **all** its singular values are $\sigma$. We send a gradient of about length 1 back from the last step, and measure it at every step.

// %%
import { buildSequence, gradientNorms, normal, random, rnn, unroll } from "unroll";

const [T, H] = [100, 32];
const draw = random(1);
const noise = Array.from({ length: T }, () => normal(draw));
const signal = (size: number) => buildSequence(T, 1, 1, (t) => size * noise[t]!);
const arrow = build(1, H, () => normal(draw) / Math.sqrt(H));

function journey(sigma: number, size: number) {
  const cell = rnn(1, H, { recurrentScale: sigma });
  const weights = cell.init(random(2));
  const run = unroll(cell, weights, signal(size));
  return { cell, weights, run, norms: gradientNorms(cell, weights, run, arrow) };
}

// %% [cover]
const sigmas = [0.5, 0.8, 1, 1.2, 1.5, 2];
const journeys = sigmas.map((sigma) => journey(sigma, 0.5));
const measured = journeys.map(({ norms }, k) => ({ name: `σ = ${sigmas[k]}`, norms }));
display(plot.gradientNorms(measured, { title: "how far back a loss reaches" }));

// %% [markdown]
// Two things are as expected: below 1 the gradient vanishes along a straight line, and at 2 it explodes. But look at 1.2: it should grow. And even at exactly 1 it sinks. That is tanh at work. Can we predict it? A gradient that points anywhere is multiplied at each step by $\sigma$, and by a typical slope, the root of the mean square over the units:
//
// $$\|g_{t-1}\| \approx \sigma \cdot \sqrt{\tfrac1H \textstyle\sum_i (1 - h_t[i]^2)^2} \cdot \|g_t\|$$
//
// In words: the new length is the old one, times what the matrix does, times what tanh lets through on average. No gradient is in this formula, only states. The slider goes through the six networks, from the largest $\sigma$ down.

// %%
function predicted(sigma: number, states: readonly { h: Matrix }[], first: number) {
  const lengths = [first];
  for (const { h } of [...states].reverse()) {
    const slopes = h.toRows()[0]!.map((v) => (1 - v ** 2) ** 2);
    const typical = Math.sqrt(slopes.reduce((sum, s) => sum + s, 0) / H);
    lengths.push(lengths.at(-1)! * sigma * typical);
  }
  return lengths;
}

// %%
const pictures = journeys.map(({ norms, run }, k) => {
  const foreseen = predicted(sigmas[k]!, run.states, norms[0]!);
  return plot.gradientNorms([
    { name: "measured", norms },
    { name: "predicted from the states", norms: foreseen },
    { name: "without tanh: σ at each step", norms: powers(sigmas[k]!) },
  ]);
});
const byName = { by: "σ =", names: sigmas.map(String).reverse() };
const both = "measured and predicted";
display(plot.withSlider(pictures.reverse(), { ...byName, title: both }));

// %%
import { table } from "unroll";

const fifty = journeys.map(({ norms, run }, k) => ({
  σ: sigmas[k]!,
  "measured after 50 steps": norms[50]!,
  predicted: predicted(sigmas[k]!, run.states, norms[0]!)[50]!,
  "without tanh": sigmas[k]! ** 50,
}));
display(table(fifty, { title: "length of the gradient, 50 steps back" }));

// %% [markdown]
// Over fifteen orders of magnitude the formula is right to within a quarter, up to $\sigma = 1.5$; at 2 it is ten times too large, as that gradient no longer points just anywhere, which the formula supposes. The length of a gradient is no mystery: it is $\sigma$ and slopes. Without tanh the prediction is fair while $\sigma$ is small, and absurd when the units are full.
//
// The singular values of the whole product tell the rest. Here are all 32 of them for $\sigma = 1.5$, over 1, 5, 20, 50 steps: they all begin between 0 and 1.5, and then they part, some above the dashed 1 and most of them far below.

// %%
import { stateJacobians } from "unroll";

const middle = journeys[4]!;
const products = stateJacobians(middle.cell, middle.weights, signal(0.5));
const spread = [1, 5, 20, 50].map((d) => ({
  name: String(d),
  values: singularValues(products[d]!),
}));
const across = { as: "columns", by: "distance in time (steps)" } as const;
display(plot.spectra(spread, { ...across, title: "singular values of the product" }));

// %% [markdown]
// ## Does more than 1 explode?
//
// **Misconception:** *“If the singular values of $W_{hh}$ are above 1, the gradient explodes.”* For a network without tanh that is true. With tanh it is only the other half that holds: if they are *below* 1, it must vanish. Let us take $\sigma = 1.2$, and only make the inputs larger, from nothing to random numbers with deviation 3: nothing in $W_{hh}$ changes.

// %%
const asked = "σ = 1.2, inputs × 3: how long is the gradient after 50 steps?";
const bold = predict(asked, 1.2 ** 50, { unit: "length", yScale: "log" });

// %%
const sizes = [0, 0.1, 0.5, 1, 3];
const bySize = sizes.map((size) => ({
  name: `inputs × ${size}`,
  norms: journey(1.2, size).norms,
}));
bold.reveal(bySize[4]!.norms[50]!);
const same = "σ = 1.2, inputs of five sizes";
display(plot.gradientNorms(bySize, { title: same }));

// %% [markdown]
// With no input at all the units stay at 0, the slope is 1, and the gradient explodes exactly as the straight line says. With large inputs the units are full, tanh lets little through, and the same matrix makes the gradient vanish. So “above 1” is a *permission* to explode, no more. A network can do one thing on loud passages and the other on quiet ones.
//
// ## The wall
//
// What does an exploding gradient look like from outside? One unit with one weight, $h_t = \tanh(w\,h_{t-1} - 0.3)$, starts at 0.5 and runs for 50 steps; it shall end at −0.7. Here is its error over the weight $w$.

// %%
function steep(w: number) {
  const h = [0.5];
  for (let t = 1; t <= 50; t++) h.push(Math.tanh(w * h[t - 1]! - 0.3));
  let dh = h[50]! + 0.7;
  const error = dh ** 2 / 2;
  let dw = 0;
  for (let t = 50; t >= 1; t--) {
    const da = dh * (1 - h[t]! ** 2);
    dw += da * h[t - 1]!;
    dh = da * w;
  }
  return { error, dw };
}

// %%
const ws = Array.from({ length: 401 }, (_, k) => 1 + k / 200);
const errors = ws.map((w) => steep(w).error);
const wall = { x: "w", y: "error", title: "the error of one unit after 50 steps" };
display(plot.curves([{ name: "error", x: ws, y: errors }], wall));

// %% [markdown]
// A plain, a wall, and a high plateau. On the left the unit falls to its lower resting place, on the right it climbs to the upper one, and in between there is a $w$ where the smallest change decides about everything fifty steps later. We search for the wall by halving, stand on it, and take one step of gradient descent with learning rate 0.1; once as it is, and once with the gradient cut to length 1.

// %%
let [low, high] = [1.6, 1.7]; // left and right of the wall
for (let halving = 0; halving < 16; halving++) {
  const middle = (low + high) / 2;
  if (steep(middle).error > 0.7) high = middle;
  else low = middle;
}
console.log(
  `the wall stands at w = ${high.toFixed(4)}, its slope is ${steep(high).dw.toFixed(0)}`,
);

// %%
const { dw } = steep(high);
const places = {
  "on the wall": high,
  "one step": high - 0.1 * dw,
  "one step, clipped": high - 0.1,
};
const landed = Object.entries(places).map(([place, w]) => ({
  place,
  w,
  error: steep(w).error,
}));
display(table(landed, { title: "one step from the wall" }));

// %% [markdown]
// The gradient is right: the wall *is* that steep. But it is true only for a hair's breadth, and the step that it asks for throws $w$ out of the map. With the length cut to 1 the step goes in the same direction, lands on the plain, and all is well. This is **clipping** (Pascanu, Mikolov & Bengio 2013):
//
// $$g \leftarrow g \cdot \frac{c}{\|g\|} \quad\text{if}\quad \|g\| > c, \qquad \|g\| = \sqrt{\textstyle\sum_i g_i^2}$$
//
// In words: if the gradient is longer than $c$, make it as long as $c$, and leave its direction alone.
//
// ## An exploding loss
//
// A real one: the adding problem. The network reads 100 numbers, two of which are marked, and says the sum of these two in the end (who always says 1 has an error of 1/6). The units are linear above 0 (relu), and $W_{hh}$ starts as 1.02 times the identity. Two percent; what can that do? Two trainings, all alike but for `clipNorm`.

// %%
import { addingProblem, live, quick, regressor, sgd, train } from "unroll";

const curves: Record<string, number[]> = { "not clipped": [], "clipped at norm 1": [] };
const losses = live(() => {
  const lines = Object.entries(curves).map(([name, y]) => ({ name, y }));
  const axes = {
    x: "step",
    y: "mean squared error",
    yScale: "log",
    title: "2 % too much",
  } as const;
  return plot.curves(lines, axes);
});

// %%
const adder = regressor(
  rnn(2, 32, { activation: "relu", recurrentInit: "identity", recurrentScale: 1.02 }),
  1,
);
const sums = addingProblem(100, quick ? 500 : 2000, random(1));

// %%
for (const [name, course] of Object.entries(curves)) {
  await train(adder, adder.init(random(1)), sums, {
    optimizer: sgd({ learningRate: 0.01 }),
    batchSize: 50,
    epochs: 2,
    random: random(3),
    ...(name === "not clipped" ? {} : { clipNorm: 1 }),
    onStep: ({ loss }) => {
      course.push(loss);
      losses.update();
    },
  });
}

// %%
const worst = Object.entries(curves).map(([name, y]) => ({
  training: name,
  "first loss": y[0]!,
  "largest loss": Math.max(...y),
  "last loss": y.at(-1)!,
}));
display(table(worst, { title: "the adding problem, 100 steps" }));

// %% [markdown]
// The very first update landed where the loss is $5 \cdot 10^{13}$. From there it never came back. The clipped one had a bad step or two and went on. (Neither has solved the problem yet: clipping keeps training alive, it does not make it clever.)
//
// ## The norm, not its square
//
// A small slip that is often seen in code, and in some slides: to compare and divide by the *sum of squares*, without the root. It looks harmless. Here is how long a gradient is afterwards, over how long it was, for $c = 1$.

// %%
import { clipByNorm, flatten, globalNorm, scaleInto, type WeightTree } from "unroll";

function clipBySquare(gradients: WeightTree, limit: number): void {
  const squares = globalNorm(gradients) ** 2; // the slip
  if (squares <= limit) return;
  for (const g of Object.values(flatten(gradients))) scaleInto(g, limit / squares);
}
const before = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128];
const after = (clip: (g: WeightTree, limit: number) => unknown) =>
  before.map((length) => {
    const g = { g: matrix([[0.6 * length, 0.8 * length]]) };
    clip(g, 1);
    return globalNorm(g);
  });

// %%
const clippings = [
  { name: "by norm", x: before, y: after(clipByNorm) },
  { name: "by its square", x: before, y: after(clipBySquare) },
];
const scales = {
  x: "length before",
  y: "length after",
  xScale: "log",
  yScale: "log",
} as const;
display(plot.curves(clippings, { ...scales, title: "clipping at 1" }));
const [right, wrong] = clippings.map(({ y }) => y.at(-1)!);
console.log(`a length of 128 becomes ${right} by norm, ${wrong!.toFixed(4)} by its square`);

// %% [markdown]
// With the slip, the steeper the wall, the *smaller* the step: the longest gradients nearly stand still, just when the network has to get away.
//
// **Exercise 5.3.** Write the right one, for a gradient that is a list of numbers.

// %%
function clipped(g: readonly number[], limit: number): number[] {
  return []; // your turn
}
check("5.3", clipped);

// %% [markdown]
// <details><summary>Solution of 5.3</summary>
//
// ```ts
// function clipped(g: readonly number[], limit: number): number[] {
//   const length = Math.sqrt(g.reduce((sum, v) => sum + v * v, 0));
//   return length > limit ? g.map((v) => (v * limit) / length) : [...g];
// }
// ```
//
// </details>
//
// Does the slip matter? Here is a task that can be solved: the network reads +1 or −1, then 49 numbers of noise, and shall say the sign. It starts with $\sigma = 2$, so its gradients explode.

// %%
function signs(count: number, seed: number) {
  const draw = random(seed);
  const first = Array.from({ length: count }, () => (draw() < 0.5 ? -1 : 1));
  const rest = Array.from({ length: 50 * count }, () => 0.2 * normal(draw));
  return {
    count,
    batch(indices: ArrayLike<number>) {
      const value = (t: number, i: number) =>
        t === 0 ? first[indices[i]!]! : rest[50 * indices[i]! + t]!;
      const x = buildSequence(50, indices.length, 1, value, "float32");
      return { x, labels: Int32Array.from(indices, (i) => Number(first[i]! > 0)) };
    },
  };
}
const [toLearn, toAsk] = [signs(quick ? 500 : 2000, 1), signs(500, 7)];

// %%
import { accuracy, classifier, liveTraining } from "unroll";

async function steepStart(title: string, clip: (gradients: WeightTree) => unknown) {
  const model = classifier(rnn(1, 16, { recurrentScale: 2 }), 2);
  const weights = model.init(random(1));
  await train(model, weights, toLearn, {
    optimizer: sgd({ learningRate: 0.1 }),
    batchSize: 50,
    epochs: 5,
    random: random(3),
    clip,
    ...liveTraining({ title }),
  });
  return 100 * accuracy(model, weights, toAsk);
}

// %%
const tamed = {
  "not clipped": await steepStart("not clipped", () => {}),
  "by its square": await steepStart("clipped by the square", (g) => clipBySquare(g, 1)),
  "by norm": await steepStart("clipped by norm", (g) => clipByNorm(g, 1)),
};
display(
  plot.bars(tamed, {
    y: "right, %",
    baseline: 50,
    title: "the sign of 50 steps ago, σ = 2 at the start",
  }),
);

// %% [markdown]
// Not clipped, a few steps were enough to throw it somewhere where it learns nothing. Clipped by the square it is no better than guessing either: its gradients are long, so its steps are tiny. Clipped by the norm it solves the task.
//
// ## Where to begin
//
// Clipping is against explosions. Against vanishing there is nothing to cut: one must not begin there. What counts is $W_{hh}$ at the start. Four ways to fill it:
//
// - **small**: an orthogonal matrix times 0.5;
// - **even**: random numbers evenly spread over $\pm 1/\sqrt H$, which PyTorch takes by default;
// - **orthogonal**: all singular values 1 (Saxe, McClelland & Ganguli 2014);
// - **identity**, with relu units: each unit adds up, and hands on what it has (Le, Jaitly & Hinton 2015).

// %%
const starts = {
  small: rnn(1, H, { recurrentScale: 0.5 }),
  even: rnn(1, H),
  orthogonal: rnn(1, H),
  identity: rnn(1, H, { activation: "relu", recurrentInit: "identity" }),
};
type Start = keyof typeof starts;

// %%
import { copyInto, recurrentWeights } from "unroll";

function begin(start: Start, seed: number) {
  const weights = starts[start].init(random(seed));
  const draw = random(seed + 1);
  const even = build(H, H, () => (2 * draw() - 1) / Math.sqrt(H));
  if (start === "even") copyInto(recurrentWeights(weights), even);
  return weights;
}

// %%
const ways = Object.keys(starts) as Start[];
const beginnings = ways.map((name) => {
  const weights = begin(name, 2);
  const run = unroll(starts[name], weights, signal(0.5));
  const norms = gradientNorms(starts[name], weights, run, arrow);
  return { name, norms, values: singularValues(recurrentWeights(weights)) };
});
display(plot.spectra(beginnings, { yScale: "linear", title: "singular values of W_hh" }));
display(plot.gradientNorms(beginnings, { title: "how far back a loss reaches" }));

// %% [markdown]
// Small vanishes at once. Even looks harmless, but most of its singular values are well below 1, and it loses four tenths at each step. Orthogonal is the best that tanh allows. The identity hands on nearly all, up to the third step of the sequence: there all units had fallen to 0, and a relu at 0 lets nothing through.
//
// Does it matter for what is learned? Again the sign of 50 steps ago, three networks of each kind, 200 steps of training, all alike but for the start.

// %%
const hardly = "Of 100 signs, how many are right after training from the small start?";
const hope = predict(hardly, 80, { unit: "%" });

// %%
import { adam, copyWeights } from "unroll";

async function learn(start: Start, seed: number) {
  const model = classifier(starts[start], 2);
  const fresh = model.init(random(seed));
  const weights = { ...fresh, cell: copyWeights(begin(start, seed), "float32") };
  await train(model, weights, toLearn, {
    optimizer: adam({ learningRate: 0.001 }),
    batchSize: 50,
    epochs: 5,
    clipNorm: 1,
    random: random(3),
  });
  return 100 * accuracy(model, weights, toAsk);
}

// %%
const began = performance.now();
const means: Record<string, number> = {};
const deviations: Record<string, number> = {};
for (const start of ways) {
  const scores: number[] = [];
  for (const seed of [1, 11, 21]) scores.push(await learn(start, seed));
  const mean = scores.reduce((sum, score) => sum + score / 3, 0);
  means[start] = mean;
  deviations[start] = Math.hypot(...scores.map((score) => (score - mean) / Math.sqrt(3)));
}
const seconds = (performance.now() - began) / 1000;
hope.reveal(means.small!);
const best = { y: "right, %", baseline: 50, deviations, title: "the sign of 50 steps ago" };
display(plot.bars(means, best));

// %%
import { result } from "unroll";

result({
  lesson: "05-vanishing-and-exploding",
  name: "sign of 50 steps ago, orthogonal start",
  value: means.orthogonal!,
  unit: "%",
  expected: [95, 100],
  seconds,
});

// %% [markdown]
// From the small start it guesses: the error is there, and never arrives. Even and identity depend on the draw (the thin lines are deviations over three networks): some get there, some do not. The orthogonal start got there each time. All of them have the same units, data and rule.
//
// ## What truncation hides
//
// Lesson 3 cut the way back after $k$ steps. Cut, and you no longer see what this lesson is about. Here is the length of the whole gradient $\partial E/\partial W_{hh}, \dots$ when we go back 1, 2, 3, … 100 steps, for three of the networks above.

// %%
import { addInto, backwardSteps, zerosLike } from "unroll";

function goneBack({ cell, weights, run }: ReturnType<typeof journey>) {
  const sum = zerosLike(weights);
  return [...backwardSteps(cell, weights, run, { h: arrow })].map(({ gradients }) => {
    addInto(sum.W, gradients.W);
    addInto(sum.b, gradients.b);
    return globalNorm(sum);
  });
}
const three = [0.5, 1, 2].map((sigma) => ({ sigma, norms: goneBack(journey(sigma, 0.5)) }));

// %%
const steps = Array.from({ length: T }, (_, d) => d + 1);
const grown = three.map(({ sigma, norms }) => ({
  name: `σ = ${sigma}`,
  x: steps,
  y: norms,
}));
const far = {
  x: "k, steps gone back",
  y: "length of the gradient",
  yScale: "log",
} as const;
display(plot.curves(grown, { ...far, title: "the gradient of all weights" }));

// %%
const hidden = three.map(({ sigma, norms }) => {
  const [cut, all] = [norms[9]!, norms[T - 1]!];
  return {
    σ: sigma,
    "10 steps back": cut,
    "100 steps back": all,
    "times as long": all / cut,
  };
});
display(table(hidden, { title: "cut after 10 steps, and whole" }));

// %% [markdown]
// With $\sigma = 0.5$ cutting costs nothing, since nothing comes from further back anyway; but the numbers look perfectly healthy, and nobody sees that the network is deaf to its past. So a gradient that has vanished is *not* a small gradient: it is a gradient that speaks of the last few steps only. With $\sigma = 2$ ten steps look healthy as well, and behind them stands the wall. Truncation is a kind of clipping, one that does not tell.
//
// Better than trusting is looking: send a vector back, and plot its length over the distance. It takes one line, `gradientNorms`.
//
// ## What to take along
//
// - At each step back a gradient is multiplied by singular values of $W_{hh}$ and by slopes of tanh. The length after many steps is a power: it vanishes or explodes.
// - All singular values below 1: it vanishes. Above 1: it *may* explode; full units make it vanish all the same.
// - Against explosions: clip the norm (with the root). Against vanishing: begin with an orthogonal matrix or the identity. What helps for good is another cell: lesson 6.
// - Truncation makes neither visible.
//
// **Known good:** orthogonal start, Adam with learning rate 0.001, gradients clipped at norm 1, 5 epochs of 2,000 sequences of 50 steps.
//
// **Try:** give the small start a learning rate of 0.003: slow is not never. Make the sequences 200 steps long: does the orthogonal start still get there? Find the size of input at which a gradient with $\sigma = 1.2$ neither grows nor shrinks over 50 steps.
//
// **Read:** Bengio, Simard & Frasconi (1994), *Learning long-term dependencies with gradient descent is difficult*, for why holding and learning are at odds. Hochreiter (1998), *The vanishing gradient problem during learning recurrent neural nets and problem solutions*, for the analysis in English. Pascanu, Mikolov & Bengio (2013), *On the difficulty of training recurrent neural networks*, for the wall and for clipping. Saxe, McClelland & Ganguli (2014), *Exact solutions to the nonlinear dynamics of learning in deep linear neural networks*, for orthogonal starts. Le, Jaitly & Hinton (2015), *A simple way to initialize recurrent networks of rectified linear units*, for the identity.
