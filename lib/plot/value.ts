import { Matrix } from "../math/matrix.js";
import { checkNumbers, checkRow, checkSome } from "./check.js";
import { round } from "./figure.js";

/** What stands at a node of a drawing: one number, one for each unit, or a batch of these. */
export type Value = number | ArrayLike<number> | Matrix;

export interface ValueOptions {
  /** Which unit is shown; by default the mean of all. */
  readonly unit?: number;
  /** Which row of a batch is shown. */
  readonly row?: number;
}

/** A value as its numbers. */
export function numbersOf(what: string, value: Value, row = 0): number[] {
  if (value instanceof Matrix) checkRow(what, row, value.rows);
  const numbers =
    typeof value === "number"
      ? [value]
      : Array.from(value instanceof Matrix ? value.rowRange(row, row + 1).toRows()[0]! : value);
  checkSome(what, numbers.length, "number");
  checkNumbers(what, numbers);
  return numbers;
}

/** The one number that stands for all: a unit, or the mean. What has but one number has no other units. */
export function shown(what: string, numbers: readonly number[], unit?: number): number {
  if (unit === undefined || numbers.length === 1) return numbers.reduce((sum, v) => sum + v, 0) / numbers.length;
  if (numbers[unit] === undefined) {
    throw new RangeError(`${what}: there is no unit ${unit}, it has 0 … ${numbers.length - 1}`);
  }
  return numbers[unit];
}

/** A number as it is printed in a node. */
export function printed(value: number): string {
  return String(round(value, 2)).replace("-", "−");
}

/** How many numbers are written out. */
const WRITTEN = 6;

/** 0.25, or (0.1, 0.4), mean 0.25 */
export function told(numbers: readonly number[]): string {
  if (numbers.length === 1) return String(round(numbers[0]!, 3));
  const some = numbers.slice(0, WRITTEN).map((v) => round(v, 2));
  const more = numbers.length > WRITTEN ? `, … ${numbers.length} in all` : "";
  return `(${some.join(", ")}${more}), mean ${round(shown("", numbers), 3)}`;
}
