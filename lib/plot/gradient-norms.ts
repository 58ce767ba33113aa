import { checkNumbers, checkSome } from "./check.js";
import { type Curve, curves } from "./curves.js";
import { Figure, round } from "./figure.js";
import { counted, titled } from "./text.js";

export interface GradientNorms {
  /** The kind of cell. */
  readonly name: string;
  /** At place k: how long the gradient is at a state that lies k steps before the loss, ‖∂E/∂h_{T−k}‖ ≥ 0. */
  readonly norms: ArrayLike<number>;
  /** Shaded around the line: the extremes of several runs. */
  readonly band?: Curve["band"];
}

export interface GradientNormOptions {
  readonly title?: string;
  /** What a step is called: "step", "character", … */
  readonly step?: string;
}

/**
 * How far back a loss reaches: the length of its gradient over the distance in time, on a logarithmic axis, where a
 * gradient that shrinks or grows by one factor each step is a straight line (Hochreiter 1991, Bengio et al. 1994).
 * A norm of 0, from which a number in float32 may have fallen, ends a line.
 *
 * @param cells one line for each
 * @throws when there is none, or a norm is negative or no number
 *
 * @example
 * const figure = plot.gradientNorms([
 *   { name: "tanh RNN", norms: Array.from({ length: 50 }, (_, k) => 0.8 ** k) },
 *   { name: "LSTM", norms: Array.from({ length: 50 }, (_, k) => 0.99 ** k) },
 * ]);
 */
export function gradientNorms(
  cells: readonly GradientNorms[],
  { title = "", step = "step" }: GradientNormOptions = {},
): Figure {
  checkSome("gradientNorms", cells.length, "cell");
  cells.forEach(check);
  const { data, layout } = curves(
    cells.map(({ name, norms, band }) => ({ name, y: norms, ...(band && { band }) })),
    { title, x: `distance in time (${step}s)`, y: "norm of the gradient", yScale: "log" },
  );
  return new Figure(data, layout, titled(title, cells.map((cell) => inWords(cell, step)).join("; ")));
}

function inWords({ name, norms }: GradientNorms, step: string): string {
  const all = Array.from(norms);
  const zero = all.indexOf(0);
  const last = (zero < 0 ? all.length : zero) - 1;
  if (last < 0) return `${name}: 0 at every distance`;
  const end = zero < 0 ? "" : `, exactly 0 from distance ${zero}`;
  if (last === 0) return `${name}: ${round(all[0]!, 3)} at distance 0${end}`;
  const factor = (all[last]! / all[0]!) ** (1 / last);
  return `${name}: from ${round(all[0]!, 3)} to ${round(all[last]!, 3)} over ${counted(last, step)}, × ${round(factor, 3)} a ${step}${end}`;
}

function check({ name, norms, band }: GradientNorms): void {
  checkSome(`gradientNorms: "${name}"`, norms.length, "norm");
  for (const numbers of [norms, band?.low, band?.high]) {
    if (!numbers) continue;
    checkNumbers(`gradientNorms: "${name}"`, numbers);
    const negative = Array.from(numbers).findIndex((norm) => norm < 0);
    if (negative >= 0) {
      throw new RangeError(`gradientNorms: "${name}" has ${numbers[negative]} at ${negative}, a norm is at least 0`);
    }
  }
}
