import { madd, store4, sum4 } from "./vectors";

/** c = or += a·B for one row a: B is read once, in the order in which it lies, so nothing is packed. */
export function rowTimes(N: i32, K: i32, a: usize, B: usize, stride: usize, c: usize, add: bool): void {
  if (!add) memory.fill(c, 0, <usize>N * 4);
  let k = 0;
  for (; k + 4 <= K; k += 4) {
    const a0 = v128.load32_splat(a);
    const a1 = v128.load32_splat(a, 4);
    const a2 = v128.load32_splat(a, 8);
    const a3 = v128.load32_splat(a, 12);
    const b1 = B + stride;
    const b2 = b1 + stride;
    const b3 = b2 + stride;
    let j: usize = 0;
    const whole = <usize>(N & ~3) * 4;
    for (; j < whole; j += 16) {
      let sum = madd(a0, v128.load(B + j), v128.load(c + j));
      sum = madd(a1, v128.load(b1 + j), sum);
      sum = madd(a2, v128.load(b2 + j), sum);
      v128.store(c + j, madd(a3, v128.load(b3 + j), sum));
    }
    if (N & 3) {
      let sum = madd(a0, v128.load(B + j), v128.load(c + j));
      sum = madd(a1, v128.load(b1 + j), sum);
      sum = madd(a2, v128.load(b2 + j), sum);
      store4(c + j, madd(a3, v128.load(b3 + j), sum), N & 3);
    }
    a += 16;
    B = b3 + stride;
  }
  for (; k < K; k++) {
    const a0 = v128.load32_splat(a);
    for (let j = 0; j < N; j += 4) {
      const place = <usize>j * 4;
      store4(c + place, madd(a0, v128.load(B + place), v128.load(c + place)), N - j);
    }
    a += 4;
    B += stride;
  }
}

/** c = or += a·Bᵀ for one row a: a scalar product with each row of B, N×K. */
export function rowTimesTransposed(N: i32, K: i32, a: usize, B: usize, stride: usize, c: usize, add: bool): void {
  for (let j = 0; j < N; j++) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let k: usize = 0;
    const whole = <usize>(K & ~15) * 4;
    for (; k < whole; k += 64) {
      s0 = madd(v128.load(a + k), v128.load(B + k), s0);
      s1 = madd(v128.load(a + k, 16), v128.load(B + k, 16), s1);
      s2 = madd(v128.load(a + k, 32), v128.load(B + k, 32), s2);
      s3 = madd(v128.load(a + k, 48), v128.load(B + k, 48), s3);
    }
    let sum = sum4(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
    for (; k < <usize>K * 4; k += 4) sum += load<f32>(a + k) * load<f32>(B + k);
    store<f32>(c, add ? load<f32>(c) + sum : sum);
    c += 4;
    B += stride;
  }
}
