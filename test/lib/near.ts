import assert from "node:assert/strict";
import { type Matrix, matrix } from "unroll";

/** Two matrices have one shape and agree to `tolerance`, relative to the largest entry (or 1). */
export function assertNear(actual: Matrix, expected: Matrix | number[][], tolerance = 1e-12): void {
  const rows = Array.isArray(expected) ? expected : expected.toRows();
  const other = matrix(rows);
  assert.deepEqual([actual.rows, actual.cols], [other.rows, other.cols]);
  const largest = Math.max(1, ...rows.flat().map(Math.abs));
  for (let i = 0; i < other.rows; i++) {
    for (let j = 0; j < other.cols; j++) {
      const error = Math.abs(actual.at(i, j) - other.at(i, j)) / largest;
      assert.ok(error <= tolerance, `(${i}, ${j}) is ${actual.at(i, j)}, expected ${other.at(i, j)}`);
    }
  }
}

/** Two lists of numbers are equally long and agree to `tolerance`, relative to the largest number (or 1). */
export function assertNumbersNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-12): void {
  assertNear(matrix([Array.from(actual)]), [Array.from(expected)], tolerance);
}
