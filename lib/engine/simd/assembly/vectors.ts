/** Four float32 numbers at once: what the WebAssembly instructions lack. Tails of rows are read whole and stored in part. */

/** a∗b + c: in one instruction, rounded once, where the module is compiled for relaxed SIMD. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** c − a∗b. */
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}

/** The first `count` of the four numbers; all, where there are four or more. */
@inline
export function store4(to: usize, value: v128, count: i32): void {
  if (count >= 4) v128.store(to, value);
  else storePart(to, value, count);
}

function storePart(to: usize, value: v128, count: i32): void {
  store<f32>(to, f32x4.extract_lane(value, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(value, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(value, 2), 8);
}

/** The first `count` of the four numbers at `from`, and zeros. */
export function load4(from: usize, count: i32): v128 {
  if (count >= 4) return v128.load(from);
  let value = f32x4.splat(0);
  if (count > 0) value = f32x4.replace_lane(value, 0, load<f32>(from));
  if (count > 1) value = f32x4.replace_lane(value, 1, load<f32>(from, 4));
  if (count > 2) value = f32x4.replace_lane(value, 2, load<f32>(from, 8));
  return value;
}

@inline
export function sum4(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/** Writes a 4×4 square transposed: column j of what the four rows begin with goes to `to + j·step`. */
@inline
export function transpose4(r0: usize, r1: usize, r2: usize, r3: usize, to: usize, step: usize): void {
  const a = v128.load(r0);
  const b = v128.load(r1);
  const c = v128.load(r2);
  const d = v128.load(r3);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5); // a0 b0 a1 b1
  const AB = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const CD = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + step, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * step, v128.shuffle<f32>(AB, CD, 0, 1, 4, 5));
  v128.store(to + 3 * step, v128.shuffle<f32>(AB, CD, 2, 3, 6, 7));
}

/** Where part `part` of `parts` begins when `count` things are shared out in whole groups of `group`. */
@inline
export function share(part: i32, parts: i32, count: i32, group: i32): i32 {
  const groups = (count + group - 1) / group;
  return min(count, <i32>((<i64>groups * part) / parts) * group);
}
