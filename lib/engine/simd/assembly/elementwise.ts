import { sigmoid4, tanh4 } from "./functions";
import { nmadd, share, store4 } from "./vectors";

/** The order of `maps` and `combinations` in elementwise.ts of the engine. */
const TANH: i32 = 0;
const SIGMOID: i32 = 1;
const RELU: i32 = 2;
const TANH_SLOPE: i32 = 3;
const SIGMOID_SLOPE: i32 = 4;
const ADD: i32 = 0;
const SUBTRACT: i32 = 1;

/** Some columns of y = f(x). Strides are in bytes. */
export function map(
  part: i32, parts: i32, f: i32, rows: i32, cols: i32, x: usize, ldx: usize, y: usize, ldy: usize,
): void {
  const first = share(part, parts, cols, 16);
  const last = share(part + 1, parts, cols, 16);
  for (let i = 0; i < rows; i++) {
    for (let j = first; j < last; j += 4) store4(y + <usize>j * 4, apply(f, v128.load(x + <usize>j * 4)), last - j);
    x += ldx;
    y += ldy;
  }
}

@inline
function apply(f: i32, x: v128): v128 {
  const one = f32x4.splat(1);
  if (f == TANH) return tanh4(x);
  if (f == SIGMOID) return sigmoid4(x);
  if (f == RELU) return f32x4.max(x, f32x4.splat(0));
  if (f == TANH_SLOPE) return nmadd(x, x, one);
  if (f == SIGMOID_SLOPE) return f32x4.mul(x, f32x4.sub(one, x));
  return v128.and(f32x4.gt(x, f32x4.splat(0)), one); // reluSlope
}

/** Some columns of z = x ∘ y. */
export function combine(
  part: i32, parts: i32, f: i32, rows: i32, cols: i32,
  x: usize, ldx: usize, y: usize, ldy: usize, z: usize, ldz: usize,
): void {
  const first = share(part, parts, cols, 16);
  const last = share(part + 1, parts, cols, 16);
  for (let i = 0; i < rows; i++) {
    for (let j = first; j < last; j += 4) {
      const a = v128.load(x + <usize>j * 4);
      const b = v128.load(y + <usize>j * 4);
      const c = f == ADD ? f32x4.add(a, b) : f == SUBTRACT ? f32x4.sub(a, b) : f32x4.mul(a, b);
      store4(z + <usize>j * 4, c, last - j);
    }
    x += ldx;
    y += ldy;
    z += ldz;
  }
}

/** Rows that are summed before their sum is added to the others': so the error grows with their root, not with all. */
const BLOCK: i32 = 256;

/** Some columns' sums over the rows of A. */
export function columnSums(part: i32, parts: i32, rows: i32, cols: i32, A: usize, lda: usize, sums: usize): void {
  const last = share(part + 1, parts, cols, 16);
  for (let j = share(part, parts, cols, 16); j < last; j += 16) {
    let total0 = f32x4.splat(0);
    let total1 = f32x4.splat(0);
    let total2 = f32x4.splat(0);
    let total3 = f32x4.splat(0);
    let from = A + <usize>j * 4;
    for (let i = 0; i < rows; i += BLOCK) {
      let sum0 = f32x4.splat(0);
      let sum1 = f32x4.splat(0);
      let sum2 = f32x4.splat(0);
      let sum3 = f32x4.splat(0);
      for (const end = from + <usize>min(BLOCK, rows - i) * lda; from != end; from += lda) {
        sum0 = f32x4.add(sum0, v128.load(from));
        sum1 = f32x4.add(sum1, v128.load(from, 16));
        sum2 = f32x4.add(sum2, v128.load(from, 32));
        sum3 = f32x4.add(sum3, v128.load(from, 48));
      }
      total0 = f32x4.add(total0, sum0);
      total1 = f32x4.add(total1, sum1);
      total2 = f32x4.add(total2, sum2);
      total3 = f32x4.add(total3, sum3);
    }
    const to = sums + <usize>j * 4;
    store4(to, total0, last - j);
    if (last - j > 4) store4(to + 16, total1, last - j - 4);
    if (last - j > 8) store4(to + 32, total2, last - j - 8);
    if (last - j > 12) store4(to + 48, total3, last - j - 12);
  }
}
