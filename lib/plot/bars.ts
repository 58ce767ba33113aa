import type { Shape } from "plotly.js";
import { checkChoice, checkNotNegative } from "../math/check-options.js";
import { checkNumbers, checkSome } from "./check.js";
import { Figure, INK, palette, round } from "./figure.js";
import { titled, verbatim } from "./text.js";

export interface BarOptions {
  readonly title?: string;
  /** What the values measure, with the unit. */
  readonly y?: string;
  /** What the simplest answer reaches: a dashed line. */
  readonly baseline?: number;
  /** What a paper reports: a dotted line. */
  readonly published?: number;
  /** ± around each value, as a deviation over several runs. */
  readonly deviations?: Readonly<Record<string, number>>;
  readonly yScale?: "linear" | "log";
}

/**
 * Named values side by side, with the line that a trivial answer reaches and the one that a paper reports.
 *
 * @param values at least one
 * @throws when there is none, one is no number, or a deviation has no value or is not ≥ 0
 *
 * @example
 * const figure = plot.bars({ "tanh RNN": 0.16, LSTM: 0.003 }, { y: "mean squared error", baseline: 0.167 });
 */
export function bars(
  values: Readonly<Record<string, number>>,
  { title = "", y = "", baseline, published, deviations, yScale = "linear" }: BarOptions = {},
): Figure {
  const names = Object.keys(values);
  const heights = Object.values(values);
  checkSome("bars", names.length, "value");
  checkNumbers("bars", heights);
  checkChoice("bars", "yScale", yScale, ["linear", "log"]);
  for (const name of Object.keys(deviations ?? {})) {
    if (!Object.hasOwn(values, name)) throw new RangeError(`bars: there is a deviation for "${name}" and no value`);
  }
  checkNotNegative("bars: the deviations", deviations ?? {});
  const lines = [
    ...(baseline === undefined ? [] : [line("baseline", baseline, "dash", INK)]),
    ...(published === undefined ? [] : [line("published", published, "dot", palette[5]!)]),
  ];
  checkNumbers(
    "bars: the lines",
    lines.map(({ value }) => value),
  );
  return new Figure(
    [
      {
        type: "bar",
        x: names.map((_, i) => i),
        y: heights.map((value) => round(value)),
        marker: { color: palette[0]! },
        showlegend: false,
        hovertext: names.map((name, i) => `${verbatim(name)}: ${round(heights[i]!)}`),
        hoverinfo: "text",
        ...(deviations && {
          error_y: {
            type: "data",
            array: names.map((name) => round(deviations[name] ?? 0)),
            visible: true,
            color: INK,
          },
        }),
      },
    ],
    {
      title: { text: title },
      showlegend: lines.length > 0,
      bargap: 0.4,
      xaxis: {
        tickvals: names.map((_, i) => i),
        // a value above its bar would lie on a line now and then
        ticktext: names.map((name, i) => `${verbatim(name)}<br>${round(heights[i]!, 3)}`),
        showgrid: false,
        zeroline: false,
        range: [-0.6, names.length - 0.4],
      },
      yaxis: { title: { text: y }, type: yScale, ...(yScale === "log" && { exponentformat: "power" }) },
      shapes: lines.map(({ shape }) => shape),
    },
    titled(title, inWords(values, lines, y)),
  );
}

interface Line {
  readonly what: string;
  readonly value: number;
  readonly shape: Partial<Shape>;
}

function line(what: string, value: number, dash: "dash" | "dot", color: string): Line {
  const shape: Partial<Shape> = {
    type: "line",
    xref: "paper",
    x0: 0,
    x1: 1,
    y0: value,
    y1: value,
    name: `${what}: ${round(value)}`,
    showlegend: true,
    line: { color, width: 2, dash },
  };
  return { what, value, shape };
}

function inWords(values: Readonly<Record<string, number>>, lines: readonly Line[], y: string): string {
  const told = Object.entries(values).map(([name, value]) => `${name} ${round(value, 3)}`);
  const beside = lines.map(({ what, value }) => `${what} ${round(value, 3)}`);
  return `${y ? `${y}: ` : ""}${told.join(", ")}${beside.length > 0 ? `; ${beside.join(", ")}` : ""}`;
}
