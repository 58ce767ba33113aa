import { logSumExp } from "../math/log-sum-exp.js";
import type { Matrix } from "../math/matrix.js";
import type { Sequence } from "../math/sequence.js";

/** The scores of tags beside what a network says of each step. */
export type CrfWeights = {
  /** N×N: row i, column j scores tag j behind tag i. */
  transitions: Matrix;
  /** 1×N: scores the first tag. */
  start: Matrix;
  /** 1×N: scores the last tag. */
  end: Matrix;
};

/** Where the gradient of log Z is added, times `factor`. */
interface Gradient {
  readonly gradients: CrfWeights;
  readonly dEmissions: Sequence;
  readonly factor: number;
}

/** The transitions, and their exponentials, with which most sums over them are plain products. */
export interface TransitionFactors {
  /** A, N×N, row by row. */
  readonly A: Float64Array;
  /** The largest entry of each column. */
  readonly columnMax: Float64Array;
  /** e^{A[i,j] − columnMax[j]}. */
  readonly E: Float64Array;
}

export function transitionFactors({ transitions }: CrfWeights): TransitionFactors {
  const { rows: N } = transitions;
  const A = Float64Array.from({ length: N * N }, (_, k) => transitions.at(Math.floor(k / N), k % N));
  const columnMax = new Float64Array(N).fill(Number.NEGATIVE_INFINITY);
  A.forEach((score, k) => {
    columnMax[k % N] = Math.max(columnMax[k % N]!, score);
  });
  return { A, columnMax, E: A.map((score, k) => Math.exp(score - columnMax[k % N]!)) };
}

/** Below this a sum of exponentials may have lost terms to underflow, and its inverse may be about to overflow. */
const SAFE = 1e-200;

/**
 * log Z = log Σ_y e^{s(y)} over all tag sequences y of one sequence of the batch, and its gradient.
 *
 *     α_1[j] = start[j] + e_1[j],            α_{t+1}[j] = log Σ_i e^{α_t[i] + A[i,j]} + e_{t+1}[j]
 *     β_T[i] = end[i],                       β_t[i]     = log Σ_j e^{A[i,j] + e_{t+1}[j] + β_{t+1}[j]}
 *     log Z  = log Σ_j e^{α_T[j] + end[j]}
 *     ∂log Z/∂e_t[j]  = p(y_t = j)                = e^{α_t[j] + β_t[j] − log Z}
 *     ∂log Z/∂A[i,j]  = Σ_t p(y_t = i, y_{t+1} = j) = Σ_t e^{α_t[i] + A[i,j] + e_{t+1}[j] + β_{t+1}[j] − log Z}
 *
 * α, β and log Z are logarithms. The sums are taken of products of exponentials, each scaled by its largest term; where
 * that would underflow, as when transitions are all but forbidden, they are taken in logarithms.
 *
 * @param index which sequence of the batch
 * @param length its steps
 * @see Rabiner 1989, A tutorial on hidden Markov models, equations 19–25 and section V.A (scaling), with scores in place of
 *   probabilities
 */
export function forwardBackward(
  { start, end }: CrfWeights,
  { A, columnMax, E }: TransitionFactors,
  emissions: Sequence,
  index: number,
  length: number,
  { gradients, dEmissions, factor }: Gradient,
): { logZ: number } {
  const { batch: B, width: N } = emissions;
  const e = (t: number, tag: number) => emissions.data[(t * B + index) * N + tag]!;
  const terms = new Float64Array(N);

  const alpha = new Float64Array(length * N);
  for (let j = 0; j < N; j++) alpha[j] = start.at(0, j) + e(0, j);
  for (let t = 1; t < length; t++) {
    const before = alpha.subarray((t - 1) * N, t * N);
    const { a, max } = scaled(before);
    terms.fill(0);
    for (let i = 0; i < N; i++) for (let j = 0; j < N; j++) terms[j]! += a[i]! * E[i * N + j]!;
    for (let j = 0; j < N; j++) {
      const sum = terms[j]! > SAFE ? Math.log(terms[j]!) + max + columnMax[j]! : exactSum(before, A, j);
      alpha[t * N + j] = sum + e(t, j);
    }
  }
  for (let j = 0; j < N; j++) terms[j] = alpha[(length - 1) * N + j]! + end.at(0, j);
  const logZ = logSumExp(terms);
  if (!Number.isFinite(logZ)) {
    throw new RangeError(
      `crf: the scores of sequence ${index} add up to ${logZ}, expected finite emissions and weights`,
    );
  }

  const together = new Float64Array(N * N);
  let beta = Float64Array.from({ length: N }, (_, i) => end.at(0, i));
  for (let t = length - 1; t >= 0; t--) {
    for (let j = 0; j < N; j++) {
      const probability = factor * Math.exp(alpha[t * N + j]! + beta[j]! - logZ);
      dEmissions.data[(t * B + index) * N + j]! += probability;
      if (t === 0) gradients.start.set(0, j, gradients.start.at(0, j) + probability);
      if (t === length - 1) gradients.end.set(0, j, gradients.end.at(0, j) + probability);
    }
    if (t === 0) break;
    const ahead = Float64Array.from(beta, (value, j) => value + e(t, j));
    addPairs(together, alpha.subarray((t - 1) * N, t * N), ahead, { A, columnMax, E }, logZ);
    beta = backwards(ahead, { A, columnMax, E });
  }
  together.forEach((probability, k) => {
    const [i, j] = [Math.floor(k / N), k % N];
    gradients.transitions.set(i, j, gradients.transitions.at(i, j) + factor * probability);
  });
  return { logZ };
}

/** log Σ_j e^{A[i,j] + ahead[j]} for each i. */
function backwards(ahead: Float64Array, { A, columnMax, E }: TransitionFactors): Float64Array<ArrayBuffer> {
  const N = ahead.length;
  const { a, max } = scaled(ahead.map((value, j) => value + columnMax[j]!));
  const terms = new Float64Array(N);
  return Float64Array.from({ length: N }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < N; j++) sum += E[i * N + j]! * a[j]!;
    if (sum > SAFE) return Math.log(sum) + max;
    for (let j = 0; j < N; j++) terms[j] = A[i * N + j]! + ahead[j]!;
    return logSumExp(terms);
  });
}

/** Adds p(y_t = i, y_{t+1} = j) for each pair of tags. */
function addPairs(
  together: Float64Array,
  alpha: Float64Array,
  ahead: Float64Array,
  { A, columnMax, E }: TransitionFactors,
  logZ: number,
): void {
  const N = alpha.length;
  const { a, max } = scaled(alpha);
  const behind = ahead.map((value, j) => Math.exp(value + columnMax[j]! + max - logZ));
  const isSafe = behind.every((value) => value < 1 / SAFE);
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      together[i * N + j]! += isSafe
        ? a[i]! * E[i * N + j]! * behind[j]!
        : Math.exp(alpha[i]! + A[i * N + j]! + ahead[j]! - logZ);
    }
  }
}

/** log Σ_i e^{alpha[i] + A[i,j]}. */
function exactSum(alpha: Float64Array, A: Float64Array, j: number): number {
  return logSumExp(alpha.map((value, i) => value + A[i * alpha.length + j]!));
}

/** e^{z − max}, and max. */
function scaled(z: Float64Array): { a: Float64Array; max: number } {
  let max = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < z.length; j++) max = Math.max(max, z[j]!);
  const a = new Float64Array(z.length);
  for (let j = 0; j < z.length; j++) a[j] = Math.exp(z[j]! - max);
  return { a, max };
}
