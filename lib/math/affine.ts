import { engine } from "../engine/current.js";
import { copyInto, type Matrix, zeros } from "./matrix.js";
import { widest } from "./precision.js";
import { repeated } from "./repeated.js";

/**
 * X·W + b, the bias b added to every row.
 *
 * @param X B×K
 * @param W K×N
 * @param b 1×N
 * @returns B×N
 * @throws when the shapes do not fit together
 *
 * @example
 * const z = affine(matrix([[1, 2]]), matrix([[3], [4]]), matrix([[5]])); // 1·3 + 2·4 + 5 = 16
 */
export function affine(X: Matrix, W: Matrix, b: Matrix): Matrix {
  if (X.cols !== W.rows || b.rows !== 1 || b.cols !== W.cols) {
    throw new RangeError(
      `affine: X ${X.rows}×${X.cols}, W ${W.rows}×${W.cols} and b ${b.rows}×${b.cols} do not fit: X·W + b takes B×K, K×N and 1×N`,
    );
  }
  const Z = repeated(b, X.rows, widest(X.precision, W.precision));
  engine().product(X, W, Z, { accumulate: true });
  return Z;
}

/**
 * Back through Z = X·W + b: dX = dZ·Wᵀ, dW = Xᵀ·dZ, db = the column sums of dZ.
 *
 * @param dZ B×N
 * @param X B×K
 * @param W K×N
 * @returns dX B×K, dW K×N, db 1×N
 */
export function affineBackward(dZ: Matrix, X: Matrix, W: Matrix): { dX: Matrix; dW: Matrix; db: Matrix } {
  const dX = zeros(X.rows, X.cols, widest(dZ.precision, W.precision));
  const dW = zeros(W.rows, W.cols, widest(dZ.precision, X.precision));
  engine().product(dZ, W, dX, { transposeB: true });
  engine().product(X, dZ, dW, { transposeA: true });
  return { dX, dW, db: columnSums(dZ) };
}

/** The sum of each column: B×N → 1×N. */
export function columnSums(A: Matrix): Matrix {
  const sums = zeros(1, A.cols, A.precision);
  engine().columnSums(A, sums);
  return sums;
}

/**
 * Side by side: B×P ‖ B×Q ‖ … → B×(P+Q+…).
 *
 * @throws when the numbers of rows differ
 *
 * @example
 * const gates = concat(zeros(2, 3), zeros(2, 3), zeros(2, 3)); // 2×9
 */
export function concat(first: Matrix, ...others: readonly Matrix[]): Matrix {
  let cols = first.cols;
  let precision = first.precision;
  for (const part of others) {
    if (part.rows !== first.rows) {
      throw new RangeError(`concat: ${first.rows} rows and ${part.rows} rows cannot stand side by side`);
    }
    cols += part.cols;
    precision = widest(precision, part.precision);
  }
  const result = zeros(first.rows, cols, precision);
  let col = 0;
  for (const part of [first, ...others]) {
    copyInto(result.columns(col, col + part.cols), part);
    col += part.cols;
  }
  return result;
}
