import type { ImageShape } from "../layers/image-windows.js";
import type { Matrix } from "../math/matrix.js";
import { allocate, widest } from "../math/precision.js";
import { Sequence } from "../math/sequence.js";

/**
 * The cells of a grid as the steps of a sequence, so that attention can look at them one by one: cell s of picture i is
 * step s of sequence i, its numbers and what says where it lies.
 *
 *     k_s = grid[s] + place[s]
 *
 * @param grids 1×B×(S·D), as an image layer says it
 * @param place 1×(S·D)
 * @returns S×B×D
 */
export function cellsOf(
  { batch: B, data, precision }: Sequence,
  place: Matrix,
  { height, width, channels: D }: ImageShape,
): Sequence {
  const S = height * width;
  const cells = allocate(S * B * D, widest(precision, place.precision));
  for (let s = 0, to = 0; s < S; s++) {
    for (let i = 0; i < B; i++) {
      const [from, at] = [(i * S + s) * D, place.offset + s * D];
      for (let d = 0; d < D; d++) cells[to++] = data[from + d]! + place.data[at + d]!;
    }
  }
  return new Sequence(S, B, D, cells);
}

/** The reverse, S×B×D → 1×B×(S·D). */
export function gridsOf({ steps: S, batch: B, width: D, data, precision }: Sequence): Sequence {
  const grids = allocate(S * B * D, precision);
  for (let s = 0, from = 0; s < S; s++) {
    for (let i = 0; i < B; i++, from += D) grids.set(data.subarray(from, from + D), (i * S + s) * D);
  }
  return new Sequence(1, B, S * D, grids);
}
