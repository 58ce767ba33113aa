import { packColumns, transposeRows } from "./pack";
import { rowTimes, rowTimesTransposed } from "./skinny";
import { depthOf, multiplyPacked, packedSize, WIDTH } from "./tile";
import { share } from "./vectors";

/** Columns of B that are packed at a time, and rows of Aᵀ that are turned: both stay in the second-level cache. */
const COLUMNS: i32 = 384;
const ROWS: i32 = 64;

/** From this many rows on, packing B pays. */
const FEW_ROWS: i32 = 4;

/** How many bytes of scratch memory one part of a product takes. */
export function productScratch(_part: i32, _parts: i32, M: i32, N: i32, K: i32): i32 {
  const depth = depthOf(K);
  return 4 * (packedSize(depth, min(N, COLUMNS)) + max(ROWS * depth, M < FEW_ROWS ? M * K : 0)) + 192;
}

/**
 * Part `part` of C = A·B or C += A·B: some columns of C, or some rows, from the first to the last k. Every number of C
 * is summed in the same order whatever the parts are.
 *
 * Strides are in bytes. After Goto & van de Geijn 2008: a block of B is packed, then rows of A pass over it.
 */
export function product(
  part: i32,
  parts: i32,
  byRows: bool,
  M: i32,
  N: i32,
  K: i32,
  A: usize,
  lda: usize,
  transposeA: bool,
  B: usize,
  ldb: usize,
  transposeB: bool,
  C: usize,
  ldc: usize,
  accumulate: bool,
  scratch: usize,
  scratchSize: usize,
): void {
  scratch += scratchSize * <usize>part;
  if (M < FEW_ROWS)
    return fewRows(part, parts, M, N, K, A, lda, transposeA, B, ldb, transposeB, C, ldc, accumulate, scratch);
  if (K == 0 && !accumulate) return clear(M, N, C, ldc);
  const firstRow = byRows ? share(part, parts, M, 4) : 0;
  const lastRow = byRows ? share(part + 1, parts, M, 4) : M;
  const firstColumn = byRows ? 0 : share(part, parts, N, WIDTH);
  const lastColumn = byRows ? N : share(part + 1, parts, N, WIDTH);
  const depth = depthOf(K);
  const spare = scratch;
  const turned = scratch + 128;
  const packed = turned + <usize>(ROWS * depth * 4);

  for (let n = firstColumn; n < lastColumn; n += COLUMNS) {
    const width = min(COLUMNS, lastColumn - n);
    for (let k = 0; k < K; k += depth) {
      const K1 = min(depth, K - k);
      const block = transposeB ? B + <usize>n * ldb + <usize>k * 4 : B + <usize>k * ldb + <usize>n * 4;
      packColumns(0, width, width, K1, block, ldb, transposeB, packed);
      for (let m = firstRow; m < lastRow; m += ROWS) {
        const height = min(ROWS, lastRow - m);
        let rows = A + <usize>m * lda + <usize>k * 4;
        let stride = lda;
        if (transposeA) {
          rows = turned;
          stride = <usize>depth * 4;
          transposeRows(K1, height, A + <usize>k * lda + <usize>m * 4, lda, turned, stride);
        }
        const to = C + <usize>m * ldc + <usize>n * 4;
        multiplyPacked(height, width, K1, rows, stride, packed, to, ldc, accumulate || k > 0, spare);
      }
    }
  }
}

function fewRows(
  part: i32,
  parts: i32,
  M: i32,
  N: i32,
  K: i32,
  A: usize,
  lda: usize,
  transposeA: bool,
  B: usize,
  ldb: usize,
  transposeB: bool,
  C: usize,
  ldc: usize,
  accumulate: bool,
  scratch: usize,
): void {
  if (transposeA) {
    transposeRows(K, M, A, lda, scratch, <usize>K * 4);
    A = scratch;
    lda = <usize>K * 4;
  }
  const first = share(part, parts, N, 16);
  const count = share(part + 1, parts, N, 16) - first;
  for (let i = 0; i < M; i++) {
    const c = C + <usize>i * ldc + <usize>first * 4;
    const a = A + <usize>i * lda;
    if (transposeB) rowTimesTransposed(count, K, a, B + <usize>first * ldb, ldb, c, accumulate);
    else rowTimes(count, K, a, B + <usize>first * 4, ldb, c, accumulate);
  }
}

function clear(M: i32, N: i32, C: usize, ldc: usize): void {
  for (let i = 0; i < M; i++) memory.fill(C + <usize>i * ldc, 0, <usize>N * 4);
}

/** Part `part` of packing B, K×N, whole: for a matrix that many products share. */
export function pack(part: i32, parts: i32, N: i32, K: i32, B: usize, ldb: usize, transposed: bool, to: usize): void {
  packColumns(share(part, parts, N, WIDTH), share(part + 1, parts, N, WIDTH), N, K, B, ldb, transposed, to);
}
