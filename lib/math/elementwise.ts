import { checkSameShape, Matrix } from "./matrix.js";
import { allocate, widest } from "./precision.js";

/** a + b, entry by entry. */
export function add(a: Matrix, b: Matrix): Matrix {
  const sum = resultOf("add", a, b);
  const [from, other, to] = [a.data, b.data, sum.data];
  for (let i = 0, r = 0; i < a.rows; i++) {
    let p = a.offset + i * a.stride;
    let q = b.offset + i * b.stride;
    for (let j = 0; j < a.cols; j++) to[r++] = from[p++]! + other[q++]!;
  }
  return sum;
}

/** a − b, entry by entry. */
export function subtract(a: Matrix, b: Matrix): Matrix {
  const difference = resultOf("subtract", a, b);
  const [from, other, to] = [a.data, b.data, difference.data];
  for (let i = 0, r = 0; i < a.rows; i++) {
    let p = a.offset + i * a.stride;
    let q = b.offset + i * b.stride;
    for (let j = 0; j < a.cols; j++) to[r++] = from[p++]! - other[q++]!;
  }
  return difference;
}

/** a∗b, entry by entry. */
export function mul(a: Matrix, b: Matrix): Matrix {
  const product = resultOf("mul", a, b);
  const [from, other, to] = [a.data, b.data, product.data];
  for (let i = 0, r = 0; i < a.rows; i++) {
    let p = a.offset + i * a.stride;
    let q = b.offset + i * b.stride;
    for (let j = 0; j < a.cols; j++) to[r++] = from[p++]! * other[q++]!;
  }
  return product;
}

/** target += term, entry by entry, in place. */
export function addInto(target: Matrix, term: Matrix): void {
  checkSameShape("addInto", target, term);
  const [to, from] = [target.data, term.data];
  for (let i = 0; i < term.rows; i++) {
    let r = target.offset + i * target.stride;
    let p = term.offset + i * term.stride;
    for (let j = 0; j < term.cols; j++) to[r++]! += from[p++]!;
  }
}

/** target *= factor, in place. */
export function scaleInto(target: Matrix, factor: number): void {
  const to = target.data;
  for (let i = 0; i < target.rows; i++) {
    let r = target.offset + i * target.stride;
    for (let j = 0; j < target.cols; j++) to[r++]! *= factor;
  }
}

/** Where the result of two operands goes: their shape, float32 when both are. */
function resultOf(what: string, a: Matrix, b: Matrix): Matrix {
  checkSameShape(what, a, b);
  return new Matrix(a.rows, a.cols, allocate(a.rows * a.cols, widest(a.precision, b.precision)));
}
