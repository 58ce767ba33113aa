import { checkFinite } from "./finite.js";
import { hessenberg, reflector } from "./hessenberg.js";
import type { Matrix } from "./matrix.js";

/** A complex number re + i·im. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/**
 * All eigenvalues of a square matrix, the largest in size first: the λ for which A·v = λ·v has a solution v ≠ 0.
 *
 * The QR algorithm on the Hessenberg form. A step of it is a change of base that shrinks the entries below the diagonal;
 * where one vanishes the matrix falls apart into smaller ones, down to single eigenvalues and pairs a ± i·b. A step
 * takes two shifts at a time, conjugates of one another, so that all numbers stay real (Francis 1961).
 *
 * @param A N×N, finite
 * @returns N eigenvalues, conjugate pairs side by side
 * @throws when A is not square, is empty, holds a number that is not finite, or the steps do not converge
 * @see Golub & Van Loan 2013, Matrix Computations, section 7.5
 *
 * @example
 * const [first, second] = eigenvalues(matrix([[0, -2], [2, 0]])); // a turn by 90°, stretched by 2: ±2i
 */
export function eigenvalues(A: Matrix): Complex[] {
  if (A.rows !== A.cols || A.rows === 0) {
    throw new RangeError(`eigenvalues: the matrix is ${A.rows}×${A.cols}, expected a square one`);
  }
  checkFinite("eigenvalues: the matrix", A);
  const H = hessenberg(A);
  const found: Complex[] = [];
  let steps = 0;
  for (let last = H.rows - 1; last >= 0; ) {
    const first = blockStart(H, last);
    if (first === last) found.push({ re: H.at(last, last), im: 0 });
    if (first === last - 1) found.push(...ofPair(H, first));
    if (first >= last - 1) {
      last = first - 1;
      steps = 0;
    } else if (steps < 100) {
      steps++;
      francisStep(H, first, last, steps % 10 === 0);
    } else {
      throw new RangeError(
        "eigenvalues: no eigenvalue after 100 steps, expected one after about 3: rescale the matrix",
      );
    }
  }
  return found.sort((a, b) => Math.hypot(b.re, b.im) - Math.hypot(a.re, a.im));
}

/**
 * The size of the largest eigenvalue: ρ(A) = max |λ|.
 *
 * Under h ← h·A again and again what is remembered fades when ρ < 1 and grows without limit when ρ > 1.
 *
 * @param A N×N, finite
 * @throws when A is not square, is empty, or holds a number that is not finite
 *
 * @example
 * console.log(spectralRadius(matrix([[0, 4], [1, 0]]))); // 2
 */
export function spectralRadius(A: Matrix): number {
  const [largest] = eigenvalues(A);
  return Math.hypot(largest!.re, largest!.im);
}

/** Where the block that ends at `last` begins: below it, an entry next to the diagonal is nothing beside its neighbours. */
function blockStart(H: Matrix, last: number): number {
  for (let i = last; i > 0; i--) {
    const neighbours = Math.abs(H.at(i, i)) + Math.abs(H.at(i - 1, i - 1));
    if (Math.abs(H.at(i, i - 1)) <= Number.EPSILON * neighbours) {
      H.set(i, i - 1, 0);
      return i;
    }
  }
  return 0;
}

/** The two eigenvalues of the 2×2 block at i: λ = m ± √(m² − det), m half the trace. */
function ofPair(H: Matrix, i: number): [Complex, Complex] {
  const [a, b, c, d] = [H.at(i, i), H.at(i, i + 1), H.at(i + 1, i), H.at(i + 1, i + 1)];
  const half = (a - d) / 2;
  const discriminant = half * half + b * c;
  const mean = (a + d) / 2;
  const root = Math.sqrt(Math.abs(discriminant));
  if (discriminant < 0)
    return [
      { re: mean, im: root },
      { re: mean, im: -root },
    ];
  const far = mean + (mean < 0 ? -root : root);
  // the nearer one by the product of the two, which cancels no digits
  const near = far === 0 ? 0 : (a * d - b * c) / far;
  return [
    { re: far, im: 0 },
    { re: near, im: 0 },
  ];
}

/**
 * One step with two shifts, the eigenvalues of the last 2×2 block: H ← Qᵀ·H·Q, where Q's first column is that of
 * (H − σ₁)·(H − σ₂). A reflection of three rows begins it and leaves a bulge below the subdiagonal, which further ones
 * chase out at the end.
 *
 * @param exceptional takes other shifts, for the rare matrix that the usual ones leave as it is
 */
function francisStep(H: Matrix, first: number, last: number, exceptional: boolean): void {
  const before = last - 1;
  let sum = H.at(before, before) + H.at(last, last);
  let det = H.at(before, before) * H.at(last, last) - H.at(before, last) * H.at(last, before);
  if (exceptional) {
    const size = Math.abs(H.at(last, before)) + Math.abs(H.at(before, before - 1));
    [sum, det] = [1.5 * size, size * size];
  }
  const [h00, h10, h11] = [H.at(first, first), H.at(first + 1, first), H.at(first + 1, first + 1)];
  let x = [
    h00 * (h00 - sum) + det + H.at(first, first + 1) * h10,
    h10 * (h00 + h11 - sum),
    h10 * H.at(first + 2, first + 1),
  ];
  for (let k = first; k < last; k++) {
    if (k > first) x = [H.at(k, k - 1), H.at(k + 1, k - 1), k + 2 <= last ? H.at(k + 2, k - 1) : 0];
    const v = reflector(Float64Array.from(x.slice(0, Math.min(3, last - k + 1))));
    if (v) reflect(H, k, v, first, last);
    // what the reflection has made 0, without what rounding left of it
    if (k > first) for (let i = k + 1; i <= Math.min(last, k + 2); i++) H.set(i, k - 1, 0);
  }
}

/** H ← P·H·P with P = 1 − 2·v·vᵀ on rows and columns k …, within the block. */
function reflect(H: Matrix, k: number, v: Float64Array, first: number, last: number): void {
  const { data: h, cols: N } = H;
  const [v0, v1, v2 = 0] = v as unknown as [number, number, number?];
  const three = v.length === 3;
  for (let j = Math.max(first, k - 1), p = k * N + j; j <= last; j++, p++) {
    const twice = 2 * (v0 * h[p]! + v1 * h[p + N]! + (three ? v2 * h[p + 2 * N]! : 0));
    h[p]! -= twice * v0;
    h[p + N]! -= twice * v1;
    if (three) h[p + 2 * N]! -= twice * v2;
  }
  for (let i = first; i <= Math.min(last, k + 3); i++) {
    const p = i * N + k;
    const twice = 2 * (v0 * h[p]! + v1 * h[p + 1]! + (three ? v2 * h[p + 2]! : 0));
    h[p]! -= twice * v0;
    h[p + 1]! -= twice * v1;
    if (three) h[p + 2]! -= twice * v2;
  }
}
