// %% [markdown]
// # 6 · A memory cell
//
// **You will be able to** build a circuit that stores a number, with three gates that you set by hand; say why it needs the gates; go back through it with a gradient; and find in a trained cell the gates that you would have set.
//
// **Time:** 1 minute to run on two cores, 35 to understand. **Needs:** lessons 2 and 3. **Data:** none.
//
// ## By hand
//
// The state of lesson 2 was mixed anew at every step, and after twenty steps nothing was left of it. A computer's memory is not like that: what was written stays until something else is written. Let us build such a memory for **one real number**, an analog one.
//
// Its heart is a unit $c$ that hands its number on to itself, times 1. Around it stand three **gates**, numbers between 0 (shut) and 1 (open):
//
// - **keep** $k$: is the old number handed on?
// - **write** $w$: does the new value $v$ come in?
// - **read** $r$: does the rest of the network see what is stored?
//
// We store 0.7 at step 1. At steps 2 to 4 other values pass by, which are none of our business. At step 4 we want to know what is stored.

// %%
const c1 = 0 * 0 + 1 * 0.7; //    keep shut, write open: 0.7 comes in
const c2 = 1 * c1 + 0 * -0.4; //  keep open, write shut: −0.4 stays outside
const c3 = 1 * c2 + 0 * 0.9; //   the same
const c4 = 1 * c3 + 0 * 0.2; //   the same, and now the read gate opens
const h4 = 1 * c4;
console.log(`stored: ${[c1, c2, c3, c4].join(", ")}; read at step 4: ${h4}`);

// %% [markdown]
// Each line is one and the same rule:
//
// $$c_t = k_t\,c_{t-1} + w_t\,v_t, \qquad h_t = r_t\,c_t$$
//
// In words: keep the old number if the keep gate says so, add the new one if the write gate says so, and show it if the read gate says so. Here is the circuit with the numbers of each step. Move the slider: the thick line is the way of the stored number through time.

// %%
import { display, plot } from "unroll";

const steps = [
  { cPrevious: 0, value: 0.7, k: 0, w: 1, r: 0 },
  { cPrevious: c1, value: -0.4, k: 1, w: 0, r: 0 },
  { cPrevious: c2, value: 0.9, k: 1, w: 0, r: 0 },
  { cPrevious: c3, value: 0.2, k: 1, w: 0, r: 1 },
];
const circuit = steps.map((step) => plot.cellDiagram(plot.memoryCellPlan, step));
const names = ["1: write", "2: keep", "3: keep", "4: read"];
display(plot.withSlider(circuit, { by: "step", names, title: "the memory cell, by hand" }));

// %% [markdown]
// **Think:** what does the cell do when keep and write are both open? And when both are shut?
// <details><summary>Answer</summary>Both open: it adds the new value to the old one, so it can count and sum up. Both shut: it forgets, and holds 0. With two gates there are four things to do: overwrite, keep, add up, erase.</details>
//
// **Exercise 6.1.** Write one step of the cell as a function. It takes what was stored, the value that comes in, and the three gates; it returns what is stored now and what is read.

// %%
import { check } from "unroll";

type Gates = { readonly k: number; readonly w: number; readonly r: number };

function memoryStep(c: number, value: number, { k, w, r }: Gates): [number, number] {
  return [Number.NaN, Number.NaN]; // your turn: [stored, read]
}
check("6.1", memoryStep);

// %% [markdown]
// <details><summary>Solution of 6.1</summary>
//
// ```ts
// function memoryStep(c: number, value: number, { k, w, r }: Gates): [number, number] {
//   const stored = k * c + w * value;
//   return [stored, r * stored];
// }
// ```
//
// </details>
//
// ## Do we need the gates?
//
// The vanilla unit of lesson 2, with weight 1 to itself, computes $h_t = \tanh(h_{t-1} + x_t)$. Give it 0.7, and then 60 steps of nothing. What is left?

// %%
import { predict } from "unroll";

const question =
  "tanh, weight 1 to itself, nothing comes in: what is left of 0.7 after 60 steps?";
const left = predict(question, 0.7);

// %%
let h = 0.7;
for (let t = 0; t < 60; t++) h = Math.tanh(h);
left.reveal(h);

// %% [markdown]
// The tanh takes a little off at each step, although the weight is 1. So we leave the tanh away. Then the number stays; do we need gates at all?
//
// **Misconception:** *“A linear unit with weight 1 to itself is a memory. The gates are an extra.”* Three units get 0.7 at step 1. Then comes what every network has to live with: input that is none of its business. The slider sets how large that is.

// %%
import { random } from "unroll";

function storing(noise: number, step: (stored: number, x: number, t: number) => number) {
  const draw = random(6);
  let stored = 0.7;
  const past = [stored];
  for (let t = 1; t <= 60; t++) {
    stored = step(stored, noise * (2 * draw() - 1), t);
    past.push(stored);
  }
  return past;
}

// %%
const noises = [0, 0.1, 0.2, 0.4];
const three = (noise: number) => [
  { name: "tanh, weight 1", y: storing(noise, (s, x) => Math.tanh(s + x)) },
  { name: "linear, weight 1", y: storing(noise, (s, x) => s + x) },
  { name: "memory cell, write gate shut", y: storing(noise, (s, x) => 1 * s + 0 * x) },
];
const fates = noises.map((noise) => plot.curves(three(noise), { x: "step", y: "stored" }));
const by = "other input, up to ±";
const title = "0.7, and what becomes of it";
display(plot.withSlider(fates, { by, names: noises.map(String), title }));

// %%
import { table } from "unroll";

const ends = noises.map((noise) => {
  const ends = three(noise).map(({ name, y }) => [name, y.at(-1)!]);
  return { "other input, ±": noise, ...Object.fromEntries(ends) };
});
display(table(ends, { title: "what is stored after 60 steps" }));

// %% [markdown]
// With nothing else in the world (±0) the linear unit does keep its number. But it cannot say no: all that comes in is added, and soon the sum is anything but 0.7. **The weight of 1 keeps; the write gate protects.** And without the keep gate it could never let go.
//
// ## Soft gates
//
// A gate that is 0 or 1 cannot learn: a tiny change of a weight changes nothing, or all. So a gate is a sigmoid, $k = \sigma(a) = 1/(1+e^{-a})$, and its $a$ is computed from what the cell sees. Such a gate is never quite open. How much does that matter?

// %%
const openness =
  "The keep gate is open to 0.99. After how many steps is half of the number gone?";
const halfLife = predict(openness, 50, { unit: "steps" });

// %%
const keeps = [0.9, 0.99, 0.999];
halfLife.reveal(Math.ceil(Math.log(0.5) / Math.log(0.99)));
const decays = keeps.map((k) => ({
  name: `keep gate ${k}`,
  y: Array.from({ length: 200 }, (_, t) => k ** t),
}));
display(plot.curves(decays, { title: "what is left", x: "step", y: "share" }));

// %%
const times = keeps.map((k) => ({
  "keep gate": k,
  "its a": Math.log(k / (1 - k)),
  "half is gone after": Math.ceil(Math.log(0.5) / Math.log(k)),
}));
display(table(times));

// %% [markdown]
// After $T$ steps $k^T$ is left. A memory that lasts ten times as long needs a gate that is a tenth as far from 1, and for the sigmoid that is a small step: its $a$ is larger by about 2.3, the logarithm of 10. So a single number, the bias of the keep gate, sets how long the cell remembers.
//
// **Exercise 6.2.** Which bias $a$ must the keep gate have, so that after so many steps half of the number is left?

// %%
function keepBias(steps: number): number {
  return Number.NaN; // your turn
}
check("6.2", keepBias);

// %% [markdown]
// <details><summary>Solution of 6.2</summary>
//
// ```ts
// function keepBias(steps: number): number {
//   const k = 0.5 ** (1 / steps);
//   return Math.log(k / (1 - k)); // the inverse of the sigmoid
// }
// ```
//
// </details>
//
// ## The same with weights
//
// Who sets the gates? The input itself, and what was read last: $X_t = x_t \mathbin{\Vert} h_{t-1}$, side by side.
//
// $$k,\,w,\,r = \sigma(X_t\,W_{k,w,r} + b_{k,w,r}), \qquad v_t = x_t\,W_x + b_x$$
//
// Four small matrix products, no more. The library's `memoryCell` is this. We set its weights by hand: an input has three numbers, the value, a 1 for “write!”, and a 1 for “read!”. Keep is open (bias 10) unless we write (−20); write and read are shut (−10) unless they are told (20).

// %%
import { matrix, memoryCell } from "unroll";

const cell = memoryCell(3, 1);
const weights = {
  // keep, write, read
  W: matrix([
    [0, 0, 0], //    from the value
    [-20, 20, 0], // from “write!”
    [0, 0, 20], //   from “read!”
    [0, 0, 0], //    from what was read last
  ]),
  b: matrix([[10, -10, -10]]),
  Wx: matrix([[1], [0], [0]]),
  bx: matrix([[0]]),
};

// %%
import { buildSequence, unroll } from "unroll";

const orders = [
  [0.7, 1, 0],
  [-0.4, 0, 0],
  [0.9, 0, 0],
  [0.2, 0, 1],
];
const x = buildSequence(4, 1, 3, (t, _, j) => orders[t]![j]!);
const run = unroll(cell, weights, x);
const rows = run.states.map(({ c, h }, t) => {
  const mine = [c1, c2, c3, c4][t]!;
  return { step: t + 1, stored: c.at(0, 0), read: h.at(0, 0), "off by": c.at(0, 0) - mine };
});
display(table(rows, { title: "the library's cell, and how far it is from yours" }));

// %% [markdown]
// A sigmoid of ±10 is not quite 0 or 1, and that is all the difference.
//
// ## Back through it
//
// Let the loss be what is read at step 4, $E = h_4$. How much does it change with what was stored at each step? Back through the rule above, term by term: what is read gives $\partial E/\partial c_4 = r_4$, and from step to step the gradient is multiplied by the keep gate **and nothing else**: $\partial c_t/\partial c_{t-1} = k_t$. No matrix, no tanh. (A second way leads from what is read to the gates of the next step. Our weights there are 0, so nothing goes it.)

// %%
const d4 = 1; //      h4 = r·c4, r = 1
const d3 = 1 * d4; // c4 = k·c3 + …, k = 1
const d2 = 1 * d3;
const d1 = 1 * d2;
const d0 = 0 * d1; // at step 1 the keep gate is shut: what was before has no say
console.log(`∂E/∂c, from step 4 back to 0: ${[d4, d3, d2, d1, d0].join(", ")}`);

// %% [markdown]
// The same by the library: `backwardSteps` walks back and shows what arrives at each earlier step. And since nobody should believe a gradient that is derived by hand, we hold all of them against differences of the loss.

// %%
import { backwardSteps, zerosLike } from "unroll";

const dLast = { ...zerosLike(run.finalState), h: matrix([[1]]) }; // E = h4
const back = [...backwardSteps(cell, weights, run, dLast)].map(({ t, dState }) => {
  const mine = [d0, d1, d2, d3][t]!;
  return { "arrives at c after step": t, library: dState.c.at(0, 0), "by hand": mine };
});
display(table(back));

// %%
import { bptt, gradientCheck } from "unroll";

const soft = cell.init(random(1)); // gates in the middle, where all of them have a slope
const E = () => unroll(cell, soft, x).finalState.h.at(0, 0);
const walk = unroll(cell, soft, x);
const { gradients } = bptt(cell, soft, walk, [], { dFinalState: dLast });
console.log(gradientCheck(E, soft, gradients).summary);

// %% [markdown]
// How far back does a gradient come? We leave the cell alone for 200 steps, with a keep gate of 0.9, 0.99, 0.999, and ask how much of $\partial E/\partial c_T$ is there at each distance.

// %%
function arriving(k: number) {
  const open = { ...weights, b: matrix([[Math.log(k / (1 - k)), -10, 10]]) };
  const quiet = buildSequence(200, 1, 3, () => 0);
  const walk = unroll(cell, open, quiet);
  return [...backwardSteps(cell, open, walk, dLast)].map(({ dState }) => dState.c.at(0, 0));
}

// %%
const distances = Array.from({ length: 200 }, (_, i) => i + 1);
const reach = keeps.map((k) => ({ name: `keep gate ${k}`, x: distances, y: arriving(k) }));
const axes = { x: "distance in steps", y: "∂E/∂c", title: "back in time" };
display(plot.curves(reach, axes));

// %%
const far = reach.map(({ name, y }) => ({
  name,
  "100 steps back": y[99],
  "200 steps back": y[199],
}));
display(table(far, { title: "what is left of the gradient" }));

// %% [markdown]
// These are the curves of *what is left*, once more: **what remembers forward, teaches backward.** The gradient goes the way of the stored number, through the same gates, so where a number can come through 200 steps, so can the gradient that says whether it was the right one.
//
// **Exercise 6.3.** Go back through one step. You know the gates, the value, what was stored before (`c`) and after (`cNext`), the gradient $\partial E/\partial h_t$ (`dh`), and what later steps send back to $c_t$ (`dcLater`). First find `dc`, all that arrives at $c_t$: two ways lead there.

// %%
type Step = Gates & { readonly value: number; readonly c: number; readonly cNext: number };

function stepBackward({ k, w, r, value, c, cNext }: Step, dh: number, dcLater: number) {
  return {
    // your turn

    dr: Number.NaN,
    dk: Number.NaN,
    dw: Number.NaN,
    dValue: Number.NaN,
    dcPrevious: Number.NaN,
  };
}
check("6.3", stepBackward);

// %% [markdown]
// <details><summary>Solution of 6.3</summary>
//
// ```ts
// function stepBackward({ k, w, r, value, c, cNext }: Step, dh: number, dcLater: number) {
//   const dc = dcLater + dh * r; // c_t is read now, and it is handed on
//   return { dr: dh * cNext, dk: dc * c, dw: dc * value, dValue: dc * w, dcPrevious: dc * k };
// }
// ```
//
// </details>
//
// ## Learned
//
// Now nobody sets the gates. A sequence has 20 steps; a step is a number in 0 … 1 and a mark, 0 or 1. Two of the numbers are marked, one in the first half and one in the second. (The library's adding problem has such sequences.) After the last step the network shall say the **last marked** number. So it must write at a mark, throw away what it had, and keep through everything else. Always saying 0.5 has a mean squared error of 1/12, the variance of such numbers.

// %%
import { addingProblem, build, type Matrix, type Random } from "unroll";

function lastMarked(count: number, draw: Random, T = 20) {
  const sequences = addingProblem(T, count, draw);
  const batch = (indices: ArrayLike<number>) => {
    const { x } = sequences.batch(indices);
    const targets = build(x.batch, 1, () => 0, "float32");
    const mark = (step: Matrix, i: number) =>
      step.at(i, 1) && targets.set(i, 0, step.at(i, 0));
    for (let t = 0; t < T; t++) for (let i = 0; i < x.batch; i++) mark(x.at(t), i);
    return { x, targets };
  };
  return { count, batch };
}

// %% [markdown]
// One cell, one stored number. While it learns, look at its gates as it reads one sequence: ● is a marked step.

// %%
import { memoryCellGates, stack } from "unroll";

type Weights = ReturnType<typeof small.init>;

const small = memoryCell(2, 1);
const example = lastMarked(1, random(5)).batch([0]).x;
const tokens = Array.from({ length: 20 }, (_, t) => (example.at(t).at(0, 1) ? "●" : "·"));

function gatesOf(weights: Weights) {
  const { caches } = unroll(small, weights, example);
  const gate = (name: "k" | "w" | "r") => stack(caches.map((cache) => cache[name]));
  return { "keep gate": gate("k"), "write gate": gate("w"), "read gate": gate("r") };
}

// %%
import { adam, linearDecay, live, liveTraining, quick, regressor, train } from "unroll";

const model = regressor(small, 1);
const learned = model.init(random(3));
const cellWeights = () => learned.reader as Weights;
const look = { tokens, step: "step", title: "the gates while it learns" };
const view = live(() => plot.gates(gatesOf(cellWeights()), look), { every: 500 });
const training = await train(model, learned, lastMarked(2000, random(1)), {
  epochs: quick ? 4 : 25,
  batchSize: 50,
  optimizer: adam({ learningRate: 0.05 }),
  schedule: linearDecay(),
  random: random(2),
  onStep: () => view.update(),
});

// %% [markdown]
// As a picture by itself, when it has learned:

// %% [cover]
display(
  plot.gates(gatesOf(cellWeights()), { ...look, title: "the gates that were learned" }),
);

// %%
const learnedGates = Object.entries(memoryCellGates(cellWeights()));
const found = learnedGates.map(([gate, { W, b }]) => ({
  gate,
  "from the value": W.at(0, 0),
  "from the mark": W.at(1, 0),
  bias: b.at(0, 0),
}));
display(table(found, { title: "k keeps, w writes, r reads" }));

// %% [markdown]
// Compare with what we set by hand: keep has a positive bias and a negative weight from the mark, write the other way round. It has found the same circuit. (The read gate stands mostly open all the time: nobody looks before the end, and the read-out makes up for what is missing.) Nobody told it what a gate is for; it had only the error at the last step, and the way back through time.
//
// For comparison, a vanilla network with 16 units learns from the same sequences. Its accuracy is the share of answers that are right to within 0.04.

// %%
import { rnn } from "unroll";

const vanilla = regressor(rnn(2, 16), 1);
const vanillaWeights = vanilla.init(random(3));

// %%
const { steps: trained } = await train(
  vanilla,
  vanillaWeights,
  lastMarked(2000, random(1)),
  {
    epochs: quick ? 4 : 25,
    batchSize: 50,
    optimizer: adam({ learningRate: 0.02 }),
    schedule: linearDecay(),
    random: random(2),
    ...liveTraining({ title: "tanh RNN, 16 units", loss: "mean squared error" }),
  },
);

// %%
import { countWeights } from "unroll";

const exam = lastMarked(500, random(9)).batch([...Array(500).keys()]);
const errors = {
  "memory cell, 1 unit": model.lossAndGradients(learned, exam).loss,
  "tanh RNN, 16 units": vanilla.lossAndGradients(vanillaWeights, exam).loss,
};
const [few, many] = [countWeights(learned), countWeights(vanillaWeights)];
console.log(`weights: ${few} and ${many}; both trained ${trained} steps`);
const scale = { y: "mean squared error", baseline: 1 / 12 };
display(
  plot.bars(errors, { ...scale, title: "the last marked number, 500 new sequences" }),
);

// %%
import { result } from "unroll";

result({
  lesson: "06-a-memory-cell",
  name: "error of one learned memory cell at the last marked number (guessing: 0.083)",
  value: errors["memory cell, 1 unit"],
  unit: "mean squared error",
  expected: [0, 0.003],
  seconds: training.seconds,
});

// %% [markdown]
// ## What to take along
//
// - A memory cell is a linear unit that hands its number on to itself, behind a keep, a write and a read gate: $c_t = k\,c_{t-1} + w\,v_t$, $h_t = r\,c_t$.
// - The keep gate says how long it remembers; the write gate protects what it remembers.
// - On the way back the gradient is multiplied by the keep gate alone. What remembers forward, teaches backward.
// - Gates are sigmoids of weighted sums, so they learn like all else.
//
// **Known good:** one cell, Adam with learning rate 0.05 that falls to 0, 25 epochs of 2,000 sequences in batches of 50.
//
// **Try:** ask for the sum of both marked numbers (in `lastMarked`, return `sequences.batch(indices)`), and look at the gates: which one must now do something else? Train with two cells. Let the trained cell read 50 steps instead of 20 (`lastMarked(500, random(9), 50)`): why does it get worse, and which number in the table above tells you?
//
// **Read:** Hochreiter & Schmidhuber (1997), *Long short-term memory*, for the “constant error carousel”, our unit with weight 1. Gers, Schmidhuber & Cummins (2000), *Learning to forget*, for the gate that lets go. Hinton (2013), *Neural networks for machine learning*, lecture 7e, which draws this circuit.
