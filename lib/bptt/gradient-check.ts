import { checkPositive } from "../math/check-options.js";
import type { Matrix } from "../math/matrix.js";
import { flatten, type WeightTree } from "../math/weights.js";

/** One entry where the gradient by hand and the one by differences were compared. */
export interface CheckedEntry {
  readonly name: string;
  readonly row: number;
  readonly col: number;
  readonly byHand: number;
  readonly byDifferences: number;
  /** |byHand − byDifferences| beyond rounding, relative to the larger of the two. */
  readonly error: number;
}

export interface GradientCheck {
  readonly ok: boolean;
  /** The entry with the largest error. */
  readonly worst: CheckedEntry;
  /** The worst entry of each parameter. */
  readonly perParameter: Readonly<Record<string, CheckedEntry>>;
  /** The result in a sentence. */
  readonly summary: string;
}

/**
 * Compares gradients derived by hand with differences of the loss, entry by entry.
 *
 *     ∂E/∂θ ≈ (8·(E(θ+δ) − E(θ−δ)) − (E(θ+2δ) − E(θ−2δ))) / 12δ
 *
 * The error of these five-point differences falls with δ⁴, so that a right gradient and a wrong one lie five orders of
 * magnitude apart. What float64 cannot resolve, about 100·ε·|E|/δ, does not count: 0 against 0 is no error.
 *
 * @param loss computes E from the parameters as they are at the moment
 * @param parameters a tree of float64 matrices that `loss` reads; they are shifted and put back
 * @param gradients ∂E/∂parameters, of the same form
 * @param step δ
 * @param tolerance the largest relative error that is still right
 * @returns whether all agree, the worst entry, and the worst of each parameter
 * @throws when step or tolerance is not > 0, a parameter is float32, a gradient is missing or has another shape, there
 *   is no parameter, or the loss is not finite
 *
 * @example
 * const w = matrix([[0.3, -0.2]]);
 * const loss = () => w.at(0, 0) ** 2 * w.at(0, 1); // E = a²·b
 * const check = gradientCheck(loss, { w }, { w: matrix([[2 * 0.3 * -0.2, 0.3 ** 2]]) });
 * console.log(check.ok, check.summary); // true …
 */
export function gradientCheck(
  loss: () => number,
  parameters: WeightTree,
  gradients: WeightTree,
  { step = 1e-3, tolerance = 1e-7 }: { step?: number; tolerance?: number } = {},
): GradientCheck {
  checkPositive("gradientCheck", { step, tolerance });
  const E = loss();
  if (!Number.isFinite(E)) throw new RangeError(`gradientCheck: the loss is ${E}, expected a finite number`);
  const resolution = (100 * Number.EPSILON * Math.abs(E)) / step;
  const flatGradients = flatten(gradients);
  const perParameter: Record<string, CheckedEntry> = {};

  for (const [name, parameter] of Object.entries(flatten(parameters))) {
    const gradient = flatGradients[name];
    checkPair(name, parameter, gradient);
    for (let row = 0; row < parameter.rows; row++) {
      for (let col = 0; col < parameter.cols; col++) {
        const byHand = gradient.at(row, col);
        const byDifferences = fivePoint(loss, parameter, row, col, step);
        const error = relativeError(byHand, byDifferences, resolution);
        if (error > (perParameter[name]?.error ?? -1)) {
          perParameter[name] = { name, row, col, byHand, byDifferences, error };
        }
      }
    }
  }

  const entries = Object.values(perParameter);
  if (entries.length === 0) throw new RangeError("gradientCheck: there are no parameters, expected at least one");
  const worst = entries.reduce((a, b) => (b.error > a.error ? b : a));
  const ok = worst.error <= tolerance;
  const place = `∂E/∂${worst.name} at (${worst.row}, ${worst.col}): by hand ${worst.byHand}, by differences ${worst.byDifferences}`;
  const summary = ok
    ? `all gradients agree, largest relative error ${worst.error.toExponential(1)} (${place})`
    : `${place}: relative error ${worst.error.toExponential(1)} is over ${tolerance}`;
  return { ok, worst, perParameter, summary };
}

function fivePoint(loss: () => number, at: Matrix, row: number, col: number, step: number): number {
  const value = at.at(row, col);
  const shifted = (shift: number) => {
    at.set(row, col, value + shift);
    const result = loss();
    at.set(row, col, value);
    return result;
  };
  return (8 * (shifted(step) - shifted(-step)) - (shifted(2 * step) - shifted(-2 * step))) / (12 * step);
}

function relativeError(a: number, b: number, resolution: number): number {
  if (!Number.isFinite(a - b)) return Number.POSITIVE_INFINITY;
  const difference = Math.max(0, Math.abs(a - b) - resolution);
  return difference === 0 ? 0 : difference / Math.max(Math.abs(a), Math.abs(b));
}

function checkPair(name: string, parameter: Matrix, gradient: Matrix | undefined): asserts gradient is Matrix {
  if (parameter.precision !== "float64") {
    throw new TypeError(`gradientCheck: ${name} is float32, whose rounding hides small errors: use float64 weights`);
  }
  if (!gradient) throw new RangeError(`gradientCheck: there is no gradient for ${name}`);
  if (gradient.rows !== parameter.rows || gradient.cols !== parameter.cols) {
    throw new RangeError(
      `gradientCheck: the gradient of ${name} is ${gradient.rows}×${gradient.cols}, expected ${parameter.rows}×${parameter.cols}`,
    );
  }
}
