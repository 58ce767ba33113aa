import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Matrix, matrix, Sequence } from "unroll";

/** The cases of a fixture file that a script beside it, write-….py, wrote. */
export function fixture<T>(name: string): T[] {
  const file = new URL(`../../parity/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { cases: T[] }).cases;
}

/** T×B×D as nested arrays to a sequence. */
export function sequenceOf(steps: number[][][]): Sequence {
  const [T, B, D] = [steps.length, steps[0]!.length, steps[0]![0]!.length];
  return new Sequence(T, B, D, Float64Array.from(steps.flat(2)));
}

/** All entries agree, relative to the largest one. */
export function assertParity(what: string, actual: Matrix, expected: number[][], tolerance = 1e-10): void {
  const other = matrix(expected);
  assert.deepEqual([actual.rows, actual.cols], [other.rows, other.cols], `${what}: shape`);
  const largest = Math.max(1e-300, ...expected.flat().map(Math.abs));
  for (let i = 0; i < other.rows; i++) {
    for (let j = 0; j < other.cols; j++) {
      const error = Math.abs(actual.at(i, j) - other.at(i, j)) / largest;
      assert.ok(error <= tolerance, `${what} at (${i}, ${j}): ${actual.at(i, j)}, PyTorch has ${other.at(i, j)}`);
    }
  }
}
