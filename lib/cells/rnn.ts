import { tanh, tanhSlope } from "../math/activation.js";
import { affine, affineBackward, concat } from "../math/affine.js";
import { mul } from "../math/elementwise.js";
import { build, copyInto, type Matrix, zeros } from "../math/matrix.js";
import { orthogonal } from "../math/orthogonal.js";
import { type Cell, checkSizes, checkStep } from "./cell.js";

/** W is (D+H)×H: W_xh above W_hh. b is b_h, 1×H. */
export type RnnWeights = { W: Matrix; b: Matrix };
export type RnnState = { h: Matrix };
export type RnnCache = { X: Matrix; h: Matrix };

/**
 * The vanilla recurrent network: what it knows is a mix of what it sees and what it knew.
 *
 *     X   = x_t ‖ h_{t−1}
 *     h_t = tanh(X·W + b_h) = tanh(x_t·W_xh + h_{t−1}·W_hh + b_h)
 *
 * W_xh and W_hh are the upper D and the lower H rows of one packed matrix: `inputWeights` and `recurrentWeights` show
 * them as views.
 *
 * @param inputSize D, the width of x_t
 * @param hiddenSize H, the width of h_t
 * @returns the cell; W_xh starts evenly spread over ±1/√H, W_hh as a random orthogonal matrix (what is remembered
 *   keeps its length: Saxe et al. 2014), the bias at 0
 * @throws when a size is not a whole number ≥ 1, or later x or the state has another shape
 * @see Elman 1990, Finding structure in time
 *
 * @example
 * const cell = rnn(28, 128);
 * const weights = cell.init(random(1));
 * const x = build(100, 28, () => 0.5);
 * const { state } = cell.forward(weights, x, cell.initialState(100)); // state.h: 100×128
 */
export function rnn(inputSize: number, hiddenSize: number): Cell<RnnWeights, RnnState, RnnCache> {
  const [D, H] = [inputSize, hiddenSize];
  checkSizes("rnn", D, H);

  return {
    inputSize,
    hiddenSize,

    init(random) {
      const bound = 1 / Math.sqrt(H);
      const weights = { W: build(D + H, H, () => bound * (2 * random() - 1)), b: zeros(1, H) };
      copyInto(recurrentWeights(weights), orthogonal(H, random));
      return weights;
    },

    initialState: (batch) => ({ h: zeros(batch, H) }),

    forward({ W, b }, x, state) {
      checkStep("rnn", { inputSize, hiddenSize }, x, state.h);
      const X = concat(x, state.h); //     B×(D+H)
      const h = tanh(affine(X, W, b)); //  B×H
      return { state: { h }, cache: { X, h } };
    },

    backward({ W }, { h: dh }, { X, h }) {
      const dZ = mul(dh, tanhSlope(h)); //                      B×H
      const { dX, dW, db } = affineBackward(dZ, X, W); //       B×(D+H), (D+H)×H, 1×H
      return { dx: dX.columns(0, D), dState: { h: dX.columns(D, D + H) }, gradients: { W: dW, b: db } };
    },
  };
}

/** W_xh, D×H: what the input writes into the state. A view of `weights.W`. */
export function inputWeights({ W }: RnnWeights): Matrix {
  return W.rowRange(0, W.rows - W.cols);
}

/** W_hh, H×H: what the state hands on to itself. A view of `weights.W`. */
export function recurrentWeights({ W }: RnnWeights): Matrix {
  return W.rowRange(W.rows - W.cols, W.rows);
}
