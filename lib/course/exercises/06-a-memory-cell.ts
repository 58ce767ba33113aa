import { exercise } from "../exercise.js";

interface Gates {
  readonly k: number;
  readonly w: number;
  readonly r: number;
}

const memoryStep = exercise({
  name: "6.1",
  asks: "one step of the memory cell",
  hint:
    "What is stored is `k * c + w * value`: the old number through the keep gate, the new one through the write gate. " +
    "What is read is that, times `r`.",
  solution: (c: number, value: number, { k, w, r }: Gates): [number, number] => {
    const stored = k * c + w * value;
    return [stored, r * stored];
  },
  looks: [
    ["write 0.7 over 0.2", (step) => step(0.2, 0.7, { k: 0, w: 1, r: 0 })],
    ["keep 0.7 while −0.4 passes, and read it", (step) => step(0.7, -0.4, { k: 1, w: 0, r: 1 })],
    ["gates that are half open", (step) => step(0.8, -0.5, { k: 0.9, w: 0.4, r: 0.5 })],
  ],
  mistakes: [
    {
      attempt: (c, value, { k, w, r }) => [k * c + w * value, r * c],
      says: "You read what was stored *before* this step: `r` is applied to the new number.",
    },
    {
      attempt: (c, value, { k, w, r }) => [(1 - k) * c + w * value, r * ((1 - k) * c + w * value)],
      says: "The keep gate is the other way round: at 1 it keeps, at 0 it forgets.",
    },
    {
      attempt: (c, value, { k, w, r }) => [r * (k * c + w * value), r * (k * c + w * value)],
      says: "The read gate has no say in what is *stored*: a memory that nobody reads keeps its number.",
    },
  ],
});

const halving = (steps: number) => 0.5 ** (1 / steps);

const keepBias = exercise({
  name: "6.2",
  asks: "the bias with which the cell remembers so long",
  hint:
    "First the gate: `k ** steps` shall be 0.5, so `k = 0.5 ** (1 / steps)`. Then the inverse of the sigmoid: " +
    "σ(a) = k at `a = Math.log(k / (1 - k))`.",
  solution: (steps: number): number => Math.log(halving(steps) / (1 - halving(steps))),
  looks: [
    ["half is left after 1 step", (bias) => bias(1)],
    ["half is left after 10 steps", (bias) => bias(10)],
    ["half is left after 1,000 steps", (bias) => bias(1000)],
  ],
  mistakes: [
    {
      attempt: halving,
      says: "That is how far the gate is open. The bias is what goes *into* the sigmoid: undo it with `Math.log(k / (1 - k))`.",
    },
    {
      attempt: (steps) => Math.log(steps - 1),
      says: "That bias leaves (1 − 1/T)^T, about 1/e or 37 %: a fine start for learning, but here it shall be half.",
    },
    {
      attempt: (steps) => Math.log(halving(steps)),
      says: "The sigmoid is no exponential: σ(a) = k at `a = Math.log(k / (1 - k))`.",
    },
  ],
});

interface Step extends Gates {
  readonly value: number;
  readonly c: number;
  readonly cNext: number;
}

const stepBackward = exercise({
  name: "6.3",
  asks: "the way back through one step",
  hint:
    "Two ways lead to c_t: `dc = dcLater + dh * r`. Then each factor of a product gets `dc` (or, for the read gate, `dh`) " +
    "times the other factor: `dk = dc * c`.",
  solution: ({ k, w, r, value, c, cNext }: Step, dh: number, dcLater: number) => {
    const dc = dcLater + dh * r;
    return { dr: dh * cNext, dk: dc * c, dw: dc * value, dValue: dc * w, dcPrevious: dc * k };
  },
  looks: [
    [
      "a step that keeps and is not read",
      (back) => back({ k: 1, w: 0, r: 0, value: -0.4, c: 0.7, cNext: 0.7 }, 0.3, 1),
    ],
    ["gates that are half open", (back) => back({ k: 0.9, w: 0.4, r: 0.5, value: -0.5, c: 0.8, cNext: 0.52 }, 2, -0.6)],
  ],
  mistakes: [
    {
      attempt: ({ k, w, value, c, cNext }, dh, dcLater) => {
        const dc = dcLater;
        return { dr: dh * cNext, dk: dc * c, dw: dc * value, dValue: dc * w, dcPrevious: dc * k };
      },
      says: "What is read at this step comes from c_t too: its gradient `dh`, through the read gate, must be added to `dcLater`.",
    },
    {
      attempt: ({ k, w, r, value, c, cNext }, dh) => {
        const dc = dh * r;
        return { dr: dh * cNext, dk: dc * c, dw: dc * value, dValue: dc * w, dcPrevious: dc * k };
      },
      says: "`dcLater` is missing: later steps read c_t too, by the way through time.",
    },
    {
      attempt: ({ k, w, r, value, c }, dh, dcLater) => {
        const dc = dcLater + dh * r;
        return { dr: dh * c, dk: dc * c, dw: dc * value, dValue: dc * w, dcPrevious: dc * k };
      },
      says: "The read gate is multiplied with what is stored *after* this step: `dr = dh * cNext`.",
    },
  ],
});

export const lesson06 = [memoryStep, keepBias, stepBackward];
