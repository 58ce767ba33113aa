import { addInto } from "../math/elementwise.js";
import { checkLengths } from "../math/lengths.js";
import { copy, Matrix, zeros } from "../math/matrix.js";
import { allocate } from "../math/precision.js";
import { scan, scanBackward } from "../math/scan.js";
import { Sequence } from "../math/sequence.js";
import { checkStep, type SequenceOptions, type SequenceRun, type Weights } from "./cell.js";

/**
 * a and b of all steps, one under the other, T·B rows without gaps, and the way back from them to the input and the
 * weights. Where there is padding, a and b are overwritten.
 */
export interface Line<W extends Weights> {
  readonly a: Matrix;
  readonly b: Matrix;
  backward(da: Matrix, db: Matrix): { dX: Matrix; gradients: W };
}

/**
 * Runs a cell of the form h_t = a_t∗h_{t−1} + b_t, whose a and b see the input alone, over all steps at once: one
 * product over T·B rows, then a parallel scan.
 *
 * @param line X, T·B×D → a and b, T·B×H
 * @throws when x has no step or no sequence, or x, the initial state or the lengths have another shape
 */
export function linearSequence<W extends Weights>(
  name: string,
  { inputSize, hiddenSize }: { inputSize: number; hiddenSize: number },
  x: Sequence,
  line: (X: Matrix) => Line<W>,
  { initialState, lengths }: SequenceOptions<{ h: Matrix }>,
): SequenceRun<W, { h: Matrix }> {
  const { steps: T, batch: B, width: D } = x;
  if (T === 0 || B === 0 || D !== inputSize) {
    throw new RangeError(
      `${name}: x is ${T}×${B}×${D}, expected at least one step and one sequence, and inputSize ${inputSize} columns`,
    );
  }
  if (lengths) checkLengths(name, lengths, T, B);
  const h0 = initialState?.h ?? zeros(B, hiddenSize, x.precision);
  checkStep(name, { inputSize, hiddenSize }, x.at(0), h0);
  /** Overwrites what is padding. */
  const pad = (rows: Matrix, value: number) => {
    for (let i = 0; lengths && i < B; i++) {
      for (let t = lengths[i]!; t < T; t++) {
        const start = rows.offset + (t * B + i) * rows.stride;
        rows.data.fill(value, start, start + rows.cols);
      }
    }
  };

  const { a, b, backward } = line(rowsOf(x));
  pad(a, 1);
  pad(b, 0);
  const [factors, terms] = [stepsOf(a, T), stepsOf(b, T)];
  const y = scan(factors, terms, h0);

  return {
    y,
    finalState: { h: copy(y.at(T - 1)) },

    backward(dy, dFinalState) {
      const dh = new Sequence(T, B, hiddenSize, dy ? dy.data.slice() : allocate(y.data.length, y.precision));
      if (dFinalState) addInto(dh.at(T - 1), dFinalState.h);
      const { da, db, dh0 } = scanBackward(factors, h0, y, dh);
      const [dA, dB] = [rowsOf(da), rowsOf(db)];
      pad(dA, 0);
      pad(dB, 0);
      const { dX, gradients } = backward(dA, dB);
      return { gradients, dx: stepsOf(dX, T), dInitialState: { h: dh0 } };
    },
  };
}

/** T×B×N as T·B rows: the same numbers. */
function rowsOf({ steps, batch, width, data }: Sequence): Matrix {
  return new Matrix(steps * batch, width, data);
}

/** T·B rows without gaps as T×B×N: the same numbers. */
function stepsOf({ rows, cols, data }: Matrix, steps: number): Sequence {
  return new Sequence(steps, rows / steps, cols, data);
}
