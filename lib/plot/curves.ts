import type { Data } from "plotly.js";
import { checkChoice } from "../math/check-options.js";
import { checkNumbers, checkSome } from "./check.js";
import { Figure, palette, round } from "./figure.js";

const UNSEEN = "rgba(0,0,0,0)";

export interface Curve {
  readonly name: string;
  readonly y: ArrayLike<number>;
  /** By default 0, 1, 2, … */
  readonly x?: ArrayLike<number>;
  /** Shaded around the curve: a deviation, or the extremes of several runs. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
  /** Which vertical axis it is measured on. */
  readonly axis?: "left" | "right";
}

export interface CurveOptions {
  readonly title?: string;
  readonly x?: string;
  readonly y?: string;
  /** The title of the right axis. */
  readonly right?: string;
  readonly xScale?: "linear" | "log";
  readonly yScale?: "linear" | "log";
  readonly rightRange?: readonly [low: number, high: number];
  /** One unit is as long across as it is up, so that a circle looks like one. */
  readonly sameUnit?: boolean;
}

/**
 * Lines over a common horizontal axis.
 *
 * @throws when there is no curve, a number is not finite, or a curve's x or band has another length than its y
 *
 * @example
 * const figure = plot.curves([{ name: "loss", y: [2.3, 1.1, 0.6] }], { x: "epoch", y: "nats", yScale: "log" });
 */
export function curves(
  lines: readonly Curve[],
  {
    title = "",
    x = "",
    y = "",
    right = "",
    xScale = "linear",
    yScale = "linear",
    rightRange,
    sameUnit = false,
  }: CurveOptions = {},
): Figure {
  checkSome("curves", lines.length, "curve");
  checkChoice("curves", "xScale", xScale, ["linear", "log"]);
  checkChoice("curves", "yScale", yScale, ["linear", "log"]);
  lines.forEach(check);
  const onRight = lines.some((line) => line.axis === "right");
  return new Figure(
    lines.flatMap((line, i) => traces(line, palette[i % palette.length]!)),
    {
      title: { text: title },
      showlegend: lines.length > 1,
      // a number at the right end keeps below the lowest one of the right axis: its unseen tick is the gap
      xaxis: {
        title: { text: x },
        ...scaleOf(xScale),
        ...(onRight && { ticks: "outside", ticklen: 9, tickcolor: UNSEEN }),
      },
      yaxis: { title: { text: y }, ...scaleOf(yScale), ...(sameUnit && { scaleanchor: "x" as const }) },
      ...(onRight && {
        yaxis2: {
          title: { text: right },
          overlaying: "y",
          side: "right",
          showgrid: false,
          automargin: true,
          tickmode: "auto", // by default its ticks stand where those on the left do, whatever numbers that gives
          ...(rightRange && { range: [...rightRange] }),
        },
      }),
    },
    [title, ...lines.map((line) => inWords(line, x))].filter(Boolean).join(" — "),
  );
}

/** On a logarithmic axis 10⁻⁶ says more than 1μ. */
const scaleOf = (type: "linear" | "log") => ({ type, ...(type === "log" && { exponentformat: "power" as const }) });

function traces({ name, y, x, band, axis = "left" }: Curve, color: string): Data[] {
  const xs = Array.from(x ?? Array.from(y, (_, i) => i), (v) => round(v));
  const yaxis = axis === "right" ? "y2" : "y";
  const line: Data = { type: "scatter", mode: "lines", name, x: xs, y: rounded(y), yaxis, line: { color, width: 2 } };
  if (!band) return [line];
  const edge = {
    type: "scatter",
    mode: "lines",
    x: xs,
    yaxis,
    line: { width: 0 },
    showlegend: false,
    hoverinfo: "skip",
  } as const;
  return [
    { ...edge, y: rounded(band.low) },
    { ...edge, y: rounded(band.high), fill: "tonexty", fillcolor: `${color}33` },
    line,
  ];
}

const rounded = (values: ArrayLike<number>) => Array.from(values, (v) => round(v));

function inWords({ name, y, x: xs }: Curve, x: string): string {
  if (y.length === 0) return `${name}: no points yet`;
  const last = y.length - 1;
  const where = xs ? ` over ${x || "x"} ${round(xs[0]!)} … ${round(xs[last]!)}` : "";
  return `${name}: from ${round(y[0]!, 3)} to ${round(y[last]!, 3)}${where}`;
}

function check({ name, y, x, band }: Curve): void {
  checkNumbers(`curves: "${name}"`, y);
  for (const other of [x, band?.low, band?.high]) {
    if (!other) continue;
    checkNumbers(`curves: "${name}"`, other);
    if (other.length !== y.length) {
      throw new RangeError(
        `curves: "${name}" has ${y.length} values of y and ${other.length} beside them, expected as many`,
      );
    }
  }
}
