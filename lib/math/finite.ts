import type { Matrix } from "./matrix.js";

/** The first entry that is NaN or infinite, or undefined when all are numbers. */
export function firstNonFinite(A: Matrix): { row: number; col: number; value: number } | undefined {
  const { data, offset, stride } = A;
  for (let row = 0; row < A.rows; row++) {
    const start = offset + row * stride;
    for (let col = 0; col < A.cols; col++) {
      const value = data[start + col]!;
      // NaN − NaN and ∞ − ∞ are NaN, and NaN alone differs from 0 here
      if (value - value !== 0) return { row, col, value };
    }
  }
  return undefined;
}

/** @throws a sentence that names the tensor and the place when an entry is NaN or infinite */
export function checkFinite(what: string, A: Matrix): void {
  const found = firstNonFinite(A);
  if (found) {
    throw new RangeError(
      `${what} holds ${found.value} at row ${found.row}, column ${found.col}: expected finite numbers, look at the data or lower the learning rate`,
    );
  }
}
