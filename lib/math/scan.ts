import { addInto, mul } from "./elementwise.js";
import { checkSameShape, copyInto, type Matrix, zeros } from "./matrix.js";
import { allocate, widest } from "./precision.js";
import { Sequence } from "./sequence.js";

/**
 * A linear recurrence without a walk from step to step:
 *
 *     h_t = a_t∗h_{t−1} + b_t   for all t at once
 *
 * Two steps in a row are one step of the same form, a_2∗(a_1∗h + b_1) + b_2 = (a_2∗a_1)∗h + (a_2∗b_1 + b_2), and it does
 * not matter which neighbours are joined first. So pairs are joined, then pairs of pairs, up to the whole sequence; on
 * the way down the steps between are filled in from what lies before them. That is 2·log₂T rounds instead of T, and the
 * joins of one round do not wait for each other; in all there are less than 2T of them.
 *
 * @param a T×B×H
 * @param b T×B×H
 * @param h0 h_{−1}, B×H
 * @returns h, T×B×H
 * @throws when the shapes differ, or there is no step
 * @see Blelloch 1990, Prefix sums and their applications, section 1.4
 *
 * @example
 * const a = buildSequence(4, 1, 1, () => 0.5);
 * const b = buildSequence(4, 1, 1, () => 1);
 * console.log(scan(a, b, zeros(1, 1)).data); // 1, 1.5, 1.75, 1.875
 */
export function scan(a: Sequence, b: Sequence, h0: Matrix): Sequence {
  checkSteps("scan", a, b, h0);
  const [T, size] = [a.steps, a.batch * a.width];
  const precision = widest(widest(a.precision, b.precision), h0.precision);
  const h = new Sequence(T, a.batch, a.width, allocate(b.data.length, precision));
  const [factor, sum] = [a.data.slice(), h.data];
  sum.set(b.data);

  // the first step takes h_{−1} in, so that nothing lies before it
  addInto(h.at(0), mul(a.at(0), h0));

  /** Joins step t, and all that is joined to it, to what ends at `before`. */
  const join = (t: number, before: number) => {
    for (let i = t * size, j = before * size; i < (t + 1) * size; i++, j++) {
      sum[i]! += factor[i]! * sum[j]!;
      factor[i]! *= factor[j]!;
    }
  };
  let span = 1;
  for (; span < T; span *= 2) for (let t = 2 * span - 1; t < T; t += 2 * span) join(t, t - span);
  for (; span >= 1; span /= 2) for (let t = 3 * span - 1; t < T; t += 2 * span) join(t, t - span);
  return h;
}

/**
 * Back through `scan`. The gradient g_t of h_t comes from its own loss and from step t+1, which is a linear recurrence
 * again, from the last step to the first:
 *
 *     g_t = ∂E/∂h_t + a_{t+1}∗g_{t+1},   ∂E/∂b_t = g_t,   ∂E/∂a_t = g_t∗h_{t−1},   ∂E/∂h_{−1} = a_0∗g_0
 *
 * @param a T×B×H, as given to `scan`
 * @param h0 h_{−1}, as given to `scan`
 * @param h what `scan` returned
 * @param dh ∂E/∂h_t of each step's own loss, T×B×H
 * @throws when the shapes differ
 *
 * @example
 * const a = buildSequence(4, 1, 1, () => 0.5);
 * const h = scan(a, a, zeros(1, 1));
 * const { db } = scanBackward(a, zeros(1, 1), h, buildSequence(4, 1, 1, (t) => (t === 3 ? 1 : 0)));
 * console.log(db.data); // 0.125, 0.25, 0.5, 1
 */
export function scanBackward(
  a: Sequence,
  h0: Matrix,
  h: Sequence,
  dh: Sequence,
): { da: Sequence; db: Sequence; dh0: Matrix } {
  checkSteps("scanBackward", a, h, h0);
  checkSteps("scanBackward", a, dh, h0);
  const { steps: T, batch: B, width: H } = a;
  // read backwards, step s is step T−1−s, whose factor stands one step later in time
  const later = new Sequence(T, B, H, allocate(a.data.length, a.precision));
  for (let t = 1; t < T; t++) copyInto(later.at(T - t), a.at(t));
  const db = reversed(scan(later, reversed(dh), zeros(B, H, dh.precision)));

  const da = new Sequence(T, B, H, allocate(a.data.length, widest(db.precision, h.precision)));
  for (let t = 0; t < T; t++) copyInto(da.at(t), mul(db.at(t), t === 0 ? h0 : h.at(t - 1)));
  return { da, db, dh0: mul(a.at(0), db.at(0)) };
}

/** The last step first. */
function reversed(sequence: Sequence): Sequence {
  const { steps, batch, width, precision } = sequence;
  const result = new Sequence(steps, batch, width, allocate(sequence.data.length, precision));
  for (let t = 0; t < steps; t++) copyInto(result.at(steps - 1 - t), sequence.at(t));
  return result;
}

function checkSteps(what: string, a: Sequence, other: Sequence, h0: Matrix): void {
  if (a.steps === 0 || a.steps !== other.steps) {
    throw new RangeError(`${what}: ${a.steps} and ${other.steps} steps, expected as many of both and at least one`);
  }
  checkSameShape(what, a.at(0), other.at(0));
  checkSameShape(what, a.at(0), h0);
}
