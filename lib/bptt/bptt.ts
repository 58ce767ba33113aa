import type { Cell, State, Weights } from "../cells/cell.js";
import { addInto } from "../math/elementwise.js";
import type { Matrix } from "../math/matrix.js";
import { zerosLike } from "../math/weights.js";
import { backwardSteps } from "./backward-steps.js";
import type { Unrolled } from "./unroll.js";

/**
 * Back-propagation through time: the unrolled forward pass in reverse.
 *
 *     ∂E/∂h_t      =  ∂E_t/∂h_t  +  what comes back from step t+1
 *     ∂E/∂weights  =  Σ_t  step t's part
 *
 * @param cell the cell that was unrolled
 * @param weights the weights it was unrolled with
 * @param run what `unroll` returned
 * @param dh ∂E_t/∂h_t, B×H, at index t, for the steps whose output a loss has read: all of them, some, or only the last
 * @param dFinalState ∂E/∂state_{T−1}, for what reads the final state; by default zeros
 * @returns the gradients of the weights, of the input step by step (dx, T times B×D) and of the initial state
 * @throws when dh holds a step that was not run, or a gradient has another shape than the state
 * @see Werbos 1990, Backpropagation through time: what it does and how to do it
 *
 * @example
 * const cell = rnn(3, 4);
 * const weights = cell.init(random(1));
 * const run = unroll(cell, weights, buildSequence(5, 2, 3, (t) => t / 5));
 * const dh = [];
 * dh[4] = build(2, 4, () => 1); // E = the sum of the last output
 * const { gradients } = bptt(cell, weights, run, dh);
 * console.log(gradients.W.rows, gradients.W.cols); // 7 4
 */
export function bptt<W extends Weights, S extends State, Cache>(
  cell: Cell<W, S, Cache>,
  weights: W,
  run: Unrolled<S, Cache>,
  dh: readonly (Matrix | undefined)[],
  { dFinalState = zerosLike(run.finalState) }: { dFinalState?: S | undefined } = {},
): { gradients: W; dx: Matrix[]; dInitialState: S } {
  const T = run.states.length;
  if (dh.length > T) throw new RangeError(`bptt: dh has ${dh.length} steps, the forward pass had ${T}`);

  const gradients = zerosLike(weights);
  const dx: Matrix[] = new Array(T);
  let dInitialState = dFinalState;
  for (const step of backwardSteps(cell, weights, run, dFinalState, (t) => dh[t])) {
    dx[step.t] = step.dx;
    dInitialState = step.dState;
    for (const name of Object.keys(gradients)) addInto(gradients[name]!, step.gradients[name]!);
  }
  return { gradients, dx, dInitialState };
}
