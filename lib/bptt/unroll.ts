import type { Cell, State, Weights } from "../cells/cell.js";
import type { Lengths } from "../math/lengths.js";
import type { Sequence } from "../math/sequence.js";
import { copyWeights } from "../math/weights.js";
import { checkWalk } from "./check-walk.js";
import { hasPadding, heldBeyond } from "./padding.js";

/** A cell's walk along a sequence: what back-propagation through time has to know. */
export interface Unrolled<S, Cache> {
  /** state_t after each of the T steps. */
  readonly states: readonly S[];
  /** What `backward` needs of each step. */
  readonly caches: readonly Cache[];
  readonly initialState: S;
  /** The state after the last step, to go on from. */
  readonly finalState: S;
  /** How many steps each sequence has; undefined where all have T. */
  readonly lengths?: Lengths | undefined;
}

/**
 * The unrolled forward pass: the same cell, with the same weights, at every step.
 *
 *     state_t = cell(x_t, state_{t−1}),  t = 0 … T−1
 *
 * @param cell any cell
 * @param weights its weights
 * @param x T×B×D, T ≥ 1
 * A sequence that is shorter than T keeps its state from its last step on: what stands behind it changes nothing.
 *
 * @param initialState state_{−1}; by default the cell's own, in the precision of x
 * @param lengths how many steps each sequence has, 1 … T; by default T
 * @returns all states and caches
 * @throws when there are no weights, x is no sequence or has no step, a shape does not fit the cell, or a length is not
 *   in 1 … T
 *
 * @example
 * const cell = rnn(3, 4);
 * const x = buildSequence(5, 2, 3, (t) => t / 5); // 5 steps, 2 sequences
 * const { states, finalState } = unroll(cell, cell.init(random(1)), x);
 * console.log(states.length, finalState.h.rows, finalState.h.cols); // 5 2 4
 */
export function unroll<W extends Weights, S extends State, Cache>(
  cell: Cell<W, S, Cache>,
  weights: W,
  x: Sequence,
  options: { initialState?: S | undefined; lengths?: Lengths | undefined } = {},
): Unrolled<S, Cache> {
  const { lengths } = options;
  checkWalk("unroll", weights, x, lengths);
  const initialState = options.initialState ?? copyWeights(cell.initialState(x.batch), x.precision);
  const states: S[] = [];
  const caches: Cache[] = [];
  let state = initialState;
  for (let t = 0; t < x.steps; t++) {
    const step = cell.forward(weights, x.at(t), state);
    state = hasPadding(lengths, t) ? heldBeyond(lengths, t, state, step.state) : step.state;
    states.push(state);
    caches.push(step.cache);
  }
  return { states, caches, initialState, finalState: state, lengths };
}
