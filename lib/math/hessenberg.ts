import { copy, type Matrix } from "./matrix.js";

/**
 * A matrix of the same eigenvalues with zeros below its first subdiagonal: H = Qᵀ·A·Q with an orthogonal Q.
 *
 * Column after column, a reflection 1 − 2·v·vᵀ (Householder 1958) lays what stands below the diagonal onto its first
 * entry; from the right, it keeps the eigenvalues.
 *
 * @param A N×N
 * @returns H, N×N, float64
 * @see Golub & Van Loan 2013, Matrix Computations, section 7.4
 */
export function hessenberg(A: Matrix): Matrix {
  const H = copy(A, "float64");
  const [N, h] = [H.rows, H.data];
  const sums = new Float64Array(N);
  for (let k = 0; k < N - 2; k++) {
    const v = reflector(Float64Array.from({ length: N - k - 1 }, (_, i) => h[(k + 1 + i) * N + k]!));
    if (!v) continue;
    // from the left, rows k+1 …: H −= 2·v·(vᵀ·H)
    sums.fill(0);
    for (let i = 0, p = (k + 1) * N; i < v.length; i++) for (let j = 0; j < N; j++) sums[j]! += v[i]! * h[p++]!;
    for (let i = 0, p = (k + 1) * N; i < v.length; i++) for (let j = 0; j < N; j++) h[p++]! -= 2 * v[i]! * sums[j]!;
    // from the right, columns k+1 …: H −= 2·(H·v)·vᵀ
    for (let i = 0; i < N; i++) {
      const start = i * N + k + 1;
      let sum = 0;
      for (let j = 0; j < v.length; j++) sum += h[start + j]! * v[j]!;
      for (let j = 0; j < v.length; j++) h[start + j]! -= 2 * sum * v[j]!;
    }
    for (let i = k + 2; i < N; i++) h[i * N + k] = 0;
  }
  return H;
}

/**
 * The v of length 1 for which (1 − 2·v·vᵀ)·x has only a first entry; undefined when x has only that already.
 */
export function reflector(x: Float64Array): Float64Array | undefined {
  if (x.every((value, i) => i === 0 || value === 0)) return undefined;
  const length = Math.hypot(...x);
  const v = x.slice();
  // away from zero: the sum of two numbers of one sign cancels no digits
  v[0]! += x[0]! < 0 ? -length : length;
  const norm = Math.hypot(...v);
  return v.map((value) => value / norm);
}
