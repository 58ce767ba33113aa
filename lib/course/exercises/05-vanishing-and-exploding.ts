import { exercise } from "../exercise.js";

const horizon = exercise({
  name: "5.1",
  asks: "after how many steps less than a hundredth is left",
  hint: "Multiply again and again, and count: `let left = 1`, and while it is not below 0.01, `left *= factor` and one step more.",
  solution: (factor: number): number => {
    let [steps, left] = [0, 1];
    while (left >= 0.01) {
      left *= factor;
      steps++;
    }
    return steps;
  },
  looks: [
    ["a factor of 0.5", (steps) => steps(0.5)],
    ["a factor of 0.9", (steps) => steps(0.9)],
    ["a factor of 0.99", (steps) => steps(0.99)],
  ],
  mistakes: [
    {
      attempt: (factor) => Math.log(0.01) / Math.log(factor),
      says: "That is the exact point between two steps. Steps are whole: the first one *after* it (`Math.ceil`).",
    },
    {
      attempt: (factor) => Math.floor(Math.log(0.01) / Math.log(factor)),
      says: "One step too early: there is still a little more than a hundredth left.",
    },
    {
      attempt: (factor) => Math.ceil(0.99 / (1 - factor)),
      says: "You take the same amount away at each step. What is lost is a share of what is left: multiply.",
    },
  ],
});

type Rows = readonly (readonly number[])[];

const jacobian = exercise({
  name: "5.2",
  asks: "the Jacobian of one step",
  hint: "Row i, column j: how much does new unit i move, when old unit j moves by a little? The sum of unit i by `W[j][i]`, and tanh passes `1 - h[i] ** 2` of that on.",
  solution: (W: Rows, h: readonly number[]): number[][] =>
    h.map((unit, i) => h.map((_, j) => (1 - unit ** 2) * W[j]![i]!)),
  looks: [
    [
      "W = ((0.5, 0.7), (−0.6, 0.2)), h = (0, 0.5)",
      (of) =>
        of(
          [
            [0.5, 0.7],
            [-0.6, 0.2],
          ],
          [0, 0.5],
        ),
    ],
    [
      "W = ((1, 2), (3, 4)), h = (0.9, −0.1)",
      (of) =>
        of(
          [
            [1, 2],
            [3, 4],
          ],
          [0.9, -0.1],
        ),
    ],
    ["one unit, W = 2, h = 0.6", (of) => of([[2]], [0.6])],
  ],
  mistakes: [
    {
      attempt: (W, h) => h.map((unit, i) => h.map((_, j) => (1 - unit ** 2) * W[i]![j]!)),
      says: "Row and column of W are swapped: `W[j][i]` leads *from* old unit j *to* new unit i.",
    },
    {
      attempt: (W, h) => h.map((_, i) => h.map((unit, j) => (1 - unit ** 2) * W[j]![i]!)),
      says: "The slope is that of the wrong unit: what comes out is unit i, so take `1 - h[i] ** 2`.",
    },
    {
      attempt: (W, h) => h.map((_, i) => h.map((__, j) => W[j]![i]!)),
      says: "That is the step without tanh. It multiplies row i by its slope, `1 - h[i] ** 2`.",
    },
  ],
});

const lengthOf = (g: readonly number[]) => Math.sqrt(g.reduce((sum, v) => sum + v * v, 0));

const clip = exercise({
  name: "5.3",
  asks: "a gradient that is clipped by its norm",
  hint: "Its length is the *root* of the sum of the squares. If that is at most `limit`, leave it; else multiply each number by `limit / length`.",
  solution: (g: readonly number[], limit: number): number[] => {
    const length = lengthOf(g);
    return length > limit ? g.map((v) => (v * limit) / length) : [...g];
  },
  looks: [
    ["(3, 4), at most 1", (clipped) => clipped([3, 4], 1)],
    ["(3, −4), at most 10", (clipped) => clipped([3, -4], 10)],
    ["(0.3, −0.4, 1.2), at most 2", (clipped) => clipped([0.3, -0.4, 1.2], 2)],
    ["(1, 2, 2), at most 2", (clipped) => clipped([1, 2, 2], 2)],
  ],
  mistakes: [
    {
      attempt: (g, limit) => {
        const squares = lengthOf(g) ** 2;
        return squares > limit ? g.map((v) => (v * limit) / squares) : [...g];
      },
      says: "You compare and divide by the *square* of the length. Take the root: else long gradients become shorter than short ones.",
    },
    {
      attempt: (g, limit) => {
        const length = lengthOf(g);
        return length ** 2 > limit ? g.map((v) => (v * limit) / length) : [...g];
      },
      says: "You compare the square of the length with the limit: so you touch gradients that are short enough, and even make some of them longer.",
    },
    {
      attempt: (g, limit) => g.map((v) => Math.max(-limit, Math.min(limit, v))),
      says: "That cuts each number by itself, and the gradient points elsewhere afterwards. Shorten all of them by one factor.",
    },
    {
      attempt: (g, limit) => g.map((v) => (v * limit) / lengthOf(g)),
      says: "That makes each gradient as long as the limit, short ones as well. Those are to be left alone.",
    },
  ],
});

export const lesson05 = [horizon, jacobian, clip];
