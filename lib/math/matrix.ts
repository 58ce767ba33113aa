import { jupyterDisplay, type MimeBundle, nodeInspect } from "../display/mime.js";
import { inspected, numberTable } from "../display/number-table.js";
import type { Table } from "../display/table.js";
import { allocate, checkTyped, type Numbers, type Precision } from "./precision.js";

/**
 * A dense, row-major matrix, or a rectangular view into one: rows × cols numbers, `stride` numbers apart from row to row.
 *
 * @param rows how many rows
 * @param cols how many columns
 * @param data the numbers; by default rows·cols zeros in float64
 * @param offset where in `data` entry (0, 0) lies
 * @param stride how far apart in `data` two rows begin
 * @throws when a size is not a whole number ≥ 0, or `data` is too short or no typed array of floats
 *
 * @example
 * const gates = new Matrix(2, 6);
 * const second = gates.columns(2, 4); // a view: no number is copied
 * second.set(0, 0, 7);
 * console.log(gates.at(0, 2)); // 7
 */
export class Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Numbers;
  readonly offset: number;
  readonly stride: number;

  constructor(rows: number, cols: number, data?: Numbers, offset = 0, stride = cols) {
    checkShape(rows, cols, offset, stride);
    if (data) checkTyped("Matrix", data);
    this.rows = rows;
    this.cols = cols;
    this.data = data ?? new Float64Array(rows * cols);
    this.offset = offset;
    this.stride = stride;
    const needed = rows * cols === 0 ? 0 : offset + (rows - 1) * stride + cols;
    if (this.data.length < needed) {
      throw new RangeError(`Matrix: ${rows}×${cols} needs ${needed} numbers, the array has ${this.data.length}`);
    }
  }

  get precision(): Precision {
    return this.data instanceof Float32Array ? "float32" : "float64";
  }

  at(row: number, col: number): number {
    return this.data[this.offset + row * this.stride + col]!;
  }

  set(row: number, col: number, value: number): void {
    this.data[this.offset + row * this.stride + col] = value;
  }

  /** Columns from … to − 1 as a view: writing to the view writes to this matrix. */
  columns(from: number, to: number): Matrix {
    checkRange("columns", from, to, this.cols);
    return new Matrix(this.rows, to - from, this.data, this.offset + from, this.stride);
  }

  /** Rows from … to − 1 as a view: writing to the view writes to this matrix. */
  rowRange(from: number, to: number): Matrix {
    checkRange("rows", from, to, this.rows);
    return new Matrix(to - from, this.cols, this.data, this.offset + from * this.stride, this.stride);
  }

  /** As a notebook shows it: shape and numbers, of many the middle left out. */
  [jupyterDisplay](): MimeBundle {
    return this.table()[jupyterDisplay]();
  }

  [nodeInspect](depth: number, options: { readonly depth?: number | null }): string {
    return inspected(this.table(), depth, options);
  }

  private table(): Table {
    const { rows, cols, precision } = this;
    return numberTable(`Matrix ${rows}×${cols} · ${precision}`, rows, cols, (i, j) => this.at(i, j));
  }

  /** The numbers as an array of rows. */
  toRows(): number[][] {
    return Array.from({ length: this.rows }, (_, i) => Array.from({ length: this.cols }, (_, j) => this.at(i, j)));
  }
}

function checkShape(rows: number, cols: number, offset = 0, stride = cols): void {
  for (const size of [rows, cols, offset, stride]) {
    if (!Number.isInteger(size) || size < 0) {
      throw new RangeError(`Matrix: ${rows}×${cols} is not a shape, rows and columns are whole numbers ≥ 0`);
    }
  }
}

function checkRange(what: string, from: number, to: number, size: number): void {
  if (!(from >= 0 && from <= to && to <= size)) {
    throw new RangeError(`Matrix: there are no ${what} ${from} … ${to - 1}, it has 0 … ${size - 1}`);
  }
}

/** A matrix of zeros. */
export function zeros(rows: number, cols: number, precision: Precision = "float64"): Matrix {
  checkShape(rows, cols);
  return new Matrix(rows, cols, allocate(rows * cols, precision));
}

/**
 * A matrix whose entry (i, j) is `entry(i, j)`.
 *
 * @example
 * const identity = build(3, 3, (i, j) => (i === j ? 1 : 0));
 */
export function build(
  rows: number,
  cols: number,
  entry: (row: number, col: number) => number,
  precision: Precision = "float64",
): Matrix {
  const result = zeros(rows, cols, precision);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) result.set(i, j, entry(i, j));
  return result;
}

/**
 * A matrix written out row by row.
 *
 * @throws when the rows are no lists of numbers, or not equally long
 *
 * @example
 * const x = matrix([[1, 2, 3], [4, 5, 6]]); // 2×3
 */
export function matrix(rows: readonly (readonly number[])[], precision: Precision = "float64"): Matrix {
  if (!(Array.isArray(rows) && rows.every(Array.isArray))) {
    throw new TypeError("matrix: expected a list of rows, each a list of numbers, such as [[1, 2], [3, 4]]");
  }
  const cols = rows[0]?.length ?? 0;
  const odd = rows.findIndex((row) => row.length !== cols);
  if (odd >= 0) {
    throw new RangeError(
      `matrix: row ${odd} has ${rows[odd]!.length} numbers, row 0 has ${cols}: make them equally long`,
    );
  }
  return build(rows.length, cols, (i, j) => checkedNumber(rows[i]![j], i, j), precision);
}

function checkedNumber(value: unknown, row: number, col: number): number {
  if (typeof value === "number") return value;
  throw new TypeError(`matrix: ${JSON.stringify(value)} in row ${row}, column ${col} is no number: make it one`);
}

/** A copy in a precision of its own, without gaps between its rows. */
export function copy(source: Matrix, precision: Precision = source.precision): Matrix {
  const result = zeros(source.rows, source.cols, precision);
  copyInto(result, source);
  return result;
}

/** Overwrites `target` with the entries of `source`. */
export function copyInto(target: Matrix, source: Matrix): void {
  checkSameShape("copyInto", target, source);
  for (let i = 0; i < source.rows; i++) {
    const from = source.offset + i * source.stride;
    target.data.set(source.data.subarray(from, from + source.cols), target.offset + i * target.stride);
  }
}

/** @throws when the shapes of two matrices differ */
export function checkSameShape(what: string, a: Matrix, b: Matrix): void {
  if (a.rows !== b.rows || a.cols !== b.cols) {
    throw new RangeError(`${what}: ${a.rows}×${a.cols} and ${b.rows}×${b.cols} must have one shape`);
  }
}
