import { columnSums } from "./affine.js";
import { subtract } from "./elementwise.js";
import { checkFinite } from "./finite.js";
import { build, copy, type Matrix } from "./matrix.js";
import { product } from "./product.js";
import { svd } from "./svd.js";

/** Points in few dimensions, and the way there. */
export interface PrincipalComponents {
  /** 1×D: the middle of the points. */
  readonly mean: Matrix;
  /** D×k: the directions in which the points spread most, one a column, each of length 1. */
  readonly components: Matrix;
  /** N×k: the points, seen along these directions: (X − mean)·components. */
  readonly projected: Matrix;
  /** The share of the variance along each direction, the largest first; all D of them would sum to 1. */
  readonly explained: number[];
}

/**
 * Principal component analysis: the flat view of many-dimensional points that keeps most of their spread.
 *
 *     C = (X − mean)ᵀ·(X − mean) / N = V·Λ·Vᵀ,   projected = (X − mean)·V_k,   explained = Λ_k / ΣΛ
 *
 * A direction and its opposite are equally right: the one whose largest entry is positive is taken.
 *
 * @param X N×D, one point a row, N ≥ 2
 * @param k how many directions, 1 … D
 * @returns mean, components, the projected points and the shares of the variance, in float64
 * @throws when there are fewer than 2 points, k is not in 1 … D, a number is not finite, or all points are one
 * @see Pearson 1901, On lines and planes of closest fit to systems of points in space
 *
 * @example
 * const X = matrix([[0, 0], [1, 2], [2, 4]]); // on a line
 * const { explained } = principalComponents(X, 1);
 * console.log(explained); // 1
 */
export function principalComponents(X: Matrix, k: number): PrincipalComponents {
  const [N, D] = [X.rows, X.cols];
  if (N < 2) throw new RangeError(`principalComponents: there are ${N} points, expected at least 2`);
  if (!(Number.isInteger(k) && k >= 1 && k <= D)) {
    throw new RangeError(`principalComponents: k is ${k}, expected a whole number from 1 to the width ${D}`);
  }
  checkFinite("principalComponents: X", X);
  if (X.toRows().every((row) => row.every((value, j) => value === X.at(0, j)))) {
    throw new RangeError("principalComponents: all points are one and the same, expected some spread");
  }
  const wide = copy(X, "float64");
  const sums = columnSums(wide);
  const mean = build(1, D, (_, j) => sums.at(0, j) / N);
  const centred = subtract(
    wide,
    build(N, D, (_, j) => mean.at(0, j)),
  );
  // D×D is small where there are many points, and a positive matrix's singular vectors are its eigenvectors
  const { values, V } = svd(product(centred, centred, { transposeA: true }));
  const total = values.reduce((sum, value) => sum + value, 0);
  const components = build(D, k, (i, j) => V.at(i, j) * signOf(V, j));
  return {
    mean,
    components,
    projected: product(centred, components),
    explained: Array.from(values.subarray(0, k), (value) => value / total),
  };
}

/** The sign of a column's largest entry. */
function signOf(V: Matrix, col: number): number {
  let largest = 0;
  for (let i = 0; i < V.rows; i++) if (Math.abs(V.at(i, col)) > Math.abs(largest) + 1e-12) largest = V.at(i, col);
  return largest < 0 ? -1 : 1;
}
