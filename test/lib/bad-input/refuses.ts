import assert from "node:assert/strict";
import { build, buildSequence, type Matrix, type Sequence } from "unroll";

/** What is called, in words that follow on "refuses"; the call; and the sentence that it is answered with. */
export type Row = readonly [what: string, call: () => unknown, sentence: RegExp];

/** Rows by the name that the package exports the function under. */
export type Table = Readonly<Record<string, readonly Row[]>>;

/** What JavaScript says of its own accord, in its own terms. */
const PUZZLING = /\n|Cannot (read|destructure|convert|use)|is not (a function|iterable)|Invalid (typed )?array/;

/** One test for each row of a table. */
export function refuses(area: string, table: Table): void {
  describe(`bad input to ${area}`, () => {
    for (const [name, rows] of Object.entries(table)) {
      for (const [what, call, sentence] of rows) {
        it(`${name} refuses ${what}`, () =>
          assert.rejects(
            async () => call(),
            (error: Error) => {
              assert.match(error.message, sentence);
              assert.doesNotMatch(error.message, PUZZLING);
              return true;
            },
          ));
      }
    }
  });
}

/** A matrix, or a sequence, that holds one number that is not finite: the last one. */
export const withNaN = (rows: number, cols: number): Matrix =>
  build(rows, cols, (i, j) => (i === rows - 1 && j === cols - 1 ? Number.NaN : 0.1 * (i + j)));
export const sequenceWithNaN = (steps: number, batch: number, width: number): Sequence =>
  buildSequence(steps, batch, width, (t) => (t === steps - 1 ? Number.NaN : 0.1 * t));
