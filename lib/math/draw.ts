import type { Matrix } from "./matrix.js";
import type { Random } from "./random.js";

/**
 * A column of each row, drawn with the probabilities that stand in it.
 *
 * @param probabilities B×N, each row ≥ 0 and not all 0; what a row sums to counts as 1
 * @returns B columns 0 … N−1; one of probability 0 is never drawn
 * @throws when a probability is not ≥ 0, or those of a row are all 0 or infinite
 *
 * @example
 * const columns = drawColumns(matrix([[0, 1], [0.5, 0.5]]), random(1)); // 1, and 0 or 1
 */
export function drawColumns(probabilities: Matrix, random: Random): Int32Array {
  return Int32Array.from({ length: probabilities.rows }, (_, i) => drawColumn(probabilities, i, random));
}

function drawColumn({ data, offset, stride, cols }: Matrix, row: number, random: Random): number {
  const start = offset + row * stride;
  let total = 0;
  for (let j = 0; j < cols; j++) {
    const p = data[start + j]!;
    if (!(p >= 0)) throw new RangeError(`drawColumns: row ${row} holds ${p}, expected probabilities ≥ 0`);
    total += p;
  }
  if (!(total > 0 && total < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`drawColumns: row ${row} sums to ${total}, expected probabilities that are not all 0`);
  }
  let left = random() * total;
  let last = 0;
  for (let j = 0; j < cols; j++) {
    const p = data[start + j]!;
    if (p > 0) {
      last = j;
      if ((left -= p) < 0) return j;
    }
  }
  return last; // rounding has left a crumb
}
