import type { Matrix } from "../math/matrix.js";
import { margins } from "./confusion.js";

/**
 * Matthews' correlation coefficient of guesses and truth, which chance brings to 0 however unequal the classes are.
 *
 *     MCC = (c·s − Σ_k p_k t_k) / √((s² − Σ p_k²) (s² − Σ t_k²))
 *
 * c of s examples are right, p_k were guessed to be of class k, t_k are. With two classes it is Matthews' own
 * (TP·TN − FP·FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN)).
 *
 * @param counts N×N, row: true class, column: guess
 * @returns 1 when all are right, ≥ −1; 0 when only one class was guessed, or only one is there
 * @throws when the matrix is not square, a count is not a whole number ≥ 0, or all are 0
 * @see Matthews 1975; Gorodkin 2004, Comparing two K-category assignments by a K-category correlation coefficient, eq. 8
 *
 * @example
 * console.log(matthews(matrix([[90, 0], [10, 0]]))); // 0, where the accuracy is 0.9
 */
export function matthews(counts: Matrix): number {
  const { there, guessed, right, total } = margins("matthews", counts);
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
  const covariance = right.reduce((a, b) => a + b, 0) * total - dot(guessed, there);
  const spread = Math.sqrt((total ** 2 - dot(guessed, guessed)) * (total ** 2 - dot(there, there)));
  return spread === 0 ? 0 : covariance / spread;
}
