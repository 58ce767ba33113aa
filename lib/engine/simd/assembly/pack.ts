import { depthOf, WIDTH } from "./tile";
import { load4, transpose4 } from "./vectors";

/**
 * Columns `begin` … `end` − 1 of B, K×N, in the order in which the tile reads them: K in parts of `depthOf(K)`, in each
 * the panels of 8 columns, in each the rows. What is missing of the last panel is zero. `begin` is a multiple of 8.
 *
 * @param transposed B is read as Bᵀ: it lies as N×K
 * @param stride bytes from row to row of what lies there
 */
export function packColumns(
  begin: i32,
  end: i32,
  N: i32,
  K: i32,
  B: usize,
  stride: usize,
  transposed: bool,
  to: usize,
): void {
  const depth = depthOf(K);
  const across = <usize>((N + WIDTH - 1) / WIDTH) * WIDTH * 4;
  for (let k = 0; k < K; k += depth) {
    const K1 = min(depth, K - k);
    for (let j = begin; j < end; j += WIDTH) {
      const panel = to + <usize>k * across + <usize>j * <usize>K1 * 4;
      const cols = min(WIDTH, N - j);
      if (transposed) packTransposed(cols, K1, B + <usize>j * stride + <usize>k * 4, stride, panel);
      else packRows(cols, K1, B + <usize>k * stride + <usize>j * 4, stride, panel);
    }
  }
}

function packRows(cols: i32, K: i32, from: usize, stride: usize, to: usize): void {
  for (let k = 0; k < K; k++) {
    if (cols == WIDTH) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    } else {
      v128.store(to, load4(from, cols));
      v128.store(to, load4(from + 16, cols - 4), 16);
    }
    from += stride;
    to += 32;
  }
}

function packTransposed(cols: i32, K: i32, from: usize, stride: usize, to: usize): void {
  if (cols < WIDTH) memory.fill(to, 0, <usize>K * 32);
  let j = 0;
  for (; j + 4 <= cols; j += 4) transposeRows(4, K, from + <usize>j * stride, stride, to + <usize>j * 4, 32);
  if (j < cols) transposeRows(cols - j, K, from + <usize>j * stride, stride, to + <usize>j * 4, 32);
}

/** `count` rows of K numbers become columns: number k of row i goes to `to + k·step + 4·i`. */
export function transposeRows(count: i32, K: i32, from: usize, stride: usize, to: usize, step: usize): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const r0 = from + <usize>i * stride;
    const r1 = r0 + stride;
    const r2 = r1 + stride;
    const r3 = r2 + stride;
    const place = to + <usize>i * 4;
    let k: usize = 0;
    for (; k + 4 <= <usize>K; k += 4) {
      transpose4(r0 + k * 4, r1 + k * 4, r2 + k * 4, r3 + k * 4, place + k * step, step);
    }
    for (; k < <usize>K; k++) {
      store<f32>(place + k * step, load<f32>(r0 + k * 4));
      store<f32>(place + k * step, load<f32>(r1 + k * 4), 4);
      store<f32>(place + k * step, load<f32>(r2 + k * 4), 8);
      store<f32>(place + k * step, load<f32>(r3 + k * 4), 12);
    }
  }
  for (; i < count; i++) {
    for (let k: usize = 0; k < <usize>K; k++) {
      store<f32>(to + k * step + <usize>i * 4, load<f32>(from + <usize>i * stride + k * 4));
    }
  }
}
