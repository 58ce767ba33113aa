import { scaleInto } from "../math/elementwise.js";
import { flatten, type WeightTree } from "../math/weights.js";

/**
 * The length of all gradients taken as one vector: ‖g‖ = √(Σ g²).
 *
 * @example
 * console.log(globalNorm({ W: matrix([[3]]), b: matrix([[4]]) })); // 5
 */
export function globalNorm(gradients: WeightTree): number {
  let squares = 0;
  for (const { data, offset, stride, rows, cols } of Object.values(flatten(gradients))) {
    for (let i = 0; i < rows; i++) {
      const start = offset + i * stride;
      for (let j = 0; j < cols; j++) {
        const g = data[start + j]!;
        squares += g * g;
      }
    }
  }
  return Math.sqrt(squares);
}

/**
 * Shortens gradients that are longer than `maxNorm`, in place, and keeps their direction.
 *
 *     g ← g · maxNorm / ‖g‖   if ‖g‖ > maxNorm
 *
 * The norm is the root of the summed squares: to compare the sum itself with `maxNorm`, as is sometimes seen, would
 * clip at √maxNorm.
 *
 * @param gradients a tree of matrices
 * @param maxNorm the longest that is left alone, > 0
 * @returns ‖g‖ before clipping
 * @throws when maxNorm is not > 0
 * @see Pascanu, Mikolov & Bengio 2013, On the difficulty of training recurrent neural networks
 *
 * @example
 * const gradients = { W: matrix([[3, 4]]) };
 * console.log(clipByNorm(gradients, 1), gradients.W.toRows()); // 5 [[0.6, 0.8]]
 */
export function clipByNorm(gradients: WeightTree, maxNorm: number): number {
  if (!(maxNorm > 0)) throw new RangeError(`clipByNorm: maxNorm is ${maxNorm}, expected a number > 0`);
  const norm = globalNorm(gradients);
  if (norm > maxNorm) {
    for (const gradient of Object.values(flatten(gradients))) scaleInto(gradient, maxNorm / norm);
  }
  return norm;
}

/**
 * Cuts off every entry of the gradients at ±limit, in place. Unlike `clipByNorm` it changes their direction.
 *
 *     g ← max(−limit, min(limit, g))
 *
 * @param gradients a tree of matrices
 * @param limit the largest size that is left alone, > 0
 * @returns how many entries were cut off
 * @throws when limit is not > 0
 * @see Mikolov 2012, Statistical language models based on neural networks, section 3.2.2
 *
 * @example
 * const gradients = { W: matrix([[3, -0.5, -4]]) };
 * console.log(clipByValue(gradients, 1), gradients.W.toRows()); // 2 [[1, -0.5, -1]]
 */
export function clipByValue(gradients: WeightTree, limit: number): number {
  if (!(limit > 0)) throw new RangeError(`clipByValue: limit is ${limit}, expected a number > 0`);
  let clipped = 0;
  for (const { data, offset, stride, rows, cols } of Object.values(flatten(gradients))) {
    for (let i = 0; i < rows; i++) {
      const start = offset + i * stride;
      for (let p = start; p < start + cols; p++) {
        if (Math.abs(data[p]!) <= limit || Number.isNaN(data[p]!)) continue;
        data[p] = Math.sign(data[p]!) * limit;
        clipped++;
      }
    }
  }
  return clipped;
}
