import type { Cell, State, Weights } from "../cells/cell.js";
import { addInto } from "../math/elementwise.js";
import type { Matrix } from "../math/matrix.js";
import { Sequence } from "../math/sequence.js";
import { copyWeights, zerosLike } from "../math/weights.js";
import { backwardSteps } from "./backward-steps.js";
import { checkWalk } from "./check-walk.js";

/** ∂E_t/∂h_t, B×H, of the loss that reads the output h_t; undefined where none does. */
export type LossGradient = (h: Matrix, t: number) => Matrix | undefined;

export interface TruncationOptions<S> {
  /** k₁ ≥ 1: steps from one backward pass to the next. */
  readonly k1: number;
  /** k₂ ≥ k₁: steps that a backward pass goes back; by default k₁. */
  readonly k2?: number;
  /** The state before the first step; by default the cell's own, in the precision of x. */
  readonly initialState?: S;
}

/** A backward pass over the last steps of a stream. */
export interface TruncatedPass<W, S> {
  /** Steps read so far. */
  readonly steps: number;
  /** The state after them, which is carried on. */
  readonly state: S;
  /** The gradient of the losses of the last k₁ steps, which has gone back k₂ steps at most. */
  readonly gradients: W;
  /** ∂E/∂x of the steps that it went through, the earliest first. */
  readonly dx: readonly Matrix[];
}

/**
 * Truncated back-propagation through time, over a stream without an end: the state is carried on for ever, gradients go
 * back k₂ steps.
 *
 *     every k₁ steps:  ∂E/∂weights of E = E_{t−k₁+1} + … + E_t,  through the steps t−k₂+1 … t alone
 *
 * The loss of each step counts in one pass, once. With k₁ = k₂ the stream falls into pieces that gradients do not
 * leave; with k₂ > k₁ the loss of every step goes back k₂−k₁+1 steps at least. The weights may change between two
 * passes: with k₂ > k₁ the pass then goes through steps that were run with slightly older ones, as in Williams & Peng.
 * Steps that remain when the stream ends get a last, shorter pass.
 *
 * @param cell any cell
 * @param weights its weights, read anew in every step
 * @param x T×B×D, or such chunks one after the other, of any numbers of steps
 * @param dh called with the output h_t right after step t = 0, 1, 2, …: gives ∂E_t/∂h_t
 * @returns the passes, one by one, as they are asked for
 * @throws when k1 or k2 is not a whole number ≥ 1, k2 < k1, or a chunk is empty or of another batch
 * @see Williams & Peng 1990, An efficient gradient-based algorithm for on-line training of recurrent network
 *   trajectories: BPTT(h; h′) with h = k₂ and h′ = k₁
 *
 * @example
 * const cell = rnn(1, 4);
 * const weights = cell.init(random(1));
 * const stream = buildSequence(100, 2, 1, (t) => Math.sin(t / 5));
 * const dh = (h: Matrix) => h; // E_t = ½·‖h_t‖²
 * for (const { gradients } of truncatedBptt(cell, weights, stream, dh, { k1: 10 })) {
 *   sgd({ learningRate: 0.01 }).step(weights, gradients); // ten times
 * }
 */
export function truncatedBptt<W extends Weights, S extends State, Cache>(
  cell: Cell<W, S, Cache>,
  weights: W,
  x: Sequence | Iterable<Sequence>,
  dh: LossGradient,
  options: TruncationOptions<S>,
): Generator<TruncatedPass<W, S>> {
  const { k1, k2 = k1 } = options;
  if (!(Number.isInteger(k1) && Number.isInteger(k2) && k1 >= 1 && k2 >= k1)) {
    throw new RangeError(
      `truncatedBptt: k1 is ${k1} and k2 is ${k2}, expected whole numbers 1 ≤ k1 ≤ k2: what is read between two passes must be gone through`,
    );
  }
  return passes(cell, weights, x instanceof Sequence ? [x] : x, dh, { ...options, k2 });
}

function* passes<W extends Weights, S extends State, Cache>(
  cell: Cell<W, S, Cache>,
  weights: W,
  chunks: Iterable<Sequence>,
  dh: LossGradient,
  { k1, k2, initialState }: TruncationOptions<S> & { k2: number },
): Generator<TruncatedPass<W, S>> {
  let state = initialState;
  let steps = 0;
  const caches: Cache[] = []; //                  of the last k₂ steps
  let fresh: (Matrix | undefined)[] = []; //  dh of the steps since the last pass

  const pass = (): TruncatedPass<W, S> => {
    const gradients = zerosLike(weights);
    const dx: Matrix[] = [];
    // a last pass with fewer than k₁ new steps begins where a full one would
    const window = { caches: caches.slice(-(k2 - k1 + fresh.length)) };
    const before = window.caches.length - fresh.length;
    for (const step of backwardSteps(cell, weights, window, zerosLike(state!), (t) => fresh[t - before])) {
      for (const name of Object.keys(gradients)) addInto(gradients[name]!, step.gradients[name]!);
      dx.unshift(step.dx);
    }
    fresh = [];
    return { steps, state: state!, gradients, dx };
  };

  for (const chunk of chunks) {
    checkWalk(`truncatedBptt, from step ${steps} on`, weights, chunk);
    state ??= copyWeights(cell.initialState(chunk.batch), chunk.precision);
    checkChunk(chunk, state, steps);
    for (let t = 0; t < chunk.steps; t++) {
      const step = cell.forward(weights, chunk.at(t), state);
      state = step.state;
      caches.push(step.cache);
      if (caches.length > k2) caches.shift();
      fresh.push(dh(state.h, steps++));
      if (fresh.length === k1) yield pass();
    }
  }
  if (fresh.length > 0) yield pass();
}

function checkChunk({ steps, batch, width }: Sequence, { h }: State, read: number): void {
  if (batch !== h.rows) {
    throw new RangeError(
      `truncatedBptt: the chunk from step ${read} on is ${steps}×${batch}×${width}, expected ${h.rows} sequences, as many as the state has rows`,
    );
  }
}
