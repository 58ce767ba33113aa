import type { Layout, PlotData } from "plotly.js";
import type { Figure } from "./figure.js";

const RIM = 0.05; // of what is between the extremes

/**
 * Axes on which all of several figures fit, so that they stand still while one figure takes the place of another. An axis
 * that has a range keeps it, and one on which names stand, or a heat map, gets none.
 */
export function commonRange(figures: readonly Figure[]): Partial<Layout> {
  return { ...ranged(figures, "x"), ...ranged(figures, "y") };
}

function ranged(figures: readonly Figure[], axis: "x" | "y"): Partial<Layout> {
  const own = figures[0]!.layout[`${axis}axis`] ?? {};
  const traces = figures.flatMap(({ data }) => data as Partial<PlotData>[]);
  if (own.range || traces.some(({ type }) => type !== "scatter" && type !== "bar")) return {};
  const isLog = own.type === "log";
  const values = traces.flatMap((trace) => {
    const numbers = axis === "x" || (trace.yaxis ?? "y") === "y" ? trace[axis] : [];
    return Array.from((numbers ?? []) as ArrayLike<unknown>, (value) =>
      isLog ? Math.log10(Number(value)) : Number(value),
    );
  });
  if (axis === "y" && traces.some(({ type }) => type === "bar") && !isLog) values.push(0);
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return {};
  const low = finite.reduce((least, value) => Math.min(least, value));
  const high = finite.reduce((most, value) => Math.max(most, value));
  const rim = RIM * (high - low || 1);
  return { [`${axis}axis`]: { ...own, range: [low - rim, high + rim] } };
}
