import type { Cell, State, Weights } from "../cells/cell.js";
import { checkSameShape, type Matrix } from "../math/matrix.js";
import { zerosLike } from "../math/weights.js";
import { backwardSteps } from "./backward-steps.js";
import { globalNorm } from "./clip.js";
import type { Unrolled } from "./unroll.js";

/**
 * How much of the gradient of a loss at the last step arrives at each earlier one: ‖∂E/∂h_{T−1−d}‖ by distance d.
 * Through padding it passes unchanged.
 *
 * @param cell the cell that was unrolled
 * @param weights the weights it was unrolled with
 * @param run what `unroll` returned
 * @param dhLast ∂E/∂h_{T−1}, B×H
 * @param part the part of the state whose gradient is measured: "h", or of an LSTM "c"
 * @returns T+1 norms, over the whole batch: at index 0 that of the last step itself, at index T that of the initial state
 * @throws when dhLast has another shape than h, or the state has no such part
 *
 * @example
 * const cell = rnn(1, 8);
 * const weights = cell.init(random(1));
 * const run = unroll(cell, weights, buildSequence(50, 4, 1, (t, i) => Math.sin(t + i)));
 * const norms = gradientNorms(cell, weights, run, build(4, 8, () => 1));
 * console.log(norms[50] < norms[0]); // true: it vanishes
 */
export function gradientNorms<W extends Weights, S extends State, Cache>(
  cell: Cell<W, S, Cache>,
  weights: W,
  run: Unrolled<S, Cache>,
  dhLast: Matrix,
  { part = "h" }: { part?: keyof S & string } = {},
): number[] {
  if (!(part in run.finalState)) {
    const known = Object.keys(run.finalState).join(", ");
    throw new RangeError(`gradientNorms: the state has no part "${part}", expected one of ${known}`);
  }
  checkSameShape("gradientNorms: dhLast and h", dhLast, run.finalState.h);
  const dLast: S = { ...zerosLike(run.finalState), h: dhLast };
  const norm = (dState: S) => globalNorm({ part: dState[part]! });
  const norms = [norm(dLast)];
  for (const { dState } of backwardSteps(cell, weights, run, dLast)) norms.push(norm(dState));
  return norms;
}
