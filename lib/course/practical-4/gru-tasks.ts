import { sigmoid, tanh } from "../../math/activation.js";
import { affine, concat } from "../../math/affine.js";
import { add, mul, subtract } from "../../math/elementwise.js";
import type { Matrix } from "../../math/matrix.js";
import { integer, type Random } from "../../math/random.js";
import { dummyGru, dummyMatrix } from "../dummy.js";
import type { Task } from "../task.js";
import { type GruParts, gruStep, parameterCounts } from "./by-library.js";

const gruCase = (random: Random, B: number, D: number, H: number) => [
  dummyGru(random, D, H),
  dummyMatrix(random, B, D),
  dummyMatrix(random, B, H, 0.5),
];

/** A GRU's step in which something is done in another way. */
const gruWith = (
  rule: (parts: { z: Matrix; candidate: Matrix; h: Matrix }) => Matrix,
  reset: (r: Matrix, h: Matrix) => Matrix = mul,
) => {
  return ({ Wz, bz, Wr, br, Wc, bc }: GruParts, x: Matrix, h: Matrix) => {
    const X = concat(x, h);
    const [z, r] = [sigmoid(affine(X, Wz, bz)), sigmoid(affine(X, Wr, br))];
    return rule({ z, candidate: tanh(affine(concat(x, reset(r, h)), Wc, bc)), h });
  };
};

export const gruStepTask: Task = {
  name: "gru-step",
  title: "A GRU's step",
  level: "INTERMEDIATE",
  points: 8,
  entry: "gruStep",
  seconds: 10,
  hint:
    "Both gates read `concat(x, h)`. The candidate reads `concat(x, mul(r, h))`. The new state goes from h towards the " +
    "candidate by the share z: `add(h, mul(z, subtract(candidate, h)))`.",
  solution: gruStep,
  tests: [
    { title: "one row", points: 2, cases: (random) => [gruCase(random, 1, 3, 4)] },
    { title: "three rows at once", points: 2, cases: (random) => [gruCase(random, 3, 2, 5)] },
  ],
  mistakes: [
    {
      attempt: gruWith(({ z, candidate, h }) => add(candidate, mul(z, subtract(h, candidate)))),
      says: "Yours keeps the old state where z is 1. Here z is the share of the *new*: h + z∗(candidate − h).",
    },
    {
      attempt: gruWith(
        ({ z, candidate, h }) => add(h, mul(z, subtract(candidate, h))),
        (_, h) => h,
      ),
      says: "The reset gate does nothing yet: the candidate reads x beside r∗h.",
    },
    {
      attempt: gruWith(({ z, candidate }) => mul(z, candidate)),
      says: "The old state is gone: where z is small, most of h stays.",
    },
  ],
};

const sizes = (random: Random) => [2 + integer(random, 30), 2 + integer(random, 30)];

export const parameterCountsTask: Task = {
  name: "parameter-counts",
  title: "How many weights there are",
  level: "ALL",
  points: 3,
  entry: "parameterCounts",
  seconds: 10,
  hint: "One block has D + H rows, H columns and H biases. How many such blocks has each of the three cells?",
  solution: parameterCounts,
  tests: [
    {
      title: "two pairs of sizes",
      points: 1,
      cases: (random) => [sizes(random), sizes(random)],
    },
  ],
  mistakes: [
    {
      attempt: (D: number, H: number) => ({ rnn: H * (D + H), lstm: 4 * H * (D + H), gru: 3 * H * (D + H) }),
      says: "The biases are missing: one for each column of each block.",
    },
    {
      attempt: (D: number, H: number) => ({
        rnn: H * (D + H + 1),
        lstm: 3 * H * (D + H + 1),
        gru: 2 * H * (D + H + 1),
      }),
      says: "You have counted the gates. The candidate has weights, too.",
    },
  ],
};
