import type { Data } from "plotly.js";
import { checkChoice } from "../math/check-options.js";
import { checkNumbers, checkSome } from "./check.js";
import { ramp } from "./colour.js";
import { Figure, INK, palette, round } from "./figure.js";
import { counted, titled, verbatim } from "./text.js";

export interface Spectrum {
  /** Of what: a matrix, or a distance in time. */
  readonly name: string;
  /** Singular values in any order, each ≥ 0. */
  readonly values: ArrayLike<number>;
}

export interface SpectraOptions {
  readonly title?: string;
  /** A line over the rank for each matrix, or a column of marks for each, one beside the other. */
  readonly as?: "lines" | "columns";
  /** What the names tell, as the title of the columns' axis or before the names in the legend. */
  readonly by?: string;
  readonly yScale?: "linear" | "log";
}

/**
 * Singular values, sorted: by how much a matrix stretches each direction. Above the line at 1 a gradient grows, below it
 * a gradient shrinks (Pascanu et al. 2013).
 *
 * @param matrices up to 7 have colours of the palette; more are coloured by their order, from blue to orange
 * @throws when there is none, a form or scale is unknown, or a value is negative or no number
 *
 * @example
 * const figure = plot.spectra([
 *   { name: "1", values: [1.3, 0.9, 0.4] },
 *   { name: "10", values: [2.1, 0.3, 0.001] },
 * ], { as: "columns", by: "distance in time (steps)" });
 */
export function spectra(
  matrices: readonly Spectrum[],
  { title = "", as = "lines", by = "", yScale = "log" }: SpectraOptions = {},
): Figure {
  checkSome("spectra", matrices.length, "matrix");
  checkChoice("spectra", "as", as, ["lines", "columns"]);
  checkChoice("spectra", "yScale", yScale, ["linear", "log"]);
  const sorted = matrices.map(({ name, values }) => ({ name, values: descending(name, values) }));
  const colours = matrices.length > palette.length ? ramp(matrices.length) : palette;
  const data: Data[] = sorted.map(({ name, values }, i) => {
    const line = as === "lines";
    return {
      type: "scatter",
      mode: line ? "lines+markers" : "markers",
      name: verbatim(line && by ? `${by} ${name}` : name),
      x: values.map((_, rank) => (line ? rank + 1 : i)),
      y: values.map((value) => round(value)),
      line: { color: colours[i]!, width: 2 },
      marker: line
        ? { color: colours[i]!, size: 5 }
        : { color: colours[i]!, size: 14, symbol: "line-ew", line: { color: colours[i]!, width: 2 } },
      hovertemplate: line ? "%{y}" : `${verbatim(name)}: %{y}`,
    };
  });
  const columns = {
    title: { text: by },
    tickvals: sorted.map((_, i) => i),
    ticktext: sorted.map((s) => verbatim(s.name)),
  };
  return new Figure(
    data,
    {
      title: { text: title },
      showlegend: as === "lines" && matrices.length > 1,
      xaxis:
        as === "lines"
          ? { title: { text: "rank" }, zeroline: false }
          : { ...columns, showgrid: false, zeroline: false, range: [-0.5, sorted.length - 0.5] },
      yaxis: { title: { text: "singular value" }, type: yScale, exponentformat: "power" },
      shapes: [
        { type: "line", xref: "paper", x0: 0, x1: 1, y0: 1, y1: 1, line: { color: INK, width: 1.5, dash: "dash" } },
      ],
    },
    titled(title, sorted.map((spectrum) => inWords(spectrum, by)).join("; ")),
  );
}

function inWords({ name, values }: { name: string; values: readonly number[] }, by: string): string {
  const [high, low] = [values[0]!, values.at(-1)!];
  const above = values.filter((value) => value > 1).length;
  const range =
    values.length > 1
      ? `${counted(values.length, "value")} from ${round(high, 3)} to ${round(low, 3)}`
      : `one value, ${round(high, 3)}`;
  return `${by ? `${by} ` : ""}${name}: ${range}, ${above} above 1`;
}

function descending(name: string, values: ArrayLike<number>): number[] {
  checkSome(`spectra: "${name}"`, values.length, "singular value");
  checkNumbers(`spectra: "${name}"`, values);
  const sorted = Array.from(values).sort((a, b) => b - a);
  if (sorted.at(-1)! < 0)
    throw new RangeError(`spectra: "${name}" has ${sorted.at(-1)}, a singular value is at least 0`);
  return sorted;
}
