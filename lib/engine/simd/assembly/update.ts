import { madd, nmadd, share, store4 } from "./vectors";

/** The update rules of `UpdateRule` in engine.ts: some columns of θ, in place. Strides are in bytes. */

export function moments(
  part: i32,
  parts: i32,
  rows: i32,
  cols: i32,
  w: usize,
  ldw: usize,
  g: usize,
  ldg: usize,
  m: usize,
  ldm: usize,
  v: usize,
  ldv: usize,
  beta1: f64,
  beta2: f64,
  meanRate: f64,
  squareCorrection: f64,
  kept: f64,
  epsilon: f64,
): void {
  const first = share(part, parts, cols, 16);
  const last = share(part + 1, parts, cols, 16);
  const b1 = f32x4.splat(<f32>beta1);
  const b2 = f32x4.splat(<f32>beta2);
  const rest1 = f32x4.splat(<f32>(1 - beta1));
  const rest2 = f32x4.splat(<f32>(1 - beta2));
  const rate = f32x4.splat(<f32>meanRate);
  const correction = f32x4.splat(<f32>(1 / squareCorrection));
  const keep = f32x4.splat(<f32>kept);
  const tiny = f32x4.splat(<f32>epsilon);
  for (let i = 0; i < rows; i++) {
    for (let j = first; j < last; j += 4) {
      const at = <usize>j * 4;
      const slope = v128.load(g + at);
      const mean = madd(rest1, slope, f32x4.mul(b1, v128.load(m + at)));
      const square = madd(f32x4.mul(rest2, slope), slope, f32x4.mul(b2, v128.load(v + at)));
      const size = madd(f32x4.sqrt(square), correction, tiny);
      const step = f32x4.div(f32x4.mul(rate, mean), size);
      store4(m + at, mean, last - j);
      store4(v + at, square, last - j);
      store4(w + at, f32x4.sub(f32x4.mul(keep, v128.load(w + at)), step), last - j);
    }
    w += ldw;
    g += ldg;
    m += ldm;
    v += ldv;
  }
}

/** Where μ is 0 there is no memory, and v is 0. */
export function momentum(
  part: i32,
  parts: i32,
  rows: i32,
  cols: i32,
  w: usize,
  ldw: usize,
  g: usize,
  ldg: usize,
  v: usize,
  ldv: usize,
  nesterov: bool,
  rate: f64,
  mu: f64,
): void {
  const first = share(part, parts, cols, 16);
  const last = share(part + 1, parts, cols, 16);
  const eta = f32x4.splat(<f32>rate);
  const kept = f32x4.splat(<f32>mu);
  for (let i = 0; i < rows; i++) {
    for (let j = first; j < last; j += 4) {
      const at = <usize>j * 4;
      const slope = v128.load(g + at);
      let step = slope;
      if (v) {
        const velocity = madd(kept, v128.load(v + at), slope);
        store4(v + at, velocity, last - j);
        step = nesterov ? madd(kept, velocity, slope) : velocity;
      }
      store4(w + at, nmadd(eta, step, v128.load(w + at)), last - j);
    }
    w += ldw;
    g += ldg;
    v += ldv;
  }
}

/** Where it is not centred, m is 0. */
export function rmsprop(
  part: i32,
  parts: i32,
  rows: i32,
  cols: i32,
  w: usize,
  ldw: usize,
  g: usize,
  ldg: usize,
  s: usize,
  lds: usize,
  m: usize,
  ldm: usize,
  rate: f64,
  alpha: f64,
  epsilon: f64,
): void {
  const first = share(part, parts, cols, 16);
  const last = share(part + 1, parts, cols, 16);
  const eta = f32x4.splat(<f32>rate);
  const kept = f32x4.splat(<f32>alpha);
  const rest = f32x4.splat(<f32>(1 - alpha));
  const tiny = f32x4.splat(<f32>epsilon);
  for (let i = 0; i < rows; i++) {
    for (let j = first; j < last; j += 4) {
      const at = <usize>j * 4;
      const slope = v128.load(g + at);
      let square = madd(f32x4.mul(rest, slope), slope, f32x4.mul(kept, v128.load(s + at)));
      store4(s + at, square, last - j);
      if (m) {
        const mean = madd(rest, slope, f32x4.mul(kept, v128.load(m + at)));
        store4(m + at, mean, last - j);
        square = f32x4.max(nmadd(mean, mean, square), f32x4.splat(0)); // never negative but for rounding
      }
      const size = f32x4.add(f32x4.sqrt(square), tiny);
      store4(w + at, f32x4.sub(v128.load(w + at), f32x4.div(f32x4.mul(eta, slope), size)), last - j);
    }
    w += ldw;
    g += ldg;
    s += lds;
    m += ldm;
  }
}
