// %% [markdown]
// # 10 · Key take-aways
//
// **You will be able to** say what of lessons 0 to 9 you know by heart and what you should read again, and choose between RNN, LSTM, GRU and minimal GRU by their quality, time and memory.
//
// **Time:** 1 minute to run on two cores, 40 to understand. **Needs:** lessons 0 to 9. **Data:** MNIST, 60,000 + 10,000 handwritten digits (LeCun, Cortes & Burges; CC BY-SA 3.0).
//
// ## Ten questions
//
// The lecture in ten questions. Write a letter between the quotation marks, run the cell, and it answers. A wrong letter is told why it is wrong. This is what it is all about: a network of two units, folded and unrolled over three steps, with the values of its unit 1.

// %%
import { buildSequence, display, plot, random, rnn, unroll } from "unroll";

const tiny = rnn(2, 2);
const tinyWeights = tiny.init(random(1));
const seen = buildSequence(3, 1, 2, (t, _, input) => Number(t % 2 === input));
const { states } = unroll(tiny, tinyWeights, seen);
const steps = states.map(({ h }, t) => ({ x: seen.at(t), h }));
const drawing = { initialState: [0, 0], folded: true, unit: 0 };
display(plot.unrolledGraph(steps, { ...drawing, title: "folded and unrolled" }));

// %% [markdown]
// **Exercise 10.1.** A recurrent network reads a sentence. Where is what it has read so far?
//
// - **a** · in its weights
// - **b** · in its hidden state
// - **c** · in the loss
// - **d** · in the input of the present step

// %%
import { check } from "unroll";

const answer1 = ""; // a, b, c or d
check("10.1", answer1);

// %% [markdown]
// <details><summary>Solution of 10.1</summary>
//
// ```ts
// const answer1 = "b"; // Lesson 2: a step takes an input and a state, and returns a new state.
// ```
//
// </details>
//
// **Exercise 10.2.** A network was trained on sequences of 28 steps. How many new weights does it need to read 84?
//
// - **a** · three times as many
// - **b** · 56 more, one for each new step
// - **c** · only new biases
// - **d** · none

// %%
const answer2 = ""; // a, b, c or d
check("10.2", answer2);

// %% [markdown]
// <details><summary>Solution of 10.2</summary>
//
// ```ts
// const answer2 = "d"; // Lesson 2: one set of weights, whatever the number of steps. Lesson 0 read three digits with it.
// ```
//
// </details>
//
// **Exercise 10.3.** A weight is used at each of T steps. What is its gradient in BPTT?
//
// - **a** · the sum of what each step says about it
// - **b** · the largest of what the steps say
// - **c** · what the last step says
// - **d** · the product of what the steps say

// %%
const answer3 = ""; // a, b, c or d
check("10.3", answer3);

// %% [markdown]
// <details><summary>Solution of 10.3</summary>
//
// ```ts
// const answer3 = "a"; // Lesson 3: ∂E/∂θ is a sum over steps.
// ```
//
// </details>
//
// **Exercise 10.4.** Truncated BPTT goes 20 steps back and carries the state on. What is lost?
//
// - **a** · what was read more than 20 steps ago is not in the state
// - **b** · the loss of all steps but the last 20
// - **c** · gradients over more than 20 steps
// - **d** · nothing

// %%
const answer4 = ""; // a, b, c or d
check("10.4", answer4);

// %% [markdown]
// <details><summary>Solution of 10.4</summary>
//
// ```ts
// const answer4 = "c"; // Lesson 3: the forward pass is whole, the way back is cut.
// ```
//
// </details>
//
// **Exercise 10.5.** What is trained in an echo-state network?
//
// - **a** · the spectral radius
// - **b** · the read-out $W_{ho}$
// - **c** · $W_{hh}$, and nothing else
// - **d** · all weights, without gradients

// %%
const answer5 = ""; // a, b, c or d
check("10.5", answer5);

// %% [markdown]
// <details><summary>Solution of 10.5</summary>
//
// ```ts
// const answer5 = "b"; // Lesson 4: the reservoir is left alone, ridge regression sets W_ho.
// ```
//
// </details>
//
// **Exercise 10.6.** All singular values of $W_{hh}$ are below 0.9 (and the slope of tanh is at most 1). What happens to a gradient over 100 steps?
//
// - **a** · it explodes
// - **b** · it stays
// - **c** · that depends on the loss
// - **d** · it is less than 0.9 to the power of 100 of what it was

// %%
const answer6 = ""; // a, b, c or d
check("10.6", answer6);

// %% [markdown]
// <details><summary>Solution of 10.6</summary>
//
// ```ts
// const answer6 = "d"; // Lesson 5: each step multiplies its length by at most the largest singular value.
// ```
//
// </details>
//
// See it: an RNN whose $W_{hh}$ is 0.9 times an orthogonal matrix, so that all its singular values are 0.9.

// %%
import { build, gradientNorms } from "unroll";

const short = rnn(1, 16, { recurrentScale: 0.9 });
const shortWeights = short.init(random(1));
const sine = buildSequence(100, 1, 1, (t) => Math.sin(t));
const walk = unroll(short, shortWeights, sine);
const ones = build(1, 16, () => 1);
const norms = gradientNorms(short, shortWeights, walk, ones);
const bound = { name: "0.9 to the power of d", norms: norms.map((_, d) => 4 * 0.9 ** d) };
const both = [{ name: "measured", norms }, bound];
display(plot.gradientNorms(both, { title: "the most that can arrive, and what does" }));

// %% [markdown]
// **Exercise 10.7.** What does clipping gradients by their norm help against?
//
// - **a** · exploding gradients
// - **b** · vanishing gradients
// - **c** · both
// - **d** · overfitting

// %%
const answer7 = ""; // a, b, c or d
check("10.7", answer7);

// %% [markdown]
// <details><summary>Solution of 10.7</summary>
//
// ```ts
// const answer7 = "a"; // Lesson 5: a gradient longer than the bound is scaled down to it.
// ```
//
// </details>
//
// **Exercise 10.8.** An LSTM shall keep a number in its cell for 100 steps. What must its gates be?
//
// - **a** · forget 0, update 0
// - **b** · forget 1, update 1
// - **c** · forget 1, update 0
// - **d** · forget 0, update 1

// %%
const answer8 = ""; // a, b, c or d
check("10.8", answer8);

// %% [markdown]
// <details><summary>Solution of 10.8</summary>
//
// ```ts
// const answer8 = "c"; // Lessons 6 and 7: c_t = f∗c_{t−1} + u∗X', and the gate's name is the wrong way round: 1 keeps.
// ```
//
// </details>
//
// See it: the four answers, in the memory cell of lesson 6. The number 0.7 lies in it, and small random numbers come in.

// %%
import { matrix, memoryCell, zeros } from "unroll";

const noise = random(1);
const inputs = buildSequence(50, 1, 1, () => 0.4 * noise() - 0.1);
const cell = memoryCell(1, 1);
const start = { h: zeros(1, 1), c: matrix([[0.7]]) };
function inside(keep: number, write: number): number[] {
  const b = matrix([[200 * keep - 100, 200 * write - 100, 100]]); // gates 0 or 1
  const w = { W: zeros(2, 3), b, Wx: matrix([[1]]), bx: zeros(1, 1) };
  const run = unroll(cell, w, inputs, { initialState: start });
  return [0.7, ...run.states.map(({ c }) => c.at(0, 0))];
}

// %%
const answers = [
  { name: "a", y: inside(0, 0) },
  { name: "b", y: inside(1, 1) },
  { name: "c", y: inside(1, 0) },
  { name: "d", y: inside(0, 1) },
];
display(plot.curves(answers, { x: "step", y: "c", title: "the four answers" }));
console.log(answers.map(({ name, y }) => `${name}: ${y[50]!.toFixed(2)}`).join(", "));

// %% [markdown]
// **Exercise 10.9.** How many weights has a GRU beside an LSTM with as many inputs and units?
//
// - **a** · half
// - **b** · three quarters
// - **c** · as many
// - **d** · four thirds

// %%
const answer9 = ""; // a, b, c or d
check("10.9", answer9);

// %% [markdown]
// <details><summary>Solution of 10.9</summary>
//
// ```ts
// const answer9 = "b"; // Lesson 8: three blocks (z, r, candidate) instead of four.
// ```
//
// </details>
//
// **Exercise 10.10.** What is true of the gradients of gated cells?
//
// - **a** · They cannot vanish, because the cell is linear.
// - **b** · They vanish as in a vanilla RNN.
// - **c** · They cannot explode.
// - **d** · They vanish or not, as the gates stand, and training can open the gates.

// %%
const answer10 = ""; // a, b, c or d
check("10.10", answer10);

// %% [markdown]
// <details><summary>Solution of 10.10</summary>
//
// ```ts
// const answer10 = "d"; // Lesson 9: the fresh GRU's gradient vanished faster than the RNN's, the trained one's did not.
// ```
//
// </details>

// %%
import { checkAll } from "unroll";

display(checkAll("10"));

// %% [markdown]
// Run the cell above again when you have answered. What is still missing there, you know where to read.
//
// ## A fourth cell
//
// One cell of this course is younger than the lecture. An RNN, an LSTM, a GRU must wait: $h_t$ needs $h_{t-1}$, which needs $h_{t-2}$, and so on, T steps one after the other, however many cores there are. Feng and others (2024) asked: which part of the GRU makes it wait? That its gates look at $h_{t-1}$. So they took that away:
//
// $$z_t = \sigma(x_t\,W_z + b_z), \qquad X''_t = x_t\,W_c + b_c, \qquad h_t = (1-z_t) * h_{t-1} + z_t * X''_t$$
//
// In words: a **minimal GRU** decides what to keep by what it reads alone. Then all $z_t$ and all $X''_t$ can be computed at once, and what remains is $h_t = a_t h_{t-1} + b_t$. Two such steps in a row are one step of the same form, $a_2(a_1 h + b_1) + b_2 = (a_2 a_1)\,h + (a_2 b_1 + b_2)$. So neighbours can be joined in pairs, then pairs of pairs: a **parallel scan**. Does it give the same states?

// %%
import { minimalGru, minimalGruSequence } from "unroll";

const small = minimalGru(1, 1);
const smallWeights = small.init(random(1));
const wave = buildSequence(64, 1, 1, (t) => Math.sin(t / 5));
const walked = unroll(small, smallWeights, wave).states.map(({ h }) => h.at(0, 0));
const scanned = minimalGruSequence(smallWeights, wave).y.data;
const apart = Math.max(...walked.map((v, t) => Math.abs(v - scanned[t]!)));
console.log(`largest difference: ${apart.toExponential(1)}`);

// %% [markdown]
// The same, up to rounding. With enough cores, all joins of a round are done at the same time. How many rounds must wait for each other?

// %%
import { predict } from "unroll";

const rounds = "1,024 steps: after how many rounds has a scan all states?";
const waiting = predict(rounds, 512, { unit: "rounds" });

// %%
const counts = [4, 16, 64, 256, 1024];
const curves = [
  { name: "step by step", x: counts, y: counts },
  { name: "scan", x: counts, y: counts.map((T) => 2 * Math.log2(T)) },
];
waiting.reveal(2 * Math.log2(1024));
const log = { xScale: "log", yScale: "log" } as const;
const axes = { x: "steps", y: "rounds that must wait", ...log, title: "walk and scan" };
display(plot.curves(curves, axes));

// %% [markdown]
// ## Side by side
//
// **Misconception:** *“Networks with as many weights are as good, as fast and as large as one another.”* Let us see. Here are four readers of digits, row by row, all with about as many weights. Each has the learning rate, of a few, that suits it best.

// %%
import { type AnyCell, gru, lstm } from "unroll";

const readers: Record<string, { cells: AnyCell[]; rate: number }> = {
  RNN: { cells: [rnn(28, 112)], rate: 0.003 },
  LSTM: { cells: [lstm(28, 52)], rate: 0.01 },
  GRU: { cells: [gru(28, 64)], rate: 0.01 },
  "minimal GRU": { cells: [minimalGru(28, 80), minimalGru(80, 80)], rate: 0.03 },
};
const names = Object.keys(readers);

// %%
const best = predict("Which one reads best?", "LSTM", { choices: names });

// %%
import {
  adam,
  asRows,
  classifier,
  linearDecay,
  mnist,
  quick,
  stacked,
  train,
} from "unroll";

const digits = mnist();
const practice = asRows(digits.train.slice(0, quick ? 2000 : 20_000));
const losses = names.map((name) => ({ name, x: [] as number[], y: [] as number[] }));
const options = { batchSize: 32, schedule: linearDecay(), clipNorm: 1 };

// %%
async function learn(name: string, see: (step: number, loss: number) => void) {
  const { cells, rate } = readers[name]!;
  const model = classifier(stacked(cells[0]!, ...cells.slice(1)), 10);
  const weights = model.init(random(1));
  let sum = 0;
  const onStep = ({ step, loss }: { step: number; loss: number }) => {
    sum = step % 25 === 1 ? loss : sum + loss;
    if (step % 25 === 0) see(step, sum / 25);
  };
  const how = { ...options, optimizer: adam({ learningRate: rate }), random: random(2) };
  const { seconds } = await train(model, weights, practice, { ...how, onStep });
  return { name, model, weights, seconds };
}

// %%
import { live } from "unroll";

const lossAxes = { x: "steps of training", y: "loss (nats)", title: "four readers" };
const view = live(() => plot.curves(losses, lossAxes));
const learned: Awaited<ReturnType<typeof learn>>[] = [];
for (const { name, x, y } of losses) {
  const see = (step: number, loss: number) => {
    x.push(step);
    y.push(loss);
    view.update();
  };
  learned.push(await learn(name, see));
}

// %% [cover]
import { accuracy } from "unroll";

const unseen = asRows(quick ? digits.test.slice(0, 500) : digits.test);
const right = learned.map(({ model, weights }) => 100 * accuracy(model, weights, unseen));
best.reveal(names[right.indexOf(Math.max(...right))]!);
const wrong = Object.fromEntries(names.map((name, i) => [name, 100 - right[i]!]));
const about = { y: "read wrongly, %", title: "unseen digits, row by row" };
display(plot.bars(wrong, about));

// %%
import { result } from "unroll";

result({
  lesson: "10-key-take-aways",
  name: "row-wise test accuracy of a GRU with 18,506 weights",
  value: 100 - wrong.GRU!,
  unit: "%",
  expected: [94, 98],
  seconds: learned.reduce((sum, { seconds }) => sum + seconds, 0),
});

// %% [markdown]
// **Time.** How long is one step of training, forward and back, with a batch of 32? Move the slider to longer sequences. (Your milliseconds will be others; look at how they stand to each other, and how they grow.)

// %%
type Learned = (typeof learned)[number];
function milliseconds({ model, weights }: Learned, T: number): number {
  const x = buildSequence(T, 32, 28, (t, i, j) => Math.sin(t + i + j), "float32");
  const labels = Array.from({ length: 32 }, (_, i) => i % 10);
  const tries = [1, 2, 3, 4].map(() => {
    const began = performance.now();
    model.lossAndGradients(weights, { x, labels });
    return performance.now() - began;
  });
  return Math.min(...tries);
}

// %%
const lengths = [28, 56, 112, 224, 448];
const times = lengths.map((T) => learned.map((reader) => milliseconds(reader, T)));
const ms = { y: "milliseconds", yScale: "log" } as const;
const pages = times.map((row) => {
  const byName = Object.fromEntries(names.map((name, i) => [name, row[i]!]));
  return plot.bars(byName, { ...ms, title: "one step of training" });
});
display(plot.withSlider(pages, { by: "steps T =", names: lengths.map(String) }));

// %% [markdown]
// **Memory.** BPTT must remember the cache of each step until the way back (lesson 3). What does a cell put into it? We take one step of each and count the numbers.

// %%
import type { Matrix } from "unroll";

function kept(cell: AnyCell): number {
  const weights = cell.init(random(1));
  const { cache } = cell.forward(weights, zeros(1, cell.inputSize), cell.initialState(1));
  const parts = Object.values(cache as Record<string, Matrix>);
  return parts.reduce((sum, { rows, cols }) => sum + rows * cols, 0);
}
const perStep = names.map((name) =>
  readers[name]!.cells.reduce((sum, cell) => sum + kept(cell), 0),
);

// %% [markdown]
// And now all of it on one page:

// %%
import { countWeights, table } from "unroll";

const page = learned.map(({ name, weights }, i) => ({
  cell: name,
  units: readers[name]!.cells.map(({ hiddenSize }) => hiddenSize).join(" + "),
  weights: countWeights(weights),
  "right, %": right[i]!,
  "step, T = 448, ms": Number(times.at(-1)![i]!.toPrecision(2)),
  "cache, numbers a step": perStep[i]!,
  "cache, T = 448, kB": (4 * 448 * perStep[i]!) / 1000,
}));
display(table(page, { title: "quality, time, memory (kB: one sequence in float32)" }));

// %%
const multiples = {
  weights: page.map(({ weights }) => weights),
  errors: right.map((share) => 100 - share),
  time: times.at(-1)!,
  memory: perStep,
};
const shares = Object.values(multiples).map((row) => {
  const byName = Object.fromEntries(names.map((name, i) => [name, row[i]! / row[0]!]));
  const title = "as a multiple of the RNN's";
  return plot.bars(byName, { y: "× the RNN's", baseline: 1, title });
});
display(plot.withSlider(shares, { by: "", names: Object.keys(multiples) }));

// %% [markdown]
// As many weights, and all else is different. The two gated cells make about half of the RNN's errors, and pay for it with memory: they keep half as much again and more. LSTM and GRU are close, and one seed does not say which is better.
//
// The minimal GRU is the surprise: it needs the fewest rounds, and here it took the longest. Why? A scan does not save work, it saves **waiting**: it makes nearly twice as many joins as a walk has steps. That pays when thousands of cores would wait otherwise. Feng and others (2024, abstract) report training 175 times as fast at 512 steps, on a GPU. Here there are two cores, the library's scan uses one of them, and the other three cells walk in compiled code. Which network is fast is a question about the network **and** the machine.
//
// **Think:** why does the minimal GRU have two layers here, when one would be more like the others?
// <details><summary>Answer</summary>Its gates see the input alone: with one layer, what it keeps cannot depend on what it already knows. In the second layer, the input is the state of the first, so there gates do depend on the past.</details>
//
// ## What to take along
//
// The whole lecture on one page:
//
// - A recurrent network has a **state** and **one set of weights**, used at every step. So it reads any length.
// - It is trained by **BPTT**: unroll, go back through all steps, add up what each says. Truncation makes it cheap, and blind beyond its window.
// - Gradients are **products**: they vanish or explode. Clipping helps against the second. Against the first there are gates, good starts, and luck.
// - **LSTM** and **GRU** have a road on which the factor is a gate. Training can open it. It does not come open.
// - If nothing has to be kept for long, a **reservoir** needs no BPTT at all.
// - What you choose is quality, time and memory, on the machine that you have. Begin with a GRU or an LSTM, measure, then decide.
//
// **Known good:** the settings of the four readers above, Adam with a learning rate that falls to 0, batches of 32, gradients clipped at norm 1, one epoch of 20,000 digits.
//
// **Try:** give all four the same number of *units*. Give the minimal GRU one layer, or the learning rate of the GRU. Train on all 60,000 digits.
//
// **Read:** Greff et al. (2017), *LSTM: a search space odyssey*, in which many variants of the LSTM turn out to be about as good. Chung et al. (2014), *Empirical evaluation of gated recurrent neural networks on sequence modeling*, LSTM beside GRU. Feng et al. (2024), *Were RNNs all we needed?*, for the minimal GRU. Blelloch (1990), *Prefix sums and their applications*, for the scan.
