import { rowTimes, rowTimesTransposed } from "./skinny";
import { multiplyPacked } from "./tile";

/** What the walks along a sequence share: one step's product, and rows that move. Strides are in bytes. */

/** C = A·W, M rows: by tiles where W is packed, row by row where it lies as it is, K×N. */
@inline
export function times(
  M: i32, N: i32, K: i32, A: usize, lda: usize, W: usize, stride: usize, packed: bool, C: usize, ldc: usize, spare: usize,
): void {
  if (packed) return multiplyPacked(M, N, K, A, lda, W, C, ldc, false, spare);
  for (let i = 0; i < M; i++) rowTimes(N, K, A + <usize>i * lda, W, stride, C + <usize>i * ldc, false);
}

/** C = or += A·Wᵀ, the same on the way back: where W is not packed it lies as N×K. */
@inline
export function timesTransposed(
  M: i32, N: i32, K: i32, A: usize, lda: usize, W: usize, stride: usize, packed: bool, C: usize, ldc: usize, add: bool,
  spare: usize,
): void {
  if (packed) return multiplyPacked(M, N, K, A, lda, W, C, ldc, add, spare);
  for (let i = 0; i < M; i++) rowTimesTransposed(N, K, A + <usize>i * lda, W, stride, C + <usize>i * ldc, add);
}

/** Whether step t lies behind the end of sequence `row`. */
@inline
export function isPadding(lengths: usize, row: i32, t: i32): bool {
  return lengths != 0 && t >= load<i32>(lengths + (<usize>row << 2));
}

/** A copy of `rows` rows of `cols` numbers. */
export function copyRows(rows: i32, cols: i32, from: usize, fromStride: usize, to: usize, toStride: usize): void {
  for (let i = 0; i < rows; i++) {
    if (cols < 16) {
      for (let j: usize = 0; j < <usize>cols * 4; j += 4) store<f32>(to + j, load<f32>(from + j));
    } else memory.copy(to, from, <usize>cols * 4);
    from += fromStride;
    to += toStride;
  }
}

/** to += from. */
@inline
export function addRow(cols: i32, from: usize, to: usize): void {
  for (let j: usize = 0; j < <usize>cols * 4; j += 4) store<f32>(to + j, load<f32>(to + j) + load<f32>(from + j));
}
