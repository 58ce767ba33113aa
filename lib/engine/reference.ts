import type { Block } from "./block.js";
import { type Engine, productShape } from "./engine.js";
import { plain } from "./plain.js";

/** Rows and columns of the tile of C that one pass over K computes. */
const TILE = 4;

/** How much of K and of N is packed at a time: 256 × 256 numbers of B stay in the second-level cache. */
const SPAN = 256;

/**
 * Plain TypeScript, any precision: the oracle of all other engines.
 *
 * Two ideas make it quick. Each number that is loaded is used four times: a 4×4 tile of C is summed in 16 local
 * variables. And A and B are first copied ("packed") in the order in which the tile reads them, so that strides,
 * transposes and precisions are met once a number and not once a multiplication.
 *
 * @see Goto & van de Geijn 2008, Anatomy of high-performance matrix multiplication
 */
export function referenceEngine(): Engine {
  // constants of fixed size, which the compiler knows the bounds of: a quarter faster than arrays passed in
  const rows = new Float64Array(TILE * SPAN); //    4 rows of A
  const columns = new Float64Array(SPAN * SPAN); // columns of B, 4 after 4
  const sums = new Float64Array(TILE * SPAN); //    4 rows of A·B

  /** 4 packed rows of A times 4 packed columns of B, which begin at `start`, into the columns of `sums` from `col`. */
  function sumTile(K: number, start: number, col: number): void {
    let c00 = 0;
    let c01 = 0;
    let c02 = 0;
    let c03 = 0;
    let c10 = 0;
    let c11 = 0;
    let c12 = 0;
    let c13 = 0;
    let c20 = 0;
    let c21 = 0;
    let c22 = 0;
    let c23 = 0;
    let c30 = 0;
    let c31 = 0;
    let c32 = 0;
    let c33 = 0;
    // "| 0" promises whole numbers of 32 bits, which spares a check for overflow at each index
    const end = (TILE * K) | 0;
    for (let p = 0, q = start; p < end; p = (p + TILE) | 0, q = (q + TILE) | 0) {
      const b0 = columns[q]!;
      const b1 = columns[(q + 1) | 0]!;
      const b2 = columns[(q + 2) | 0]!;
      const b3 = columns[(q + 3) | 0]!;
      const a0 = rows[p]!;
      c00 += a0 * b0;
      c01 += a0 * b1;
      c02 += a0 * b2;
      c03 += a0 * b3;
      const a1 = rows[(p + 1) | 0]!;
      c10 += a1 * b0;
      c11 += a1 * b1;
      c12 += a1 * b2;
      c13 += a1 * b3;
      const a2 = rows[(p + 2) | 0]!;
      c20 += a2 * b0;
      c21 += a2 * b1;
      c22 += a2 * b2;
      c23 += a2 * b3;
      const a3 = rows[(p + 3) | 0]!;
      c30 += a3 * b0;
      c31 += a3 * b1;
      c32 += a3 * b2;
      c33 += a3 * b3;
    }
    sums[col] = c00;
    sums[col + 1] = c01;
    sums[col + 2] = c02;
    sums[col + 3] = c03;
    sums[SPAN + col] = c10;
    sums[SPAN + col + 1] = c11;
    sums[SPAN + col + 2] = c12;
    sums[SPAN + col + 3] = c13;
    sums[2 * SPAN + col] = c20;
    sums[2 * SPAN + col + 1] = c21;
    sums[2 * SPAN + col + 2] = c22;
    sums[2 * SPAN + col + 3] = c23;
    sums[3 * SPAN + col] = c30;
    sums[3 * SPAN + col + 1] = c31;
    sums[3 * SPAN + col + 2] = c32;
    sums[3 * SPAN + col + 3] = c33;
  }

  return {
    ...plain,
    name: "reference",
    threads: 1,
    describe: () => "reference: plain TypeScript, 1 thread, any precision",

    product(A, B, C, { transposeA = false, transposeB = false, accumulate = false } = {}) {
      const { M, N, K } = productShape(A, B, C, { transposeA, transposeB });
      const right = columnsOf(B, transposeB);
      const left = rowsOf(A, transposeA);
      if (!accumulate) clear(C);
      for (let n = 0; n < N; n += SPAN) {
        const width = Math.min(SPAN, N - n);
        for (let k = 0; k < K; k += SPAN) {
          const depth = Math.min(SPAN, K - k);
          for (let j = 0; j < width; j += TILE) pack(right, n + j, N, k, depth, columns, j * depth);
          for (let m = 0; m < M; m += TILE) {
            pack(left, m, M, k, depth, rows, 0);
            for (let j = 0; j < width; j += TILE) sumTile(depth, j * depth, j);
            addRows(sums, C, m, n, width);
          }
        }
      }
    },
  };
}

/** The lines of numbers that a product sums over: rows of A, columns of B. */
interface Lines {
  readonly data: Float64Array | Float32Array;
  readonly offset: number;
  /** From line to line, and along a line. */
  readonly lineStep: number;
  readonly kStep: number;
}

function rowsOf({ data, offset, stride }: Block, transposed: boolean): Lines {
  return transposed ? { data, offset, lineStep: 1, kStep: stride } : { data, offset, lineStep: stride, kStep: 1 };
}

function columnsOf(block: Block, transposed: boolean): Lines {
  return rowsOf(block, !transposed);
}

/**
 * Four lines from `first`, interleaved, over K = k … k + depth − 1. Past the last of `count` lines the last one is
 * packed again: its sums lie outside of C and are not stored.
 */
function pack(
  { data, offset, lineStep, kStep }: Lines,
  first: number,
  count: number,
  k: number,
  depth: number,
  panel: Float64Array,
  start: number,
): void {
  const begin = offset + k * kStep;
  let line0 = begin + first * lineStep;
  let line1 = begin + Math.min(first + 1, count - 1) * lineStep;
  let line2 = begin + Math.min(first + 2, count - 1) * lineStep;
  let line3 = begin + Math.min(first + 3, count - 1) * lineStep;
  const end = start + TILE * depth;
  for (let to = start; to < end; to += TILE) {
    panel[to] = data[line0]!;
    panel[to + 1] = data[line1]!;
    panel[to + 2] = data[line2]!;
    panel[to + 3] = data[line3]!;
    line0 += kStep;
    line1 += kStep;
    line2 += kStep;
    line3 += kStep;
  }
}

/** Adds four rows of sums to C at (row, col), cut off where C ends. */
function addRows(
  sums: Float64Array,
  { data, offset, stride, rows }: Block,
  row: number,
  col: number,
  width: number,
): void {
  const height = Math.min(TILE, rows - row);
  for (let i = 0; i < height; i++) {
    let to = offset + (row + i) * stride + col;
    const from = i * SPAN;
    for (let j = 0; j < width; j++) data[to++]! += sums[from + j]!;
  }
}

function clear({ data, offset, stride, rows, cols }: Block): void {
  for (let i = 0; i < rows; i++) data.fill(0, offset + i * stride, offset + i * stride + cols);
}
