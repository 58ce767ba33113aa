import { exp4 } from "./functions";
import { load4, share, store4, sum4 } from "./vectors";

/**
 * Some rows of softmax and cross-entropy: gradient = e^{z − max}/Σ − [j = target]. What the loss of a row is made of goes
 * to `found`, 4 numbers a row: Σ, z[target] − max, and whether the first largest logit is the target's.
 *
 * @param targets a class for each row, or −1: then the row's gradient is zero
 */
export function softmaxCrossEntropy(
  part: i32, parts: i32, rows: i32, cols: i32, logits: usize, ldl: usize, targets: usize, gradient: usize, ldg: usize,
  found: usize,
): void {
  const last = share(part + 1, parts, rows, 4);
  for (let i = share(part, parts, rows, 4); i < last; i++) {
    const z = logits + <usize>i * ldl;
    const g = gradient + <usize>i * ldg;
    const target = load<i32>(targets + <usize>i * 4);
    if (target < 0) memory.fill(g, 0, <usize>cols * 4);
    else oneRow(cols, z, target, g, found + <usize>i * 16);
  }
}

function oneRow(cols: i32, z: usize, target: i32, g: usize, found: usize): void {
  const max = largest(cols, z);
  const m = f32x4.splat(max);
  let sums = f32x4.splat(0);
  for (let j = 0; j < cols; j += 4) {
    const at = <usize>j * 4;
    const p = exp4(f32x4.sub(v128.load(z + at), m));
    store4(g + at, p, cols - j);
    sums = f32x4.add(sums, cols - j >= 4 ? p : load4(g + at, cols - j));
  }
  const sum = sum4(sums);
  const s = f32x4.splat(sum);
  for (let j = 0; j < cols; j += 4) {
    const at = <usize>j * 4;
    store4(g + at, f32x4.div(v128.load(g + at), s), cols - j);
  }
  const place = g + <usize>target * 4;
  store<f32>(place, load<f32>(place) - 1);
  const score = load<f32>(z + <usize>target * 4);
  store<f32>(found, sum);
  store<f32>(found, score - max, 4);
  store<f32>(found, score == max && isFirst(z, target, max) ? 1 : 0, 8);
}

/** The largest that is a number. */
@inline
function largest(cols: i32, z: usize): f32 {
  let m = f32x4.splat(-Infinity);
  const whole = cols & ~3;
  for (let j = 0; j < whole; j += 4) m = f32x4.pmax(m, v128.load(z + <usize>j * 4));
  let max: f32 = -Infinity;
  for (let j = whole; j < cols; j++) if (load<f32>(z + <usize>j * 4) > max) max = load<f32>(z + <usize>j * 4);
  if (f32x4.extract_lane(m, 0) > max) max = f32x4.extract_lane(m, 0);
  if (f32x4.extract_lane(m, 1) > max) max = f32x4.extract_lane(m, 1);
  if (f32x4.extract_lane(m, 2) > max) max = f32x4.extract_lane(m, 2);
  if (f32x4.extract_lane(m, 3) > max) max = f32x4.extract_lane(m, 3);
  return max;
}

function isFirst(z: usize, target: i32, max: f32): bool {
  for (let j = 0; j < target; j++) if (load<f32>(z + <usize>j * 4) == max) return false;
  return true;
}
