import type { Lengths } from "../math/lengths.js";
import type { Matrix } from "../math/matrix.js";
import type { Random } from "../math/random.js";
import type { Sequence } from "../math/sequence.js";
import type { WeightTree } from "../math/weights.js";

export interface RunOptions<S> {
  /** Where reading starts; by default the layer's own initial state. */
  readonly initialState?: S | undefined;
  /** How many steps each sequence has, 1 … T; by default T. */
  readonly lengths?: Lengths | undefined;
  /** There only in training: dropout draws from it. */
  readonly random?: Random | undefined;
}

/** A layer's walk along a batch of sequences, and the way back. */
export interface LayerRun<W extends WeightTree, S extends WeightTree> {
  /** T×B×outputSize. */
  readonly y: Sequence;
  /** The state after each sequence's last step, to go on from. */
  readonly finalState: S;

  /**
   * @param dy ∂E/∂y, T×B×outputSize; undefined where nobody reads the outputs
   * @param dFinalState ∂E/∂finalState, where somebody reads it
   * @returns gradients of the weights, of the input (where it is made of numbers) and of the initial state
   */
  backward(dy: Sequence | undefined, dFinalState?: S): { gradients: W; dx: Sequence | undefined; dInitialState: S };
}

/**
 * A network from sequence to sequence: a cell at every step, or what is built from such.
 *
 * Padding changes nothing: neither outputs within a sequence's length, nor its final state, nor a gradient.
 */
export interface Layer<W extends WeightTree = WeightTree, S extends WeightTree = WeightTree, X = Sequence> {
  readonly inputSize: number;
  readonly outputSize: number;
  /** Whether what it says at a step depends on later steps: such a layer cannot predict what comes next. */
  readonly looksAhead?: boolean;

  init(random: Random): W;
  initialState(batch: number): S;
  forward(weights: W, x: X, options?: RunOptions<S>): LayerRun<W, S>;

  /** What the layer knows when it has read everything, B×outputSize. */
  summary(finalState: S): Matrix;
  /** ∂E/∂summary → ∂E/∂finalState. */
  summaryBackward(dSummary: Matrix): S;
}

/** The state of a layer that remembers nothing. */
export type NoState = Record<never, never>;
