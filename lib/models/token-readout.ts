import { engine } from "../engine/current.js";
import { dense } from "../layers/dense.js";
import { affine, affineBackward, columnSums } from "../math/affine.js";
import { type Matrix, zeros } from "../math/matrix.js";
import { widest } from "../math/precision.js";
import type { Random } from "../math/random.js";
import { repeated } from "../math/repeated.js";

/** W_hy is H×V, b_y is 1×V; where the read-out is tied to the embedding there is no W_hy. */
export type TokenReadoutWeights = { readonly W: Matrix; readonly b: Matrix } | { readonly b: Matrix };

/** From what is known after each step to the logits of V tokens, all steps at once. */
interface TokenReadout {
  init(random: Random): TokenReadoutWeights;
  /** h is (T·B)×H, the embedding E is V×D. */
  logits(weights: TokenReadoutWeights, h: Matrix, E: Matrix): Matrix;
  backward(
    weights: TokenReadoutWeights,
    h: Matrix,
    E: Matrix,
    dLogits: Matrix,
  ): { dh: Matrix; gradients: TokenReadoutWeights; dE?: Matrix };
}

/** A read-out with weights of its own: logits = h·W_hy + b_y. */
export function freeReadout(hiddenSize: number, vocabularySize: number): TokenReadout {
  const own = (weights: TokenReadoutWeights) => {
    if ("W" in weights) return weights;
    throw new TypeError("languageModel: the read-out has no W: these weights are of a model with `tied: true`");
  };
  return {
    init: (random) => dense(hiddenSize, vocabularySize).init(random),
    logits: (weights, h) => affine(h, own(weights).W, weights.b),
    backward(weights, h, _, dLogits) {
      const { dX, dW, db } = affineBackward(dLogits, h, own(weights).W);
      return { dh: dX, gradients: { W: dW, b: db } };
    },
  };
}

/**
 * A read-out that says a token by what it is as an input: logits = h·Eᵀ + b_y.
 *
 * @see Press & Wolf 2017, Using the output embedding to improve language models
 */
export function tiedReadout(vocabularySize: number): TokenReadout {
  return {
    init: () => ({ b: zeros(1, vocabularySize) }),

    logits({ b }, h, E) {
      const logits = repeated(b, h.rows, widest(h.precision, E.precision));
      engine().product(h, E, logits, { transposeB: true, accumulate: true });
      return logits;
    },

    backward(_, h, E, dLogits) {
      const dh = zeros(h.rows, h.cols, widest(dLogits.precision, E.precision));
      const dE = zeros(E.rows, E.cols, widest(dLogits.precision, h.precision));
      engine().product(dLogits, E, dh);
      engine().product(dLogits, h, dE, { transposeA: true });
      return { dh, dE, gradients: { b: columnSums(dLogits) } };
    },
  };
}
