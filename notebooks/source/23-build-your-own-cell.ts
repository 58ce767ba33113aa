// %% [markdown]
// # 23 · Build your own cell
//
// **You will be able to** write a recurrent cell of your own, forward and backward; let the gradient check find your mistakes, and say from its table which line is wrong; and put your cell beside RNN, LSTM and GRU, trained on the same digits.
//
// **Time:** 1 minute to run on two cores, 60 to understand. **Needs:** lessons 3, 8 and 10. **Data:** MNIST, 60,000 + 10,000 handwritten digits (LeCun, Cortes & Burges; CC BY-SA 3.0).
//
// ## What a cell is
//
// All models of this course know a cell by five things: how wide its input and its state are, how its weights begin (`init`), what it remembers before the first step (`initialState`), one step **forward**, and the same step **backward**. Who writes these five can train it: the classifier, the optimiser and the plots ask for nothing else.
//
// We begin with a cell that you know, the vanilla RNN: $h_t = \tanh((x_t \mathbin{\Vert} h_{t-1})\,W + b)$. Its step forward returns the new state, and a **cache**: what the way back will need.

// %%
import { affine, concat, type Matrix, tanh } from "unroll";

type Own = { W: Matrix; b: Matrix };
type Held = { h: Matrix };

function forward({ W, b }: Own, x: Matrix, { h }: Held) {
  const hNext = tanh(affine(concat(x, h), W, b)); // B×H
  return { state: { h: hNext }, cache: { x, h, hNext } };
}
type Cache = ReturnType<typeof forward>["cache"];

// %% [markdown]
// The step backward gets $\partial E/\partial h_t$ and returns what it means for everything that went in: for $x_t$, for $h_{t-1}$, and for the weights. It walks the lines of the step forward from the last to the first. Tanh has the slope $1 - h_t^2$; then `affineBackward` undoes the product; then the columns of $x \mathbin{\Vert} h$ are cut apart again.

// %%
import { affineBackward, mul, tanhSlope } from "unroll";

function backward({ W }: Own, { h: dhNext }: Held, { x, h, hNext }: Cache) {
  const dZ = mul(dhNext, tanhSlope(hNext));
  const { dX, dW, db } = affineBackward(dZ, concat(x, h), W);
  const dx = dX.columns(0, x.cols);
  const dh = dX.columns(x.cols, dX.cols);
  return { dx, dState: { h: dh }, gradients: { W: dW, b: db } };
}

// %% [markdown]
// Put together, that is a cell. `back` is an option, because we are going to break it.

// %%
import { build, type Cell, type Random, zeros } from "unroll";

function spread(rows: number, cols: number, random: Random, reach = 1) {
  return build(rows, cols, () => (reach * (2 * random() - 1)) / Math.sqrt(rows));
}

// %%
function vanilla(D: number, H: number, back = backward): Cell<Own, Held, Cache> {
  return {
    inputSize: D,
    hiddenSize: H,
    parameterCount: H * (D + H + 1),
    init: (random) => ({ W: spread(D + H, H, random, Math.sqrt(3)), b: zeros(1, H) }),
    initialState: (batch) => ({ h: zeros(batch, H) }),
    forward,
    backward: back,
  };
}

// %% [markdown]
// ## Is it right?
//
// Nobody writes a step backward without a mistake, so we let numbers judge. $E$ is half the sum of all $h_t^2$ over five steps, so that $\partial E_t/\partial h_t = h_t$. `unroll` walks forward, `bptt` walks back through **your** `backward`, and `gradientCheck` moves every weight a little and looks at what $E$ really does (lesson 3).

// %%
import { bptt, buildSequence, random, type State, unroll, type Weights } from "unroll";

function walked<W extends Weights, S extends State, C>(cell: Cell<W, S, C>) {
  const draw = random(1);
  const weights = cell.init(draw);
  const x = buildSequence(5, 3, cell.inputSize, () => 2 * draw() - 1);
  const run = unroll(cell, weights, x);
  const dh = run.states.map(({ h }) => h);
  return { weights, x, gradients: bptt(cell, weights, run, dh).gradients };
}

// %%
import { gradientCheck } from "unroll";

function examined<W extends Weights, S extends State, C>(cell: Cell<W, S, C>) {
  const { weights, x, gradients } = walked(cell);
  const energy = ({ h }: State) =>
    Array.from(h.data).reduce((sum, v) => sum + v ** 2 / 2, 0);
  const loss = () =>
    unroll(cell, weights, x).states.reduce((sum, state) => sum + energy(state), 0);
  return gradientCheck(loss, weights, gradients);
}
console.log(examined(vanilla(3, 4)).summary);

// %% [markdown]
// All agree. Now three mistakes that people make. **No slope**: the line with $1 - h_t^2$ was forgotten. **No way back**: nothing is passed on to $h_{t-1}$. **No bias**: its gradient was left at zero.

// %%
import { scaleInto } from "unroll";

const mistakes = ["none", "no slope", "no way back", "no bias"] as const;

function broken(mistake: (typeof mistakes)[number]): typeof backward {
  return (weights, dState, cache) => {
    const flat = { ...cache, hNext: zeros(cache.h.rows, cache.h.cols, cache.h.precision) };
    const right = backward(weights, dState, mistake === "no slope" ? flat : cache);
    const { dState: dBefore, gradients } = right;
    if (mistake === "no way back") scaleInto(dBefore.h, 0);
    if (mistake === "no bias") scaleInto(gradients.b, 0);
    return right;
  };
}

// %% [markdown]
// The check tells them apart. Which one can it see in the bias alone?

// %%
import { predict } from "unroll";

const asked = "W is judged right and b is judged wrong: which mistake is it?";
const culprit = predict(asked, "no slope", { choices: mistakes.slice(1) });

// %%
import { display, plot } from "unroll";

const found = mistakes.map((mistake) => examined(vanilla(3, 4, broken(mistake))));
const pages = found.map(({ perParameter }) => {
  const errors = Object.entries(perParameter).map(([name, { error }]) => [name, error]);
  const shown = Object.fromEntries(
    errors.map(([name, e]) => [name, Math.max(Number(e), 1e-12)]),
  );
  return plot.bars(shown, { y: "largest relative error", yScale: "log", baseline: 1e-7 });
});
const title = "what the gradient check sees (below the line: right)";
display(plot.withSlider(pages, { by: "mistake:", names: [...mistakes], title }));
culprit.reveal("no bias");

// %% [markdown]
// Read it like this. *Only b is wrong*: its own line is. *All are wrong*: look at what comes before the weights, the slope. Is it the slope or the way back? Check again over **one** step: with a single step there is no way back, so the second mistake cannot be seen, and the first can.
//
// **Misconception:** *“The loss falls while it trains, so my gradient is right.”* Let us train all four on the same digits, row by row, with the same weights at the start.

// %%
import { adam, asRows, classifier, linearDecay, live, mnist, quick, train } from "unroll";

const digits = mnist();
const few = asRows(digits.train.slice(0, quick ? 1000 : 20_000));
const settings = { batchSize: 32, clipNorm: 1, schedule: linearDecay() };
const losses = mistakes.map((name) => ({ name, x: [] as number[], y: [] as number[] }));
const axes = {
  x: "steps of training",
  y: "loss (nats)",
  title: "right and wrong gradients",
};
const view = live(() => plot.curves(losses, axes));

// %%
async function trained(mistake: (typeof mistakes)[number], x: number[], y: number[]) {
  const model = classifier(vanilla(28, 64, broken(mistake)), 10);
  const weights = model.init(random(1));
  const onStep = ({ step, loss }: { step: number; loss: number }) => {
    if (step % 25 > 0) return;
    x.push(step);
    y.push(loss);
    view.update();
  };
  const optimizer = adam({ learningRate: 0.003 });
  await train(model, weights, few, { ...settings, optimizer, random: random(2), onStep });
  return { model, weights };
}

// %%
import { accuracy } from "unroll";

const unseen = asRows(digits.test.slice(0, quick ? 500 : 10_000));
const reached: Record<string, number> = {};
for (const [i, mistake] of mistakes.entries()) {
  const { x, y } = losses[i]!;
  const { model, weights } = await trained(mistake, x, y);
  reached[mistake] = 100 * accuracy(model, weights, unseen);
}

// %%
const inWords = Object.entries(reached).map(
  ([name, share]) => `${name} ${share.toFixed(1)} %`,
);
console.log(`unseen digits: ${inWords.join(", ")}`);

// %% [markdown]
// *No slope* fell apart. But look at *no way back*: its loss falls, and it reads four digits in ten, four times as many as guessing would. That is no gradient through time at all, and nothing in the curve says so. And *no bias* is as good as the right one: whoever looks only at the result would never find that mistake. A curve can show that a gradient is wrong. It cannot show that it is right.
//
// ## Your turn: the minimal GRU
//
// Lesson 10 met a younger cell (Feng et al. 2024): its gate looks at the input alone.
//
// $$z_t = \sigma(x_t\,W_z + b_z), \qquad X''_t = x_t\,W_c + b_c, \qquad h_t = h_{t-1} + z_t * (X''_t - h_{t-1})$$
//
// In words: the candidate is a plain product, and $z$ says how far the state moves towards it. This drawing shows one unit: its state follows the candidate fast where $z$ is near 1, and holds where $z$ is near 0.

// %% [cover]
const followed = [0.05, 0.3, 0.9].map((z) => {
  let h = 0;
  const y = Array.from({ length: 40 }, (_, t) => (h += z * ((t % 20 < 10 ? 1 : -1) - h)));
  return { name: `z = ${z}`, y };
});
const goal = {
  name: "candidate",
  y: Array.from({ length: 40 }, (_, t) => (t % 20 < 10 ? 1 : -1)),
};
const follows = { x: "step", y: "state h", title: "z: how far the state moves" };
display(plot.curves([goal, ...followed], follows));

// %% [markdown]
// Your tools work on whole matrices, entry by entry. The slope of the sigmoid is computed from its *output*:

// %%
import { add, matrix, sigmoid, sigmoidSlope, subtract, table } from "unroll";

const [a, b] = [matrix([[0, 2]]), matrix([[1, -1]])];
const tools = {
  add: add(a, b),
  subtract: subtract(a, b),
  mul: mul(a, b),
  sigmoid: sigmoid(a),
};
const slope = sigmoidSlope(tools.sigmoid);
const seen = Object.entries({ ...tools, "its slope": slope }).map(([name, { data }]) => ({
  name,
  of: `${data[0]!.toFixed(2)}, ${data[1]!.toFixed(2)}`,
}));
display(table(seen, { title: "a = 0, 2 and b = 1, −1" }));

// %% [markdown]
// All weights are packed: $W$ is $D \times 2H$, its first $H$ columns are $W_z$, the others $W_c$.
//
// **Exercise 23.1.** How many numbers does it learn, with D inputs and H units?

// %%
import { check } from "unroll";

function weightCount(D: number, H: number): number {
  return Number.NaN; // your turn
}
check("23.1", weightCount);

// %% [markdown]
// <details><summary>Solution of 23.1</summary>
//
// ```ts
// function weightCount(D: number, H: number): number {
//   return 2 * H * (D + 1); // two blocks, D rows and a bias for each of their columns
// }
// ```
//
// </details>
//
// **Exercise 23.2.** The step forward. The cache must hold `x`, `h`, `z` and `candidate`.

// %%
type Kept = Record<"x" | "h" | "z" | "candidate", Matrix>;

function forwardStep({ W, b }: Own, x: Matrix, { h }: Held): { state: Held; cache: Kept } {
  throw new Error("your turn");
}
check("23.2", forwardStep);

// %% [markdown]
// <details><summary>Solution of 23.2</summary>
//
// ```ts
// function forwardStep({ W, b }: Own, x: Matrix, { h }: Held): { state: Held; cache: Kept } {
//   const H = h.cols;
//   const Z = affine(x, W, b); // B×2H
//   const z = sigmoid(Z.columns(0, H));
//   const candidate = Z.columns(H, 2 * H);
//   const hNext = add(h, mul(z, subtract(candidate, h)));
//   return { state: { h: hNext }, cache: { x, h, z, candidate } };
// }
// ```
//
// </details>
//
// **Think:** before you write it: through how many ways does $h_{t-1}$ get into $h_t$?
// <details><summary>Answer</summary>Two, and both are in one line: <i>h</i> itself, and −<i>z</i>∗<i>h</i>. Together (1 − <i>z</i>)∗<i>h</i>. In a GRU there would be a third and a fourth, through the gates.</details>
//
// **Exercise 23.3.** The step backward. `dState.h` is $\partial E/\partial h_t$.

// %%
type Back = { dx: Matrix; dState: Held; gradients: Own };

function backwardStep({ W }: Own, dState: Held, { x, h, z, candidate }: Kept): Back {
  throw new Error("your turn");
}
check("23.3", backwardStep);

// %% [markdown]
// <details><summary>Solution of 23.3</summary>
//
// ```ts
// function backwardStep({ W }: Own, dState: Held, { x, h, z, candidate }: Kept): Back {
//   const dz = mul(dState.h, subtract(candidate, h));
//   const dCandidate = mul(dState.h, z);
//   const dh = subtract(dState.h, dCandidate);
//   const dZ = concat(mul(dz, sigmoidSlope(z)), dCandidate);
//   const { dX, dW, db } = affineBackward(dZ, x, W);
//   return { dx: dX, dState: { h: dh }, gradients: { W: dW, b: db } };
// }
// ```
//
// </details>
//
// Now it is a cell. Does the gradient check agree? As long as it does not, the library's own minimal GRU stands in, so that the rest of the lesson runs.

// %%
import { minimalGru } from "unroll";

function mine(D: number, H: number): Cell<Own, Held, Kept> {
  return {
    inputSize: D,
    hiddenSize: H,
    parameterCount: weightCount(D, H),
    init: (random) => ({ W: spread(D, 2 * H, random), b: zeros(1, 2 * H) }),
    initialState: (batch) => ({ h: zeros(batch, H) }),
    forward: forwardStep,
    backward: backwardStep,
  };
}

// %%
function judged(): { isReady: boolean; says: string } {
  try {
    const { ok, summary } = examined(mine(3, 4));
    return { isReady: ok, says: summary };
  } catch (error) {
    return { isReady: false, says: `it does not run yet (${(error as Error).message})` };
  }
}
const { isReady, says } = judged();
console.log(`your cell: ${says}`);
const entry = isReady ? mine : minimalGru;
const entryName = isReady ? "yours" : "minimal GRU";

// %% [markdown]
// ## Into the comparison
//
// The page of lesson 10: readers of digits, row by row, all with about as many weights, each with a learning rate that suits it. Yours has two layers of 80 units, as the minimal GRU had there.

// %%
import { type AnyCell, gru, lstm, rnn, stacked } from "unroll";

const readers: Record<string, { cells: AnyCell[]; rate: number }> = {
  RNN: { cells: [rnn(28, 112)], rate: 0.003 },
  LSTM: { cells: [lstm(28, 52)], rate: 0.01 },
  GRU: { cells: [gru(28, 64)], rate: 0.01 },
  [entryName]: { cells: [entry(28, 80), entry(80, 80)], rate: 0.03 },
};
const names = Object.keys(readers);
const practice = asRows(digits.train.slice(0, quick ? 1000 : 20_000));

// %%
const wrongAtFirst = "Of 100 unseen digits, how many will the new cell read wrongly?";
const wrongly = predict(wrongAtFirst, 4, { unit: "%" });

// %%
import { liveTraining } from "unroll";

async function learn(name: string) {
  const { cells, rate } = readers[name]!;
  const model = classifier(stacked(cells[0]!, ...cells.slice(1)), 10);
  const weights = model.init(random(1));
  const watch = name === entryName ? liveTraining({ title: name }) : {};
  const how = { ...settings, random: random(2), ...watch };
  const optimizer = adam({ learningRate: rate });
  const { seconds } = await train(model, weights, practice, { ...how, optimizer });
  return { name, model, weights, seconds };
}
const learned: Awaited<ReturnType<typeof learn>>[] = [];
for (const name of names) learned.push(await learn(name));

// %%
import { countWeights } from "unroll";

const wrong = ({ model, weights }: (typeof learned)[number]) =>
  100 * (1 - accuracy(model, weights, unseen));
const errors = Object.fromEntries(learned.map((entry) => [entry.name, wrong(entry)]));
wrongly.reveal(errors[entryName]!);
const page = learned.map(({ name, weights, seconds }) => ({
  cell: name,
  weights: countWeights(weights),
  "wrong, %": errors[name]!,
  "seconds of training": Number(seconds.toPrecision(2)),
}));
display(table(page, { title: "on the same digits" }));

// %%
display(plot.bars(errors, { y: "read wrongly, %", title: "unseen digits, row by row" }));

// %%
import { result } from "unroll";

result({
  lesson: "23-build-your-own-cell",
  name: "row-wise test accuracy of the minimal GRU that is built here",
  value: 100 - errors[entryName]!,
  unit: "%",
  expected: [90, 97],
  seconds: learned.at(-1)!.seconds,
  baseline: { name: "vanilla RNN with about as many weights", value: 100 - errors.RNN! },
  data: "MNIST",
});

// %% [markdown]
// ## Faster: all steps at once
//
// A cell that is walked step by step makes new matrices at each step. Whoever knows more about a cell can add a sixth thing, `sequence`, its whole-sequence form, and the models take it when it is there. The minimal GRU's step is $h \mapsto a\,h + b$ with $a = 1 - z$, $b = z * X''$, and two such steps in a row are one.
//
// **Exercise 23.4.** Join them: first $h \mapsto a_1 h + b_1$, then $h \mapsto a_2 h + b_2$. Return the joined $a$ and $b$.

// %%
function join(a1: number, b1: number, a2: number, b2: number): number[] {
  return [Number.NaN, Number.NaN]; // your turn
}
check("23.4", join);

// %% [markdown]
// <details><summary>Solution of 23.4</summary>
//
// ```ts
// function join(a1: number, b1: number, a2: number, b2: number): number[] {
//   return [a2 * a1, a2 * b1 + b2];
// }
// ```
//
// </details>
//
// The library's `minimalGruSequence` does that with whole matrices (lesson 10). Does it give the same loss and gradients as the walk?

// %%
import { flatten } from "unroll";

const walker = { ...minimalGru(28, 80) };
delete walker.sequence;
const atOnce = classifier(minimalGru(28, 80), 10);
const stepByStep = classifier(walker, 10);
const same = atOnce.init(random(1));
const batch = practice.batch([...Array(32).keys()]);
const [one, other] = [atOnce, stepByStep].map((m) =>
  flatten(m.lossAndGradients(same, batch).gradients),
);
const apart = Object.keys(one!).flatMap((k) =>
  Array.from(one![k]!.data, (v, i) => Math.abs(v - other![k]!.data[i]!)),
);
console.log(`largest difference of a gradient: ${Math.max(...apart).toExponential(1)}`);

// %% [markdown]
// ## Try your own digit
//
// Draw a digit. The cell that was trained above reads it row by row; below you see what it would say after each row.

// %%
import { pictureRows, tryDrawing } from "unroll";

const reader = learned.at(-1)!;
tryDrawing({
  title: "Your digit, read by the new cell",
  examples: [3, 4].map((i) => digits.test.pixels(i)),
  answer: (picture) => {
    const said = reader.model.everyStep(reader.weights, pictureRows(picture));
    return plot.guesses(said, { step: "row", title: "its guess after every row" });
  },
});

// %% [markdown]
// ## What to take along
//
// - A cell is five things, and the models ask for nothing else: write forward and backward, and it trains.
// - The step backward is the step forward, line by line, from the last to the first. Count the ways in which the old state gets into the new one.
// - A falling loss proves nothing. The **gradient check** does, and its table says where to look.
// - What can be computed for all steps at once should be; the readable step stays, as its judge.
//
// **Known good:** two layers of 80 units, Adam at 0.03 falling to 0, batches of 32, gradients clipped at norm 1, one epoch of 20,000 digits.
//
// **Try:** put a tanh around the candidate, and its slope into the way back. Let the gate see $h_{t-1}$ again: what must the way back get? Give each unit a $z$ that is learned and the same at every step (a leaky unit). Let two units share a gate. Each time: check first, then train.
//
// **Read:** Feng et al. (2024), *Were RNNs all we needed?*, for the minimal GRU. Jozefowicz, Zaremba & Sutskever (2015), *An empirical exploration of recurrent network architectures*, who let a computer invent ten thousand cells. Greff et al. (2017), *LSTM: a search space odyssey*, for what happens when one part is taken away.
