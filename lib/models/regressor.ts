import { type DenseWeights, dense } from "../layers/dense.js";
import type { Layer } from "../layers/layer.js";
import { type AnyCell, asLayer } from "../layers/recurrent.js";
import { affine, affineBackward } from "../math/affine.js";
import { checkCount, checkPositive } from "../math/check-options.js";
import type { Lengths } from "../math/lengths.js";
import { settleWeights } from "../math/long-lived.js";
import type { Matrix } from "../math/matrix.js";
import type { Precision } from "../math/precision.js";
import type { Random } from "../math/random.js";
import type { Sequence } from "../math/sequence.js";
import type { WeightTree } from "../math/weights.js";
import { meanSquaredError } from "../train/mean-squared-error.js";
import type { Trainable } from "../train/training.js";

export type RegressorWeights = { readonly reader: WeightTree; readonly readout: DenseWeights };

export interface RegressorBatch<X> {
  /** T×B×D numbers, or T×B tokens. */
  readonly x: X;
  /** B×N. */
  readonly targets: Matrix;
  /** How many steps each sequence has, 1 … T; by default T. */
  readonly lengths?: Lengths | undefined;
}

export interface Regressor<X = Sequence> extends Trainable<RegressorWeights, RegressorBatch<X>> {
  init(random: Random): RegressorWeights;
  /** B×N. */
  predict(weights: RegressorWeights, x: X, options?: { readonly lengths?: Lengths | undefined }): Matrix;
}

/**
 * Many to one: reads a sequence, then says a few numbers.
 *
 *     y = summary(x_1 … x_T)·W_hy + b_y,  E = mean squared error
 *
 * Its accuracy is the share of targets that it meets to within `tolerance`.
 *
 * @param reader any cell, or any layer that knows something when it has read all
 * @param outputs N, how many numbers it says, ≥ 1
 * @param tolerance by default that of Hochreiter & Schmidhuber 1997, experiment 4
 * @param precision of the weights: "float32" to train, "float64" to check gradients
 * @throws when outputs is not a whole number ≥ 1, the tolerance is not > 0, or the layer has no summary
 *
 * @example
 * const model = regressor(lstm(2, 16), 1);
 * const weights = model.init(random(1));
 * const { x } = addingProblem(20, 100, random(2)).batch([0, 1]);
 * console.log(model.predict(weights, x).rows); // 2
 */
export function regressor<X = Sequence>(
  reader: Layer<WeightTree, WeightTree, X> | AnyCell,
  outputs: number,
  { tolerance = 0.04, precision = "float32" }: { tolerance?: number; precision?: Precision } = {},
): Regressor<X> {
  checkCount("regressor", "outputs", outputs, 1);
  checkPositive("regressor", { tolerance });
  const layer = asLayer(reader as Layer | AnyCell) as unknown as Layer<WeightTree, WeightTree, X>;
  layer.summary(layer.initialState(1)); // a layer that has none says so here
  const head = dense(layer.outputSize, outputs);

  return {
    init: (random) => settleWeights({ reader: layer.init(random), readout: head.init(random) }, precision),

    predict({ reader: weights, readout: { W, b } }, x, options) {
      return affine(layer.summary(layer.forward(weights, x, options).finalState), W, b);
    },

    lossAndGradients({ reader: weights, readout: { W, b } }, { x, targets, lengths }, { random } = {}) {
      const run = layer.forward(weights, x, { lengths, random });
      const h = layer.summary(run.finalState);
      const y = affine(h, W, b);
      const { loss, dy } = meanSquaredError(y, targets);
      const { dX: dh, dW, db } = affineBackward(dy, h, W);
      const { gradients } = run.backward(undefined, layer.summaryBackward(dh));
      return {
        loss,
        accuracy: shareWithin(tolerance, y, targets),
        gradients: { reader: gradients, readout: { W: dW, b: db } },
      };
    },
  };
}

function shareWithin(tolerance: number, y: Matrix, targets: Matrix): number {
  let met = 0;
  for (let i = 0; i < y.rows; i++) {
    for (let j = 0; j < y.cols; j++) if (Math.abs(y.at(i, j) - targets.at(i, j)) < tolerance) met++;
  }
  return met / (y.rows * y.cols);
}
