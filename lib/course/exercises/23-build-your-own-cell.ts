import { minimalGru } from "../../cells/minimal-gru.js";
import { sigmoid } from "../../math/activation.js";
import { affine, affineBackward, concat } from "../../math/affine.js";
import { add, mul, subtract } from "../../math/elementwise.js";
import { build, type Matrix } from "../../math/matrix.js";
import { random } from "../../math/random.js";
import { exercise } from "../exercise.js";

type Own = { W: Matrix; b: Matrix };
type Held = { h: Matrix };
type Kept = Record<"x" | "h" | "z" | "candidate", Matrix>;

/** A weight tree, an input, a state and a gradient of a small cell: D = 3, H = 2, a batch of 4. */
function small(seed: number) {
  const draw = random(seed);
  const drawn = (rows: number, cols: number) => build(rows, cols, () => 2 * draw() - 1);
  return { weights: { W: drawn(3, 4), b: drawn(1, 4) }, x: drawn(4, 3), h: drawn(4, 2), dh: drawn(4, 2) };
}

const library = minimalGru(3, 2);

/** The forward step, in which the gate, the candidate's activation and the mixture can be other ones. */
function stepped(
  { W, b }: Own,
  x: Matrix,
  { h }: Held,
  mixed = (z: Matrix, candidate: Matrix) => add(h, mul(z, subtract(candidate, h))),
  gate = sigmoid,
) {
  const H = h.cols;
  const Z = affine(x, W, b);
  const [z, candidate] = [gate(Z.columns(0, H)), Z.columns(H, 2 * H)];
  return { state: { h: mixed(z, candidate) }, cache: { x, h, z, candidate } };
}

/** The step backward, in which its three lines can be other ones. */
function back(
  { W }: Own,
  d: Matrix,
  { x, h, z, candidate }: Kept,
  lines: {
    dz?: (d: Matrix) => Matrix;
    dh?: (d: Matrix) => Matrix;
    slope?: (dz: Matrix) => Matrix;
  } = {},
) {
  const ones = build(z.rows, z.cols, () => 1);
  const dz = lines.dz?.(d) ?? mul(d, subtract(candidate, h));
  const dZ = concat(lines.slope?.(dz) ?? mul(dz, mul(z, subtract(ones, z))), mul(d, z));
  const { dX, dW, db } = affineBackward(dZ, x, W);
  return { dx: dX, dState: { h: lines.dh?.(d) ?? mul(d, subtract(ones, z)) }, gradients: { W: dW, b: db } };
}

const cacheOf = ({ weights, x, h }: ReturnType<typeof small>) => library.forward(weights, x, { h }).cache;

const weightCount = exercise({
  name: "23.1",
  asks: "how many weights a minimal GRU has",
  hint: "Two blocks of columns, z and X''. Each has D rows (there is no h in it), H columns, and a bias for each column.",
  solution: (D: number, H: number): number => 2 * H * (D + 1),
  looks: [
    ["3 inputs, 2 units", (count) => count(3, 2)],
    ["28 inputs, 80 units", (count) => count(28, 80)],
  ],
  mistakes: [
    {
      attempt: (D, H) => 2 * H * (D + H + 1),
      says: "That is with `W` over `x ‖ h`. Here the gates do not look at `h`.",
    },
    { attempt: (D, H) => 2 * H * D, says: "The biases are missing: one for each column." },
    { attempt: (D, H) => H * (D + 1), says: "That is one block of columns. There are two: gate and candidate." },
  ],
});

const forwardStep = exercise({
  name: "23.2",
  asks: "one step of a minimal GRU forward",
  hint:
    "`const Z = affine(x, W, b)`: its columns 0 … H are z before the sigmoid, H … 2H are X'' as they stand. " +
    "Then `h` plus `z` times (X'' minus `h`), and everything into the cache that the way back needs.",
  solution: (weights: Own, x: Matrix, state: Held): { state: Held; cache: Kept } => stepped(weights, x, state),
  looks: [
    [
      "the new state of 4 sequences, 2 units",
      (forward) => {
        const { weights, x, h } = small(1);
        return forward(weights, x, { h }).state.h;
      },
    ],
    [
      "the new state with other weights",
      (forward) => {
        const { weights, x, h } = small(2);
        return forward(weights, x, { h }).state.h;
      },
    ],
  ],
  mistakes: [
    {
      attempt: (weights, x, state) =>
        stepped(weights, x, state, (z, candidate) => add(candidate, mul(z, subtract(state.h, candidate)))),
      says: "Your z keeps. Here z *takes*: at z = 1 the candidate is the new state.",
    },
    {
      attempt: (weights, x, state) => stepped(weights, x, state, undefined, (Z) => Z),
      says: "The gate has no sigmoid yet: it must lie between 0 and 1.",
    },
    {
      attempt: (weights, x, state) => stepped(weights, x, state, (z, candidate) => add(state.h, mul(z, candidate))),
      says: "What is taken of the new must be given up of the old: `h` is only added to.",
    },
  ],
});

const backwardStep = exercise({
  name: "23.3",
  asks: "one step of a minimal GRU backward",
  hint:
    "Three things depend on `h_t = h + z∗(X'' − h)`: dz = dh_t∗(X'' − h), dX'' = dh_t∗z, and dh = dh_t∗(1 − z). " +
    "Before the sigmoid: dz∗z∗(1 − z). Then `affineBackward(concat(…, …), x, W)`.",
  solution: (weights: Own, dState: Held, cache: Kept): { dx: Matrix; dState: Held; gradients: Own } =>
    back(weights, dState.h, cache),
  looks: [
    ["∂E/∂W", (backward) => back1(backward).gradients.W],
    ["∂E/∂b", (backward) => back1(backward).gradients.b],
    ["∂E/∂h", (backward) => back1(backward).dState.h],
    ["∂E/∂x", (backward) => back1(backward).dx],
  ],
  mistakes: [
    {
      attempt: ({ W, b }, { h }, cache) => back({ W, b }, h, cache, { slope: (dz) => dz }),
      says: "z went through a sigmoid on its way: its slope z∗(1 − z) belongs into the gradient.",
    },
    {
      attempt: (weights, { h }, cache) => back(weights, h, cache, { dh: (d) => d }),
      says: "The old state has two ways into the new one, and the second is `−z∗h`.",
    },
    {
      attempt: (weights, { h }, cache) =>
        back(weights, h, cache, { dz: (d) => mul(d, subtract(cache.h, cache.candidate)) }),
      says: "The sign of dz: when z grows, the state moves *towards* the candidate.",
    },
    {
      attempt: (weights, { h }, cache) => back(weights, h, cache, { dz: (d) => mul(d, cache.candidate) }),
      says: "z stands in front of both: it multiplies `X'' − h`, not `X''` alone.",
    },
  ],
});

function back1(backward: (weights: Own, dState: Held, cache: Kept) => { dx: Matrix; dState: Held; gradients: Own }) {
  const given = small(1);
  return backward(given.weights, { h: given.dh }, cacheOf(given));
}

const joined = exercise({
  name: "23.4",
  asks: "two steps of h ↦ a·h + b joined into one",
  hint: "Put the first into the second: `a2 * (a1 * h + b1) + b2`. What stands in front of `h`, and what is left?",
  solution: (a1: number, b1: number, a2: number, b2: number): number[] => [a2 * a1, a2 * b1 + b2],
  looks: [
    ["keep half and add 1, keep a tenth and add 2", (join) => join(0.5, 1, 0.1, 2)],
    ["other numbers", (join) => join(0.9, -0.3, 0.2, 0.7)],
  ],
  mistakes: [
    {
      attempt: (a1, b1, a2, b2) => [a1 * a2, a1 * b2 + b1],
      says: "The order: the second step is done after the first, and multiplies all that came out of it.",
    },
    { attempt: (a1, b1, a2, b2) => [a1 * a2, b1 + b2], says: "The second step multiplies b1, too." },
  ],
});

export const lesson23 = [weightCount, forwardStep, backwardStep, joined];
