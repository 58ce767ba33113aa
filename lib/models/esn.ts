import type { Cell, State, Weights } from "../cells/cell.js";
import { affine, concat } from "../math/affine.js";
import { checkCount } from "../math/check-options.js";
import { checkFinite } from "../math/finite.js";
import { copyInto, type Matrix, zeros } from "../math/matrix.js";
import type { Random } from "../math/random.js";
import { ridge } from "../math/ridge.js";
import { Sequence } from "../math/sequence.js";
import { copyWeights } from "../math/weights.js";

/** The reservoir's weights, and the read-out W_ho and b_o, which alone are trained: W is (D+H)×N, b 1×N. */
export type EsnWeights<W extends Weights> = { cell: W; readout: { W: Matrix; b: Matrix } };

export interface FitOptions<S> {
  /** Steps at the start that are read but not learned from, while the state forgets where it began; 0 … T−1. */
  readonly washout?: number;
  /** λ ≥ 0 of the ridge regression. */
  readonly ridge?: number;
  readonly initialState?: S;
}

export interface Esn<W extends Weights, S extends State> {
  readonly inputSize: number;
  readonly outputSize: number;

  /** A reservoir, and a read-out of zeros. */
  init(random: Random): EsnWeights<W>;

  /**
   * Sets the read-out to the ridge regression of the targets on what stands in x_t and h_t, in one step and in float64.
   *
   * @param weights `weights.readout` is overwritten
   * @param x T×B×D
   * @param targets T×B×N
   * @returns the state after the last step
   */
  fit(weights: EsnWeights<W>, x: Sequence, targets: Sequence, options?: FitOptions<S>): { finalState: S };

  /** The output after each step, T×B×N, and the state after the last one. */
  predict(weights: EsnWeights<W>, x: Sequence, options?: { readonly initialState?: S }): { y: Sequence; finalState: S };

  /**
   * Free running: reads `first`, and from then on its own outputs.
   *
   * @param first B×D: the last value that is known
   * @returns steps×B×N: the values after it
   */
  generate(
    weights: EsnWeights<W>,
    first: Matrix,
    steps: number,
    options?: { readonly initialState?: S },
  ): { y: Sequence; finalState: S };
}

/**
 * An echo-state network: a reservoir that is left as it is, and a linear read-out by ridge regression.
 *
 *     h_t = cell(x_t, h_{t−1}),   y_t = (x_t ‖ h_t)·W_ho + b_o
 *
 * Nothing goes back through time, so there is one linear system to solve and nothing to repeat.
 *
 * @param cell a `reservoir`, or any cell whose random states are rich enough
 * @param outputSize N, the width of a target
 * @returns the model
 * @throws when outputSize is not a whole number ≥ 1; later when shapes do not fit, a number is not finite, the washout
 *   leaves nothing to learn
 *   from, the ridge is too small for states that depend on one another, or `generate` is asked where N differs from D
 * @see Jaeger 2001, The "echo state" approach to analysing and training recurrent neural networks; Lukoševičius 2012,
 *   A practical guide to applying echo state networks, equations 4 and 9
 *
 * @example
 * const model = esn(reservoir(1, 50), 1);
 * const weights = model.init(random(1));
 * const wave = buildSequence(301, 1, 1, (t) => Math.sin(t / 5));
 * const [x, next] = [wave.slice(0, 300), wave.slice(1, 301)];
 * const { finalState } = model.fit(weights, x, next, { washout: 50, ridge: 1e-6 });
 * const { y } = model.generate(weights, wave.at(300), 10, { initialState: finalState }); // goes on: 10×1×1
 */
export function esn<W extends Weights, S extends State, Cache>(cell: Cell<W, S, Cache>, outputSize: number): Esn<W, S> {
  const { inputSize, hiddenSize } = cell;
  const [D, H, N] = [inputSize, hiddenSize, outputSize];
  if (!(Number.isInteger(N) && N >= 1)) {
    throw new RangeError(`esn: outputSize is ${N}, expected a whole number ≥ 1`);
  }
  const start = (x: Sequence) => copyWeights(cell.initialState(x.batch), x.precision);
  const read = ({ readout }: EsnWeights<W>, x: Matrix, { h }: S) => affine(concat(x, h), readout.W, readout.b);

  return {
    inputSize,
    outputSize,

    init(random) {
      return { cell: cell.init(random), readout: { W: zeros(D + H, N), b: zeros(1, N) } };
    },

    fit(weights, x, targets, { washout = 0, ridge: lambda = 1e-8, initialState = start(x) } = {}) {
      checkSeries(x);
      checkTargets(x, targets, N, washout);
      const B = x.batch;
      const seen = zeros((x.steps - washout) * B, 1 + D + H); // 1 ‖ x_t ‖ h_t, a row for each step of each sequence
      const wanted = zeros(seen.rows, N);
      let state = initialState;
      for (let t = 0; t < x.steps; t++) {
        state = cell.forward(weights.cell, x.at(t), state).state;
        if (t < washout) continue;
        const [from, to] = [(t - washout) * B, (t - washout + 1) * B];
        for (let i = from; i < to; i++) seen.set(i, 0, 1);
        copyInto(seen.rowRange(from, to).columns(1, 1 + D + H), concat(x.at(t), state.h));
        copyInto(wanted.rowRange(from, to), targets.at(t));
      }
      const solution = ridge(seen, wanted, lambda);
      copyInto(weights.readout.b, solution.rowRange(0, 1));
      copyInto(weights.readout.W, solution.rowRange(1, 1 + D + H));
      return { finalState: state };
    },

    predict(weights, x, { initialState = start(x) } = {}) {
      checkSeries(x);
      const y = new Sequence(x.steps, x.batch, N);
      let state = initialState;
      for (let t = 0; t < x.steps; t++) {
        state = cell.forward(weights.cell, x.at(t), state).state;
        copyInto(y.at(t), read(weights, x.at(t), state));
      }
      return { y, finalState: state };
    },

    generate(weights, first, steps, { initialState = cell.initialState(first.rows) } = {}) {
      checkCount("esn", "steps", steps, 1);
      checkFinite("esn: the first value", first);
      if (N !== D) {
        throw new RangeError(`esn: an output of ${N} numbers cannot be read as an input of ${D}: make outputSize ${D}`);
      }
      const y = new Sequence(steps, first.rows, N);
      let [x, state] = [first, initialState];
      for (let t = 0; t < steps; t++) {
        state = cell.forward(weights.cell, x, state).state;
        copyInto(y.at(t), read(weights, x, state));
        x = y.at(t);
      }
      return { y, finalState: state };
    },
  };
}

function checkSeries(x: Sequence): void {
  if (x.steps === 0 || x.batch === 0) {
    throw new RangeError(`esn: x is ${x.steps}×${x.batch}×${x.width}, expected at least one step and one sequence`);
  }
  checkFinite("esn: x, its steps one below the other,", x.flat());
}

function checkTargets(x: Sequence, targets: Sequence, outputSize: number, washout: number): void {
  if (targets.steps !== x.steps || targets.batch !== x.batch || targets.width !== outputSize) {
    throw new RangeError(
      `esn: the targets are ${targets.steps}×${targets.batch}×${targets.width}, expected ${x.steps}×${x.batch}×${outputSize}: one for each step of x`,
    );
  }
  if (!(Number.isInteger(washout) && washout >= 0 && washout < x.steps)) {
    throw new RangeError(
      `esn: the washout is ${washout} steps of ${x.steps}, expected a whole number from 0 to ${x.steps - 1}: something must be left to learn from`,
    );
  }
}
