import { sigmoid, sigmoidSlope, tanh, tanhSlope } from "../../math/activation.js";
import { affine, affineBackward, concat } from "../../math/affine.js";
import { add, addInto, mul } from "../../math/elementwise.js";
import { build, type Matrix, zeros } from "../../math/matrix.js";
import type { Random } from "../../math/random.js";
import { dummyLstm, dummyMatrix } from "../dummy.js";
import type { Task } from "../task.js";
import { type LstmNotes, type LstmParts, lstmStep, lstmStepBackward } from "./by-library.js";

const lstmCase = (random: Random, B: number, D: number, H: number) => [
  dummyLstm(random, D, H),
  dummyMatrix(random, B, D),
  dummyMatrix(random, B, H, 0.5),
  dummyMatrix(random, B, H),
];

/** An LSTM's step in which something is done in another way. */
const lstmWith = (
  rule: (gates: { f: Matrix; u: Matrix; r: Matrix; candidate: Matrix; c: Matrix }) => { c: Matrix; h: Matrix },
  squash: (sum: Matrix) => Matrix = tanh,
) => {
  return (weights: LstmParts, x: Matrix, h: Matrix, c: Matrix) => {
    const X = concat(x, h);
    const f = sigmoid(affine(X, weights.Wf, weights.bf));
    const u = sigmoid(affine(X, weights.Wu, weights.bu));
    const r = sigmoid(affine(X, weights.Wr, weights.br));
    const candidate = squash(affine(X, weights.Wc, weights.bc));
    const next = rule({ f, u, r, candidate, c });
    return { ...next, cache: { X, f, u, r, candidate, cPrevious: c, tanhC: tanh(next.c) } };
  };
};

export const lstmStepTask: Task = {
  name: "lstm-step",
  title: "An LSTM's step",
  level: "ALL",
  points: 9,
  entry: "lstmStep",
  seconds: 10,
  hint:
    "`const X = concat(x, h)` serves all four: `sigmoid(affine(X, Wf, bf))`, the same with u and r, and " +
    "`tanh(affine(X, Wc, bc))`. Then c = f∗c + u∗candidate and h = r∗tanh(c), with `mul` and `add`.",
  solution: lstmStep,
  tests: [
    {
      title: "the gates and the candidate",
      points: 2,
      cases: (random) => [lstmCase(random, 2, 3, 4)],
      call: (notebook, ...given: never[]) => {
        const { f, u, r, candidate } = notebook.lstmStep(...given).cache;
        return { f, u, r, candidate };
      },
    },
    {
      title: "the new memory and the new state",
      points: 2,
      cases: (random) => [lstmCase(random, 1, 3, 4), lstmCase(random, 3, 2, 5)],
      call: (notebook, ...given: never[]) => {
        const { c, h } = notebook.lstmStep(...given);
        return { c, h };
      },
    },
    { title: "all that the cache holds", points: 1, cases: (random) => [lstmCase(random, 2, 3, 4)] },
  ],
  mistakes: [
    {
      attempt: lstmWith(({ f, u, r, candidate, c }) => {
        const next = add(mul(u, c), mul(f, candidate));
        return { c: next, h: mul(r, tanh(next)) };
      }),
      says: "The forget gate belongs to the old memory, the update gate to the candidate: c = f∗c + u∗candidate.",
    },
    {
      attempt: lstmWith(({ f, u, r, candidate, c }) => {
        const next = add(mul(f, c), mul(u, candidate));
        return { c: next, h: mul(r, next) };
      }),
      says: "The memory goes through `tanh` on its way out: h = r∗tanh(c).",
    },
    {
      attempt: lstmWith(({ f, u, r, candidate, c }) => {
        const next = add(mul(f, c), mul(u, candidate));
        return { c: next, h: mul(r, tanh(next)) };
      }, sigmoid),
      says: "The candidate is no gate: it may be negative, and so it is a `tanh`.",
    },
  ],
};

const backCase = (random: Random, B: number, D: number, H: number) => {
  const weights = dummyLstm(random, D, H);
  const [x, h, c] = [dummyMatrix(random, B, D), dummyMatrix(random, B, H, 0.5), dummyMatrix(random, B, H)];
  return [weights, lstmStep(weights, x, h, c).cache, dummyMatrix(random, B, H), dummyMatrix(random, B, H)];
};

/** Back through an LSTM's step in which some factors are other ones. */
const backWith = ({
  intoMemory = (dh: Matrix, { r, tanhC }: LstmNotes) => mul(mul(dh, r), tanhSlope(tanhC)),
  fromLater = (dc: Matrix): Matrix => dc,
  slope = sigmoidSlope,
} = {}) => {
  return (weights: LstmParts, cache: LstmNotes, dh: Matrix, dcNext: Matrix) => {
    const { X, f, u, r, candidate, cPrevious, tanhC } = cache;
    const dc = add(fromLater(dcNext), intoMemory(dh, cache));
    const through = (dGate: Matrix, gate: Matrix, W: Matrix) => affineBackward(mul(dGate, slope(gate)), X, W);
    const backF = through(mul(dc, cPrevious), f, weights.Wf);
    const backU = through(mul(dc, candidate), u, weights.Wu);
    const backR = through(mul(dh, tanhC), r, weights.Wr);
    const backC = affineBackward(mul(mul(dc, u), tanhSlope(candidate)), X, weights.Wc);
    const dX = backF.dX;
    for (const back of [backU, backR, backC]) addInto(dX, back.dX);
    const D = X.cols - dh.cols;
    return {
      dx: dX.columns(0, D),
      dhPrevious: dX.columns(D, X.cols),
      dcPrevious: mul(dc, f),
      gradients: {
        ...{ Wf: backF.dW, bf: backF.db, Wu: backU.dW, bu: backU.db },
        ...{ Wr: backR.dW, br: backR.db, Wc: backC.dW, bc: backC.db },
      },
    };
  };
};

export const lstmStepBackwardTask: Task = {
  name: "lstm-step-backward",
  title: "Back through an LSTM's step",
  level: "ADVANCED",
  points: 12,
  entry: "lstmStepBackward",
  seconds: 10,
  hint:
    "Two ways lead back into the new memory: `add(dc, mul(mul(dh, r), tanhSlope(tanhC)))`. From that sum each gate gets " +
    "the factor that it was multiplied with, then its own slope, then `affineBackward`. The four `dX` add up.",
  solution: lstmStepBackward,
  tests: [
    {
      title: "back to the old memory",
      points: 2,
      cases: (random) => [backCase(random, 2, 3, 4)],
      call: (notebook, ...given: never[]) => notebook.lstmStepBackward(...given).dcPrevious,
    },
    {
      title: "back to the input and to the old state",
      points: 2,
      cases: (random) => [backCase(random, 2, 3, 4)],
      call: (notebook, ...given: never[]) => {
        const { dx, dhPrevious } = notebook.lstmStepBackward(...given);
        return { dx, dhPrevious };
      },
    },
    {
      title: "the gradients of the gates' weights",
      points: 3,
      cases: (random) => [backCase(random, 1, 2, 3)],
      call: (notebook, ...given: never[]) => notebook.lstmStepBackward(...given).gradients,
    },
  ],
  mistakes: [
    {
      attempt: backWith({ fromLater: (dc) => zeros(dc.rows, dc.cols) }),
      says: "The next step reads the memory, too: what it says is `dc`, and it is added to what comes through `h`.",
    },
    {
      attempt: backWith({ intoMemory: (dh, { r }) => mul(dh, r) }),
      says: "On its way from `h` into the memory the gradient passes a tanh: times `tanhSlope(tanhC)`.",
    },
    {
      attempt: backWith({ slope: (gate) => build(gate.rows, gate.cols, () => 1) }),
      says: "The gates are sigmoids, and the way back leads through them: times `sigmoidSlope(f)` and so on.",
    },
    {
      attempt: backWith({ slope: tanhSlope }),
      says: "The gates are sigmoids: their slope is `sigmoidSlope`, which is g∗(1 − g).",
    },
  ],
};
