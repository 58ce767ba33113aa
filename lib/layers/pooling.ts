import { checkChoice, checkCount } from "../math/check-options.js";
import { checkLengths } from "../math/lengths.js";
import { copy, Matrix, zeros } from "../math/matrix.js";
import { allocate, widest } from "../math/precision.js";
import { Sequence } from "../math/sequence.js";
import type { Layer, NoState } from "./layer.js";

/** What has been pooled so far, B×D, and over how many steps, B×1. */
export type PooledState = { readonly pooled: Matrix; readonly seen: Matrix };

/**
 * Keeps of each number the largest value, or the mean, of all steps so far: a summary that forgets no step. On top of a
 * recurrent layer it takes the place of the last state, so that a classifier reads what any step has found.
 *
 *     y_t = (1 − s_t)∗y_{t−1} + s_t∗x_t,   max: s_t = [x_t > y_{t−1}],   mean: s_t = 1/t,   s_1 = 1
 *
 * It is a gated unit whose gate is not learned, and the way back is that of a gate: the gradient of a maximum goes to the
 * step that was the largest, the first one of several; that of a mean in equal parts to all steps.
 *
 * @param width D, the width of x_t
 * @param kind "max" or "mean"
 * @returns a layer without weights; its state is what has been pooled, which is its summary, too
 * @throws when the width is not a whole number ≥ 1, there is no such kind, or later x has another width
 * @see Collobert & Weston 2008, A unified architecture for natural language processing, section 3.3 (max over time)
 *
 * @example
 * const x = buildSequence(3, 1, 2, (t, _, j) => (j === 0 ? t : -t)); // 0 0, 1 −1, 2 −2
 * console.log(pooling(2, "max").forward({}, x).y.flat().toRows()); // [[0, 0], [1, 0], [2, 0]]
 *
 * const mood = classifier(stacked(embedding(1000, 16), lstm(16, 32), pooling(32, "max")), 2);
 */
export function pooling(width: number, kind: "max" | "mean"): Layer<NoState, PooledState> {
  checkCount("pooling", "width", width, 1);
  checkChoice("pooling", "kind", kind, ["max", "mean"]);
  return {
    inputSize: width,
    outputSize: width,
    init: () => ({}),
    initialState: (batch) => ({ pooled: zeros(batch, width), seen: zeros(batch, 1) }),

    forward(_, x, { initialState, lengths } = {}) {
      if (x.width !== width) {
        throw new RangeError(`pooling: x has ${x.width} columns, the layer was made for width ${width}`);
      }
      const { steps, batch } = x;
      if (lengths) checkLengths("pooling", lengths, steps, batch);
      const precision = initialState ? widest(x.precision, initialState.pooled.precision) : x.precision;
      const step = batch * width;
      const y = allocate(steps * step, precision);
      const shares = allocate(steps * step, precision); // s_t; 0 in the padding
      const seen = initialState ? copy(initialState.seen, precision) : zeros(batch, 1, precision);
      let before = (initialState ? copy(initialState.pooled, precision) : zeros(batch, width, precision)).data;
      for (let t = 0; t < steps; t++) {
        for (let i = 0; i < batch; i++) {
          const ended = lengths !== undefined && t >= lengths[i]!;
          const n = ended ? 0 : ++seen.data[i]!;
          for (let r = i * width; r < (i + 1) * width; r++) {
            const k = t * step + r;
            const s = ended ? 0 : n === 1 ? 1 : kind === "mean" ? 1 / n : x.data[k]! > before[r]! ? 1 : 0;
            shares[k] = s;
            y[k] = s === 1 ? x.data[k]! : s === 0 ? before[r]! : before[r]! + s * (x.data[k]! - before[r]!);
          }
        }
        before = y.subarray(t * step, (t + 1) * step);
      }
      return {
        y: new Sequence(steps, batch, width, y),
        finalState: { pooled: new Matrix(batch, width, before), seen },
        backward(dy, dFinalState) {
          const d = (dFinalState ? copy(dFinalState.pooled, precision) : zeros(batch, width, precision)).data;
          const dx = allocate(steps * step, precision);
          for (let k = steps * step - 1; k >= 0; k--) {
            const r = k % step;
            const dHere = d[r]! + (dy?.data[k] ?? 0);
            dx[k] = shares[k]! * dHere;
            d[r] = dHere - dx[k]!;
          }
          const dInitialState = { pooled: new Matrix(batch, width, d), seen: zeros(batch, 1, precision) };
          return { gradients: {}, dx: new Sequence(steps, batch, width, dx), dInitialState };
        },
      };
    },

    summary: ({ pooled }) => pooled,
    summaryBackward: (dSummary) => ({ pooled: dSummary, seen: zeros(dSummary.rows, 1, dSummary.precision) }),
  };
}
