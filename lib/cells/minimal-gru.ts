import { sigmoid, sigmoidSlope } from "../math/activation.js";
import { affine, affineBackward, concat } from "../math/affine.js";
import { add, mul, subtract } from "../math/elementwise.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import type { Sequence } from "../math/sequence.js";
import { type Cell, checkSizes, checkStep, evenly, type SequenceOptions, type SequenceRun } from "./cell.js";
import { columnBlocks } from "./gates.js";
import { linearSequence } from "./linear-recurrence.js";

/** W is D×2H and b is 1×2H: the columns of the update gate and the candidate. */
export type MinimalGruWeights = { W: Matrix; b: Matrix };
export type MinimalGruState = { h: Matrix };
export type MinimalGruCache = Record<"x" | "h" | "z" | "candidate", Matrix>;

/**
 * The minimal GRU: gate and candidate see the input alone, so that all steps can be computed at once.
 *
 *     z   = σ(x_t·W_z + b_z)              update gate
 *     X'' = x_t·W_c + b_c                 candidate, without tanh
 *     h_t = (1−z)∗h_{t−1} + z∗X''
 *
 * In h it is linear, which `minimalGruSequence` makes use of. The price: what is written cannot depend on what is
 * remembered, other than through a second layer.
 *
 * @param inputSize D, the width of x_t
 * @param hiddenSize H, the width of h_t
 * @returns the cell; its weights start evenly spread over ±1/√D, its biases at 0
 * @throws when a size is not a whole number ≥ 1, or later x or the state has another shape
 * @see Feng et al. 2024, Were RNNs all we needed?, section 3.1
 *
 * @example
 * const cell = minimalGru(28, 128);
 * const weights = cell.init(random(1));
 * const x = build(100, 28, () => 0.5);
 * const { state } = cell.forward(weights, x, cell.initialState(100)); // state.h: 100×128
 */
export function minimalGru(
  inputSize: number,
  hiddenSize: number,
): Cell<MinimalGruWeights, MinimalGruState, MinimalGruCache> {
  const [D, H] = [inputSize, hiddenSize];
  checkSizes("minimal GRU", D, H);

  return {
    inputSize,
    hiddenSize,
    parameterCount: 2 * H * (D + 1),

    init: (random) => ({ W: build(D, 2 * H, evenly(1 / Math.sqrt(D), random)), b: zeros(1, 2 * H) }),

    initialState: (batch) => ({ h: zeros(batch, H) }),

    forward(weights, x, { h }) {
      checkStep("minimal GRU", { inputSize, hiddenSize }, x, h);
      const { z, candidate } = gates(weights, x); //          B×H
      const hNext = add(h, mul(z, subtract(candidate, h)));
      return { state: { h: hNext }, cache: { x, h, z, candidate } };
    },

    backward(weights, { h: dhNext }, { x, h, z, candidate }) {
      const dz = mul(dhNext, subtract(candidate, h));
      const dCandidate = mul(dhNext, z);
      const dh = subtract(dhNext, dCandidate);
      const { dX, gradients } = gatesBackward(weights, x, z, dz, dCandidate);
      return { dx: dX, dState: { h: dh }, gradients };
    },

    sequence: minimalGruSequence,
  };
}

/**
 * The minimal GRU over a whole sequence: one product over T·B rows, then a parallel scan, forward and backward.
 *
 *     h_t = a_t∗h_{t−1} + b_t,  a = 1 − z,  b = z∗X''
 *
 * It computes what `unroll` and `bptt` compute with the cell `minimalGru`.
 *
 * @param weights of `minimalGru`
 * @param x T×B×D
 * @param options where to start, and how long each sequence is
 * @returns y (h_t of all steps, T×B×H), the final state, and `backward`
 * @throws when x has no step or no sequence, or x, the initial state or the lengths have another shape
 *
 * @example
 * const weights = minimalGru(3, 4).init(random(1));
 * const run = minimalGruSequence(weights, buildSequence(100, 2, 3, (t) => t / 100));
 * const { gradients } = run.backward(run.y); // as if E = ½ Σ h²
 * console.log(gradients.W.rows, gradients.W.cols); // 3 8
 */
export function minimalGruSequence(
  weights: MinimalGruWeights,
  x: Sequence,
  options: SequenceOptions<MinimalGruState> = {},
): SequenceRun<MinimalGruWeights, MinimalGruState> {
  const sizes = { inputSize: weights.W.rows, hiddenSize: weights.W.cols / 2 };
  return linearSequence("minimal GRU", sizes, x, (X) => line(weights, X), options);
}

function line(weights: MinimalGruWeights, X: Matrix) {
  const { z, candidate } = gates(weights, X);
  const keep = build(z.rows, z.cols, (i, j) => 1 - z.at(i, j), z.precision);
  return {
    a: keep,
    b: mul(z, candidate),
    backward: (da: Matrix, db: Matrix) => gatesBackward(weights, X, z, subtract(mul(db, candidate), da), mul(db, z)),
  };
}

function gates({ W, b }: MinimalGruWeights, x: Matrix): { z: Matrix; candidate: Matrix } {
  const { z, candidate } = columnBlocks(affine(x, W, b), ["z", "candidate"]);
  return { z: sigmoid(z), candidate };
}

function gatesBackward({ W }: MinimalGruWeights, x: Matrix, z: Matrix, dz: Matrix, dCandidate: Matrix) {
  const dZ = concat(mul(dz, sigmoidSlope(z)), dCandidate);
  const { dX, dW, db } = affineBackward(dZ, x, W);
  return { dX, gradients: { W: dW, b: db } };
}
