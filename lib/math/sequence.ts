import { jupyterDisplay, type MimeBundle, nodeInspect } from "../display/mime.js";
import { inspected, numberTable } from "../display/number-table.js";
import type { Table } from "../display/table.js";
import { copyInto, Matrix } from "./matrix.js";
import { allocate, checkTyped, type Numbers, type Precision } from "./precision.js";

/**
 * T steps of a batch: T×B×D numbers, time-major, in one buffer.
 *
 * @param steps T, how many steps
 * @param batch B, how many sequences side by side
 * @param width D, how many numbers a step of one sequence has
 * @param data T·B·D numbers; by default zeros in float64
 * @throws when `data` has another length
 *
 * @example
 * const x = new Sequence(28, 100, 28); // 100 pictures, row by row
 * x.at(3).set(0, 14, 1); //               row 3 of the first picture
 */
export class Sequence {
  readonly steps: number;
  readonly batch: number;
  readonly width: number;
  readonly data: Numbers;

  constructor(steps: number, batch: number, width: number, data?: Numbers) {
    checkSizes(steps, batch, width);
    if (data) checkTyped("Sequence", data);
    this.steps = steps;
    this.batch = batch;
    this.width = width;
    this.data = data ?? new Float64Array(steps * batch * width);
    if (this.data.length !== steps * batch * width) {
      throw new RangeError(
        `Sequence: ${steps}×${batch}×${width} needs ${steps * batch * width} numbers, the array has ${this.data.length}`,
      );
    }
  }

  get precision(): Precision {
    return this.data instanceof Float32Array ? "float32" : "float64";
  }

  /** Step t as a B×D view: no number is copied. */
  at(t: number): Matrix {
    if (!(Number.isInteger(t) && t >= 0 && t < this.steps)) {
      throw new RangeError(`Sequence: there is no step ${t}, it has 0 … ${this.steps - 1}`);
    }
    return new Matrix(this.batch, this.width, this.data, t * this.batch * this.width);
  }

  /** All steps below one another as a (T·B)×D view: what is done alike at each step is done at once. */
  flat(): Matrix {
    return new Matrix(this.steps * this.batch, this.width, this.data);
  }

  /** As a notebook shows it: shape, and the first sequence of the batch with one row a step, of many the middle left out. */
  [jupyterDisplay](): MimeBundle {
    return this.table()[jupyterDisplay]();
  }

  [nodeInspect](depth: number, options: { readonly depth?: number | null }): string {
    return inspected(this.table(), depth, options);
  }

  private table(): Table {
    const { steps, batch, width, precision } = this;
    const which = batch === 1 ? "" : ` · sequence 0 of ${batch}`;
    const title = `Sequence ${steps}×${batch}×${width} · ${precision}${which}, a row for each step`;
    return numberTable(title, batch === 0 ? 0 : steps, width, (t, j) => this.data[t * batch * width + j]!);
  }

  /** Steps from … to − 1 as a view. */
  slice(from: number, to: number): Sequence {
    if (!(from >= 0 && from <= to && to <= this.steps)) {
      throw new RangeError(`Sequence: there are no steps ${from} … ${to - 1}, it has 0 … ${this.steps - 1}`);
    }
    const step = this.batch * this.width;
    return new Sequence(to - from, this.batch, this.width, this.data.subarray(from * step, to * step));
  }
}

function checkSizes(steps: number, batch: number, width: number): void {
  if (![steps, batch, width].every((size) => Number.isInteger(size) && size >= 0)) {
    throw new RangeError(`Sequence: ${steps}×${batch}×${width} is not a shape, its sizes are whole numbers ≥ 0`);
  }
}

/**
 * A sequence whose entry (t, i, j) is `entry(t, i, j)`.
 *
 * @example
 * const ramp = buildSequence(10, 1, 1, (t) => t / 10);
 */
export function buildSequence(
  steps: number,
  batch: number,
  width: number,
  entry: (t: number, row: number, col: number) => number,
  precision: Precision = "float64",
): Sequence {
  checkSizes(steps, batch, width);
  const result = new Sequence(steps, batch, width, allocate(steps * batch * width, precision));
  for (let t = 0, p = 0; t < steps; t++) {
    for (let i = 0; i < batch; i++) for (let j = 0; j < width; j++) result.data[p++] = entry(t, i, j);
  }
  return result;
}

/**
 * Steps that stand below one another as a sequence again, without a copy: (T·B)×D → T×B×D. The reverse of `flat`.
 *
 * @throws when the rows are not so many steps of equal size, or lie apart
 *
 * @example
 * const x = unflatten(build(6, 2, (i, j) => i + j), 3); // 3×2×2
 */
export function unflatten(rows: Matrix, steps: number): Sequence {
  const { data, offset, stride, cols } = rows;
  if (!Number.isInteger(rows.rows / steps) || stride !== cols) {
    throw new RangeError(
      `unflatten: ${rows.rows} rows, ${stride} numbers apart, are not ${steps} steps of ${cols} numbers: expected whole steps without gaps`,
    );
  }
  return new Sequence(steps, rows.rows / steps, cols, data.subarray(offset, offset + rows.rows * cols));
}

/**
 * Matrices of one shape, one after the other in time: T times B×D → T×B×D.
 *
 * @throws when there is none, or the shapes differ
 */
export function stack(matrices: readonly Matrix[]): Sequence {
  const [first] = matrices;
  if (!first) throw new RangeError("stack: expected at least one matrix, got none");
  const { rows, cols, precision } = first;
  const result = new Sequence(matrices.length, rows, cols, allocate(matrices.length * rows * cols, precision));
  matrices.forEach((m, t) => {
    copyInto(result.at(t), m);
  });
  return result;
}
