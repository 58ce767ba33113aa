import { engine } from "../engine/current.js";
import type { ProductOptions } from "../engine/engine.js";
import { type Matrix, zeros } from "./matrix.js";
import { widest } from "./precision.js";

/**
 * The matrix product A·B, either of them read as its transpose if asked.
 *
 * @param A M×K, or K×M with `transposeA`
 * @param B K×N, or N×K with `transposeB`
 * @returns M×N
 * @throws when the shapes do not fit together
 *
 * @example
 * const X = matrix([[1, 2], [3, 4]]);
 * console.log(product(X, X, { transposeA: true }).toRows()); // XᵀX = [[10, 14], [14, 20]]
 */
export function product(
  A: Matrix,
  B: Matrix,
  { transposeA = false, transposeB = false }: Omit<ProductOptions, "accumulate"> = {},
): Matrix {
  const C = zeros(transposeA ? A.cols : A.rows, transposeB ? B.rows : B.cols, widest(A.precision, B.precision));
  engine().product(A, B, C, { transposeA, transposeB });
  return C;
}
