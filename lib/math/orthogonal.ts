import { build, type Matrix } from "./matrix.js";
import { normal, type Random } from "./random.js";

/**
 * A random orthogonal matrix: its rows have length 1 and stand at right angles, so a product with it keeps lengths.
 * Gram–Schmidt on rows of normal random numbers gives every such matrix the same chance.
 *
 * @param size rows and columns, a whole number ≥ 1
 * @returns Q, size×size, Q·Qᵀ = 1, float64
 * @see Saxe, McClelland & Ganguli 2014, Exact solutions to the nonlinear dynamics of learning in deep linear networks
 *
 * @example
 * const Q = orthogonal(3, random(1));
 * const [first, second] = Q.toRows();
 * const dot = first.reduce((sum, value, j) => sum + value * second[j], 0); // 0
 */
export function orthogonal(size: number, random: Random): Matrix {
  const rows: number[][] = [];
  while (rows.length < size) {
    const row = Array.from({ length: size }, () => normal(random));
    // twice: the second pass takes away what rounding left of the first
    for (const done of [...rows, ...rows]) {
      const share = dot(row, done);
      for (let j = 0; j < size; j++) row[j]! -= share * done[j]!;
    }
    const length = Math.sqrt(dot(row, row));
    rows.push(row.map((value) => value / length));
  }
  return build(size, size, (i, j) => rows[i]![j]!);
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
