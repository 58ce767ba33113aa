import type { Data, LayoutAxis } from "plotly.js";
import { checkChoice } from "../math/check-options.js";
import type { Sequence } from "../math/sequence.js";
import { checkLabels, checkRow, checkSome } from "./check.js";
import { Figure, round, sequential } from "./figure.js";
import { titled, tokenAxis, verbatim } from "./text.js";

export interface GateOptions {
  readonly title?: string;
  /** Which sequence of the batch is shown. */
  readonly row?: number;
  /** What was read, one token a step; without it, as for a picture, the axis counts the steps. */
  readonly tokens?: readonly string[];
  /** What a step is called: "character", "row", … */
  readonly step?: string;
  /** The mean of each gate, a row for each, or all of its units, a map for each. */
  readonly show?: "mean" | "units";
}

/**
 * How far gates open while a network reads a text or a picture: gates, or their units, (down) over steps (across), from
 * 0, shut, to 1, open.
 *
 * @param activations T×B×H for each gate, as many steps in all, entries 0 … 1
 * @throws when there is no gate, their steps differ, a value lies outside 0 … 1, there is no such row in the batch, or
 *   there is not one token for each step
 *
 * @example
 * const open = buildSequence(4, 1, 8, (t, _, unit) => (t + unit) / 10);
 * const figure = plot.gates({ "forget gate": open }, { tokens: [..."text"], step: "character" });
 */
export function gates(
  activations: Readonly<Record<string, Sequence>>,
  { title = "", row = 0, tokens, step = "step", show = "mean" }: GateOptions = {},
): Figure {
  checkChoice("gates", "show", show, ["mean", "units"]);
  const named = Object.entries(activations);
  checkGates(named, row);
  const steps = named[0]![1].steps;
  checkLabels("gates", tokens, steps, "steps");
  const where = tokens ? "“%{x}”" : `${step} %{x}`;
  const map = { type: "heatmap", zmin: 0, zmax: 100, colorscale: sequential } as const;
  const colorbar = { thickness: 12, ticksuffix: " %", title: { text: "open", side: "right" } } as const;
  const means = named.map(([, gate]) => times(gate, (t) => percent(mean(gate, t, row))));
  const data: Data[] =
    show === "mean"
      ? [{ ...map, z: means, colorbar, hovertemplate: `${where}, %{y}: open to %{z} %<extra></extra>` }]
      : named.map(([name, gate], i) => ({
          ...map,
          z: Array.from({ length: gate.width }, (_, unit) => times(gate, (t) => percent(gate.at(t).at(row, unit)))),
          yaxis: i === 0 ? "y" : `y${i + 1}`,
          showscale: i === 0,
          colorbar,
          hovertemplate: `${where}, ${verbatim(name)}, unit %{y}: open to %{z} %<extra></extra>`,
        }));
  const axes = show === "mean" ? { yaxis: gateAxis(named) } : unitAxes(named);
  return new Figure(
    data,
    {
      title: { text: title },
      height: show === "mean" ? 150 + 32 * named.length : Math.max(320, 100 + 150 * named.length),
      xaxis: {
        title: { text: step },
        ...(tokens ? tokenAxis(tokens, "across") : { showgrid: false, zeroline: false }),
        anchor: show === "mean" || named.length === 1 ? "y" : (`y${named.length}` as "y2"),
      },
      ...axes,
    },
    titled(title, named.map(([name], i) => inWords(name, means[i]!, tokens ?? [], step)).join("; ")),
  );
}

const times = (gate: Sequence, value: (t: number) => number) => Array.from({ length: gate.steps }, (_, t) => value(t));

/** Whole numbers keep a map of 200×128 under 100 kB. */
const percent = (value: number) => Math.round(100 * value);

function mean(gate: Sequence, t: number, row: number): number {
  let sum = 0;
  for (let unit = 0; unit < gate.width; unit++) sum += gate.at(t).at(row, unit);
  return sum / gate.width;
}

/** One row for each gate, the first on top. */
function gateAxis(named: readonly [string, Sequence][]): Partial<LayoutAxis> {
  return tokenAxis(
    named.map(([name]) => name),
    "down",
  );
}

/** One map for each gate, the first on top, with an axis of its units. */
function unitAxes(named: readonly [string, Sequence][]): Record<string, Partial<LayoutAxis>> {
  const gap = 0.06;
  const share = (1 + gap) / named.length;
  return Object.fromEntries(
    named.map(([name], i) => {
      const bottom = (named.length - 1 - i) * share;
      const axis = { title: { text: verbatim(name) }, domain: [bottom, bottom + share - gap], showgrid: false };
      return [i === 0 ? "yaxis" : `yaxis${i + 1}`, { ...axis, zeroline: false, automargin: true }];
    }),
  );
}

function inWords(name: string, means: readonly number[], tokens: readonly string[], step: string): string {
  const average = means.reduce((sum, value) => sum + value, 0) / means.length;
  const at = (value: number) => {
    const t = means.indexOf(value);
    return `${tokens[t] === undefined ? "" : `“${tokens[t]}” `}(${step} ${t}, ${value} %)`;
  };
  const [most, least] = [Math.max(...means), Math.min(...means)];
  return `${name}: open to ${round(average, 3)} % on average over ${means.length} ${step}s, most at ${at(most)}, least at ${at(least)}`;
}

function checkGates(named: readonly [string, Sequence][], row: number): void {
  checkSome("gates", named.length, "gate");
  const steps = named[0]![1].steps;
  for (const [name, gate] of named) {
    if (gate.steps !== steps || gate.steps * gate.width === 0) {
      throw new RangeError(`gates: "${name}" has ${gate.steps} steps of ${gate.width} units, expected ${steps} steps`);
    }
    checkRow(`gates: "${name}"`, row, gate.batch);
    const odd = gate.data.findIndex((value) => !(value >= 0 && value <= 1));
    if (odd >= 0) throw new RangeError(`gates: "${name}" holds ${gate.data[odd]}, expected 0 … 1 as a sigmoid gives`);
  }
}
