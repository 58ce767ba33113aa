import { activationOf } from "../math/activation-of.js";
import { affine, affineBackward, concat } from "../math/affine.js";
import { checkChoice } from "../math/check-options.js";
import { mul, scaleInto } from "../math/elementwise.js";
import { build, copyInto, type Matrix, zeros } from "../math/matrix.js";
import { orthogonal } from "../math/orthogonal.js";
import { normal } from "../math/random.js";
import { type Cell, checkSizes, checkStart, checkStep, evenly } from "./cell.js";
import { wholeSequence } from "./whole-sequence.js";

/** W is (D+H)×H: W_xh above W_hh. b is b_h, 1×H. */
export type RnnWeights = { W: Matrix; b: Matrix };
export type RnnState = { h: Matrix };
export type RnnCache = { X: Matrix; h: Matrix };

export interface RnnOptions {
  /** f. */
  readonly activation?: "tanh" | "relu";
  /** What W_hh starts as, times `recurrentScale`. */
  readonly recurrentInit?: "orthogonal" | "identity";
  /** How much longer or shorter a step makes the state at first. */
  readonly recurrentScale?: number;
}

/**
 * The vanilla recurrent network: what it knows is a mix of what it sees and what it knew.
 *
 *     X   = x_t ‖ h_{t−1}
 *     h_t = f(X·W + b_h) = f(x_t·W_xh + h_{t−1}·W_hh + b_h),  f = tanh
 *
 * W_xh and W_hh are the upper D and the lower H rows of one packed matrix: `inputWeights` and `recurrentWeights` show
 * them as views.
 *
 * With `{ activation: "relu", recurrentInit: "identity" }` it is the IRNN: at first each unit adds up its inputs and
 * hands the sum on unchanged, so that neither the state nor its gradient fades (Le, Jaitly & Hinton 2015). A
 * `recurrentScale` of 0.01 lets it forget at once.
 *
 * @param inputSize D, the width of x_t
 * @param hiddenSize H, the width of h_t
 * @param activation f: "tanh" or "relu"
 * @param recurrentInit W_hh at the start: "orthogonal", a random matrix that keeps lengths (Saxe et al. 2014), with
 *   W_xh evenly spread over ±1/√H; or "identity", with W_xh normal with deviation 0.001, as for the IRNN
 * @param recurrentScale what that W_hh is multiplied by, any finite number
 * @returns the cell; its bias starts at 0
 * @throws when a size is not a whole number ≥ 1, the scale is not finite, a word is none of these, or later x or the
 *   state has another shape
 * @see Elman 1990, Finding structure in time
 * @see Le, Jaitly & Hinton 2015, A simple way to initialize recurrent networks of rectified linear units
 *
 * @example
 * const cell = rnn(28, 128);
 * const weights = cell.init(random(1));
 * const x = build(100, 28, () => 0.5);
 * const { state } = cell.forward(weights, x, cell.initialState(100)); // state.h: 100×128
 */
export function rnn(
  inputSize: number,
  hiddenSize: number,
  { activation = "tanh", recurrentInit = "orthogonal", recurrentScale = 1 }: RnnOptions = {},
): Cell<RnnWeights, RnnState, RnnCache> {
  const [D, H] = [inputSize, hiddenSize];
  checkSizes("rnn", D, H);
  checkStart("rnn", { recurrentScale });
  checkChoice("rnn", "recurrentInit", recurrentInit, ["orthogonal", "identity"]);
  const { f, slope } = activationOf("rnn", activation);

  return {
    inputSize,
    hiddenSize,
    parameterCount: H * (D + H + 1),

    init(random) {
      const drawInput = recurrentInit === "identity" ? () => 0.001 * normal(random) : evenly(1 / Math.sqrt(H), random);
      const weights = { W: build(D + H, H, drawInput), b: zeros(1, H) };
      const Whh = recurrentWeights(weights);
      copyInto(Whh, recurrentInit === "identity" ? build(H, H, (i, j) => (i === j ? 1 : 0)) : orthogonal(H, random));
      scaleInto(Whh, recurrentScale);
      return weights;
    },

    initialState: (batch) => ({ h: zeros(batch, H) }),

    forward({ W, b }, x, state) {
      checkStep("rnn", { inputSize, hiddenSize }, x, state.h);
      const X = concat(x, state.h); //  B×(D+H)
      const h = f(affine(X, W, b)); //  B×H
      return { state: { h }, cache: { X, h } };
    },

    backward({ W }, { h: dh }, { X, h }) {
      const dZ = mul(dh, slope(h)); //                          B×H
      const { dX, dW, db } = affineBackward(dZ, X, W); //       B×(D+H), (D+H)×H, 1×H
      return { dx: dX.columns(0, D), dState: { h: dX.columns(D, D + H) }, gradients: { W: dW, b: db } };
    },

    sequence: wholeSequence(activation === "relu" ? "reluRnn" : "rnn", { inputSize, hiddenSize, parts: ["h"] }),
  };
}

/** W_xh, D×H: what the input writes into the state. A view of `weights.W`, or of a gate's. */
export function inputWeights({ W }: RnnWeights): Matrix {
  return W.rowRange(0, W.rows - W.cols);
}

/** W_hh, H×H: what the state hands on to itself. A view of `weights.W`, or of a gate's. */
export function recurrentWeights({ W }: RnnWeights): Matrix {
  return W.rowRange(W.rows - W.cols, W.rows);
}
