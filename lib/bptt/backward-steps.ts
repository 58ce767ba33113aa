import type { Cell, State, Weights } from "../cells/cell.js";
import { add } from "../math/elementwise.js";
import { checkSameShape, type Matrix } from "../math/matrix.js";
import { hasPadding, heldBeyond, zeroBeyond } from "./padding.js";
import type { Unrolled } from "./unroll.js";

/** What the backward pass knows after it has gone through step t. */
export interface BackwardStep<W, S> {
  readonly t: number;
  /** ∂E/∂x_t, B×D. */
  readonly dx: Matrix;
  /** ∂E/∂state_{t−1}. */
  readonly dState: S;
  /** Step t's part of ∂E/∂weights. */
  readonly gradients: W;
}

/**
 * The backward pass as a walk, for those who want to look at it on its way, or to stop: t = T−1, …, 0.
 *
 *     ∂E/∂state_t = what comes back from step t+1  +  (∂E_t/∂h_t in its part h)
 *
 * @param cell the cell that was unrolled
 * @param weights the weights it was unrolled with
 * @param run what `unroll` returned, or as much of it as is gone back through
 * @param dState ∂E/∂state_{T−1} from behind the last step; zeros if nothing comes from there
 * @param dh gives ∂E_t/∂h_t, B×H, or undefined where no loss reads step t
 * @throws when a gradient has another shape than the state
 *
 * @example
 * const cell = rnn(3, 4);
 * const weights = cell.init(random(1));
 * const run = unroll(cell, weights, buildSequence(5, 2, 3, (t) => t / 5));
 * for (const { t, dState } of backwardSteps(cell, weights, run, run.finalState)) {
 *   console.log(t, globalNorm(dState)); // 4, 3, 2, 1, 0 and how much of a gradient is left
 * }
 */
export function* backwardSteps<W extends Weights, S extends State, Cache>(
  cell: Cell<W, S, Cache>,
  weights: W,
  { caches, lengths }: Pick<Unrolled<S, Cache>, "caches" | "lengths">,
  dState: S,
  dh: (t: number) => Matrix | undefined = () => undefined,
): Generator<BackwardStep<W, S>> {
  let dLater = dState;
  for (let t = caches.length - 1; t >= 0; t--) {
    const dOwn = dh(t);
    if (dOwn) {
      checkSameShape(`bptt: dh at step ${t}`, dOwn, dLater.h);
      dLater = { ...dLater, h: add(dLater.h, dOwn) };
    }
    // where a sequence has ended, its state was kept, and so is the gradient on its way back
    const isPadded = hasPadding(lengths, t);
    const step = cell.backward(weights, isPadded ? zeroBeyond(lengths!, t, dLater) : dLater, caches[t]!);
    dLater = isPadded ? heldBeyond(lengths!, t, dLater, step.dState) : step.dState;
    yield { ...step, t, dState: dLater };
  }
}
