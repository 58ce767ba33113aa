import { checkFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { Sequence } from "../math/sequence.js";

/**
 * The normalised root mean square error of a prediction: 0 is perfect, 1 is as good as to say the mean all the time.
 *
 *     NRMSE = √(mean((p − y)²)) / σ,   σ² = mean((y − mean of y)²)
 *
 * Both means run over all entries; the mean of y is that of each column (each of the D numbers of a step) for itself.
 *
 * @param predicted p, T×B×D or rows × D
 * @param target y, of the same shape
 * @param deviation σ > 0, where that of a longer series is known better; by default the target's own
 * @returns a number ≥ 0
 * @throws when the shapes differ, nothing is there, a number is not finite, or the target does not vary
 *
 * @example
 * console.log(nrmse(matrix([[1], [2], [4]]), matrix([[1], [2], [3]]))); // √(1/3) / √(2/3) = 0.707…
 */
export function nrmse<M extends Matrix | Sequence>(
  predicted: M,
  target: M,
  { deviation }: { deviation?: number } = {},
): number {
  const [p, y] = [asRows(predicted), asRows(target)];
  if (shapeOf(predicted) !== shapeOf(target)) {
    throw new RangeError(
      `nrmse: the prediction is ${shapeOf(predicted)} and the target ${shapeOf(target)}, expected one shape`,
    );
  }
  if (y.length === 0) throw new RangeError(`nrmse: the target is ${shapeOf(target)}, expected at least one number`);
  checkFinite("nrmse: the prediction", matrixOf(predicted));
  checkFinite("nrmse: the target", matrixOf(target));
  const sigma = deviation ?? deviationOf(y);
  if (!(sigma > 0 && sigma < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`nrmse: the target's deviation is ${sigma}, expected one > 0: measure on values that vary`);
  }
  return Math.sqrt(meanSquare(y.map((row, i) => row.map((value, j) => p[i]![j]! - value)))) / sigma;
}

function deviationOf(rows: readonly number[][]): number {
  const means = rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length);
  return Math.sqrt(meanSquare(rows.map((row) => row.map((value, j) => value - means[j]!))));
}

function meanSquare(rows: readonly number[][]): number {
  const squares = rows.flat().map((value) => value * value);
  return squares.reduce((sum, square) => sum + square, 0) / squares.length;
}

/** A sequence's steps one after the other. */
function asRows(values: Matrix | Sequence): number[][] {
  return matrixOf(values).toRows();
}

const matrixOf = (values: Matrix | Sequence): Matrix => (values instanceof Sequence ? values.flat() : values);

function shapeOf(values: Matrix | Sequence): string {
  if (!(values instanceof Sequence)) return `${values.rows}×${values.cols}`;
  return `${values.steps}×${values.batch}×${values.width}`;
}
