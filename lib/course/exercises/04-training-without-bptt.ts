import { exercise } from "../exercise.js";

const radius = exercise({
  name: "4.1",
  asks: "a radius that remembers 50 steps and forgets 200",
  hint:
    "After t steps `radius ** t` is left. For more than 0.01 after 50 steps the radius must be above " +
    "`0.01 ** (1 / 50)`, for less than 0.01 after 200 steps below `0.01 ** (1 / 200)`.",
  solution: 0.95,
  looks: [
    ["it is a number above 0", (r) => r > 0],
    ["more than a hundredth is left after 50 steps", (r) => r ** 50 > 0.01],
    ["less than a hundredth is left after 200 steps", (r) => r ** 200 < 0.01],
  ],
  mistakes: [
    {
      attempt: 0.9,
      says: "That fades too soon: after 50 steps less than a hundredth is left. Come closer to 1.",
    },
    {
      attempt: 0.99,
      says: "That keeps too much: after 200 steps there is still more than a hundredth. Go further below 1.",
    },
  ],
});

const leaky = exercise({
  name: "4.2",
  asks: "one step of a leaky unit",
  hint: "The new value is `Math.tanh(x * w + h * v)`. Take the share `a` of it, and the share `1 - a` of the old `h`.",
  solution: (x: number, h: number, w: number, v: number, a: number) => (1 - a) * h + a * Math.tanh(x * w + h * v),
  looks: [
    ["without a leak, a = 1", (step) => step(1, 0.5, 0.8, -0.3, 1)],
    ["a = 0.2, an input of 1", (step) => step(1, 0.5, 0.8, -0.3, 0.2)],
    ["a = 0.5, no input", (step) => step(0, -0.9, 0.8, 0.7, 0.5)],
  ],
  mistakes: [
    {
      attempt: (x, h, w, v, a) => a * h + (1 - a) * Math.tanh(x * w + h * v),
      says: "The shares are swapped: `a` is the share of what is new. With a = 1 nothing of the old state leaks through.",
    },
    {
      attempt: (x, h, w, v) => Math.tanh(x * w + h * v),
      says: "That is the unit without a leak: `a` has no part in it yet.",
    },
    {
      attempt: (x, h, w, v, a) => Math.tanh((1 - a) * h + a * (x * w + h * v)),
      says: "The old state goes past the tanh: only what is new, `x * w + h * v`, is squashed.",
    },
  ],
});

const ridgeWeight = exercise({
  name: "4.3",
  asks: "the ridge regression of a single unit",
  hint: "`SᵀS` is the sum of `s[t] * s[t]`, and `SᵀY` the sum of `s[t] * y[t]`. The inverse of a number is 1 over it.",
  solution: (s: readonly number[], y: readonly number[], lambda: number): number =>
    products(s, y) / (products(s, s) + lambda),
  looks: [
    ["y is 2 s, λ = 0", (fit) => fit([1, -2, 3], [2, -4, 6], 0)],
    ["y is 2 s, λ = 14", (fit) => fit([1, -2, 3], [2, -4, 6], 14)],
    ["noisy y, λ = 0.5", (fit) => fit([0.5, 0.1, -0.7, 0.2], [1.1, 0.1, -1.3, 0.5], 0.5)],
  ],
  mistakes: [
    {
      attempt: (s, y) => products(s, y) / products(s, s),
      says: "These are plain least squares: λ is missing. It is added to the sum below.",
    },
    {
      attempt: (s, y, lambda) => products(s, y) / (products(s, s) + s.length * lambda),
      says: "λ is added once, not once for each step: it belongs to the weight, not to the data.",
    },
    {
      attempt: (s, y, lambda) => (products(s, s) + lambda) / products(s, y),
      says: "That is upside down: the inverse of `SᵀS + λ` means to divide by it.",
    },
  ],
});

function products(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, t) => sum + value * b[t]!, 0);
}

export const lesson04 = [radius, leaky, ridgeWeight];
