import type { Lengths } from "../math/lengths.js";
import { copy, copyInto, type Matrix, zeros } from "../math/matrix.js";

/** Matrices by name, each with one row for each sequence of a batch. */
type Rows = Readonly<Record<string, Matrix>>;

/** Whether step t is padding for some sequence. */
export function hasPadding(lengths: Lengths | undefined, t: number): lengths is Lengths {
  if (lengths) for (let i = 0; i < lengths.length; i++) if (t >= lengths[i]!) return true;
  return false;
}

/** `live` for the sequences that step t belongs to, `held` for those that ended before it. */
export function heldBeyond<R extends Rows>(lengths: Lengths, t: number, held: R, live: R): R {
  return mapRows(live, (matrix, name) => {
    const result = copy(matrix);
    forEachEnded(lengths, t, (i) => copyInto(result.rowRange(i, i + 1), held[name]!.rowRange(i, i + 1)));
    return result;
  });
}

/** The same with zeros for the sequences that ended before step t. */
export function zeroBeyond<R extends Rows>(lengths: Lengths, t: number, live: R): R {
  return mapRows(live, (matrix) => {
    const result = copy(matrix);
    const nothing = zeros(1, matrix.cols, matrix.precision);
    forEachEnded(lengths, t, (i) => copyInto(result.rowRange(i, i + 1), nothing));
    return result;
  });
}

function mapRows<R extends Rows>(rows: R, f: (matrix: Matrix, name: string) => Matrix): R {
  return Object.fromEntries(Object.entries(rows).map(([name, matrix]) => [name, f(matrix, name)])) as R;
}

function forEachEnded(lengths: Lengths, t: number, f: (row: number) => void): void {
  for (let i = 0; i < lengths.length; i++) if (t >= lengths[i]!) f(i);
}
