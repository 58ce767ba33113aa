import { copyInto, type Matrix, zeros } from "./matrix.js";
import type { Precision } from "./precision.js";

/** One row below itself so many times, 1×N → rows×N: what is there is doubled until it is all. */
export function repeated(row: Matrix, rows: number, precision: Precision): Matrix {
  const result = zeros(rows, row.cols, precision);
  if (rows > 0) copyInto(result.rowRange(0, 1), row);
  for (let there = row.cols; there < result.data.length && there > 0; there *= 2)
    result.data.copyWithin(there, 0, there);
  return result;
}
