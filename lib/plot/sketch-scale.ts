import type { Layout, LayoutAxis, PlotData } from "plotly.js";
import { shortNumber } from "../display/table.js";

export type Trace = Partial<Omit<PlotData, "z">> & { z?: (number | null)[][] };

/** A sketch and its plot, in pixels: a legend stands above, numbers and titles around it. */
export const AREA = { width: 640, height: 320, left: 80, right: 560, top: 32, bottom: 268 };

/** One axis of a sketch. */
export interface Scale {
  readonly axis: Partial<LayoutAxis>;
  readonly isAcross: boolean;
  /** From a value to whole pixels. */
  at(value: number): number;
  /** Of the axis, in pixels. */
  readonly middle: number;
  /** What is written beside the axis. */
  readonly marks: readonly (readonly [value: number, text: string])[];
}

/**
 * @param id as Plotly names its axes: x, y, y2, …
 * @param levels values that find room on it beside those of the traces
 */
export function scaleOf(
  id: string,
  traces: readonly Trace[],
  layout: Partial<Layout>,
  levels: readonly number[],
): Scale {
  const isAcross = id === "x";
  const axis: Partial<LayoutAxis> = layout[`${id[0]}axis${id.slice(1)}` as "yaxis2"] ?? {};
  const isLog = axis.type === "log";
  const place = isLog ? Math.log10 : Number;
  const own = traces.filter(({ yaxis = "y" }) => isAcross || yaxis === id);
  const places = [...own.flatMap((trace) => reach(trace, isAcross)), ...levels].map(place).filter(Number.isFinite);
  const found = [places.reduce((a, b) => Math.min(a, b), Infinity), places.reduce((a, b) => Math.max(a, b), -Infinity)];
  if (axis.autorange === "reversed") found.reverse();
  const [low, high] = (axis.range ?? found) as [number, number];
  const [from, to] = isAcross ? [AREA.left, AREA.right] : [AREA.bottom, AREA.top];
  const [first, last] = (axis.domain ?? [0, 1]).map((share) => from + share * (to - from)) as [number, number];
  const ends = own.some(({ z }) => z) ? cells(low, high) : [low, high].map((end) => (isLog ? 10 ** end : end));
  const names = Array.from(axis.tickvals ?? [], (value, i) => [value, axis.ticktext![i]!] as const);
  return {
    axis,
    isAcross,
    middle: (first + last) / 2,
    at: (value) => Math.round(first + ((place(value) - low) / (high - low || 1)) * (last - first)),
    marks: axis.ticktext ? names : places.length > 0 ? ends.map((end) => [end, shortNumber(end)]) : [],
  };
}

/** What has to find room on an axis: a cell of a map and a bar reach half a step to both sides. */
function reach({ type, x = [], y = [], z }: Trace, isAcross: boolean): number[] {
  if (z) return [-0.5, (isAcross ? z[0]!.length : z.length) - 0.5];
  const values = Array.from((isAcross ? x : y) as number[]);
  if (type !== "bar") return values;
  const half = stepOf(values) / 2;
  return isAcross ? values.flatMap((value) => [value - half, value + half]) : [0, ...values];
}

/** How far one bar is from the next. */
export const stepOf = (values: readonly number[]): number => (values.length > 1 ? values[1]! - values[0]! : 1);

/** The first and the last cell of a map, which reach half a step beyond their middle. */
const cells = (low: number, high: number): number[] => (low < high ? [low + 0.5, high - 0.5] : [low - 0.5, high + 0.5]);
