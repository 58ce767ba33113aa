import { checkFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";

/**
 * How much each column goes with a property: Pearson's correlation of each unit of a network with what is true of the
 * text at that place. It finds the neuron that counts, or the one that knows whether a bracket is open.
 *
 *     r_j = Σ_i (x_ij − x̄_j)(y_i − ȳ) / √(Σ_i (x_ij − x̄_j)² · Σ_i (y_i − ȳ)²)
 *
 * @param values N×H, such as the states of N letters
 * @param property N numbers, such as 1 inside quotes and 0 outside
 * @returns H numbers −1 … 1; 0 for a column that never changes
 * @throws when there are not as many numbers as rows, at least two; when one is not finite; when the property is the same
 *   everywhere
 * @see Karpathy, Johnson & Fei-Fei 2015, Visualizing and understanding recurrent networks, section 4.2, where such
 *   neurons were found by eye
 *
 * @example
 * const states = matrix([[0.9, 0.1], [-0.8, 0.1], [0.7, 0.3]]);
 * console.log(correlation(states, [1, 0, 1])); // 0.99…, 0.5
 */
export function correlation(values: Matrix, property: ArrayLike<number>): Float64Array {
  const { rows: N, cols: H } = values;
  if (property.length !== N || N < 2) {
    throw new RangeError(
      `correlation: ${property.length} numbers for ${N} rows, expected one for each, at least two of them`,
    );
  }
  checkFinite("correlation: the matrix of values", values);
  const centred = Float64Array.from(property);
  const odd = centred.findIndex((y) => !Number.isFinite(y));
  if (odd >= 0) throw new RangeError(`correlation: the property is ${centred[odd]} at place ${odd}, expected a number`);
  const mean = centred.reduce((sum, y) => sum + y, 0) / N;
  centred.forEach((y, i) => {
    centred[i] = y - mean;
  });
  const spread = centred.reduce((sum, y) => sum + y * y, 0);
  if (!(spread > 0)) {
    throw new RangeError(`correlation: the property is ${mean} everywhere, expected one that changes`);
  }
  return Float64Array.from({ length: H }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < N; i++) sum += values.at(i, j);
    const middle = sum / N;
    let [together, own] = [0, 0];
    for (let i = 0; i < N; i++) {
      const x = values.at(i, j) - middle;
      together += x * centred[i]!;
      own += x * x;
    }
    // of a column that never changes, rounding alone is left
    return own > N * (1e-12 * middle) ** 2 ? together / Math.sqrt(own * spread) : 0;
  });
}
