import { engine } from "../engine/current.js";
import { copyInto, Matrix, zeros } from "./matrix.js";
import type { Precision } from "./precision.js";
import { mapWeights, type WeightTree } from "./weights.js";

/**
 * Zeros for numbers that live as long as a model, such as its weights and what an optimiser remembers of them: in
 * memory that the engine reads without a copy. Such memory is scarce: what lives for a step is made by `zeros`.
 */
export function longLived(rows: number, cols: number, precision: Precision): Matrix {
  return precision === "float32"
    ? new Matrix(rows, cols, engine().allocate(rows * cols))
    : zeros(rows, cols, precision);
}

/** A copy of weights in such memory. */
export function settleWeights<W extends WeightTree>(tree: W, precision: Precision): W {
  return mapWeights(tree, (matrix) => settle(matrix, precision));
}

/** A copy of one matrix in such memory. */
export function settle(matrix: Matrix, precision = matrix.precision): Matrix {
  const settled = longLived(matrix.rows, matrix.cols, precision);
  copyInto(settled, matrix);
  return settled;
}
