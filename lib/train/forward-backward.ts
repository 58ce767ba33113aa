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

/**
 * log Z = log Σ_y e^{s(y)} over all tag sequences y of one sequence of the batch, and its gradient.
 *
 *     α_1[j] = start[j] + e_1[j],            α_{t+1}[j] = log Σ_i e^{α_t[i] + A[i,j]} + e_{t+1}[j]
 *     β_T[i] = end[i],                       β_t[i]     = log Σ_j e^{A[i,j] + e_{t+1}[j] + β_{t+1}[j]}
 *     log Z  = log Σ_j e^{α_T[j] + end[j]}
 *     ∂log Z/∂e_t[j]  = p(y_t = j)                = e^{α_t[j] + β_t[j] − log Z}
 *     ∂log Z/∂A[i,j]  = Σ_t p(y_t = i, y_{t+1} = j) = Σ_t e^{α_t[i] + A[i,j] + e_{t+1}[j] + β_{t+1}[j] − log Z}
 *
 * @param index which sequence of the batch
 * @param length its steps
 * @see Rabiner 1989, A tutorial on hidden Markov models, equations 19–25, with scores in place of probabilities
 */
export function forwardBackward(
  { transitions: A, start, end }: CrfWeights,
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
    for (let j = 0; j < N; j++) {
      for (let i = 0; i < N; i++) terms[i] = alpha[(t - 1) * N + i]! + A.at(i, j);
      alpha[t * N + j] = logSumExp(terms) + e(t, j);
    }
  }
  for (let j = 0; j < N; j++) terms[j] = alpha[(length - 1) * N + j]! + end.at(0, j);
  const logZ = logSumExp(terms);
  if (!Number.isFinite(logZ)) {
    throw new RangeError(
      `crf: the scores of sequence ${index} add up to ${logZ}, expected finite emissions and weights`,
    );
  }

  let beta = Float64Array.from({ length: N }, (_, i) => end.at(0, i));
  for (let t = length - 1; t >= 0; t--) {
    for (let j = 0; j < N; j++) {
      const probability = factor * Math.exp(alpha[t * N + j]! + beta[j]! - logZ);
      dEmissions.data[(t * B + index) * N + j]! += probability;
      if (t === 0) gradients.start.set(0, j, gradients.start.at(0, j) + probability);
      if (t === length - 1) gradients.end.set(0, j, gradients.end.at(0, j) + probability);
    }
    if (t === 0) break;
    const before = new Float64Array(N);
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < N; j++) {
        terms[j] = A.at(i, j) + e(t, j) + beta[j]!;
        const together = factor * Math.exp(alpha[(t - 1) * N + i]! + terms[j]! - logZ);
        gradients.transitions.set(i, j, gradients.transitions.at(i, j) + together);
      }
      before[i] = logSumExp(terms);
    }
    beta = before;
  }
  return { logZ };
}
