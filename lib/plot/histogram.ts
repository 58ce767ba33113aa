import { checkNumbers, checkSome } from "./check.js";
import { Figure, palette, round } from "./figure.js";
import { titled } from "./text.js";

export interface HistogramOptions {
  readonly title?: string;
  /** What the values are, with the unit. */
  readonly x?: string;
  readonly bins?: number;
}

/**
 * How often values fall into ranges of one width.
 *
 * @param values as many as there are: the figure holds the counts alone
 * @throws when there is none, one is no number, or `bins` is not a whole number ≥ 1
 *
 * @example
 * const draw = random(1);
 * const figure = plot.histogram(Array.from({ length: 1000 }, () => normal(draw)), { x: "weight", bins: 20 });
 */
export function histogram(values: ArrayLike<number>, { title = "", x = "", bins = 30 }: HistogramOptions = {}): Figure {
  checkSome("histogram", values.length, "value");
  checkNumbers("histogram", values);
  if (!(Number.isInteger(bins) && bins >= 1)) throw new RangeError(`histogram: bins is ${bins}, expected 1, 2, 3, …`);
  const { low, high, mean, deviation } = moments(values);
  const width = (high - low || 1) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) counts[Math.min(bins - 1, Math.floor((values[i]! - low) / width))]!++;
  return new Figure(
    [
      {
        type: "bar",
        x: counts.map((_, k) => round(low + (k + 0.5) * width)),
        y: counts,
        width: round(width),
        marker: { color: palette[0]! },
        hovertemplate: "around %{x}: %{y}<extra></extra>",
      },
    ],
    { title: { text: title }, xaxis: { title: { text: x } }, yaxis: { title: { text: "how many" } }, bargap: 0 },
    titled(
      title,
      `${values.length} values from ${round(low, 3)} to ${round(high, 3)}, mean ${round(mean, 3)}, standard deviation ${round(deviation, 3)}`,
    ),
  );
}

function moments(values: ArrayLike<number>): { low: number; high: number; mean: number; deviation: number } {
  let [low, high, sum, squares] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
    sum += values[i]!;
  }
  const mean = sum / values.length;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return { low, high, mean, deviation: Math.sqrt(squares / values.length) };
}
