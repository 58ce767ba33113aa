import { madd, nmadd } from "./vectors";

/**
 * The numbers in the formulas below. They are read from memory each time, for V8 would else make each of them anew in
 * every turn of a loop, in three instructions.
 */
const top = memory.data<f32>([88]);
const bottom = memory.data<f32>([-87]);
const magic = memory.data<f32>([12582912]); // 1.5·2²³: added, it leaves the rounded whole number in the lowest bits
const perLn2 = memory.data<f32>([1.44269504]);
const ln2 = memory.data<f32>([0.693359375, -2.1219444e-4]); // in two parts, the first exact
const exponential = memory.data<f32>([0.00831247769, 0.0418905501, 0.166671163, 0.499992288]);
const one = memory.data<f32>([1]);
const flat = memory.data<f32>([9.02]);
const above = memory.data<f32>([1.33186395e-8, 2.05831617e-5, 3.49401509e-3, 0.133797016, 0.999999979]);
const below = memory.data<f32>([7.76183986e-7, 3.28306097e-4, 0.0258709993, 0.467130169]);

// pmin and pmax are one instruction each, and give NaN where the first is NaN; min and max are eight

/** A number, or a later one of its list. */
@inline
function number(list: usize, index: usize = 0): v128 {
  return v128.load32_splat(list + index * 4);
}

/**
 * e^x of four numbers, to 2 units in the last place. Below −87, where float32 ends, it is 0; above 88 it stays at e^88.
 * NaN in is NaN out.
 */
@inline
export function exp4(x: v128): v128 {
  return v128.andnot(expWithin(x), f32x4.lt(x, number(bottom)));
}

/**
 * e^x with x moved into −87 … 88: e^x = 2^n·e^r with n = round(x/ln 2), and e^r on |r| ≤ ln 2 / 2 by the polynomial
 * 1 + r + r²·(…) of degree 5 whose largest relative error, 1e-7, is the least (fitted by Lawson's iteration).
 */
@inline
function expWithin(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, number(top)), number(bottom));
  const shifted = madd(x, number(perLn2), number(magic));
  const n = f32x4.sub(shifted, number(magic));
  const r = nmadd(n, number(ln2, 1), nmadd(n, number(ln2), x));
  let p = madd(r, number(exponential), number(exponential, 1));
  p = madd(r, p, number(exponential, 2));
  p = madd(r, p, number(exponential, 3));
  p = madd(r, p, number(one));
  p = madd(r, p, number(one));
  const power = i32x4.add(i32x4.shl(shifted, 23), number(one)); // 2^n, by its exponent
  return f32x4.mul(p, power);
}

/** 1 / (1 + e^{−x}). */
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(number(one), f32x4.add(number(one), expWithin(f32x4.neg(x))));
}

/**
 * tanh x ≈ x·P(x²)/Q(x²), both of degree 4, fitted over |x| ≤ 9.02 for the least largest relative error, 2.1e-8, by
 * Lawson's iteration. From there on, float32 rounds tanh to 1; and rounding may not lead beyond 1.
 */
@inline
export function tanh4(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, number(flat)), f32x4.neg(number(flat)));
  const s = f32x4.mul(x, x);
  let p = madd(s, number(above), number(above, 1));
  p = madd(s, p, number(above, 2));
  p = madd(s, p, number(above, 3));
  p = madd(s, p, number(above, 4));
  let q = madd(s, number(below), number(below, 1));
  q = madd(s, q, number(below, 2));
  q = madd(s, q, number(below, 3));
  q = madd(s, q, number(one));
  const y = f32x4.div(f32x4.mul(x, p), q);
  return f32x4.pmax(f32x4.pmin(y, number(one)), f32x4.neg(number(one)));
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
