import { exercise } from "../exercise.js";

type Unit = readonly [fromX: number, fromH: number, bias: number];
type Units = Readonly<Record<"f" | "u" | "r" | "candidate", Unit>>;

const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));

/** The gates, the candidate, and c_t of one step. */
function parts(x: number, h: number, c: number, units: Units) {
  const sum = ([fromX, fromH, bias]: Unit) => x * fromX + h * fromH + bias;
  const [f, u, r] = [sigmoid(sum(units.f)), sigmoid(sum(units.u)), sigmoid(sum(units.r))];
  const candidate = Math.tanh(sum(units.candidate));
  return { f, u, r, candidate, next: f * c + u * candidate };
}

const lesson: Units = { f: [1, 0.5, 1], u: [1.5, -1, 0], r: [0.5, 1, 0.5], candidate: [-1.5, 0.5, 0] };
const other: Units = { f: [0.2, -0.7, 0], u: [-1, 0.3, 0.5], r: [1.5, -0.4, 1], candidate: [0.9, 1.1, -0.3] };

const lstmStep = exercise({
  name: "7.1",
  asks: "one step of an LSTM with one unit",
  hint:
    "First the four sums, such as `x * units.f[0] + h * units.f[1] + units.f[2]`; sigmoids of three of them, tanh of the " +
    "candidate's. Then `c = f * c + u * candidate`, and last `h = r * Math.tanh(c)` with the *new* c.",
  solution: (x: number, h: number, c: number, units: Units): [h: number, c: number] => {
    const { r, next } = parts(x, h, c, units);
    return [r * Math.tanh(next), next];
  },
  looks: [
    ["the step of this lesson", (step) => step(0.8, 0.3, 0.5, lesson)],
    ["other weights, a memory of −1.5", (step) => step(-0.4, -0.6, -1.5, other)],
    ["an empty memory", (step) => step(1, 0, 0, other)],
  ],
  mistakes: [
    {
      attempt: (x, h, c, units) => {
        const { r, next } = parts(x, h, c, units);
        return [next, r * Math.tanh(next)];
      },
      says: "The two are swapped: first `h`, which is shown, then `c`, which is stored.",
    },
    {
      attempt: (x, h, c, units) => {
        const { r, next } = parts(x, h, c, units);
        return [r * next, next];
      },
      says: "What is shown goes through a tanh: `r * Math.tanh(c)`. You read the bare number, as the memory cell of lesson 6 does.",
    },
    {
      attempt: (x, h, c, units) => {
        const { f, u, r, candidate } = parts(x, h, c, units);
        const next = (1 - f) * c + u * candidate;
        return [r * Math.tanh(next), next];
      },
      says: "Your forget gate forgets at 1. In spite of its name it keeps: `f * c`.",
    },
    {
      attempt: (x, h, c, units) => {
        const { r, next } = parts(x, h, c, units);
        return [r * Math.tanh(c), next];
      },
      says: "You show the old memory: `h` is read from the *new* c.",
    },
  ],
});

/** Four blocks in another order. */
const ordered = (theirs: readonly number[], order: readonly number[]): number[] => {
  const H = theirs.length / 4;
  return order.flatMap((k) => theirs.slice(k * H, (k + 1) * H));
};

const toOurOrder = exercise({
  name: "7.2",
  asks: "PyTorch's blocks in our order",
  hint:
    "Block k is `theirs.slice(k * H, (k + 1) * H)`. Theirs are i (0), f (1), g (2), o (3). Ours begin with f, their block " +
    "1; then u, which they call i; r, which they call o; and the candidate, which they call g.",
  solution: (theirs: readonly number[]): number[] => ordered(theirs, [1, 0, 3, 2]),
  looks: [
    ["one unit", (ours) => ours([0.1, 0.2, 0.3, 0.4])],
    ["two units", (ours) => ours([1, 2, 3, 4, 5, 6, 7, 8])],
  ],
  mistakes: [
    {
      attempt: (theirs) => [...theirs],
      says: "That is their order still. No error would tell you: the gates would only do each other's work.",
    },
    {
      attempt: (theirs) => ordered(theirs, [1, 0, 2, 3]),
      says: "The first two blocks are right. Their third is g, the candidate, which comes last here: r is their o.",
    },
    {
      attempt: (theirs) => [theirs[1]!, theirs[0]!, theirs[3]!, theirs[2]!],
      says: "You move single numbers. With H units each block is H numbers long.",
    },
  ],
});

/** Products of the gates that come after each step. */
const sharesLeft = (f: readonly number[]) => f.map((_, t) => f.slice(t + 1).reduce((share, gate) => share * gate, 1));

const shareLeft = exercise({
  name: "7.3",
  asks: "what is left in the end of what was stored after each step",
  hint:
    "Begin at the end, where the share is 1, and walk back: `shares[t] = shares[t + 1] * f[t + 1]`. The gate of step t + 1 " +
    "is the first that what was stored after step t has to pass.",
  solution: (f: readonly number[]): number[] => sharesLeft(f),
  looks: [
    ["gates 0.9, 0.5, 0.8", (left) => left([0.9, 0.5, 0.8])],
    ["gates 1, 1, 0, 1, 0.5: what was before the 0 is gone", (left) => left([1, 1, 0, 1, 0.5])],
    ["a single step", (left) => left([0.3])],
  ],
  mistakes: [
    {
      attempt: (f) => f.map((_, t) => f.slice(t).reduce((share, gate) => share * gate, 1)),
      says: "You count the gate of step t itself. It has already worked on what was stored *before* step t; what is stored after it meets gate t + 1 first.",
    },
    {
      attempt: (f) => f.map((_, t) => f.slice(0, t + 1).reduce((share, gate) => share * gate, 1)),
      says: "You multiply from the start. What was stored after step t must pass the gates that come *behind* it.",
    },
    {
      attempt: (f) => sharesLeft(f.map((gate) => 1 - gate)),
      says: "In spite of its name the forget gate says what is kept: the shares are products of f, not of 1 − f.",
    },
  ],
});

export const lesson07 = [lstmStep, toOurOrder, shareLeft];
