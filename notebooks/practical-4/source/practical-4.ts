// %% [markdown]
// # Practical 4 · Recurrent networks by hand
//
// **You will be able to** build a recurrent network out of nothing but matrix products, send gradients back through time and prove that they are right, write the steps of an LSTM and of a GRU, and train what you have written on handwritten digits.
//
// **Time:** 4 minutes to run on two cores, an afternoon to write. **Needs:** lessons 2 and 3: the recurrent computation, and back-propagation through time. **Data:** MNIST (CC BY-SA 3.0), which is on your disk already; nothing needs a network.
//
// ## How this works
//
// - Cells that say `your turn` are yours. Write between the lines that are there; keep the names and what goes in and out, since later cells and the grader call your functions by name.
// - Below each of them stands `check("…")`. It says how many of the public tests your function passes, and the first number that differs. After two misses it also gives a hint. You may check as often as you like.
// - All other cells are the course's: run them, and leave them as they are. The grader puts them back before it looks.
// - There are 100 points for code. Every part of an exercise counts by itself, and some tests are hidden: they ask the same functions about other numbers and other sizes.
// - The questions in words have no points in these 100. They are read by people, and what you find out in answering them is what the code is about.
//
// Each exercise says for whom it is. **ALL**: everybody. **INTERMEDIATE**: you know how a chain rule goes through a graph. **ADVANCED**: you want to know it exactly.

// %% [markdown]
// ## Intuition, and the interface of a recurrent network
//
// A feed-forward network is a function of what it sees. A recurrent network is a function of what it sees **and of what it remembers**, and it returns what it will remember next:
//
// $$(x_t,\; h_{t-1}) \;\longrightarrow\; (y_t,\; h_t)$$
//
// Nothing more is needed to read a text, a melody or a picture line by line: call the function again and again, and hand each state to the next call. Whatever the network knows about the past has to fit into $h$.
//
// In this practical the function is the simplest one there is:
//
// $$h_t = \tanh(x_t\,W_{xh} + h_{t-1}\,W_{hh} + b_h) \qquad\qquad y_t = h_t\,W_{hy} + b_y$$
//
// | name | shape | what it is |
// |---|---|---|
// | `x` | B×D | what is seen: one row for each of B sequences |
// | `h` | B×H | what is remembered |
// | `y` | B×N | what is said: a number for each of N classes |
// | `Wxh`, `Whh`, `bh` | D×H, H×H, 1×H | from input and old state to the new state |
// | `Why`, `by` | H×N, 1×N | from the state to what is said |
//
// These are the types, and the tools that you need. They are the library's, and they are fast: never write a loop over the numbers of a matrix where one of them does it.
//
// | tool | what it computes |
// |---|---|
// | `product(A, B)` | the matrix product $A\,B$ |
// | `affine(X, W, b)` | $X\,W + b$, the bias added to every row |
// | `affineBackward(dZ, X, W)` | from ∂E/∂Z of $Z = X\,W + b$ back: `{ dX, dW, db }` |
// | `add(a, b)`, `subtract(a, b)`, `mul(a, b)` | entry by entry, a new matrix |
// | `addInto(a, b)` | adds `b` into `a`, in place |
// | `tanh(a)`, `sigmoid(a)` | entry by entry |
// | `tanhSlope(y)`, `sigmoidSlope(y)` | the slopes, **written with the output** $y$: $1 - y^2$ and $y(1 - y)$ |
// | `concat(a, b)` | side by side: B×P and B×Q give B×(P+Q) |
// | `m.columns(from, to)` | columns from … to − 1 |
// | `zerosLike(weights)` | zeros in the same shapes |

// %% [given types]
import {
  add,
  addInto,
  affine,
  affineBackward,
  concat,
  type Matrix,
  mul,
  product,
  quick,
  sigmoid,
  sigmoidSlope,
  softmaxCrossEntropy,
  subtract,
  tanh,
  tanhSlope,
  zeros,
  zerosLike,
} from "unroll";

/** What one step needs: D×H, H×H and 1×H. */
type StepWeights = { Wxh: Matrix; Whh: Matrix; bh: Matrix };

/** With the read-out: H×N and 1×N. */
type ModelWeights = StepWeights & { Why: Matrix; by: Matrix };

/** What a step writes down for the way back. */
type StepCache = { x: Matrix; hPrevious: Matrix; h: Matrix };

// %% [markdown]
// To try things out there are dummy data: `dummyMatrix(random, rows, cols)`, `dummySteps(random, steps, rows, cols)` and the weights of a whole network, `dummyRnn(random, D, H, N)`. The same seed gives the same numbers.

// %% [given dummy-data]
import { dummyMatrix, dummyRnn, dummySteps, dummyTargets, random } from "unroll";

const playWeights = dummyRnn(random(1), 3, 4, 2);
const playInputs = dummySteps(random(2), 5, 1, 3);

// %%
console.log(`${playInputs.length} steps of ${playInputs[0]!.rows}×${playInputs[0]!.cols}`);
playWeights.Wxh;

// %% [markdown]
// ## Questions on unrolling
//
// **Question 1.** A network with D = 28 and H = 128 reads a sequence of 28 steps, then one of 2,800 steps. How many weights has it in each case, and why?

// %% [question unrolling-weights]
// BEGIN SOLUTION
// 20,096 in both: 28·128 + 128·128 for the two matrices and 128 for the bias; the read-out comes on top. Unrolling draws the same weights once for each step; it makes no new ones.
// END SOLUTION

// %% [markdown]
// **Question 2.** Unrolled over T steps the network looks like a feed-forward network with T layers. Name two ways in which it is not one.

// %% [question unrolling-layers]
// BEGIN SOLUTION
// All "layers" share one set of weights. And each of them gets an input of its own, and may have an output and a loss of its own, where a feed-forward network has one of each at its ends.
// END SOLUTION

// %% [markdown]
// **Question 3.** What must be kept of the forward pass to be able to go back, and how does the memory that this takes grow with T? With H?

// %% [question unrolling-memory]
// BEGIN SOLUTION
// For each step its input, the state before it and the state after it: the slope of tanh is computed from h, and the gradient of a matrix from what was multiplied by it. So the memory grows in proportion to T, and to B·(D + H); the weights are kept once.
// END SOLUTION

// %% [markdown]
// ## Back-propagation through time, in words
//
// Unrolled, the recurrent network is an ordinary graph, and the chain rule goes back through it as through any other. Two things are worth saying aloud before you write them:
//
// - **A state has two readers.** $h_t$ is read by the output of its own step and by the next step. So its gradient is a sum of two: what $E_t$ says about it, and what came back from step $t+1$. At the last step the second one is zero.
// - **A weight is used at every step.** So its gradient is a sum over all steps, each adding its part.
//
// **Question 4.** In your own words, for somebody who knows the chain rule and has never seen a recurrent network: what happens when you go back from step $t+1$ to step $t$? Why may you not begin at the first step?

// %% [question bptt-in-words]
// BEGIN SOLUTION
// At step t we know how the loss of this step depends on h_t, and step t+1 has told us how all later losses depend on it. We add the two, go back through tanh, and from there to three places: to the weights, where we add our part to what the other steps have said; to the input; and to h_{t−1}, which is what step t−1 is waiting for. It is waiting: what later losses say about h_{t−1} is known only when we have been through step t. That is why the way begins at the end.
// END SOLUTION

// %% [markdown]
// ## (1) One step forward · ALL · 8 points
//
// Write $h_t = \tanh(x_t\,W_{xh} + h_{t-1}\,W_{hh} + b_h)$. All B rows are computed at once: that is what the matrix products are for.

// %% [answer rnn-step]
/** x: B×D, h: B×H. Returns the new state, B×H. */
function rnnStep({ Wxh, Whh, bh }: StepWeights, x: Matrix, h: Matrix): Matrix {
  // BEGIN SOLUTION
  return tanh(add(product(x, Wxh), affine(h, Whh, bh)));
  // END SOLUTION
}

// %% [tests rnn-step]
import { check } from "unroll";

check("rnn-step");

// BEGIN HIDDEN TESTS
import {
  build,
  type Declared,
  dummyGru,
  dummyLstm,
  integer,
  judgeDigits,
  pointsFor,
  type Random,
  scaleInto,
} from "unroll";

await pointsFor("rnn-step", [
  {
    title: "other sizes",
    points: 2,
    cases: (random) => [
      [dummyRnn(random, 5, 2, 2), dummyMatrix(random, 4, 5), dummyMatrix(random, 4, 2)],
      [dummyRnn(random, 1, 1, 2), dummyMatrix(random, 1, 1), dummyMatrix(random, 1, 1)],
    ],
  },
  {
    title: "weights, input and old state are left as they were",
    points: 2,
    cases: (random) => [
      [dummyRnn(random, 3, 4, 2), dummyMatrix(random, 2, 3), dummyMatrix(random, 2, 4)],
    ],
    call: (notebook: Declared, ...given: never[]) => {
      const next = notebook.rnnStep(...given);
      return { next, given };
    },
  },
]);
// END HIDDEN TESTS

// %% [markdown]
// ## (2) Unrolled forward, with a cache · ALL · 9 points
//
// Call your step for one input after the other, begin with `h0`, and write down at each step what the way back will need: the input, the state **before** and the state **after** the step. The outputs are $y_t = h_t\,W_{hy} + b_y$.
//
// The first of the public tests holds your function against fixed numbers. They are those of the practical of the Deep Learning Indaba in 2017, which was written in another language with another library, and printed the last state and the last output of a network with 8 inputs and 4 units after 5 steps. A network is its equation: yours has to say the same.

// %% [answer rnn-forward]
/** xs: T inputs, B×D each; h0: B×H. Returns T outputs, B×N each, and T caches. */
function rnnForward(
  weights: ModelWeights,
  xs: readonly Matrix[],
  h0: Matrix,
): { ys: Matrix[]; caches: StepCache[] } {
  // BEGIN SOLUTION
  const ys: Matrix[] = [];
  const caches: StepCache[] = [];
  let hPrevious = h0;
  for (const x of xs) {
    const h = rnnStep(weights, x, hPrevious);
    ys.push(affine(h, weights.Why, weights.by));
    caches.push({ x, hPrevious, h });
    hPrevious = h;
  }
  return { ys, caches };
  // END SOLUTION
}

// %% [tests rnn-forward]
check("rnn-forward");
// BEGIN HIDDEN TESTS
await pointsFor("rnn-forward", [
  {
    title: "more steps, other sizes",
    points: 2,
    cases: (random) => [
      [dummyRnn(random, 2, 5, 3), dummySteps(random, 7, 3, 2), dummyMatrix(random, 3, 5)],
    ],
  },
  {
    title: "one step alone",
    points: 1,
    cases: (random) => [
      [dummyRnn(random, 3, 2, 4), dummySteps(random, 1, 2, 3), dummyMatrix(random, 2, 2)],
    ],
  },
  {
    title: "what is cached of the state before each step",
    points: 1,
    cases: (random) => [
      [dummyRnn(random, 3, 4, 2), dummySteps(random, 4, 2, 3), dummyMatrix(random, 2, 4)],
    ],
    call: (notebook: Declared, ...given: never[]) =>
      notebook.rnnForward(...given).caches.map((cache: Declared) => cache.hPrevious),
  },
]);

// END HIDDEN TESTS

// %% [markdown]
// When it is right, look at a state on its way. Each line is one hidden unit.

// %%
import { display, plot } from "unroll";

function drawStates(steps: number) {
  const xs = dummySteps(random(3), steps, 1, 3);
  const { caches } = rnnForward(playWeights, xs, zeros(1, 4));
  const units = [0, 1, 2, 3].map((unit) => ({
    name: `unit ${unit + 1}`,
    y: caches.map(({ h }) => h.at(0, unit)),
  }));
  display(plot.curves(units, { title: "the state of a network of chance", x: "step" }));
}
drawStates(20);

// %% [markdown]
// ## (3) One step backward · ALL · 11 points
//
// Somebody tells you ∂E/∂h of a step: how the loss changes when its state does. Say what that means for the input, for the old state and for the weights. Go through the step in reverse: first $\tanh$, whose slope is $1 - h^2$, then the sum, then the two products.

// %% [answer rnn-step-backward]
/** dh: ∂E/∂h of the new state, B×H. Returns ∂E/∂x, ∂E/∂h of the old state, and ∂E/∂weights. */
function rnnStepBackward(
  { Wxh, Whh }: StepWeights,
  { x, hPrevious, h }: StepCache,
  dh: Matrix,
): { dx: Matrix; dhPrevious: Matrix; gradients: StepWeights } {
  // BEGIN SOLUTION
  const dz = mul(dh, tanhSlope(h));
  const input = affineBackward(dz, x, Wxh);
  const state = affineBackward(dz, hPrevious, Whh);
  const gradients = { Wxh: input.dW, Whh: state.dW, bh: state.db };
  return { dx: input.dX, dhPrevious: state.dX, gradients };
  // END SOLUTION
}

// %% [tests rnn-step-backward]
check("rnn-step-backward");
// BEGIN HIDDEN TESTS
const backwardCase = (random: Random, B: number, D: number, H: number) => {
  const steps = dummySteps(random, 2, B, H);
  const cache = {
    x: dummyMatrix(random, B, D),
    hPrevious: dummyMatrix(random, B, H, 0.4),
    h: build(B, H, (i, j) => Math.tanh(steps[0]!.at(i, j))),
  };
  return [dummyRnn(random, D, H, 2), cache, steps[1]!];
};
await pointsFor("rnn-step-backward", [
  {
    title: "back to the input and to the old state, four rows",
    points: 2,
    cases: (random) => [backwardCase(random, 4, 2, 5), backwardCase(random, 1, 1, 1)],
    call: (notebook: Declared, ...given: never[]) => {
      const { dx, dhPrevious } = notebook.rnnStepBackward(...given);
      return { dx, dhPrevious };
    },
  },
  {
    title: "the gradients of the weights, four rows",
    points: 3,
    cases: (random) => [backwardCase(random, 4, 5, 2), backwardCase(random, 4, 2, 3)],
    call: (notebook: Declared, ...given: never[]) =>
      notebook.rnnStepBackward(...given).gradients,
  },
]);

// END HIDDEN TESTS

// %% [markdown]
// ## (4) Back-propagation through time · INTERMEDIATE · 14 points
//
// Put it together. Forward with your `rnnForward`; then from the last step to the first. The loss of a step is the cross-entropy of softmax, which the library has:
//
// `softmaxCrossEntropy(y, classes)` gives `{ loss, dLogits }`: the mean loss of the B rows, and ∂E/∂y.
//
// The loss of the sequence is the **sum** of the steps' losses. Say what each of the five parameters has to do with it.

// %% [answer bptt]
/** targets: for each of T steps the classes of its B rows. Returns E and ∂E/∂weights. */
function bptt(
  weights: ModelWeights,
  xs: readonly Matrix[],
  targets: readonly (readonly number[])[],
  h0: Matrix,
): { loss: number; gradients: ModelWeights } {
  // BEGIN SOLUTION
  const { ys, caches } = rnnForward(weights, xs, h0);
  const gradients = zerosLike(weights);
  let loss = 0;
  let fromLater = zerosLike({ h0 }).h0;
  for (let t = xs.length - 1; t >= 0; t--) {
    const said = softmaxCrossEntropy(ys[t]!, targets[t]!);
    loss += said.loss;
    const readout = affineBackward(said.dLogits, caches[t]!.h, weights.Why);
    const step = rnnStepBackward(weights, caches[t]!, add(readout.dX, fromLater));
    addInto(gradients.Why, readout.dW);
    addInto(gradients.by, readout.db);
    addInto(gradients.Wxh, step.gradients.Wxh);
    addInto(gradients.Whh, step.gradients.Whh);
    addInto(gradients.bh, step.gradients.bh);
    fromLater = step.dhPrevious;
  }
  return { loss, gradients };
  // END SOLUTION
}

// %% [tests bptt]
check("bptt");

// BEGIN HIDDEN TESTS
const sequenceCase = (random: Random, T: number, B: number, scale = 1) => {
  const xs = dummySteps(random, T, B, 2);
  for (const x of xs) scaleInto(x, scale);
  const targets = dummyTargets(random, T, B, 4);
  return [dummyRnn(random, 2, 5, 4), xs, targets, dummyMatrix(random, B, 5, 0.5)];
};
await pointsFor("bptt", [
  {
    title: "two rows, five steps, from a state that is not zero",
    points: 3,
    cases: (random) => [sequenceCase(random, 5, 2), sequenceCase(random, 8, 3)],
  },
  { title: "one step alone", points: 1, cases: (random) => [sequenceCase(random, 1, 2)] },
  {
    title: "a state that is far out, where tanh is flat",
    points: 1,
    cases: (random) => [sequenceCase(random, 4, 2, 6)],
  },
]);
// END HIDDEN TESTS

// %% [markdown]
// ## (5) Is it right? · ALL · 8 + 3 points
//
// A gradient that is wrong by a little still trains, only worse, and nobody tells you. So you check it by a way that knows nothing of chain rules: move one weight a little to either side and see what the loss does.
//
// $$\frac{\partial E}{\partial \theta_{ij}} \;\approx\; \frac{E(\theta_{ij} + \delta) - E(\theta_{ij} - \delta)}{2\,\delta}$$
//
// Write it for any loss: `loss(theta)` computes $E$ from `theta` as it stands at that moment. Shift an entry with `theta.set(i, j, …)`, and put it back.

// %% [answer numeric-gradient]
/** Returns ∂E/∂theta by differences, in the shape of theta, which is left as it was. */
function numericGradient(
  loss: (theta: Matrix) => number,
  theta: Matrix,
  delta: number,
): Matrix {
  // BEGIN SOLUTION
  const result = zerosLike({ theta }).theta;
  for (let i = 0; i < theta.rows; i++) {
    for (let j = 0; j < theta.cols; j++) {
      const value = theta.at(i, j);
      theta.set(i, j, value + delta);
      const above = loss(theta);
      theta.set(i, j, value - delta);
      const below = loss(theta);
      theta.set(i, j, value);
      result.set(i, j, (above - below) / (2 * delta));
    }
  }
  return result;
  // END SOLUTION
}

// %% [tests numeric-gradient]
check("numeric-gradient");
// BEGIN HIDDEN TESTS
await pointsFor("numeric-gradient", [
  {
    title: "a loss in which the entries meet",
    points: 3,
    cases: (random) => [
      [dummyMatrix(random, 3, 2), dummyMatrix(random, 3, 2), 0.05],
      [dummyMatrix(random, 1, 4), dummyMatrix(random, 1, 4), 0.2],
    ],
    call: (notebook: Declared, a: Matrix, theta: Matrix, delta: number) => {
      const loss = (at: Matrix) => {
        const sums = at.toRows().map((row, i) => {
          return row.reduce((sum, value, j) => sum + value * a.at(i, j), 0);
        });
        return sums.reduce((product, sum) => product * Math.exp(sum / 4), 1);
      };
      return notebook.numericGradient(loss, theta, delta);
    },
  },
]);

// END HIDDEN TESTS

// %% [markdown]
// How near is near enough? That depends on how large the gradient is. So compare by the **relative error**: the largest difference of two entries, over the largest entry of either matrix,
//
// $$\frac{\max_{ij} |a_{ij} - b_{ij}|}{\max_{ij} \max(|a_{ij}|,\, |b_{ij}|)}$$
//
// and 0 where both are zero throughout.

// %% [answer relative-error]
function relativeError(a: Matrix, b: Matrix): number {
  // BEGIN SOLUTION
  const largest = (m: Matrix) => Math.max(...m.toRows().flat().map(Math.abs));
  const gap = largest(subtract(a, b));
  return gap === 0 ? 0 : gap / Math.max(largest(a), largest(b));
  // END SOLUTION
}

// %% [tests relative-error]
check("relative-error");
// BEGIN HIDDEN TESTS
await pointsFor("relative-error", [
  {
    title: "zeros against zeros, and against something",
    points: 1,
    cases: (random) => {
      const [zero, some] = [build(2, 2, () => 0), dummyMatrix(random, 2, 2)];
      return [
        [zero, zero],
        [zero, some],
        [some, zero],
        [some, dummyMatrix(random, 2, 2)],
      ];
    },
  },
]);

// END HIDDEN TESTS

// %% [markdown]
// Hold your own `bptt` against your own `numericGradient`. Both right: about 10⁻⁹ or less. A forgotten factor: 10⁻² or more. In between lies a tanh of which you took the slope in the wrong place.

// %%
import { table } from "unroll";

function compareGradients(delta: number) {
  const targets = dummyTargets(random(4), 5, 1, 2);
  const loss = () => bptt(playWeights, playInputs, targets, zeros(1, 4)).loss;
  const { gradients } = bptt(playWeights, playInputs, targets, zeros(1, 4));
  const names = Object.keys(gradients) as (keyof ModelWeights)[];
  return names.map((name) => {
    const byDifferences = numericGradient(loss, playWeights[name], delta);
    const error = relativeError(gradients[name], byDifferences);
    return { weight: name, "relative error": error.toExponential(1) };
  });
}
display(
  table(compareGradients(1e-5), { title: "by hand against by differences, δ = 1e-5" }),
);

// %% [markdown]
// **Question 5.** Take δ = 1e-1, 1e-3, 1e-5, 1e-7, 1e-9 in turn. The error falls at first, then it grows. Why does it fall, and why does it grow?

// %% [question numeric-check]
// BEGIN SOLUTION
// The quotient leaves out terms of the size of δ², so a smaller δ makes it better. But E(θ + δ) and E(θ − δ) are nearly the same number, and only about 16 digits of each are kept: what their difference loses by rounding is divided by δ, so it grows as δ falls. In between, near 1e-5, both are small.
// END SOLUTION

// %% [markdown]
// ## Gated cells
//
// Going back one step multiplies the gradient by $W_{hh}$ and by the slope of tanh. After twenty steps that is twenty such factors: the gradient fades, or it explodes (lesson 5). Gates are the remedy. A gate is a layer of sigmoids, so its numbers lie between 0 and 1, and it is *multiplied* with something: it says how much of it goes on.
//
// **Question 6.** In $c_t = f ∗ c_{t-1} + u ∗ X'$, by what is ∂E/∂c multiplied on its way from $c_t$ to $c_{t-1}$? What must the network learn to hand a gradient on unchanged over a hundred steps, and can a vanilla RNN learn that, too?

// %% [question gates-gradient]
// BEGIN SOLUTION
// By f alone, entry by entry: no matrix, no slope of tanh on this way. With f near 1 the gradient stays as it is. A bias of 3 gives f = 0.953, of which a hundred steps leave 0.8 %; a bias of 7 gives 0.9991, which leaves 91 %: it has to learn to open the gate wide. The vanilla RNN would need W_hh and the slopes to multiply to something near 1 in all directions at every step: the slope is below 1 as soon as the state is not zero, so it cannot do it and compute something at the same time.
// END SOLUTION

// %% [markdown]
// **Question 7.** Why is the candidate a tanh and not a sigmoid? Why do the gates not use tanh?

// %% [question gates-squash]
// BEGIN SOLUTION
// A memory to which only positive things are added can only grow: the candidate must be able to take away. A gate says a share, from nothing to all: a negative share would turn round the sign of what goes through.
// END SOLUTION

// %% [markdown]
// ## (6) An LSTM: one step forward · ALL · 9 points
//
// With $X = x_t ‖ h_{t-1}$, the input and the old state side by side:
//
// $$f = σ(X W_f + b_f) \qquad u = σ(X W_u + b_u) \qquad r = σ(X W_r + b_r) \qquad X' = \tanh(X W_c + b_c)$$
//
// $$c_t = f ∗ c_{t-1} + u ∗ X' \qquad\qquad h_t = r ∗ \tanh(c_t)$$
//
// These are the forget gate, the update gate, the result gate and the candidate. Elsewhere the last three are called $i$, $o$ and $g$.

// %% [given lstm-types]
/** Each W is (D+H)×H, each b is 1×H. */
type LstmWeights = {
  Wf: Matrix;
  bf: Matrix;
  Wu: Matrix;
  bu: Matrix;
  Wr: Matrix;
  br: Matrix;
  Wc: Matrix;
  bc: Matrix;
};

/** What a step writes down: X, the gates, the candidate, the old memory, tanh of the new one. */
type LstmCache = Record<
  "X" | "f" | "u" | "r" | "candidate" | "cPrevious" | "tanhC",
  Matrix
>;

// %% [answer lstm-step]
/** x: B×D, h and c: B×H. Returns the new h and c, and the cache. */
function lstmStep(
  weights: LstmWeights,
  x: Matrix,
  h: Matrix,
  c: Matrix,
): { h: Matrix; c: Matrix; cache: LstmCache } {
  // BEGIN SOLUTION
  const X = concat(x, h);
  const f = sigmoid(affine(X, weights.Wf, weights.bf));
  const u = sigmoid(affine(X, weights.Wu, weights.bu));
  const r = sigmoid(affine(X, weights.Wr, weights.br));
  const candidate = tanh(affine(X, weights.Wc, weights.bc));
  const cNext = add(mul(f, c), mul(u, candidate));
  const tanhC = tanh(cNext);
  const cache = { X, f, u, r, candidate, cPrevious: c, tanhC };
  return { h: mul(r, tanhC), c: cNext, cache };
  // END SOLUTION
}

// %% [tests lstm-step]
check("lstm-step");

// BEGIN HIDDEN TESTS
const lstmCase = (random: Random, B: number, D: number, H: number, forget = 0) => {
  const weights = dummyLstm(random, D, H);
  weights.bf.data.fill(forget);
  const [x, h, c] = [
    dummyMatrix(random, B, D),
    dummyMatrix(random, B, H, 0.5),
    dummyMatrix(random, B, H),
  ];
  return [weights, x, h, c];
};
await pointsFor("lstm-step", [
  {
    title: "other sizes",
    points: 2,
    cases: (random) => [lstmCase(random, 4, 5, 2), lstmCase(random, 1, 1, 1)],
    call: (notebook: Declared, ...given: never[]) => {
      const { h, c } = notebook.lstmStep(...given);
      return { h, c };
    },
  },
  {
    title: "a forget gate that is wide open, and one that is shut",
    points: 2,
    cases: (random) => [lstmCase(random, 2, 3, 4, 40), lstmCase(random, 2, 3, 4, -40)],
  },
]);

// END HIDDEN TESTS

// %% [markdown]
// ## (6) An LSTM: one step backward · ADVANCED · 12 points
//
// The memory $c_t$ has two readers: $h_t$ reads it through tanh and the result gate, and the next step reads it as it is. So two gradients come in, `dh` and `dc`, and they meet in $c_t$. From there go to each of the four, through its own squashing, and through its own product. All four have read $X$: what they say about it adds up, and its left D columns are the input's.

// %% [answer lstm-step-backward]
/** dh and dc: ∂E/∂h and ∂E/∂c of the new state, B×H. */
function lstmStepBackward(
  weights: LstmWeights,
  { X, f, u, r, candidate, cPrevious, tanhC }: LstmCache,
  dh: Matrix,
  dc: Matrix,
): { dx: Matrix; dhPrevious: Matrix; dcPrevious: Matrix; gradients: LstmWeights } {
  // BEGIN SOLUTION
  const dMemory = add(dc, mul(mul(dh, r), tanhSlope(tanhC)));
  const gate = (into: Matrix, out: Matrix, W: Matrix) =>
    affineBackward(mul(into, sigmoidSlope(out)), X, W);
  const forget = gate(mul(dMemory, cPrevious), f, weights.Wf);
  const update = gate(mul(dMemory, candidate), u, weights.Wu);
  const result = gate(mul(dh, tanhC), r, weights.Wr);
  const dCandidate = mul(mul(dMemory, u), tanhSlope(candidate));
  const fresh = affineBackward(dCandidate, X, weights.Wc);
  const dX = add(add(forget.dX, update.dX), add(result.dX, fresh.dX));
  const D = X.cols - dh.cols;
  return {
    dx: dX.columns(0, D),
    dhPrevious: dX.columns(D, X.cols),
    dcPrevious: mul(dMemory, f),
    gradients: {
      Wf: forget.dW,
      bf: forget.db,
      Wu: update.dW,
      bu: update.db,
      Wr: result.dW,
      br: result.db,
      Wc: fresh.dW,
      bc: fresh.db,
    },
  };
  // END SOLUTION
}

// %% [tests lstm-step-backward]
check("lstm-step-backward");
// BEGIN HIDDEN TESTS
const lstmBack = (random: Random, B: number, D: number, H: number, share = [1, 1]) => {
  const share01 = () => 0.05 + 0.9 * random();
  const [f, u, r] = [0, 1, 2].map(() => build(B, H, share01));
  const cache = { X: dummyMatrix(random, B, D + H), f, u, r };
  const rest = {
    candidate: build(B, H, () => 2 * random() - 1),
    cPrevious: dummyMatrix(random, B, H),
    tanhC: build(B, H, () => 2 * random() - 1),
  };
  const [dh, dc] = share.map((part) => dummyMatrix(random, B, H, part));
  return [dummyLstm(random, D, H), { ...cache, ...rest }, dh, dc];
};
await pointsFor("lstm-step-backward", [
  {
    title: "four rows, other sizes",
    points: 3,
    cases: (random) => [lstmBack(random, 4, 5, 2), lstmBack(random, 4, 1, 3)],
  },
  {
    title: "nothing comes from later steps",
    points: 1,
    cases: (random) => [lstmBack(random, 2, 3, 4, [1, 0])],
  },
  {
    title: "only the memory is read",
    points: 1,
    cases: (random) => [lstmBack(random, 2, 3, 4, [0, 1])],
  },
]);
// END HIDDEN TESTS

// %% [markdown]
// ## (7) A GRU's step · INTERMEDIATE · 8 points
//
// The GRU has no memory beside its state, and two gates. The reset gate $r$ says how much of the old state the candidate may see; the update gate $z$ says how far the state goes from the old towards the candidate:
//
// $$z = σ(X W_z + b_z) \qquad r = σ(X W_r + b_r) \qquad X'' = \tanh\big((x_t ‖ r ∗ h_{t-1})\, W_c + b_c\big)$$
//
// $$h_t = h_{t-1} + z ∗ (X'' - h_{t-1})$$

// %% [given gru-types]
/** Each W is (D+H)×H, each b is 1×H. */
type GruWeights = {
  Wz: Matrix;
  bz: Matrix;
  Wr: Matrix;
  br: Matrix;
  Wc: Matrix;
  bc: Matrix;
};

// %% [answer gru-step]
/** x: B×D, h: B×H. Returns the new state, B×H. */
function gruStep({ Wz, bz, Wr, br, Wc, bc }: GruWeights, x: Matrix, h: Matrix): Matrix {
  // BEGIN SOLUTION
  const X = concat(x, h);
  const z = sigmoid(affine(X, Wz, bz));
  const r = sigmoid(affine(X, Wr, br));
  const candidate = tanh(affine(concat(x, mul(r, h)), Wc, bc));
  return add(h, mul(z, subtract(candidate, h)));
  // END SOLUTION
}

// %% [tests gru-step]
check("gru-step");

// BEGIN HIDDEN TESTS
const gruCase = (random: Random, gate: "bz" | "br", bias: number) => {
  const weights = dummyGru(random, 3, 4);
  weights[gate].data.fill(bias);
  return [weights, dummyMatrix(random, 2, 3), dummyMatrix(random, 2, 4)];
};
await pointsFor("gru-step", [
  {
    title: "an update gate that is shut, and one that is wide open",
    points: 2,
    cases: (random) => [gruCase(random, "bz", -40), gruCase(random, "bz", 40)],
  },
  {
    title: "a reset gate that is shut, and one that is wide open",
    points: 2,
    cases: (random) => [gruCase(random, "br", -40), gruCase(random, "br", 40)],
  },
]);

// END HIDDEN TESTS

// %% [markdown]
// **Question 8.** An LSTM can keep a number in $c$ and show nothing of it in $h$. Can a GRU? Name a task for which that matters.

// %% [question gru-or-lstm]
// BEGIN SOLUTION
// No: all that a GRU keeps stands in h, and h is what everybody reads. It matters where something has to be stored and must not be said yet: a network that writes text and has to close a bracket that it opened forty characters ago.
// END SOLUTION

// %% [markdown]
// ## (8) A classifier of handwritten digits · ALL · 8 points
//
// Your functions make a cell. The library knows cells by four things: weights to begin with, a state to begin with, a step forward, a step backward. Here your step becomes one, and the classifier calls it 28 times for each picture: a picture of 28×28 pixels is read row by row, and after the last row the state is read out.

// %% [given my-rnn]
import { type Cell, inputWeights, recurrentWeights, rnn } from "unroll";

/** A cell made of your `rnnStep` and `rnnStepBackward`. */
function myRnn(D: number, H: number): Cell<StepWeights, { h: Matrix }, StepCache> {
  return {
    inputSize: D,
    hiddenSize: H,
    parameterCount: H * (D + H + 1),
    init(random) {
      const drawn = rnn(D, H).init(random);
      return { Wxh: inputWeights(drawn), Whh: recurrentWeights(drawn), bh: drawn.b };
    },
    initialState: (batch) => ({ h: zeros(batch, H) }),
    forward(weights, x, { h: hPrevious }) {
      const h = rnnStep(weights, x, hPrevious);
      return { state: { h }, cache: { x, hPrevious, h } };
    },
    backward(weights, dState, cache) {
      const { dx, dhPrevious, gradients } = rnnStepBackward(weights, cache, dState.h);
      return { dx, dState: { h: dhPrevious }, gradients };
    },
  };
}

// %% [given digits]
import {
  accuracy,
  adam,
  asRows,
  classifier,
  type Images,
  liveTraining,
  mnist,
  train,
} from "unroll";

const digits = mnist();
digits.train.slice(0, 20);

// %% [markdown]
// All that can be turned stands in one object. Write the training: `train(model, weights, examples, options)` takes `asRows(pictures)` as examples, and of options what is in `settings`, an optimiser `adam({ learningRate })`, a seed of its own `random: random(seed + 1)`, and for **early stopping** an `evaluate: { metric: (weights) => …, better: "higher" }` on the pictures of `dev`, which are not trained on, with `patience`: how many evaluations in a row may be no better than the best one. `accuracy(model, weights, examples)` is the share that is right. Spread `...liveTraining({ title })` among the options, and you see the curves while it trains.

// %% [answer classifier]
const settings = {
  hidden: 64,
  learningRate: 0.003,
  batchSize: 50,
  epochs: quick ? 1 : 6,
  clipNorm: 1,
  patience: 2,
  seed: 1,
};

async function trainClassifier(how: typeof settings, pictures: Images, dev: Images) {
  const model = classifier(myRnn(28, how.hidden), 10);
  const weights = model.init(random(how.seed));
  // BEGIN SOLUTION
  const { learningRate, batchSize, epochs, clipNorm, patience, seed } = how;
  const metric = (now: typeof weights) => accuracy(model, now, asRows(dev));
  await train(model, weights, asRows(pictures), {
    optimizer: adam({ learningRate }),
    batchSize,
    epochs,
    clipNorm,
    patience,
    random: random(seed + 1),
    evaluate: { metric, better: "higher" },
    ...liveTraining({ title: "rows of digits, by your own cell" }),
  });
  // END SOLUTION
  return { model, weights };
}

// %% [given trained-weights]
/** What the tests ask for: your training, on other pictures and from another seed. */
async function trainedWeights(seed: number, count: number): Promise<ModelWeights> {
  const pictures = digits.train.slice(0, count);
  const how = { ...settings, epochs: 3, seed };
  const { weights } = await trainClassifier(
    how,
    pictures,
    digits.train.slice(50_000, 50_500),
  );
  return { ...weights.cell, Why: weights.readout.W, by: weights.readout.b };
}

// %% [tests classifier]
await check("classifier");

// BEGIN HIDDEN TESTS
await pointsFor("classifier", [
  {
    title: "trained on 8,000 pictures it is right for 70 of 100",
    points: 3,
    cases: () => [[3, 8000]],
    judge: (got) => judgeDigits(got, 0.7),
  },
  {
    title:
      "the seed decides: the same one gives the same weights, another one gives others",
    points: 2,
    cases: () => [[5, 1000]],
    call: async (notebook: Declared, seed: number, count: number) => {
      const first = await notebook.trainedWeights(seed, count);
      const again = await notebook.trainedWeights(seed, count);
      const other = await notebook.trainedWeights(seed + 1, count);
      return { first, again: again.Whh, other: other.Whh };
    },
    judge: (got) => {
      const { first, again, other } = got as {
        first: Declared;
        again: Matrix;
        other: Matrix;
      };
      const untrained = judgeDigits(first, 0.25); // it would be the same for the same seed, too
      if (untrained) return untrained;
      const text = (m: Matrix) => String(m.toRows());
      const isDecided = text(first.Whh) === text(again) && text(first.Whh) !== text(other);
      return isDecided ? undefined : "expected the seed to decide";
    },
  },
]);
// END HIDDEN TESTS

// %% [markdown]
// Your cell, in earnest: 10,000 pictures to train on, 2,000 to say when to stop.

// %%
const trained = await trainClassifier(
  settings,
  digits.train.slice(0, quick ? 1000 : 10_000),
  digits.train.slice(50_000, quick ? 50_500 : 52_000),
);

// %%
const share = accuracy(trained.model, trained.weights, asRows(digits.test));
console.log(`${(100 * share).toFixed(2)} % of the test pictures are right`);

// %% [markdown]
// ## (9) RNN, LSTM, GRU: which one? · ALL · 3 points
//
// Compare what is comparable. First: how many weights has each of the three cells, without a read-out? Count blocks of (D+H)×H with their biases.

// %% [answer parameter-counts]
function parameterCounts(D: number, H: number): { rnn: number; lstm: number; gru: number } {
  // BEGIN SOLUTION
  const block = (D + H) * H + H;
  return { rnn: block, lstm: 4 * block, gru: 3 * block };
  // END SOLUTION
}

// %% [tests parameter-counts]
check("parameter-counts");
// BEGIN HIDDEN TESTS
await pointsFor("parameter-counts", [
  {
    title: "the sizes of this practical",
    points: 1,
    cases: (random) => [
      [28, 128],
      [28, 10 + integer(random, 200)],
    ],
  },
  {
    title: "the smallest sizes",
    points: 1,
    cases: (random) => [
      [1, 1],
      [1, 2 + integer(random, 30)],
      [2 + integer(random, 30), 1],
    ],
  },
]);

// END HIDDEN TESTS

// %% [markdown]
// Now the three cells of the library, with the same number of hidden units, the same pictures and the same optimiser. They compute what yours compute, in one pass over the whole sequence, and faster.

// %%
import { gru, lstm } from "unroll";

const cells = { RNN: rnn(28, 64), LSTM: lstm(28, 64), GRU: gru(28, 64) };

async function learn(cell: Parameters<typeof classifier>[0], name: string) {
  const model = classifier(cell, 10);
  const weights = model.init(random(1));
  const dev = asRows(digits.train.slice(50_000, quick ? 50_500 : 52_000));
  const { evaluations, seconds } = await train(
    model,
    weights,
    asRows(digits.train.slice(0, quick ? 1000 : 10_000)),
    {
      optimizer: adam({ learningRate: 0.003 }),
      batchSize: 50,
      epochs: quick ? 1 : 6,
      clipNorm: 1,
      random: random(2),
      evaluate: { metric: (now) => accuracy(model, now, dev), better: "higher" },
      ...liveTraining({ title: name }),
    },
  );
  const right = accuracy(model, weights, asRows(digits.test));
  return { name, right, seconds, curve: evaluations.map(({ value }) => 100 * value) };
}

// %%
type Learned = Awaited<ReturnType<typeof learn>>;
const learned: Learned[] = [];
for (const [name, cell] of Object.entries(cells))
  learned.push(await learn(cell as never, name));

// %% [cover]
const rows = learned.map(({ name, right, seconds }) => ({
  cell: name,
  weights: cells[name as keyof typeof cells].parameterCount,
  "test pictures right, %": (100 * right).toFixed(2),
  seconds: seconds.toFixed(1),
}));
display(table(rows, { title: "64 hidden units, 10,000 pictures" }));
const lines = learned.map(({ name, curve }) => ({
  name,
  x: curve.map((_, epoch) => epoch + 1),
  y: curve,
}));
display(plot.curves(lines, { title: "right on unseen pictures, %", x: "epoch", y: "%" }));

// %% [markdown]
// **Question 9.** Is this comparison fair? Say what is equal for all three and what is not, and how you would compare them if the number of weights, or the time, had to be equal.

// %% [question fair-comparison]
// BEGIN SOLUTION
// Equal are the hidden units, the pictures, the optimiser and the number of epochs; the LSTM has four times the weights of the RNN and takes longer. For equal weights the RNN would get about 140 units where the LSTM has 64. And each cell should have the learning rate that suits it best, found on the dev pictures and not on the test pictures, and several seeds: a difference of two tenths of a percent between single runs says nothing.
// END SOLUTION

// %% [markdown]
// ## (10) Truncated back-propagation, a challenge · ADVANCED · 7 points
//
// A stream has no end, so one cannot wait for it and then go back. What one does is cut: read $k$ steps, go back through these $k$, and go on. **The state is carried across the cut, the gradient is not.** Write it: pieces of $k$ steps, the last one perhaps shorter; the losses of all pieces summed, and their gradients, too.

// %% [answer truncated-bptt]
/** k: how many steps a piece has. Returns the loss of all steps, and the sum of the pieces' gradients. */
function truncatedBptt(
  weights: ModelWeights,
  xs: readonly Matrix[],
  targets: readonly (readonly number[])[],
  h0: Matrix,
  k: number,
): { loss: number; gradients: ModelWeights } {
  // BEGIN SOLUTION
  const gradients = zerosLike(weights);
  let loss = 0;
  let state = h0;
  for (let t = 0; t < xs.length; t += k) {
    const piece = bptt(weights, xs.slice(t, t + k), targets.slice(t, t + k), state);
    loss += piece.loss;
    for (const name of Object.keys(gradients) as (keyof ModelWeights)[]) {
      addInto(gradients[name], piece.gradients[name]);
    }
    state = rnnForward(weights, xs.slice(t, t + k), state).caches.at(-1)!.h;
  }
  return { loss, gradients };
  // END SOLUTION
}

// %% [tests truncated-bptt]
check("truncated-bptt");
// BEGIN HIDDEN TESTS
await pointsFor("truncated-bptt", [
  {
    title: "pieces of one step",
    points: 2,
    cases: (random) => [[...sequenceCase(random, 4, 2), 1]],
  },
  {
    title: "a last piece that is shorter",
    points: 2,
    cases: (random) => [
      [...sequenceCase(random, 7, 2), 3],
      [...sequenceCase(random, 5, 1), 4],
    ],
  },
]);
// END HIDDEN TESTS

// %% [markdown]
// What does the cut cost? The angle between the whole gradient of $W_{hh}$ and the truncated one says how far it points into a wrong direction: 1 is the same direction, 0 is at right angles.

// %%
function directions(steps: number, cuts: readonly number[]) {
  const xs = dummySteps(random(5), steps, 1, 3);
  const targets = dummyTargets(random(6), steps, 1, 2);
  const whole = bptt(playWeights, xs, targets, zeros(1, 4)).gradients.Whh;
  const dot = (a: Matrix, b: Matrix) =>
    mul(a, b)
      .toRows()
      .flat()
      .reduce((sum, v) => sum + v, 0);
  return cuts.map((k) => {
    const cut = truncatedBptt(playWeights, xs, targets, zeros(1, 4), k).gradients.Whh;
    return dot(whole, cut) / Math.sqrt(dot(whole, whole) * dot(cut, cut));
  });
}
const cuts = [1, 2, 3, 4, 6, 8, 12, 24];
const cosines = { name: "cosine", x: cuts, y: directions(24, cuts) };
display(plot.curves([cosines], { title: "truncated against whole", x: "k" }));

// %% [markdown]
// ## Known good
//
// What can be reached with what you have built, and how long it takes: these settings were chosen on the last 5,000 training pictures, and asked about the test pictures once.

// %%
const best = {
  RNN: { hidden: 128, learningRate: 0.001, batchSize: 100, epochs: quick ? 1 : 8 },
  LSTM: { hidden: 128, learningRate: 0.003, batchSize: 100, epochs: quick ? 1 : 8 },
};

// %%
import { cosineDecay } from "unroll";

async function inEarnest(name: keyof typeof best) {
  const { hidden, learningRate, batchSize, epochs } = best[name];
  const cell = name === "RNN" ? rnn(28, hidden) : lstm(28, hidden);
  const model = classifier(cell as ReturnType<typeof rnn>, 10);
  const weights = model.init(random(1));
  const pictures = asRows(digits.train.slice(0, quick ? 1000 : 55_000));
  const { seconds } = await train(model, weights, pictures, {
    optimizer: adam({ learningRate }),
    schedule: cosineDecay(),
    ...{ batchSize, epochs, clipNorm: 1, random: random(2) },
    ...liveTraining({ title: `${name}, ${hidden} units` }),
  });
  const right = 100 * accuracy(model, weights, asRows(digits.test));
  return { name, right, seconds };
}

// %%
const simple = await inEarnest("RNN");
console.log(`RNN 128: ${simple.right.toFixed(2)} % of the test pictures`);

// %%
const gated = await inEarnest("LSTM");
console.log(`LSTM 128: ${gated.right.toFixed(2)} % of the test pictures`);

// %%
import { result } from "unroll";

result({
  lesson: "practical-4",
  name: "test pictures read right by an LSTM with 128 units",
  value: gated.right,
  unit: "%",
  expected: [98.5, 100],
  seconds: simple.seconds + gated.seconds,
});

// %% [markdown]
// ## Hand in
//
// First look at where you stand:

// %%
import { checkAll } from "unroll";

checkAll("practical-4");

// %% [markdown]
// Save the notebook (Ctrl-S). Then put your name or number between the quotes and run the cell. It puts a copy beside the notebook, with who hands it in and when, and says which cells are not solved yet.

// %%
import { submit } from "unroll";

const student = ""; // your name or number
if (student) submit("practical-4", { student });

// %% [markdown]
// **Read:** Werbos (1990), *Backpropagation through time: what it does and how to do it*, for exercise 4. Hochreiter & Schmidhuber (1997), *Long short-term memory*, and Gers, Schmidhuber & Cummins (2000), *Learning to forget*, for exercise 6. Cho et al. (2014), *Learning phrase representations using RNN encoder–decoder*, for exercise 7. Jozefowicz, Zaremba & Sutskever (2015), *An empirical exploration of recurrent network architectures*, for exercise 9. Williams & Peng (1990), *An efficient gradient-based algorithm for on-line training of recurrent network trajectories*, for exercise 10.
