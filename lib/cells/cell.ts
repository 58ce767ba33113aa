import type { Lengths } from "../math/lengths.js";
import type { Matrix } from "../math/matrix.js";
import type { Random } from "../math/random.js";
import type { Sequence } from "../math/sequence.js";

/** Parameters, and their gradients, by name. */
export type Weights = Readonly<Record<string, Matrix>>;

/** What a cell remembers from step to step, each part B×H. Every cell has `h`, which is also its output. */
export type State = Weights & { readonly h: Matrix };

export interface SequenceOptions<S> {
  /** Where reading starts; by default zeros. */
  readonly initialState?: S | undefined;
  /** How many steps each sequence has, 1 … T; by default T. Behind its end it carries its state over. */
  readonly lengths?: Lengths | undefined;
}

/** A cell's walk along a whole sequence, and the way back. */
export interface SequenceRun<W extends Weights, S> {
  /** h_t of all steps, T×B×H. */
  readonly y: Sequence;
  readonly finalState: S;
  /** dy: ∂E/∂h_t of each step's own loss; dFinalState: what a reader of the final state sends back. */
  backward(dy: Sequence | undefined, dFinalState?: S): { gradients: W; dx: Sequence; dInitialState: S };
}

/**
 * A recurrent cell: one step of computation and its exact reverse.
 *
 * Unrolling, loss, clipping and optimisers know cells by this interface alone. A cell never mentions precision: its
 * results are float32 when all that goes in is, else float64.
 */
export interface Cell<W extends Weights, S extends State, Cache> {
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** How many numbers `init` draws: what there is to learn. */
  readonly parameterCount: number;

  init(random: Random): W;
  initialState(batch: number): S;

  /** (x_t, state_{t−1}) → state_t. x is B×inputSize. */
  forward(weights: W, x: Matrix, state: S): { state: S; cache: Cache };

  /**
   * ∂E/∂state_t → ∂E/∂x_t, ∂E/∂state_{t−1} and this step's part of ∂E/∂weights.
   * The caller has added the gradient of step t's own loss to `dState.h`.
   */
  backward(weights: W, dState: S, cache: Cache): { dx: Matrix; dState: S; gradients: W };

  /**
   * All steps at once, where the cell has a faster way than one after the other; a layer then takes it. Undefined where
   * there is none for these numbers.
   */
  sequence?(weights: W, x: Sequence, options?: SequenceOptions<S>): SequenceRun<W, S> | undefined;
}

/** @throws when x or the state has another shape than the cell was made for */
export function checkStep(name: string, cell: { inputSize: number; hiddenSize: number }, x: Matrix, h: Matrix): void {
  if (x.cols !== cell.inputSize) {
    throw new RangeError(`${name}: x has ${x.cols} columns, the cell was made for inputSize ${cell.inputSize}`);
  }
  if (h.rows !== x.rows || h.cols !== cell.hiddenSize) {
    throw new RangeError(
      `${name}: the state is ${h.rows}×${h.cols}, expected ${x.rows}×${cell.hiddenSize}: one row for each row of x, hiddenSize columns`,
    );
  }
}

/** @throws when a size of a cell is not a whole number ≥ 1 */
export function checkSizes(name: string, inputSize: number, hiddenSize: number): void {
  if (!(Number.isInteger(inputSize) && Number.isInteger(hiddenSize) && inputSize > 0 && hiddenSize > 0)) {
    throw new RangeError(
      `${name}: inputSize is ${inputSize} and hiddenSize is ${hiddenSize}, both must be whole numbers ≥ 1`,
    );
  }
}

/** @throws when a bias or a scale that weights start with is not a finite number */
export function checkStart(name: string, starts: Readonly<Record<string, number>>): void {
  for (const [option, value] of Object.entries(starts)) {
    if (!Number.isFinite(value)) throw new RangeError(`${name}: ${option} is ${value}, expected a finite number`);
  }
}

/** A source of numbers spread evenly over ±bound. */
export function evenly(bound: number, random: Random): () => number {
  return () => bound * (2 * random() - 1);
}
