import type { ActivationName } from "../math/activation.js";
import { activationOf } from "../math/activation-of.js";
import { affine, affineBackward } from "../math/affine.js";
import { mul } from "../math/elementwise.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import { type Cell, checkSizes, evenly } from "./cell.js";

/** W is D×H, b is 1×H. */
export type FeedForwardWeights = { W: Matrix; b: Matrix };
export type FeedForwardState = { h: Matrix };
export type FeedForwardCache = { x: Matrix; h: Matrix };

/**
 * A layer without memory, written as a cell: it ignores the earlier state.
 *
 *     h = f(x·W + b)
 *
 * Over a sequence it sees each step alone. Over a sequence of one step it is the ordinary feed-forward network, which
 * has one weight for each input and so takes inputs of one width only.
 *
 * @param inputSize D, the width of x
 * @param hiddenSize H, the width of h
 * @param activation f: "tanh", "sigmoid" or "relu"
 * @returns the cell; its weights start evenly spread over ±1/√D, its bias at 0
 * @throws when a size is not a whole number ≥ 1, there is no such activation, or later x has another width
 *
 * @example
 * const cell = feedForward(784, 128, { activation: "relu" });
 * const weights = cell.init(random(1));
 * const x = build(100, 784, () => 0.5);
 * const { state } = cell.forward(weights, x, cell.initialState(100)); // state.h: 100×128
 */
export function feedForward(
  inputSize: number,
  hiddenSize: number,
  { activation = "tanh" }: { activation?: ActivationName } = {},
): Cell<FeedForwardWeights, FeedForwardState, FeedForwardCache> {
  const [D, H] = [inputSize, hiddenSize];
  checkSizes("feed-forward", D, H);
  const { f, slope } = activationOf("feed-forward", activation);

  return {
    inputSize,
    hiddenSize,
    parameterCount: H * (D + 1),

    init(random) {
      return { W: build(D, H, evenly(1 / Math.sqrt(D), random)), b: zeros(1, H) };
    },

    initialState: (batch) => ({ h: zeros(batch, H) }),

    forward({ W, b }, x) {
      if (x.cols !== D) {
        throw new RangeError(
          `feed-forward: x has ${x.cols} columns, the network was made for inputSize ${D}: ` +
            "it has one weight for each pixel, so another width needs another network",
        );
      }
      const h = f(affine(x, W, b)); // B×H
      return { state: { h }, cache: { x, h } };
    },

    backward({ W }, { h: dh }, { x, h }) {
      const dZ = mul(dh, slope(h)); //                        B×H
      const { dX, dW, db } = affineBackward(dZ, x, W); //     B×D, D×H, 1×H
      return { dx: dX, dState: { h: zeros(dh.rows, H, dh.precision) }, gradients: { W: dW, b: db } };
    },
  };
}
