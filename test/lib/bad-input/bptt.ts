import {
  activationPenalty,
  backwardSteps,
  bptt,
  buildSequence,
  checkpointedBptt,
  clipByNorm,
  clipByValue,
  gradientCheck,
  gradientNorms,
  l2Penalty,
  lstm,
  matrix,
  type RnnWeights,
  random,
  rnn,
  type Sequence,
  stateJacobians,
  Tokens,
  temporalActivationPenalty,
  truncatedBptt,
  unroll,
  zeros,
} from "unroll";
import type { Row, Table } from "./refuses.js";

const cell = rnn(3, 4);
const weights = cell.init(random(1));
const x = buildSequence(5, 2, 3, (t) => t / 5);
const run = unroll(cell, weights, x);
const dh = () => undefined;
const w = matrix([[0.5]]);
const loss = () => w.at(0, 0) ** 2;
const nan = Number.NaN;

/** What every walk along a sequence refuses. */
const walks = (walk: (weights: RnnWeights, x: Sequence) => unknown): Row[] => [
  ["no step", () => walk(weights, x.slice(0, 0)), /: x is 0×2×3, expected at least one step and one sequence/],
  [
    "an empty batch",
    () =>
      walk(
        weights,
        buildSequence(5, 0, 3, () => 0),
      ),
    /: x is 5×0×3, expected at least one step/,
  ],
  [
    "an x of another width",
    () =>
      walk(
        weights,
        buildSequence(5, 2, 2, () => 0),
      ),
    /rnn: x has 2 columns/,
  ],
  ["weights that are not there", () => walk(undefined as never, x), /: the weights are undefined, expected those that/],
  ["the weights of another cell", () => walk(rnn(3, 5).init(random(1)), x), /affine: X 2×7, W 8×5 .* do not fit/],
];

/** And those that take the sequence whole. */
const whole = (walk: (x: Sequence) => unknown): Row[] => [
  ["a matrix", () => walk(zeros(2, 3) as never), /: x is Matrix, expected a Sequence T×B×D: stack makes one/],
  ["tokens", () => walk(new Tokens(5, 2) as never), /: x is Tokens, expected a Sequence/],
  ["nothing", () => walk(undefined as never), /: x is undefined, expected a Sequence/],
];

export const backPropagation: Table = {
  unroll: [
    ...walks((weights, x) => unroll(cell, weights, x)),
    ...whole((x) => unroll(cell, weights, x)),
    ["a length beyond T", () => unroll(cell, weights, x, { lengths: [5, 6] }), /unroll: the length of sequence 1 is 6/],
    [
      "a state of another batch",
      () => unroll(cell, weights, x, { initialState: { h: zeros(3, 4) } }),
      /rnn: the state is 3×4, expected 2×4/,
    ],
  ],
  checkpointedBptt: [
    ...walks((weights, x) => checkpointedBptt(cell, weights, x, dh)),
    ...whole((x) => checkpointedBptt(cell, weights, x, dh)),
    ["a segment of 0", () => checkpointedBptt(cell, weights, x, dh, { segment: 0 }), /segment is 0, expected .* ≥ 1/],
    ["a length of 0", () => checkpointedBptt(cell, weights, x, dh, { lengths: [0, 5] }), /sequence 0 is 0, expected/],
  ],
  truncatedBptt: [
    ...walks((weights, x) => [...truncatedBptt(cell, weights, x, dh, { k1: 2 })]),
    ["NaN as k1", () => truncatedBptt(cell, weights, x, dh, { k1: nan }), /truncatedBptt: k1 is NaN and k2 is NaN/],
    ["k2 < k1", () => truncatedBptt(cell, weights, x, dh, { k1: 3, k2: 2 }), /expected whole numbers 1 ≤ k1 ≤ k2/],
    [
      "a chunk of another batch",
      () => [...truncatedBptt(cell, weights, [x, buildSequence(5, 3, 3, () => 0)], dh, { k1: 2 })],
      /chunk from step 5 on is 5×3×3, expected 2 sequences/,
    ],
  ],
  backwardSteps: [
    [
      "a gradient of another shape",
      () => [...backwardSteps(cell, weights, run, { h: zeros(2, 4) }, () => zeros(2, 3))],
      /bptt: dh at step 4: 2×3 and 2×4 must have one shape/,
    ],
    [
      "a state's gradient of another batch",
      () => [...backwardSteps(cell, weights, run, { h: zeros(3, 4) })],
      /3×4 and 2×4 must have one shape/,
    ],
  ],
  bptt: [
    ["more gradients than steps", () => bptt(cell, weights, run, Array(6).fill(undefined)), /dh has 6 steps, .* had 5/],
    ["a gradient of another shape", () => bptt(cell, weights, run, [zeros(1, 4)]), /bptt: dh at step 0: 1×4 and 2×4/],
  ],
  gradientNorms: [
    [
      "a part that is not there",
      () => gradientNorms(cell, weights, run, zeros(2, 4), { part: "c" as never }),
      /no part "c"/,
    ],
    [
      "a gradient of another shape",
      () => gradientNorms(cell, weights, run, zeros(1, 4)),
      /gradientNorms: dhLast and h/,
    ],
  ],
  stateJacobians: [
    [
      "more than one sequence",
      () => stateJacobians(cell, weights, x),
      /stateJacobians: x holds 2 sequences, expected one/,
    ],
    [
      "no step",
      () =>
        stateJacobians(
          cell,
          weights,
          buildSequence(0, 1, 3, () => 0),
        ),
      /x is 0×4×3, expected at least one/,
    ],
    [
      "a part that is not there",
      () =>
        stateJacobians(
          lstm(3, 4),
          lstm(3, 4).init(random(1)),
          buildSequence(2, 1, 3, () => 0),
          { part: "z" as never },
        ),
      /stateJacobians: the state has no part "z", expected one of h, c/,
    ],
  ],
  gradientCheck: [
    ["a loss that is not finite", () => gradientCheck(() => nan, { w }, { w }), /gradientCheck: the loss is NaN/],
    ["no parameter", () => gradientCheck(loss, {}, {}), /gradientCheck: there are no parameters/],
    ["a gradient that is missing", () => gradientCheck(loss, { w }, {}), /gradientCheck: there is no gradient for w/],
    [
      "a gradient of another shape",
      () => gradientCheck(loss, { w }, { w: zeros(1, 2) }),
      /gradient of w is 1×2, expected 1×1/,
    ],
    ["float32", () => gradientCheck(loss, { w: matrix([[1]], "float32") }, { w }), /w is float32, .* use float64/],
    [
      "a step of 0",
      () => gradientCheck(loss, { w }, { w }, { step: 0 }),
      /gradientCheck: step is 0, expected a number > 0/,
    ],
    [
      "NaN as tolerance",
      () => gradientCheck(loss, { w }, { w }, { tolerance: nan }),
      /gradientCheck: tolerance is NaN/,
    ],
  ],
  clipByNorm: [
    ["a norm of 0", () => clipByNorm({ w }, 0), /clipByNorm: maxNorm is 0, expected a number > 0/],
    ["NaN", () => clipByNorm({ w }, nan), /clipByNorm: maxNorm is NaN/],
  ],
  clipByValue: [
    ["a negative limit", () => clipByValue({ w }, -1), /clipByValue: limit is -1, expected a number > 0/],
    ["NaN", () => clipByValue({ w }, nan), /clipByValue: limit is NaN/],
  ],
  l2Penalty: [
    ["NaN as lambda", () => l2Penalty({ w }, { w }, nan), /l2Penalty: lambda is NaN, expected a number ≥ 0/],
    ["an infinite lambda", () => l2Penalty({ w }, { w }, Infinity), /l2Penalty: lambda is Infinity/],
    ["a gradient that is missing", () => l2Penalty({ w }, {}, 1), /l2Penalty: there is no gradient for w/],
  ],
  activationPenalty: [
    [
      "a negative factor",
      () => activationPenalty(x, x, -1),
      /activationPenalty: the factor is -1, expected a number ≥ 0/,
    ],
    ["two shapes", () => activationPenalty(x, x.slice(0, 2), 1), /h is 5×2×3 and dh 2×2×3, expected one shape/],
    [
      "a length beyond T",
      () => activationPenalty(x, x, 1, { lengths: [5, 6] }),
      /activationPenalty: the length .* is 6/,
    ],
  ],
  temporalActivationPenalty: [
    ["NaN", () => temporalActivationPenalty(x, x, nan), /temporalActivationPenalty: the factor is NaN/],
    ["no step", () => temporalActivationPenalty(x.slice(0, 0), x.slice(0, 0), 1), /h is 0×2×3 .* at least one step/],
  ],
};
