import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as unroll from "unroll";
import { type Matrix, type Precision, Sequence } from "unroll";
import { onEachEngine } from "../lib/engine/each-engine.js";

let precision: Precision = "float64";

/** What all numbers of a test are kept in. */
export const precisionNow = (): Precision => precision;

/** The same tests in float64, which every engine leaves to the reference engine, and in float32 on each engine. */
export function onEveryEngine(tests: () => void): void {
  describe("in float64", tests);
  describe("in float32", () => {
    before(() => void (precision = "float32"));
    after(() => void (precision = "float64"));
    onEachEngine(tests);
  });
}

/** The cases of a fixture file that a script beside it, write-….py, wrote. */
export function fixture<T>(name: string): T[] {
  const file = new URL(`../../parity/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { cases: T[] }).cases;
}

/** Rows of numbers as a matrix. */
export function matrix(rows: number[][]): Matrix {
  return unroll.matrix(rows, precision);
}

/** T×B×D as nested arrays to a sequence. */
export function sequenceOf(steps: number[][][]): Sequence {
  const [T, B, D] = [steps.length, steps[0]!.length, steps[0]![0]!.length];
  const numbers = steps.flat(2);
  return new Sequence(T, B, D, precision === "float32" ? Float32Array.from(numbers) : Float64Array.from(numbers));
}

/** What rounding may come to, relative to the largest entry: of one pass, and of a training of many steps. */
const tolerances = {
  float64: { pass: 1e-10, training: 1e-8 },
  float32: { pass: 1e-5, training: 1e-4 },
};

/** All entries agree, relative to the largest one. */
export function assertParity(
  what: string,
  actual: Matrix,
  expected: number[][],
  {
    after = "pass",
    tolerance = tolerances[precision][after],
  }: { after?: "pass" | "training"; tolerance?: number } = {},
): void {
  const other = unroll.matrix(expected);
  assert.deepEqual([actual.rows, actual.cols], [other.rows, other.cols], `${what}: shape`);
  const largest = Math.max(1e-300, ...expected.flat().map(Math.abs));
  for (let i = 0; i < other.rows; i++) {
    for (let j = 0; j < other.cols; j++) {
      const error = Math.abs(actual.at(i, j) - other.at(i, j)) / largest;
      assert.ok(error <= tolerance, `${what} at (${i}, ${j}): ${actual.at(i, j)}, PyTorch has ${other.at(i, j)}`);
    }
  }
}
