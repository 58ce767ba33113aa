import { exercise } from "../exercise.js";

const shares = exercise({
  name: "9.1",
  asks: "what each earlier cell gets of a gradient",
  hint: "Begin with a share of 1 and go through the gates from the last to the first: multiply the share by each gate, and note it.",
  solution: (f: readonly number[]): number[] => products([...f].reverse()),
  looks: [
    ["three gates of a half", (of) => of([0.5, 0.5, 0.5])],
    ["one gate shut in the middle", (of) => of([0.9, 0.8, 0, 0.7])],
    ["five gates", (of) => of([0.9, 0.8, 0.1, 0.7, 0.6])],
  ],
  mistakes: [
    {
      attempt: (f) => products(f),
      says: "You begin with the first gate. The gradient comes from the end: the last gate is the first that it meets.",
    },
    {
      attempt: (f) => [...f].reverse(),
      says: "These are the gates. What arrives has passed *all* gates on its way: their product.",
    },
    {
      attempt: (f) => products([...f].reverse()).reverse(),
      says: "The numbers are right, the order is not: one step back comes first.",
    },
  ],
});

const gateFor = exercise({
  name: "9.2",
  asks: "the gate that lets half pass after T steps",
  hint: "After T equal gates `f ** T` is left. Solve `f ** T = 0.5` for f.",
  solution: (T: number): number => 0.5 ** (1 / T),
  looks: [
    ["T = 1", (gate) => gate(1)],
    ["T = 10", (gate) => gate(10)],
    ["T = 200", (gate) => gate(200)],
  ],
  mistakes: [
    { attempt: (T) => 0.5 ** T, says: "That is what T gates of a half let pass. Which gate gives a half after T?" },
    { attempt: (T) => 1 - 0.5 / T, says: "Near, and wrong: the gates multiply, they do not add up." },
    { attempt: () => 0.5, says: "Half would be left after *one* step: T of them multiply." },
  ],
});

const biasFor = exercise({
  name: "9.3",
  asks: "the bias of a gate that is 1 − 1/T open",
  hint: "The inverse of the sigmoid is `Math.log(p / (1 - p))`. Put in `p = 1 - 1 / T`, and see what is left.",
  solution: (T: number): number => Math.log(T - 1),
  looks: [
    ["T = 2: a gate of a half", (bias) => bias(2)],
    ["T = 10", (bias) => bias(10)],
    ["T = 200", (bias) => bias(200)],
  ],
  mistakes: [
    { attempt: (T) => 1 - 1 / T, says: "That is the gate. The bias is what stands *inside* of the sigmoid." },
    { attempt: (T) => -Math.log(T - 1), says: "The sign is wrong: this gate is 1/T open and shuts the road." },
    {
      attempt: (T) => 1 / (1 + Math.exp(-(1 - 1 / T))),
      says: "That is the sigmoid of 1 − 1/T. You need its inverse, which takes a gate to its bias.",
    },
    { attempt: (T) => Math.log(T), says: "Nearly: `p / (1 - p)` with p = 1 − 1/T is T − 1, not T." },
  ],
});

/** The product of the first, of the first two, … */
function products(factors: readonly number[]): number[] {
  let product = 1;
  return factors.map((factor) => {
    product *= factor;
    return product;
  });
}

export const lesson09 = [shares, gateFor, biasFor];
