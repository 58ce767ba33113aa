import { checkFinite } from "./finite.js";
import { copy, type Matrix, zeros } from "./matrix.js";

/**
 * The triangle whose product with its own transpose is A: A = L·Lᵀ.
 *
 *     L_jj = √(A_jj − Σ_{k<j} L_jk²),   L_ij = (A_ij − Σ_{k<j} L_ik·L_jk) / L_jj   for i > j
 *
 * @param A N×N, symmetric and positive definite: zᵀ·A·z > 0 for every z that is not 0
 * @returns L, N×N, zeros above the diagonal, float64
 * @throws when A is not square, not symmetric, not finite, or not positive definite to rounding
 * @see Golub & Van Loan 2013, Matrix Computations, section 4.2
 *
 * @example
 * const L = cholesky(matrix([[4, 2], [2, 5]])); // [[2, 0], [1, 2]]
 */
export function cholesky(A: Matrix): Matrix {
  checkSymmetric("cholesky", A);
  const N = A.rows;
  const L = zeros(N, N);
  const l = L.data;
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = A.at(i, j);
      for (let k = 0, p = i * N, q = j * N; k < j; k++) rest -= l[p++]! * l[q++]!;
      if (j < i) l[i * N + j] = rest / l[j * N + j]!;
      else if (rest > Number.EPSILON * A.at(i, i)) l[i * N + i] = Math.sqrt(rest);
      else {
        throw new RangeError(
          `cholesky: the matrix is not positive definite, pivot ${i} is ${rest} beside a diagonal of ${A.at(i, i)}: ` +
            "expected one > 0, add a small number to the diagonal (in a ridge regression: a larger lambda)",
        );
      }
    }
  }
  return L;
}

/**
 * The X for which A·X = B.
 *
 * @param A N×N, symmetric and positive definite
 * @param B N×M, one column for each system
 * @returns X, N×M, float64
 * @throws when A is not symmetric and positive definite, or B has not N rows
 *
 * @example
 * const x = solve(matrix([[4, 2], [2, 5]]), matrix([[8], [12]])); // 1, 2
 */
export function solve(A: Matrix, B: Matrix): Matrix {
  if (B.rows !== A.rows) {
    throw new RangeError(`solve: B has ${B.rows} rows and A has ${A.rows}: A·X = B takes equally many`);
  }
  checkFinite("solve: B", B);
  const L = cholesky(A);
  const X = copy(B, "float64");
  // L·Z = B downwards, then Lᵀ·X = Z upwards
  for (let i = 0; i < L.rows; i++) {
    for (let k = 0; k < i; k++) subtractRow(X, i, L.at(i, k), k);
    divideRow(X, i, L.at(i, i));
  }
  for (let i = L.rows - 1; i >= 0; i--) {
    for (let k = i + 1; k < L.rows; k++) subtractRow(X, i, L.at(k, i), k);
    divideRow(X, i, L.at(i, i));
  }
  return X;
}

/** Row i −= factor · row k. */
function subtractRow({ data, cols }: Matrix, i: number, factor: number, k: number): void {
  for (let j = 0, p = i * cols, q = k * cols; j < cols; j++) data[p++]! -= factor * data[q++]!;
}

function divideRow({ data, cols }: Matrix, i: number, divisor: number): void {
  for (let j = 0, p = i * cols; j < cols; j++) data[p++]! /= divisor;
}

function checkSymmetric(what: string, A: Matrix): void {
  if (A.rows !== A.cols || A.rows === 0) {
    throw new RangeError(`${what}: the matrix is ${A.rows}×${A.cols}, expected a square one`);
  }
  checkFinite(`${what}: the matrix`, A);
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [A.at(i, j), A.at(j, i)];
      if (Math.abs(a - b) > 1e-10 * Math.max(Math.abs(a), Math.abs(b), Math.abs(A.at(i, i)), Math.abs(A.at(j, j)))) {
        throw new RangeError(
          `${what}: the matrix is not symmetric, (${i}, ${j}) is ${a} and (${j}, ${i}) is ${b}: expected them equal`,
        );
      }
    }
  }
}
