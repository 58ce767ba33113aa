import { checkFinite } from "../math/finite.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import { argmax, softmax } from "../math/softmax.js";

export interface SamplingOptions {
  /** τ ≥ 0: below 1 the probable becomes more probable, above 1 less; 0 leaves the most probable token alone. */
  readonly temperature?: number;
  /** Only the k most probable tokens are drawn from, k ≥ 1. */
  readonly topK?: number | undefined;
  /** Only the fewest tokens that have this share of the probability together are drawn from, 0 < p ≤ 1. */
  readonly topP?: number | undefined;
}

/**
 * What tokens are drawn with: softmax at a temperature, cut off behind the k most probable tokens and behind the nucleus.
 *
 *     p_j ∝ e^{z_j/τ}  for j among the k largest, and then among the fewest with Σ p ≥ topP; else 0
 *
 * The cuts are made in this order, and what is left is made to sum to 1 after each. Of equally probable tokens the first
 * ones are kept.
 *
 * @param logits B×V
 * @returns B×V, each row sums to 1
 * @throws when a logit is not finite, the temperature is not ≥ 0, topK is not a whole number ≥ 1, or topP is not in 0 …
 *   1
 * @see top-k: Fan, Lewis & Dauphin 2018, Hierarchical neural story generation, section 5.1; nucleus: Holtzman et al.
 *   2020, The curious case of neural text degeneration, equations 2 and 3
 *
 * @example
 * const z = matrix([[0.5, 0.3, 0.2].map(Math.log)]);
 * console.log(samplingProbabilities(z, { topP: 0.75 }).toRows()); // [[0.625, 0.375, 0]]
 */
export function samplingProbabilities(
  logits: Matrix,
  { temperature = 1, topK, topP = 1 }: SamplingOptions = {},
): Matrix {
  checkSampling({ temperature, topK, topP });
  checkFinite("samplingProbabilities: the matrix of logits", logits);
  const p = temperature === 0 ? certain(logits) : softmax(tempered(logits, temperature));
  if (topK === undefined && topP === 1) return p;
  for (let i = 0; i < p.rows; i++) {
    const order = byProbability(p, i);
    let kept = Math.min(topK ?? p.cols, p.cols);
    rescale(p, i, order, kept);
    if (topP === 1) continue;
    let [share, inside] = [0, 0];
    while (inside < kept && share < topP) share += p.at(i, order[inside++]!);
    kept = inside;
    rescale(p, i, order, kept);
  }
  return p;
}

/** (z − max)/τ: with the largest at 0, no τ however small makes it overflow. */
function tempered(logits: Matrix, temperature: number): Matrix {
  if (temperature === 1) return logits;
  const largest = argmax(logits);
  const shifted = (i: number, j: number) => (logits.at(i, j) - logits.at(i, largest[i]!)) / temperature;
  return build(logits.rows, logits.cols, shifted, logits.precision);
}

function certain(logits: Matrix): Matrix {
  const p = zeros(logits.rows, logits.cols, logits.precision);
  argmax(logits).forEach((j, i) => {
    p.set(i, j, 1);
  });
  return p;
}

/** Columns of a row, the most probable first, equals in their own order. */
function byProbability(p: Matrix, row: number): Uint32Array {
  const values = Float64Array.from({ length: p.cols }, (_, j) => p.at(row, j));
  return Uint32Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b);
}

/** The first `kept` tokens share the probability; the others get none. */
function rescale(p: Matrix, row: number, order: Uint32Array, kept: number): void {
  let total = 0;
  for (let n = 0; n < kept; n++) total += p.at(row, order[n]!);
  order.forEach((j, n) => {
    p.set(row, j, n < kept ? p.at(row, j) / total : 0);
  });
}

/** @throws when an option is out of range */
export function checkSampling({ temperature = 1, topK, topP = 1 }: SamplingOptions): void {
  if (!(temperature >= 0 && temperature < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`sample: the temperature is ${temperature}, expected a number ≥ 0`);
  }
  if (topK !== undefined && !(Number.isInteger(topK) && topK >= 1)) {
    throw new RangeError(`sample: topK is ${topK}, expected a whole number ≥ 1`);
  }
  if (!(topP > 0 && topP <= 1)) throw new RangeError(`sample: topP is ${topP}, expected a number above 0, up to 1`);
}
