// %% [markdown]
// # 8 · GRU
//
// **You will be able to** compute a gated recurrent unit with a pencil; say what its two gates do, and what they do not; load a GRU of PyTorch or Keras without falling into their traps; and choose between GRU and LSTM with numbers.
//
// **Time:** 1 minute to run on two cores, 35 to understand. **Needs:** lesson 7. **Data:** MNIST, 60,000 + 10,000 handwritten digits (LeCun, Cortes & Burges; CC BY-SA 3.0).
//
// ## Two gates instead of three
//
// The LSTM has two states, $c$ that is stored and $h$ that is shown, and three gates. Cho et al. (2014) asked whether less would do. The **gated recurrent unit** has one state $h$, which is stored *and* shown, and two gates. As in lesson 7 we compute one step of one unit. It knows $h_{t-1} = 0.6$, and reads $x_t = 0.8$.

// %%
import { display, plot } from "unroll";

const [x, h] = [0.8, 0.6];
const known = { x, hPrevious: h, X: [x, h] };
display(plot.cellDiagram(plot.gruPlan, known, { title: "before the step" }));

// %% [markdown]
// **The reset gate** decides how much of the old state the candidate gets to see: $r = \sigma((x_t \mathbin{\Vert} h_{t-1})\,W_r + b_r)$.

// %%
const sigma = (a: number) => 1 / (1 + Math.exp(-a));
const r = sigma(x * -1 + h * 1 + 1);
console.log(`r = ${r.toFixed(3)}, left for the candidate: r·h = ${(r * h).toFixed(3)}`);
display(plot.cellDiagram(plot.gruPlan, { ...known, r }, { title: "reset gate" }));

// %% [markdown]
// **The candidate** is what the state could become: $X'' = \tanh((x_t \mathbin{\Vert} r * h_{t-1})\,W_c + b_c)$, a vanilla recurrent unit that sees the old state through the reset gate.

// %%
const candidate = Math.tanh(x * -2 + r * h * 1 + 0);
console.log(`X'' = ${candidate.toFixed(3)}`);
const two = { ...known, r, Xr: [x, r * h], candidate };
display(plot.cellDiagram(plot.gruPlan, two, { title: "candidate" }));

// %% [markdown]
// **The update gate** decides how much of it is taken: $z = \sigma((x_t \mathbin{\Vert} h_{t-1})\,W_z + b_z)$. (We leave the old state blank for a moment, so that the drawing does not run ahead.)

// %%
const z = sigma(x * 0.5 + h * -1 - 0.5);
console.log(`z = ${z.toFixed(3)}, taken: z·X'' = ${(z * candidate).toFixed(3)}`);
const three = { x, X: [x, h], r, Xr: [x, r * h], candidate, z };
display(plot.cellDiagram(plot.gruPlan, three, { title: "update gate" }));

// %% [markdown]
// **The new state** is a mixture of old and new: $h_t = (1-z) * h_{t-1} + z * X''$. What is taken of the new is given up of the old: the forget gate of the LSTM is $1-z$ here, and has no will of its own.

// %% [cover]
const hNext = (1 - z) * h + z * candidate;
const parts = `${((1 - z) * h).toFixed(3)} − ${(-z * candidate).toFixed(3)}`;
console.log(`h = ${parts} = ${hNext.toFixed(3)}`);
const whole = { ...two, z };
display(plot.cellDiagram(plot.gruPlan, whole, { title: "one step of a GRU" }));

// %%
import { gru, matrix } from "unroll";

const cell = gru(1, 1);
const weights = {
  // the columns: update gate, reset gate, candidate
  W: matrix([
    [0.5, -1, -2],
    [-1, 1, 1],
  ]),
  b: matrix([[-0.5, 1, 0]]),
};
const { state } = cell.forward(weights, matrix([[x]]), { h: matrix([[h]]) });
console.log(`the library: off by ${Math.abs(state.h.at(0, 0) - hNext).toExponential(1)}`);

// %% [markdown]
// **Think:** the state of an LSTM can grow without bounds, since $f$ and $u$ may both be 1. Can a GRU's?
// <details><summary>Answer</summary>No. A mixture of two numbers lies between them, and the candidate lies in −1 … 1. So h stays there, and no tanh is needed to show it. The price: a GRU cannot count by adding up.</details>
//
// **Exercise 8.1.** Write the step as a function. Each of the three has three numbers: the weight of the input, the weight of the old state, and the bias.

// %%
import { check } from "unroll";

type Unit = readonly [fromX: number, fromH: number, bias: number];
type Units = { readonly z: Unit; readonly r: Unit; readonly candidate: Unit };

function gruStep(x: number, h: number, units: Units): number {
  return Number.NaN; // your turn: the new state
}
check("8.1", gruStep);

// %% [markdown]
// <details><summary>Solution of 8.1</summary>
//
// ```ts
// function gruStep(x: number, h: number, units: Units): number {
//   const sum = ([fromX, fromH, bias]: Unit, h: number) => x * fromX + h * fromH + bias;
//   const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));
//   const z = sigmoid(sum(units.z, h));
//   const r = sigmoid(sum(units.r, h));
//   const candidate = Math.tanh(sum(units.candidate, r * h));
//   return (1 - z) * h + z * candidate;
// }
// ```
//
// </details>
//
// ## What does the reset gate reset?
//
// A unit holds 0.8. Nothing comes in for 30 steps. Both gates are shut all the time: $r = 0$, so the reset gate lets nothing of the old state through, and $z = 0$. How much of 0.8 is there in the end?

// %%
import { predict } from "unroll";

const afterReset = predict("z = 0 and r = 0, 30 steps: what is left of 0.8?", 0);

// %%
import { buildSequence, unroll } from "unroll";

const logit = (p: number) => Math.max(-40, Math.min(40, Math.log(p / (1 - p))));

function held(z: number, r: number) {
  const W = matrix([
    [0, 0, 0],
    [0, 0, 2], // the candidate is tanh(2·r·h): all it knows is the old state
  ]);
  const fixed = { W, b: matrix([[logit(z), logit(r), 0]]) };
  const nothing = buildSequence(30, 1, 1, () => 0);
  const { states } = unroll(cell, fixed, nothing, { initialState: { h: matrix([[0.8]]) } });
  return [0.8, ...states.map(({ h }) => h.at(0, 0))];
}
afterReset.reveal(held(0, 0)[30]!);

// %% [markdown]
// **Misconception:** *“The reset gate resets the memory: at 0 the unit forgets.”* It does not. $r$ stands *inside the candidate*, and the candidate is only a proposal. As long as $z = 0$ nobody takes it, and the state stays as it is. What erases is the **update gate**, and the reset gate only says whether the new is made with or without a look at the old. Open $z$ with the slider, and see what each $r$ then does.

// %%
const openings = [0, 0.02, 0.1, 0.5, 1];
const fates = openings.map((z) => {
  const lines = [0, 1].map((r) => ({ name: `reset gate r = ${r}`, y: held(z, r) }));
  return plot.curves(lines, { x: "step", y: "state h" });
});
const slider = { by: "update gate z =", names: openings.map(String) };
display(plot.withSlider(fates, { ...slider, title: "0.8, and what becomes of it" }));

// %%
import { table } from "unroll";

const ends = openings.map((z) => ({
  "update gate z": z,
  "after 30 steps, r = 0": held(z, 0)[30]!,
  "after 30 steps, r = 1": held(z, 1)[30]!,
}));
display(table(ends));

// %% [markdown]
// With $r = 0$ the candidate is 0 here, and the state follows it as fast as $z$ lets it. With $r = 1$ the candidate sees the state and holds it up, though it moves it to a value of its own.
//
// ## Cheaper
//
// Two gates and a candidate are three blocks of weights, where the LSTM has four. So much for the weights; but what about the time? We take the sizes of a network that reads digits row by row: 28 inputs, 64 units, batches of 50. How long does a training step take, forward and back, if the LSTM's is 100 %?

// %%
const timeShare = predict("A GRU's step, in % of the LSTM's?", 75, { unit: "%" });

// %%
import { type AnyCell, asRows, classifier, lstm, mnist, quick, random, rnn } from "unroll";

const data = mnist();
const few = asRows(data.train).batch([...Array(50).keys()]);

function stepOf(cell: AnyCell) {
  const model = classifier(cell, 10);
  const weights = model.init(random(1));
  return () => {
    const start = performance.now();
    model.lossAndGradients(weights, few);
    return performance.now() - start;
  };
}

// %%
const cells = { "tanh RNN": rnn(28, 64), GRU: gru(28, 64), LSTM: lstm(28, 64) };
const clocks = Object.values(cells).map((cell) => ({
  step: stepOf(cell),
  times: [] as number[],
}));
// in turns, so that a busy machine is unfair to all alike
for (let round = 0; round < (quick ? 20 : 100); round++) {
  for (const { step, times } of clocks) times.push(step());
}
const median = clocks.map(
  ({ times }) => times.toSorted((a, b) => a - b)[times.length / 2]!,
);
timeShare.reveal((100 * median[1]!) / median[2]!);

// %%
const costs = Object.entries(cells).map(([name, { parameterCount }], i) => ({
  cell: name,
  weights: parameterCount,
  "in % of the LSTM's": (100 * parameterCount) / cells.LSTM.parameterCount,
  "a step, ms": median[i]!,
  "in % of the LSTM's time": (100 * median[i]!) / median[2]!,
}));
display(table(costs, { title: "28 inputs, 64 units, 28 rows, 50 pictures" }));

// %% [markdown]
// The weights are three quarters to the digit, since $3H(D+H+1)$ stands against $4H(D+H+1)$. The time is what *this* machine took in *this* run; yours will differ. It need not follow the weights: the GRU has to wait for $r$ before it can take its last product, but it has fewer gates to squash and one state to carry instead of two, and in a small network that is a large part of the work.
//
// **Exercise 8.2.** So with as many weights as an LSTM a GRU may have more units. How many at most, with $D$ inputs, so that it has no more weights than an LSTM with $H$ units?

// %%
function unitsFor(D: number, H: number): number {
  return Number.NaN; // your turn
}
check("8.2", unitsFor);

// %% [markdown]
// <details><summary>Solution of 8.2</summary>
//
// ```ts
// function unitsFor(D: number, H: number): number {
//   const most = 4 * H * (D + H + 1);
//   let units = H;
//   while (3 * (units + 1) * (D + units + 1 + 1) <= most) units++;
//   return units;
// }
// ```
//
// </details>
//
// ## Four traps between libraries
//
// The GRU of PyTorch and Keras is not quite the one above. Whoever loads its weights meets four traps, and none of them gives an error.
//
// | | here, as in the lecture | PyTorch | Keras |
// |---|---|---|---|
// | new state | (1−z)∗h + z∗X″ | z∗h + (1−z)∗n | z∗h + (1−z)∗ĥ |
// | where r is applied | before the product: (r∗h)·W | after it: r∗(h·W + b) | after it; with `reset_after=False` before it |
// | order of the blocks | z, r, X″ | r, z, n | z, r, h |
// | biases | one | two, of which those of n do not add up | two rows; with `reset_after=False` one |
//
// The first one needs nothing but the other sign: where theirs keeps, ours takes, and $1-\sigma(a) = \sigma(-a)$. So all weights of that block change their sign. The second one is another cell, `gru(D, H, { resetAfter: true })`; no change of weights makes one of the other. The third is that of lesson 7. And the fourth comes from the second: $r$ is multiplied with one of the two biases of $n$ and not with the other.
//
// Here is a tiny GRU of PyTorch, `torch.nn.GRU(1, 2)`, with weights that we gave it.

// %%
const torch = {
  // rows, two for each block: reset gate r, update gate z, candidate n
  weight_ih_l0: matrix([[0.2], [-0.6], [0.7], [-0.4], [0.9], [1.2]]),
  weight_hh_l0: matrix([
    [-1.4, 0.8],
    [0.3, 1.1],
    [0.5, -0.9],
    [-0.2, 0.6],
    [1.3, -1.5],
    [-0.7, 1.6],
  ]),
  bias_ih_l0: matrix([[0.8, -0.5, -1, 0.1, 0.2, -0.3]]),
  bias_hh_l0: matrix([[-0.3, 0.2, 0.6, -0.7, 0.4, 0.5]]),
};

// %% [markdown]
// To the inputs 1, 0.5, −1, 0 PyTorch 2.13 answers, in float64 and with its first unit, what stands in the first line of the next cell. We compare the first unit of ours with that.

// %%
import type { Weights } from "unroll";

const torchSays = [0.37366913231, 0.49873254094, -0.38146871285, -0.12258783717];
const inputs = buildSequence(4, 1, 1, (t) => [1, 0.5, -1, 0][t]!);

function compare(theirs: readonly number[], cell: AnyCell, weights: Weights) {
  const { states } = unroll(cell, weights, inputs);
  const [h1, h2, h3, h4] = states.map(({ h }) => h.at(0, 0));
  const off = theirs.map((value, t) => Math.abs(value - states[t]!.h.at(0, 0)));
  return { h1, h2, h3, h4, "off by": Math.max(...off) };
}

// %%
import { addInto, copyWeights, fromPytorch, gruGates, scaleInto, zeros } from "unroll";

const ours = fromPytorch("gruResetAfter", torch);
const unmirrored = copyWeights(ours); // forgets that their z keeps
const { W, b } = gruGates(unmirrored).z;
scaleInto(W, -1);
scaleInto(b, -1);
const summed = copyWeights({ W: ours.W, b: ours.b }); // the biases of n in one
addInto(summed.b.columns(4, 6), ours.bh);

// %%
const after = gru(1, 2, { resetAfter: true });
const [h1, h2, h3, h4] = torchSays;
const loaded = [
  { how: "PyTorch says", h1, h2, h3, h4 },
  { how: "fromPytorch", ...compare(torchSays, after, ours) },
  { how: "sign of z forgotten", ...compare(torchSays, after, unmirrored) },
  { how: "r before the product", ...compare(torchSays, gru(1, 2), summed) },
  {
    how: "biases of n added up",
    ...compare(torchSays, after, { ...summed, bh: zeros(1, 2) }),
  },
];
display(table(loaded, { title: "one GRU of PyTorch, loaded in four ways" }));

// %% [markdown]
// Four GRUs that run and look healthy, and only one of them is right. The same for Keras 3.15, whose layer can put $r$ in either place: again we gave a layer of one unit some weights, and wrote down what it answers.

// %%
import { fromKeras } from "unroll";

const kernel = matrix([[-1.2, -0.8, 0.9]]); // update gate z, reset gate r, candidate h
const recurrent_kernel = matrix([[0.2, -1.2, -0.2]]);
const [row0, row1] = [
  [-0.1, -1, 0.7],
  [-1.2, -0.3, 0.1],
] as const;
const afterSays = [0.85325491632, 0.82187458156, 0.32313751573, 0.54372856971];
const beforeSays = [0.72427939282, 0.78077753904, 0.55596842084, 0.57440042443];

// %%
const layer = { kernel, recurrent_kernel };
const withTwo = fromKeras("gruResetAfter", { ...layer, bias: matrix([row0, row1]) });
const withOne = fromKeras("gru", { ...layer, bias: matrix([row0]) });
const kerases = [
  { layer: "GRU(1)", ...compare(afterSays, gru(1, 1, { resetAfter: true }), withTwo) },
  { layer: "GRU(1, reset_after=False)", ...compare(beforeSays, gru(1, 1), withOne) },
];
display(table(kerases, { title: "two GRUs of Keras, loaded" }));

// %% [markdown]
// **Exercise 8.3.** Do the first trap by hand. Of a PyTorch GRU with one input and one unit you get the four numbers of the **update gate**. Return ours: the weight of the input, the weight of the old state, and the bias.

// %%
type Theirs = { weight_ih: number; weight_hh: number; bias_ih: number; bias_hh: number };

function ourUpdateGate({ weight_ih, weight_hh, bias_ih, bias_hh }: Theirs): number[] {
  return []; // your turn: [fromX, fromH, bias]
}
check("8.3", ourUpdateGate);

// %% [markdown]
// <details><summary>Solution of 8.3</summary>
//
// ```ts
// function ourUpdateGate({ weight_ih, weight_hh, bias_ih, bias_hh }: Theirs): number[] {
//   return [-weight_ih, -weight_hh, -(bias_ih + bias_hh)]; // 1 − σ(a) = σ(−a)
// }
// ```
//
// </details>
//
// ## Against the LSTM
//
// Which is better? Both read digits row by row, as in lesson 0: 20,000 pictures, two rounds, three times with other random numbers. Guessing is right for 10 % of them. A GRU with 75 units is there too (exercise 8.2 says why 75), and the tanh RNN. By how much do GRU and LSTM with 64 units differ? We call it a difference if the means are further apart than the runs of one cell.

// %%
const verdicts = ["GRU better", "LSTM better", "no clear difference"];
const verdict = predict("Which reads digits better?", "LSTM better", { choices: verdicts });

// %%
import { accuracy, adam, linearDecay, type TrainingStep, train } from "unroll";

const pictures = asRows(data.train.slice(0, quick ? 2_000 : 20_000));
const unseen = asRows(quick ? data.test.slice(0, 500) : data.test);

async function learn(cell: AnyCell, seed: number, onStep: (step: TrainingStep) => void) {
  const model = classifier(cell, 10);
  const weights = model.init(random(seed));
  const optimizer = adam({ learningRate: 0.005 });
  const order = { epochs: quick ? 1 : 2, batchSize: 50, random: random(seed + 10) };
  const options = { ...order, optimizer, schedule: linearDecay(), clipNorm: 1, onStep };
  const { seconds } = await train(model, weights, pictures, options);
  return { right: 100 * accuracy(model, weights, unseen), seconds };
}

// %%
import { live } from "unroll";

const readers = { ...cells, "GRU, 75 units": gru(28, 75) };
const names = Object.keys(readers);
const scores = names.map((name) => ({ name, rights: [] as number[], seconds: 0 }));
const curves = names.map((name) => ({ name, y: [] as number[] }));
const look = { x: "step", y: "right, % (running mean)", title: "the last of the runs" };
const view = live(() => plot.curves(curves, look), { every: 500 });

// %%
for (const seed of quick ? [1] : [1, 2, 3]) {
  for (const { y } of curves) y.length = 0;
  for (const [i, cell] of Object.values(readers).entries()) {
    const { right, seconds } = await learn(cell, seed, ({ accuracy }) => {
      curves[i]!.y.push(0.98 * (curves[i]!.y.at(-1) ?? 10) + 2 * accuracy);
      view.update();
    });
    scores[i]!.rights.push(right);
    scores[i]!.seconds += seconds;
  }
}

// %%
const overall = scores.map(({ name, rights, seconds }, i) => {
  const mean = rights.reduce((sum, right) => sum + right, 0) / rights.length;
  const spread = Math.max(...rights) - Math.min(...rights);
  const weights = Object.values(readers)[i]!.parameterCount;
  return { cell: name, weights, "right, %": mean, "best − worst": spread, seconds };
});
display(table(overall, { title: "10,000 unseen digits, means of three runs" }));

// %% [markdown]
// As a picture; the short lines on top reach from the best to the worst run.

// %%
const means = Object.fromEntries(overall.map((row) => [row.cell, row["right, %"]]));
const halves = overall.map((row) => [row.cell, row["best − worst"] / 2]);
const deviations = Object.fromEntries(halves);
const axes = { y: "right, %", baseline: 10, deviations };
display(plot.bars(means, { ...axes, title: "digits row by row: GRU and LSTM" }));

// %%
const [, gruScore, lstmScore] = overall;
const apart = gruScore!["right, %"] - lstmScore!["right, %"];
const within = Math.max(gruScore!["best − worst"], lstmScore!["best − worst"]);
console.log(
  `GRU − LSTM: ${apart.toFixed(2)} %, runs of one cell: up to ${within.toFixed(2)} %`,
);
const better = apart > 0 ? "GRU better" : "LSTM better";
verdict.reveal(Math.abs(apart) > within ? better : "no clear difference");

// %%
import { result } from "unroll";

result({
  lesson: "08-gru",
  name: `digits read by a GRU with 64 units (LSTM: ${means.LSTM!.toFixed(1)} %)`,
  value: means.GRU!,
  unit: "%",
  expected: [92, 98],
  seconds: scores.reduce((sum, { seconds }) => sum + seconds, 0),
});

// %% [markdown]
// With 64 units each, GRU and LSTM are nearer to each other than two runs of the same cell, and the GRU has three quarters of the weights. Where it gets as many weights as the LSTM, it is no worse for it. Both read better than the tanh RNN. This is what others have found, with more tasks than one: Chung et al. (2014) saw no clear winner, and Jozefowicz et al. (2015) tried ten thousand variants and found none that is better than both everywhere.
//
// ## What to take along
//
// - $z, r = \sigma((x_t \mathbin{\Vert} h_{t-1})\,W + b)$, candidate $X'' = \tanh((x_t \mathbin{\Vert} r * h_{t-1})\,W_c + b_c)$, new state $h_t = (1-z) * h_{t-1} + z * X''$.
// - The update gate keeps or takes, one at the cost of the other. The reset gate says what the *proposal* sees, and erases nothing.
// - Three blocks of weights instead of four.
// - Between libraries: whether z keeps or takes, where r stands, which block comes first, how many biases there are. Compare the outputs of one step with the original before you believe anything.
//
// **Known good:** 64 units, Adam with learning rate 0.005 that falls to 0, batches of 50, gradients clipped at norm 1, 2 epochs.
//
// **Try:** with 16 units, or with 2,000 pictures instead of 20,000: is there still no clear difference? Give the LSTM `{ forgetBias: 0 }` and compare again. Fix the reset gate of a trained GRU at 1, as lesson 7 freezes gates (`gruGates`): how much does it matter here?
//
// **Read:** Cho et al. (2014), *Learning phrase representations using RNN encoder–decoder for statistical machine translation*, where the GRU comes from. Chung et al. (2014), *Empirical evaluation of gated recurrent neural networks on sequence modeling*, for GRU against LSTM. Jozefowicz, Zaremba & Sutskever (2015), *An empirical exploration of recurrent network architectures*, for the search for something better. Weiss, Goldberg & Yahav (2018), *On the practical computational power of finite precision RNNs for language recognition*, on why an LSTM can count and a GRU cannot.
