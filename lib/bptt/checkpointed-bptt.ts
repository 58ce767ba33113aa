import type { Cell, State, Weights } from "../cells/cell.js";
import { checkCount } from "../math/check-options.js";
import { addInto } from "../math/elementwise.js";
import type { Lengths } from "../math/lengths.js";
import type { Matrix } from "../math/matrix.js";
import type { Sequence } from "../math/sequence.js";
import { copyWeights, zerosLike } from "../math/weights.js";
import { backwardSteps } from "./backward-steps.js";
import { checkWalk } from "./check-walk.js";
import { hasPadding, heldBeyond } from "./padding.js";
import type { LossGradient } from "./truncated-bptt.js";

export interface CheckpointOptions<S> {
  /** Steps from one kept state to the next; by default √T, rounded up. */
  readonly segment?: number;
  /** The state before the first step; by default the cell's own, in the precision of x. */
  readonly initialState?: S;
  /** How many steps each sequence has, 1 … T; by default T. */
  readonly lengths?: Lengths | undefined;
  /** ∂E/∂state_{T−1}, for what reads the final state; by default zeros. */
  readonly dFinalState?: S;
}

/**
 * Back-propagation through time in little memory: the gradients of `bptt`, for twice the forward steps.
 *
 * On the way forward only the state at the border of each segment of √T steps is kept. On the way back, segment after
 * segment from the last, the steps are run again from there, and gone back through. So there are never more than √T
 * kept states and the caches of one segment, where `unroll` keeps T caches.
 *
 * @param cell any cell
 * @param weights its weights
 * @param x T×B×D, T ≥ 1
 * @param dh called with the output h_t in the order of the way back, t = T−1, …, 0: gives ∂E_t/∂h_t
 * @returns what `bptt` returns, and the state after the last step
 * @throws when the segment is not a whole number ≥ 1, x has no step, a length is not in 1 … T, or a shape does not fit
 * @see Chen, Xu, Zhang & Guestrin 2016, Training deep nets with sublinear memory cost; Gruslys et al. 2016,
 *   Memory-efficient backpropagation through time
 *
 * @example
 * const cell = rnn(1, 4);
 * const weights = cell.init(random(1));
 * const x = buildSequence(100, 2, 1, (t) => Math.sin(t / 5));
 * const lastOnly = (h: Matrix, t: number) => (t === 99 ? h : undefined); // E = ½·‖h_99‖²
 * const { gradients } = checkpointedBptt(cell, weights, x, lastOnly); // keeps 10 states
 */
export function checkpointedBptt<W extends Weights, S extends State, Cache>(
  cell: Cell<W, S, Cache>,
  weights: W,
  x: Sequence,
  dh: LossGradient,
  options: CheckpointOptions<S> = {},
): { gradients: W; dx: Matrix[]; dInitialState: S; finalState: S } {
  checkWalk("checkpointedBptt", weights, x, options.lengths);
  const T = x.steps;
  const { segment = Math.ceil(Math.sqrt(T)), initialState, lengths, dFinalState } = options;
  checkCount("checkpointedBptt", "segment", segment, 1);

  // borders[n] is the state before step n·segment
  const borders = [initialState ?? copyWeights(cell.initialState(x.batch), x.precision)];
  for (let from = 0; from + segment < T; from += segment) {
    let state = borders.at(-1)!;
    for (let t = from; t < from + segment; t++) state = stepAt(cell, weights, x, t, state, lengths).state;
    borders.push(state);
  }

  const gradients = zerosLike(weights);
  const dx: Matrix[] = new Array(T);
  let finalState: S | undefined;
  let dState = dFinalState;
  while (borders.length > 0) {
    const from = (borders.length - 1) * segment;
    const states: S[] = [];
    const caches: Cache[] = [];
    let state = borders.pop()!;
    for (let t = from; t < Math.min(from + segment, T); t++) {
      const step = stepAt(cell, weights, x, t, state, lengths);
      state = step.state;
      states.push(state);
      caches.push(step.cache);
    }
    finalState ??= state;
    dState ??= zerosLike(state);
    const run = { caches, lengths: lengths && Array.from(lengths, (length) => length - from) };
    for (const step of backwardSteps(cell, weights, run, dState, (t) => dh(states[t]!.h, from + t))) {
      for (const name of Object.keys(gradients)) addInto(gradients[name]!, step.gradients[name]!);
      dx[from + step.t] = step.dx;
      dState = step.dState;
    }
  }
  return { gradients, dx, dInitialState: dState!, finalState: finalState! };
}

/** One step forward; where a sequence has ended, its state is kept. */
function stepAt<W extends Weights, S extends State, Cache>(
  cell: Cell<W, S, Cache>,
  weights: W,
  x: Sequence,
  t: number,
  before: S,
  lengths: Lengths | undefined,
): { state: S; cache: Cache } {
  const { state, cache } = cell.forward(weights, x.at(t), before);
  return { state: hasPadding(lengths, t) ? heldBeyond(lengths, t, before, state) : state, cache };
}
