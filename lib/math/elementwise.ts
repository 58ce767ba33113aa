import { engine } from "../engine/current.js";
import type { CombineName } from "../engine/engine.js";
import { checkSameShape, type Matrix, zeros } from "./matrix.js";
import { widest } from "./precision.js";

/** a + b, entry by entry. */
export function add(a: Matrix, b: Matrix): Matrix {
  return combined("add", "add", a, b);
}

/** a − b, entry by entry. */
export function subtract(a: Matrix, b: Matrix): Matrix {
  return combined("subtract", "subtract", a, b);
}

/** a∗b, entry by entry. */
export function mul(a: Matrix, b: Matrix): Matrix {
  return combined("mul", "multiply", a, b);
}

/** target += term, entry by entry, in place. */
export function addInto(target: Matrix, term: Matrix): void {
  checkSameShape("addInto", target, term);
  engine().combine("add", target, term, target);
}

/** target *= factor, in place. */
export function scaleInto(target: Matrix, factor: number): void {
  const to = target.data;
  for (let i = 0; i < target.rows; i++) {
    let r = target.offset + i * target.stride;
    for (let j = 0; j < target.cols; j++) to[r++]! *= factor;
  }
}

/** A result of the shape of its two operands, float32 when both are. */
function combined(what: string, f: CombineName, a: Matrix, b: Matrix): Matrix {
  checkSameShape(what, a, b);
  const result = zeros(a.rows, a.cols, widest(a.precision, b.precision));
  engine().combine(f, a, b, result);
  return result;
}
