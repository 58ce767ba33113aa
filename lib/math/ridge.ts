import { solve } from "./cholesky.js";
import { checkFinite } from "./finite.js";
import { copy, type Matrix } from "./matrix.js";
import { product } from "./product.js";

/**
 * Ridge regression: the linear map that comes closest to the targets, among them one with small numbers.
 *
 *     W = argmin ‖X·W − Y‖² + λ·‖W‖²  =  (XᵀX + λ·1)⁻¹·XᵀY
 *
 * The normal equations are summed in float64, whatever goes in. They square the spread of X's singular values: what is
 * smaller than about 10⁻⁸ of the largest one is lost in rounding, unless λ outweighs it.
 *
 * @param X N×K, one example a row
 * @param Y N×M, its targets
 * @param lambda λ ≥ 0, in units of X²: the larger, the smaller the weights
 * @returns W, K×M, float64
 * @throws when X and Y differ in rows, there are none, a number is not finite, or λ is too small for columns of X that
 *   depend on one another
 * @see Hoerl & Kennard 1970, Ridge regression: biased estimation for nonorthogonal problems
 *
 * @example
 * const W = ridge(matrix([[1, 0], [1, 1], [1, 2]]), matrix([[1], [3], [5]]), 0); // 1, 2: y = 1 + 2·x
 */
export function ridge(X: Matrix, Y: Matrix, lambda: number): Matrix {
  if (X.rows !== Y.rows || X.rows === 0) {
    throw new RangeError(`ridge: X has ${X.rows} rows and Y has ${Y.rows}, expected one target for each example`);
  }
  if (!(lambda >= 0 && lambda < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`ridge: lambda is ${lambda}, expected a number ≥ 0`);
  }
  checkFinite("ridge: X", X);
  checkFinite("ridge: Y", Y);
  const wide = copy(X, "float64");
  const XtX = product(wide, wide, { transposeA: true });
  for (let k = 0; k < X.cols; k++) XtX.set(k, k, XtX.at(k, k) + lambda);
  return solve(XtX, product(wide, Y, { transposeA: true }));
}
