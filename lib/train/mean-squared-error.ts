import { checkLengths, type Lengths } from "../math/lengths.js";
import { Matrix } from "../math/matrix.js";
import { allocate, widest } from "../math/precision.js";
import { Sequence } from "../math/sequence.js";

/**
 * How far predictions lie from numbers, and the way back: the loss of regression.
 *
 *     E = (1/M) Σ (y − target)²,  ∂E/∂y = (2/M)·(y − target),  M the number of entries that are no padding
 *
 * @param y B×D, or T×B×D for a prediction at each step
 * @param target of the same shape
 * @param lengths of sequences: how many steps of each are real; what lies behind counts for nothing
 * @returns the loss and dy, of the shape of y, with zeros at padding
 * @throws when the shapes differ or hold nothing, or a length is not in 1 … T
 *
 * @example
 * const { loss, dy } = meanSquaredError(matrix([[1, 2]]), matrix([[0, 0]]));
 * console.log(loss, dy.toRows()); // 2.5 [[1, 2]]
 */
export function meanSquaredError(y: Matrix, target: Matrix): { loss: number; dy: Matrix };
export function meanSquaredError(
  y: Sequence,
  target: Sequence,
  options?: { lengths?: Lengths },
): { loss: number; dy: Sequence };
export function meanSquaredError(
  y: Matrix | Sequence,
  target: Matrix | Sequence,
  { lengths }: { lengths?: Lengths } = {},
): { loss: number; dy: Matrix | Sequence } {
  const [shape, expected] = [shapeOf(y), shapeOf(target)];
  if (`${shape}` !== `${expected}` || shape.includes(0)) {
    throw new RangeError(
      `meanSquaredError: y is ${shape.join("×")} and target ${expected.join("×")}, expected one shape without 0`,
    );
  }
  if (y instanceof Matrix) return squares(y, target as Matrix, () => true);
  const { steps: T, batch: B, width: D } = y;
  if (lengths) checkLengths("meanSquaredError", lengths, T, B);
  const real = (row: number) => !lengths || Math.floor(row / B) < lengths[row % B]!;
  const { loss, dy } = squares(new Matrix(T * B, D, y.data), new Matrix(T * B, D, target.data), real);
  return { loss, dy: new Sequence(T, B, D, dy.data) };
}

/** The mean over the rows that are real. */
function squares(y: Matrix, target: Matrix, real: (row: number) => boolean): { loss: number; dy: Matrix } {
  const { rows, cols } = y;
  const dy = new Matrix(rows, cols, allocate(rows * cols, widest(y.precision, target.precision)));
  let [sum, realRows] = [0, 0];
  for (let i = 0; i < rows; i++) if (real(i)) realRows++;
  const M = realRows * cols;
  for (let i = 0; i < rows; i++) {
    if (!real(i)) continue;
    let p = y.offset + i * y.stride;
    let q = target.offset + i * target.stride;
    for (let j = 0, r = i * cols; j < cols; j++, p++, q++, r++) {
      const error = y.data[p]! - target.data[q]!;
      sum += error * error;
      dy.data[r] = (2 * error) / M;
    }
  }
  return { loss: sum / M, dy };
}

const shapeOf = (a: Matrix | Sequence): number[] =>
  a instanceof Matrix ? [a.rows, a.cols] : [a.steps, a.batch, a.width];
