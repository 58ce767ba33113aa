import { affine, affineBackward } from "../math/affine.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import { unflatten } from "../math/sequence.js";
import type { Layer, NoState } from "./layer.js";
import { stateless } from "./stateless.js";

/** W is D×N, b is 1×N. */
export type DenseWeights = { W: Matrix; b: Matrix };

/**
 * The same affine map at every step, the read-out of most models.
 *
 *     y_t = x_t·W + b
 *
 * All steps are one matrix product over T·B rows.
 *
 * @param inputSize D, the width of x_t
 * @param outputSize N, the width of y_t
 * @returns a layer; W starts evenly spread over ±1/√D, b at 0
 * @throws when a size is not a whole number ≥ 1, or later x has another width
 *
 * @example
 * const tagger = stacked(rnn(3, 8), dense(8, 5));
 * const { y } = tagger.forward(tagger.init(random(1)), buildSequence(6, 2, 3, (t) => t)); // 6×2×5 logits
 */
export function dense(inputSize: number, outputSize: number): Layer<DenseWeights, NoState> {
  const [D, N] = [inputSize, outputSize];
  if (!(Number.isInteger(D) && Number.isInteger(N) && D > 0 && N > 0)) {
    throw new RangeError(`dense: inputSize is ${D} and outputSize is ${N}, both must be whole numbers ≥ 1`);
  }
  return {
    ...stateless("dense"),
    inputSize,
    outputSize,

    init(random) {
      const bound = 1 / Math.sqrt(D);
      return { W: build(D, N, () => bound * (2 * random() - 1)), b: zeros(1, N) };
    },

    forward({ W, b }, x) {
      return {
        y: unflatten(affine(x.flat(), W, b), x.steps),
        finalState: {},
        backward(dy) {
          const dY = dy?.flat() ?? zeros(x.steps * x.batch, N, x.precision);
          const { dX, dW, db } = affineBackward(dY, x.flat(), W);
          return { gradients: { W: dW, b: db }, dx: unflatten(dX, x.steps), dInitialState: {} };
        },
      };
    },
  };
}
