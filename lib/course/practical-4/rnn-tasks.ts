import { tanh, tanhSlope } from "../../math/activation.js";
import { affine, affineBackward, columnSums } from "../../math/affine.js";
import { add, mul, scaleInto, subtract } from "../../math/elementwise.js";
import { build, copy, type Matrix } from "../../math/matrix.js";
import { product } from "../../math/product.js";
import type { Random } from "../../math/random.js";
import { dummyMatrix, dummyRnn, dummySteps } from "../dummy.js";
import type { Task } from "../task.js";
import {
  type ModelWeights,
  rnnForward,
  rnnStep,
  rnnStepBackward,
  type StepCache,
  type StepWeights,
} from "./by-library.js";
import { indaba2017 } from "./indaba-2017.js";

const stepCase = (random: Random, B: number, D: number, H: number) => [
  dummyRnn(random, D, H, 2),
  dummyMatrix(random, B, D),
  dummyMatrix(random, B, H, 0.5),
];

export const rnnStepTask: Task = {
  name: "rnn-step",
  title: "One step forward",
  level: "ALL",
  points: 8,
  entry: "rnnStep",
  seconds: 10,
  hint:
    "Two products and a bias: `affine(h, Whh, bh)` is the state's part and the bias in one, `product(x, Wxh)` is the " +
    "input's. `add` them, and `tanh` squashes the sum.",
  solution: rnnStep,
  tests: [
    { title: "one row", points: 2, cases: (random) => [stepCase(random, 1, 3, 4)] },
    { title: "three rows at once", points: 2, cases: (random) => [stepCase(random, 3, 2, 5)] },
  ],
  mistakes: [
    {
      attempt: ({ Wxh, Whh }: StepWeights, x: Matrix, h: Matrix) => tanh(add(product(x, Wxh), product(h, Whh))),
      says: "The bias `bh` is missing: `affine(h, Whh, bh)` adds it to every row.",
    },
    {
      attempt: ({ Wxh, Whh, bh }: StepWeights, x: Matrix, h: Matrix) => add(product(x, Wxh), affine(h, Whh, bh)),
      says: "That is the sum. The state is what `tanh` makes of it.",
    },
    {
      attempt: ({ Wxh, bh }: StepWeights, x: Matrix) => tanh(affine(x, Wxh, bh)),
      says: "The old state has no part in it: this network forgets at once. `Whh` leads from `h` to the new state.",
    },
  ],
};

const walkCase = (random: Random, T: number, B: number) => [
  dummyRnn(random, 3, 4, 2),
  dummySteps(random, T, B, 3),
  dummyMatrix(random, B, 4, 0.5),
];

const naiveWalk = (
  next: (weights: ModelWeights, x: Matrix, h: Matrix, h0: Matrix) => { h: Matrix; cache?: Matrix; y?: Matrix },
) => {
  return (weights: ModelWeights, xs: readonly Matrix[], h0: Matrix) => {
    const ys: Matrix[] = [];
    const caches: StepCache[] = [];
    let hPrevious = h0;
    for (const x of xs) {
      const { h, cache = hPrevious, y = affine(h, weights.Why, weights.by) } = next(weights, x, hPrevious, h0);
      ys.push(y);
      caches.push({ x, hPrevious: cache, h });
      hPrevious = h;
    }
    return { ys, caches };
  };
};

export const rnnForwardTask: Task = {
  name: "rnn-forward",
  title: "Unrolled forward, with a cache",
  level: "ALL",
  points: 9,
  entry: "rnnForward",
  seconds: 10,
  hint:
    "Before the loop `let hPrevious = h0`. In it: `const h = rnnStep(weights, x, hPrevious)`, push the output " +
    "`affine(h, weights.Why, weights.by)` and the cache `{ x, hPrevious, h }`, and then `hPrevious = h`.",
  solution: rnnForward,
  tests: [
    {
      title: "the numbers that the practical of 2017 printed",
      points: 3,
      // and others of the same sizes: printed numbers can be copied
      cases: (random) => {
        const { weights, xs, h0 } = indaba2017();
        return [
          [weights, xs, h0],
          [dummyRnn(random, 8, 4, 8), dummySteps(random, 5, 1, 8), dummyMatrix(random, 1, 4, 0.5)],
        ];
      },
      call: (notebook, weights: ModelWeights, xs: Matrix[], h0: Matrix) => {
        const { ys, caches } = notebook.rnnForward(weights, xs, h0);
        return { "last state": caches.at(-1)?.h, "last output": ys.at(-1) };
      },
    },
    { title: "two rows, three steps", points: 2, cases: (random) => [walkCase(random, 3, 2)] },
  ],
  mistakes: [
    {
      attempt: naiveWalk((weights, x, _, h0) => ({ h: rnnStep(weights, x, h0), cache: h0 })),
      says: "Every step begins with `h0` here. The state of one step has to become the next step's `hPrevious`.",
    },
    {
      attempt: naiveWalk((weights, x, hPrevious) => {
        const h = rnnStep(weights, x, hPrevious);
        return { h, cache: h };
      }),
      says: "The cache's `hPrevious` is the state *after* the step. Push the cache before you overwrite `hPrevious`.",
    },
    {
      attempt: naiveWalk((weights, x, hPrevious) => {
        const h = rnnStep(weights, x, hPrevious);
        return { h, y: product(h, weights.Why) };
      }),
      says: "The outputs lack their bias: `affine(h, Why, by)`.",
    },
  ],
};

const backCase = (random: Random, B: number, D: number, H: number) => {
  const weights = dummyRnn(random, D, H, 2);
  const [x, hPrevious] = [dummyMatrix(random, B, D), dummyMatrix(random, B, H, 0.5)];
  return [weights, { x, hPrevious, h: rnnStep(weights, x, hPrevious) }, dummyMatrix(random, B, H)];
};

/** Back through a step whose way through tanh is wrong. */
const backWith = (through: (dh: Matrix, cache: StepCache) => Matrix) => {
  return ({ Wxh, Whh }: StepWeights, cache: StepCache, dh: Matrix) => {
    const dz = through(dh, cache);
    const { dX: dx, dW: dWxh, db } = affineBackward(dz, cache.x, Wxh);
    const { dX: dhPrevious, dW: dWhh } = affineBackward(dz, cache.hPrevious, Whh);
    return { dx, dhPrevious, gradients: { Wxh: dWxh, Whh: dWhh, bh: db } };
  };
};

const negative = (m: Matrix) => {
  const result = copy(m);
  scaleInto(result, -1);
  return result;
};

export const rnnStepBackwardTask: Task = {
  name: "rnn-step-backward",
  title: "One step backward",
  level: "ALL",
  points: 11,
  entry: "rnnStepBackward",
  seconds: 10,
  hint:
    "First back through tanh: `const dz = mul(dh, tanhSlope(h))`. From there `affineBackward(dz, x, Wxh)` gives `dX`, " +
    "`dW` and `db`, and `affineBackward(dz, hPrevious, Whh)` the same for the state.",
  solution: rnnStepBackward,
  tests: [
    {
      title: "back to the input and to the old state",
      points: 3,
      cases: (random) => [backCase(random, 1, 3, 4), backCase(random, 2, 4, 3)],
      call: (notebook, weights: StepWeights, cache: StepCache, dh: Matrix) => {
        const { dx, dhPrevious } = notebook.rnnStepBackward(weights, cache, dh);
        return { dx, dhPrevious };
      },
    },
    {
      title: "the gradients of the weights",
      points: 3,
      cases: (random) => [backCase(random, 2, 3, 4)],
      call: (notebook, weights: StepWeights, cache: StepCache, dh: Matrix) =>
        notebook.rnnStepBackward(weights, cache, dh).gradients,
    },
  ],
  mistakes: [
    {
      attempt: backWith((dh) => dh),
      says: "The way back leads through `tanh`, too: `mul(dh, tanhSlope(h))`.",
    },
    {
      attempt: backWith((dh, { h }) => negative(mul(dh, tanhSlope(h)))),
      says: "All is right but the sign: the slope of tanh is 1 − h², and nothing here turns a sign round.",
    },
    {
      attempt: backWith((dh, { h }) =>
        mul(
          dh,
          subtract(
            build(h.rows, h.cols, () => 1),
            h,
          ),
        ),
      ),
      says: "The slope of tanh is 1 − h², and yours is 1 − h: `tanhSlope(h)` computes it.",
    },
    {
      attempt: backWith((dh, { hPrevious }) => mul(dh, tanhSlope(hPrevious))),
      says: "You take the slope at the old state. `tanh` put out the new one: `tanhSlope(h)`.",
    },
    {
      attempt: (weights: StepWeights, cache: StepCache, dh: Matrix) => {
        const { gradients, ...rest } = rnnStepBackward(weights, cache, dh);
        const first = columnSums(mul(dh, tanhSlope(cache.h)).rowRange(0, 1));
        return { ...rest, gradients: { ...gradients, bh: first } };
      },
      says: "The bias is added to every row, so its gradient is the sum over all rows: `columnSums(dz)`.",
    },
  ],
};
