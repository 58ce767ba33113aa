import { madd, store4 } from "./vectors";

/** Rows and columns of the tile of C that one pass over K sums in registers. */
export const HEIGHT: i32 = 4;
export const WIDTH: i32 = 8;

/** The most of K that is summed at a time: a packed panel of B, 512×8 numbers, stays in the first-level cache. */
const DEPTH: i32 = 512;

/** K in equal parts of at most DEPTH. */
@inline
export function depthOf(K: i32): i32 {
  const blocks = (K + DEPTH - 1) / DEPTH;
  return blocks ? (K + blocks - 1) / blocks : 1;
}

/** How many numbers B, K×N, takes when it is packed. */
@inline
export function packedSize(K: i32, N: i32): i32 {
  return K * (((N + WIDTH - 1) / WIDTH) * WIDTH);
}

/**
 * 4 rows of A times 8 packed columns of B into C, or added to it: the only loop that takes time. The eight sums, two
 * vectors of B and one number of A are all that is live, so they stay in the 16 registers of the machine. Measured: twice
 * as slow where two steps of K are unrolled or the tile is larger, as V8 then spills, and a sixth slower in a function
 * of its own or called from two places.
 */
@inline
function tile(a0: usize, a1: usize, a2: usize, a3: usize, panel: usize, K: i32, C: usize, ldc: usize, add: bool): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  const end = panel + (<usize>K << 5);
  while (panel < end) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    const x0 = v128.load32_splat(a0);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    const x1 = v128.load32_splat(a1);
    c10 = madd(x1, b0, c10);
    c11 = madd(x1, b1, c11);
    const x2 = v128.load32_splat(a2);
    c20 = madd(x2, b0, c20);
    c21 = madd(x2, b1, c21);
    const x3 = v128.load32_splat(a3);
    c30 = madd(x3, b0, c30);
    c31 = madd(x3, b1, c31);
    panel += 32;
    a0 += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
  }
  storeRow(C, c00, c01, add);
  storeRow(C + ldc, c10, c11, add);
  storeRow(C + 2 * ldc, c20, c21, add);
  storeRow(C + 3 * ldc, c30, c31, add);
}

@inline
function storeRow(to: usize, left: v128, right: v128, add: bool): void {
  if (add) {
    left = f32x4.add(v128.load(to), left);
    right = f32x4.add(v128.load(to, 16), right);
  }
  v128.store(to, left);
  v128.store(to, right, 16);
}

/**
 * M rows of A, which lie `lda` bytes apart, times B, packed, into C. At an edge of C the tile is summed into `spare` (128
 * bytes) and what belongs to C is taken over; the missing rows of A are the last one again.
 */
export function multiplyPacked(
  M: i32, N: i32, K: i32, A: usize, lda: usize, packed: usize, C: usize, ldc: usize, add: bool, spare: usize,
): void {
  const depth = depthOf(K);
  for (let k = 0; k < K; k += depth) {
    const K1 = min(depth, K - k);
    const more = add || k > 0;
    for (let j = 0; j < N; j += WIDTH) {
      for (let i = 0; i < M; i += HEIGHT) {
        const rows = min(HEIGHT, M - i);
        const a0 = A + <usize>i * lda;
        const a1 = rows > 1 ? a0 + lda : a0;
        const a2 = rows > 2 ? a1 + lda : a1;
        const a3 = rows > 3 ? a2 + lda : a2;
        const to = C + <usize>i * ldc + (<usize>j << 2);
        const cols = min(WIDTH, N - j);
        const isWhole = rows == HEIGHT && cols == WIDTH;
        tile(a0, a1, a2, a3, packed, K1, isWhole ? to : spare, isWhole ? ldc : 32, isWhole && more);
        if (!isWhole) takeOver(spare, rows, cols, to, ldc, more);
      }
      packed += <usize>K1 << 5;
    }
    A += <usize>K1 << 2;
  }
}

function takeOver(from: usize, rows: i32, cols: i32, to: usize, ldc: usize, add: bool): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j += 4) {
      const place = to + (<usize>j << 2);
      const sums = v128.load(from + (<usize>j << 2));
      store4(place, add ? f32x4.add(v128.load(place), sums) : sums, cols - j);
    }
    from += 32;
    to += ldc;
  }
}
