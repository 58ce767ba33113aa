import { exercise } from "../exercise.js";

type Pair = readonly [number, number];

const back = exercise({
  name: "3.1",
  asks: "one step back through the unit",
  hint: "First through tanh: `const da = dh * (1 - h ** 2)`. Then `da` meets `hOld` on its way to w, and `w` on its way to the old state.",
  solution: (w: number, h: number, hOld: number, dh: number): Pair => {
    const da = dh * (1 - h ** 2);
    return [da * hOld, da * w];
  },
  looks: [
    ["w = 0.9, h = 0.5, old h = 0.6, ∂E/∂h = −0.4", (step) => step(0.9, 0.5, 0.6, -0.4)],
    ["w = −1.5, h = −0.2, old h = 0.7, ∂E/∂h = 1", (step) => step(-1.5, -0.2, 0.7, 1)],
    ["w = 0.5, h = 0.8, old h = 0, ∂E/∂h = 2", (step) => step(0.5, 0.8, 0, 2)],
  ],
  mistakes: [
    {
      attempt: (w, _h, hOld, dh) => [dh * hOld, dh * w],
      says: "You have stepped around tanh: its slope is `1 - h ** 2`, and both numbers take it along.",
    },
    {
      attempt: (w, h, hOld, dh) => [dh * (1 - h ** 2) * w, dh * (1 - h ** 2) * hOld],
      says: "The two have changed places: on the way to w stands the old state, on the way to the old state stands w.",
    },
    {
      attempt: (w, _h, hOld, dh) => [dh * (1 - hOld ** 2) * hOld, dh * (1 - hOld ** 2) * w],
      says: "The slope of tanh is taken where this step came out, at `h`, not at the old state.",
    },
  ],
});

/** States of the one-unit network: h_0 = 0, h_1, …, h_T. */
function statesOf(w: number, u: number, x: readonly number[]): number[] {
  const h = [0];
  for (const input of x) h.push(Math.tanh(w * h.at(-1)! + u * input));
  return h;
}

/** What each step adds to ∂E/∂w, the last step first. */
function termsOf(w: number, h: readonly number[], target: number, { slope = true, chain = true } = {}): number[] {
  const terms: number[] = [];
  let dh = h.at(-1)! - target;
  for (let t = h.length - 1; t >= 1; t--) {
    const da = dh * (slope ? 1 - h[t]! ** 2 : 1);
    terms.push(da * h[t - 1]!);
    if (chain) dh = da * w;
  }
  return terms;
}

const total = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);

const gradient = exercise({
  name: "3.2",
  asks: "the whole gradient of w",
  hint:
    "Forward: `const h = [0]`, and for each input push `Math.tanh(w * h.at(-1)! + u * input)`. " +
    "Back: begin with `let dh = h.at(-1)! - target`, go from the last step to the first, and add up what exercise 3.1 gives for w.",
  solution: (w: number, u: number, x: readonly number[], target: number): number =>
    total(termsOf(w, statesOf(w, u, x), target)),
  looks: [
    ["the network above", (of) => of(0.9, 1.2, [1, 0, 0, 0], 0.8)],
    ["w = −0.7, u = 0.5, three inputs", (of) => of(-0.7, 0.5, [1, -1, 2], 0)],
    ["w = 1.1, u = 0.3, six inputs", (of) => of(1.1, 0.3, [1, 0, 1, 0, 1, 1], -0.5)],
  ],
  mistakes: [
    {
      attempt: (w, u, x, target) => termsOf(w, statesOf(w, u, x), target)[0]!,
      says: "That is the last step's part alone. The same w was used at every step: add up what each of them says.",
    },
    {
      attempt: (w, u, x, target) => total(termsOf(w, statesOf(w, u, x), target)) / x.length,
      says: "That is the mean over the steps. The gradient is their sum: w moves all of them at once.",
    },
    {
      attempt: (w, u, x, target) => total(termsOf(w, statesOf(w, u, x), target, { chain: false })),
      says: "Each step gets the error of the end as it is. On its way back it is multiplied at each step by w and by the slope of tanh: hand the new `dh` on.",
    },
    {
      attempt: (w, u, x, target) => total(termsOf(w, statesOf(w, u, x), target, { slope: false })),
      says: "The slope of tanh is missing: `dh * (1 - h[t] ** 2)` before anything else.",
    },
  ],
});

const cost = exercise({
  name: "3.3",
  asks: "how many steps are gone back in all",
  hint: "There are `steps / k1` passes, after k₁, 2k₁, 3k₁, … steps. Each goes back k₂ steps, or as many as have been read if these are fewer: `Math.min(k2, read)`.",
  solution: (steps: number, k1: number, k2: number): number => {
    let count = 0;
    for (let read = k1; read <= steps; read += k1) count += Math.min(k2, read);
    return count;
  },
  looks: [
    ["12 steps, k₁ = k₂ = 3", (count) => count(12, 3, 3)],
    ["2,000 steps, k₁ = 1, k₂ = 5", (count) => count(2000, 1, 5)],
    ["100 steps, k₁ = 10, k₂ = 100", (count) => count(100, 10, 100)],
  ],
  mistakes: [
    {
      attempt: (steps, k1, k2) => (steps / k1) * k2,
      says: "Nearly: the first passes find fewer than k₂ steps behind them.",
    },
    {
      attempt: (steps) => steps,
      says: "That holds for k₁ = k₂, where the stream falls into pieces. With k₂ > k₁ a step is gone through in several passes.",
    },
    {
      attempt: (steps, k1) => steps / k1,
      says: "That is the number of passes. How many steps does each of them go back?",
    },
  ],
});

export const lesson03 = [back, gradient, cost];
