import { madd, nmadd } from "./vectors";

/**
 * e^x of four numbers, to 2 units in the last place: e^x = 2^n·e^r with n = round(x/ln 2), |r| ≤ ln 2 / 2, and e^r by
 * its Taylor series to r⁶. Below −87, where float32 ends, it is 0; above 88 it stays at e^88. NaN in is NaN out.
 */
@inline
export function exp4(x: v128): v128 {
  const tooSmall = f32x4.lt(x, f32x4.splat(-87));
  x = f32x4.max(f32x4.min(x, f32x4.splat(88)), f32x4.splat(-87));
  const magic = f32x4.splat(12582912); // 1.5·2²³: added, it leaves the rounded whole number in the lowest bits
  const shifted = madd(x, f32x4.splat(1.44269504), magic);
  const n = f32x4.sub(shifted, magic);
  let r = nmadd(n, f32x4.splat(0.693359375), x); // ln 2 in two parts, the first exact
  r = nmadd(n, f32x4.splat(-2.12194440e-4), r);
  let p = madd(r, f32x4.splat(1.0 / 720), f32x4.splat(1.0 / 120));
  p = madd(r, p, f32x4.splat(1.0 / 24));
  p = madd(r, p, f32x4.splat(1.0 / 6));
  p = madd(r, p, f32x4.splat(0.5));
  p = madd(r, p, f32x4.splat(1));
  p = madd(r, p, f32x4.splat(1));
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000)); // 2^n, by its exponent
  return v128.andnot(f32x4.mul(p, power), tooSmall);
}

/** 1 / (1 + e^{−x}). */
@inline
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/**
 * Lambert's continued fraction at x/4 and two doublings, as in `quick-tanh.ts`. From 9.1 on, float32 rounds tanh to 1.
 */
@inline
export function tanh4(x: v128): v128 {
  x = f32x4.max(f32x4.min(x, f32x4.splat(9.1)), f32x4.splat(-9.1));
  const y = f32x4.mul(x, f32x4.splat(0.25));
  const s = f32x4.mul(y, y);
  let n = f32x4.add(s, f32x4.splat(378));
  n = madd(n, s, f32x4.splat(17325));
  n = f32x4.mul(y, madd(n, s, f32x4.splat(135135)));
  let d = madd(s, f32x4.splat(28), f32x4.splat(3150));
  d = madd(d, s, f32x4.splat(62370));
  d = madd(d, s, f32x4.splat(135135));
  const nd = f32x4.mul(n, d);
  const n2 = f32x4.add(nd, nd);
  const d2 = madd(d, d, f32x4.mul(n, n));
  const n2d2 = f32x4.mul(n2, d2);
  return f32x4.div(f32x4.add(n2d2, n2d2), madd(d2, d2, f32x4.mul(n2, n2)));
}

/** dy·(1 − y²): back through y = tanh(z). */
@inline
export function throughTanh(dy: v128, y: v128): v128 {
  return f32x4.mul(dy, nmadd(y, y, f32x4.splat(1)));
}

/** dy·y·(1 − y): back through y = σ(z). */
@inline
export function throughSigmoid(dy: v128, y: v128): v128 {
  return f32x4.mul(f32x4.mul(dy, y), f32x4.sub(f32x4.splat(1), y));
}
