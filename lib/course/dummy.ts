/** Numbers to try functions with: small, and of shapes in which no two sizes are the same. */
import { build, type Matrix } from "../math/matrix.js";
import { integer, normal, type Random } from "../math/random.js";

/** Rows × columns normally distributed numbers. */
export function dummyMatrix(random: Random, rows: number, cols: number, deviation = 1): Matrix {
  return build(rows, cols, () => deviation * normal(random));
}

/** Such a matrix for each of some steps. */
export function dummySteps(random: Random, steps: number, rows: number, cols: number): Matrix[] {
  return Array.from({ length: steps }, () => dummyMatrix(random, rows, cols));
}

/** Matrices by name: `{ Wxh: [D, H], bh: [1, H] }`, spread so that a state stays between −1 and 1. */
export function dummyWeights<Name extends string>(
  random: Random,
  shapes: Readonly<Record<Name, readonly [rows: number, cols: number]>>,
): Record<Name, Matrix> {
  const entries = Object.entries<readonly [number, number]>(shapes).map(([name, [rows, cols]]) => [
    name,
    dummyMatrix(random, rows, cols, rows === 1 ? 0.5 : 1 / Math.sqrt(rows)),
  ]);
  return Object.fromEntries(entries) as Record<Name, Matrix>;
}

/** `Wxh` D×H, `Whh` H×H, `bh` 1×H, and the read-out's `Why` H×N and `by` 1×N. */
export function dummyRnn(
  random: Random,
  D: number,
  H: number,
  N: number,
): Record<"Wxh" | "Whh" | "bh" | "Why" | "by", Matrix> {
  return dummyWeights(random, { Wxh: [D, H], Whh: [H, H], bh: [1, H], Why: [H, N], by: [1, N] });
}

/** Four gates' `Wf`, `Wu`, `Wr`, `Wc`, (D+H)×H, and `bf`, `bu`, `br`, `bc`, 1×H. */
export function dummyLstm(
  random: Random,
  D: number,
  H: number,
): Record<"Wf" | "bf" | "Wu" | "bu" | "Wr" | "br" | "Wc" | "bc", Matrix> {
  const [W, b] = [[D + H, H] as const, [1, H] as const];
  return dummyWeights(random, { Wf: W, bf: b, Wu: W, bu: b, Wr: W, br: b, Wc: W, bc: b });
}

/** Two gates' and the candidate's `Wz`, `Wr`, `Wc`, (D+H)×H, and `bz`, `br`, `bc`, 1×H. */
export function dummyGru(
  random: Random,
  D: number,
  H: number,
): Record<"Wz" | "bz" | "Wr" | "br" | "Wc" | "bc", Matrix> {
  const [W, b] = [[D + H, H] as const, [1, H] as const];
  return dummyWeights(random, { Wz: W, bz: b, Wr: W, br: b, Wc: W, bc: b });
}

/** The class of each row at each step. */
export function dummyTargets(random: Random, steps: number, rows: number, classes: number): number[][] {
  return Array.from({ length: steps }, () => Array.from({ length: rows }, () => integer(random, classes)));
}
