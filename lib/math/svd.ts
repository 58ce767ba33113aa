import { checkFinite } from "./finite.js";
import { build, type Matrix } from "./matrix.js";

/** A = U·Σ·Vᵀ. */
export interface Svd {
  /** M×R: the directions that come out, one a column; zeros where the singular value is 0. */
  readonly U: Matrix;
  /** The R = min(M, N) singular values, the largest first, ≥ 0. */
  readonly values: Float64Array;
  /** N×R: the directions that go in, one a column. */
  readonly V: Matrix;
}

/**
 * The singular value decomposition: a rotation, a stretching along the axes, and another rotation.
 *
 *     A = U·Σ·Vᵀ,  UᵀU = VᵀV = 1,  Σ = diag(σ₁ ≥ σ₂ ≥ … ≥ 0)
 *
 * One-sided Jacobi: two columns at a time are turned until they stand at right angles, again and again until all do.
 * Their lengths are then the singular values, their directions U, and the turns make up V. Small values keep their
 * digits, where other methods lose them beside large ones.
 *
 * @param A M×N, finite
 * @returns U, the singular values and V, in float64
 * @throws when A is empty or holds a number that is not finite
 * @see Hestenes 1958, Inversion of matrices by biorthogonalization; Demmel & Veselić 1992 for its precision
 *
 * @example
 * const { values } = svd(matrix([[3, 0], [4, 5]])); // √45, √5
 */
export function svd(A: Matrix): Svd {
  if (A.rows === 0 || A.cols === 0) {
    throw new RangeError(`svd: the matrix is ${A.rows}×${A.cols}, expected at least one row and one column`);
  }
  checkFinite("svd: the matrix", A);
  if (A.rows < A.cols) {
    const { U, values, V } = svd(build(A.cols, A.rows, (i, j) => A.at(j, i)));
    return { U: V, values, V: U };
  }

  const [M, N] = [A.rows, A.cols];
  // squares of very small or very large numbers would leave the range of float64
  const scale = largestEntry(A) || 1;
  // columns as rows: a turn runs along memory
  const columns = Array.from({ length: N }, (_, j) => Float64Array.from({ length: M }, (_, i) => A.at(i, j) / scale));
  const turns = Array.from({ length: N }, (_, j) => Float64Array.from({ length: N }, (_, i) => (i === j ? 1 : 0)));
  turnUntilOrthogonal(columns, turns);

  const lengths = columns.map((column) => Math.sqrt(dot(column, column)));
  const order = lengths.map((_, j) => j).sort((a, b) => lengths[b]! - lengths[a]!);
  const direction = (i: number, j: number) => (lengths[j] === 0 ? 0 : columns[j]![i]! / lengths[j]!);
  return {
    U: build(M, N, (i, r) => direction(i, order[r]!)),
    values: Float64Array.from(order, (j) => lengths[j]! * scale),
    V: build(N, N, (i, r) => turns[order[r]!]![i]!),
  };
}

/**
 * The singular values of a matrix, the largest first: how much it stretches in each of its main directions.
 *
 * @param A M×N, finite
 * @returns min(M, N) numbers ≥ 0
 * @throws when A is empty or holds a number that is not finite
 *
 * @example
 * console.log(singularValues(matrix([[0, 2], [3, 0]]))); // 3, 2
 */
export function singularValues(A: Matrix): Float64Array {
  return svd(A).values;
}

/** Sweeps over all pairs of columns until no pair is turned. `turns` is turned along. */
function turnUntilOrthogonal(columns: readonly Float64Array[], turns: readonly Float64Array[]): void {
  const tolerance = Number.EPSILON * Math.sqrt(columns[0]!.length);
  // it converges quadratically: about 10 sweeps for hundreds of columns
  for (let sweep = 0; sweep < 60; sweep++) {
    let turned = false;
    for (let p = 0; p < columns.length; p++) {
      for (let q = p + 1; q < columns.length; q++) {
        const [a, b] = [columns[p]!, columns[q]!];
        const [alpha, beta, gamma] = [dot(a, a), dot(b, b), dot(a, b)];
        if (Math.abs(gamma) <= tolerance * Math.sqrt(alpha * beta)) continue;
        turned = true;
        const zeta = (beta - alpha) / (2 * gamma);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cosine = 1 / Math.hypot(1, tangent);
        turn(a, b, cosine, cosine * tangent);
        turn(turns[p]!, turns[q]!, cosine, cosine * tangent);
      }
    }
    if (!turned) return;
  }
  throw new RangeError("svd: the columns do not come to stand at right angles, expected it after at most 60 sweeps");
}

function turn(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largestEntry(A: Matrix): number {
  let largest = 0;
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.cols; j++) largest = Math.max(largest, Math.abs(A.at(i, j)));
  return largest;
}
