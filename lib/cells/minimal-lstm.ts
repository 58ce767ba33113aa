import { sigmoid } from "../math/activation.js";
import { affine, affineBackward, concat } from "../math/affine.js";
import { add, mul, subtract } from "../math/elementwise.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import type { Sequence } from "../math/sequence.js";
import {
  type Cell,
  checkSizes,
  checkStart,
  checkStep,
  evenly,
  type SequenceOptions,
  type SequenceRun,
} from "./cell.js";
import { columnBlocks } from "./gates.js";
import { linearSequence } from "./linear-recurrence.js";

/** W is D×3H and b is 1×3H: the columns of the forget gate, the update gate and the candidate. */
export type MinimalLstmWeights = { W: Matrix; b: Matrix };
export type MinimalLstmState = { h: Matrix };

/** What the gates say: `keep` is f', `write` is u'. */
type Gates = "f" | "u" | "keep" | "write" | "candidate";
export type MinimalLstmCache = Record<"f" | "u" | "keep" | "write" | "candidate" | "x" | "h", Matrix>;

/**
 * The minimal LSTM: gates and candidate see the input alone, so that all steps can be computed at once.
 *
 *     f   = σ(x_t·W_f + b_f)              forget gate
 *     u   = σ(x_t·W_u + b_u)              update gate   (elsewhere: input gate i)
 *     f'  = f / (f+u),  u' = u / (f+u)    shares: what is kept and what is written add up to 1
 *     X'  = x_t·W_c + b_c                 candidate, without tanh
 *     h_t = f'∗h_{t−1} + u'∗X'
 *
 * It has no result gate, so that its state is its output. In h it is linear, which `minimalLstmSequence` makes use of.
 *
 * The shares are computed from logarithms, f' = σ(log f − log u): where both gates underflow, 0/0 would be no number.
 *
 * @param inputSize D, the width of x_t
 * @param hiddenSize H, the width of h_t
 * @param forgetBias what b_f starts at
 * @returns the cell; its weights start evenly spread over ±1/√D, the other biases at 0
 * @throws when a size is not a whole number ≥ 1 or the bias is not finite, or later x or the state has another shape
 * @see Feng et al. 2024, Were RNNs all we needed?, section 3.2 and appendix B
 *
 * @example
 * const cell = minimalLstm(28, 128);
 * const weights = cell.init(random(1));
 * const x = build(100, 28, () => 0.5);
 * const { state } = cell.forward(weights, x, cell.initialState(100)); // state.h: 100×128
 */
export function minimalLstm(
  inputSize: number,
  hiddenSize: number,
  { forgetBias = 1 }: { forgetBias?: number } = {},
): Cell<MinimalLstmWeights, MinimalLstmState, MinimalLstmCache> {
  const [D, H] = [inputSize, hiddenSize];
  checkSizes("minimal LSTM", D, H);
  checkStart("minimal LSTM", { forgetBias });

  return {
    inputSize,
    hiddenSize,
    parameterCount: 3 * H * (D + 1),

    init(random) {
      return {
        W: build(D, 3 * H, evenly(1 / Math.sqrt(D), random)),
        b: build(1, 3 * H, (_, j) => (j < H ? forgetBias : 0)),
      };
    },

    initialState: (batch) => ({ h: zeros(batch, H) }),

    forward(weights, x, { h }) {
      checkStep("minimal LSTM", { inputSize, hiddenSize }, x, h);
      const g = gates(weights, x); //                                     each B×H
      const hNext = add(mul(g.keep, h), mul(g.write, g.candidate));
      return { state: { h: hNext }, cache: { ...g, x, h } };
    },

    backward(weights, { h: dhNext }, { x, h, ...g }) {
      const dKeep = mul(dhNext, h);
      const dh = mul(dhNext, g.keep);
      const { dX, gradients } = gatesBackward(weights, x, g, dKeep, dhNext);
      return { dx: dX, dState: { h: dh }, gradients };
    },

    sequence: minimalLstmSequence,
  };
}

/**
 * The minimal LSTM over a whole sequence: one product over T·B rows, then a parallel scan, forward and backward.
 *
 *     h_t = a_t∗h_{t−1} + b_t,  a = f',  b = u'∗X'
 *
 * It computes what `unroll` and `bptt` compute with the cell `minimalLstm`.
 *
 * @param weights of `minimalLstm`
 * @param x T×B×D
 * @param options where to start, and how long each sequence is
 * @returns y (h_t of all steps, T×B×H), the final state, and `backward`
 * @throws when x has no step or no sequence, or x, the initial state or the lengths have another shape
 *
 * @example
 * const weights = minimalLstm(3, 4).init(random(1));
 * const run = minimalLstmSequence(weights, buildSequence(100, 2, 3, (t) => t / 100));
 * const { gradients } = run.backward(run.y); // as if E = ½ Σ h²
 * console.log(gradients.W.rows, gradients.W.cols); // 3 12
 */
export function minimalLstmSequence(
  weights: MinimalLstmWeights,
  x: Sequence,
  options: SequenceOptions<MinimalLstmState> = {},
): SequenceRun<MinimalLstmWeights, MinimalLstmState> {
  const sizes = { inputSize: weights.W.rows, hiddenSize: weights.W.cols / 3 };
  const line = (X: Matrix) => {
    const g = gates(weights, X);
    return {
      a: g.keep,
      b: mul(g.write, g.candidate),
      backward: (da: Matrix, db: Matrix) => gatesBackward(weights, X, g, da, db),
    };
  };
  return linearSequence("minimal LSTM", sizes, x, line, options);
}

function gates({ W, b }: MinimalLstmWeights, x: Matrix): Record<Gates, Matrix> {
  const Z = columnBlocks(affine(x, W, b), ["f", "u", "candidate"]);
  const [logF, logU] = [logSigmoid(Z.f), logSigmoid(Z.u)];
  return {
    f: sigmoid(Z.f),
    u: sigmoid(Z.u),
    keep: sigmoid(subtract(logF, logU)),
    write: sigmoid(subtract(logU, logF)),
    candidate: Z.candidate,
  };
}

/** Back from a = f' and b = u'∗X'. */
function gatesBackward({ W }: MinimalLstmWeights, x: Matrix, g: Record<Gates, Matrix>, da: Matrix, db: Matrix) {
  const dCandidate = mul(db, g.write);
  // f' = σ(d) and u' = σ(−d) with d = log f − log u, and (log σ)' = 1 − σ
  const dShare = subtract(da, mul(db, g.candidate));
  const dd = mul(dShare, mul(g.keep, g.write));
  const dZf = subtract(dd, mul(dd, g.f));
  const dZu = subtract(mul(dd, g.u), dd);
  const { dX, dW, db: dBias } = affineBackward(concat(dZf, dZu, dCandidate), x, W);
  return { dX, gradients: { W: dW, b: dBias } };
}

/** log σ(x) = min(x, 0) − log(1 + e^{−|x|}), finite for every x. */
function logSigmoid(x: Matrix): Matrix {
  return build(
    x.rows,
    x.cols,
    (i, j) => Math.min(x.at(i, j), 0) - Math.log1p(Math.exp(-Math.abs(x.at(i, j)))),
    x.precision,
  );
}
