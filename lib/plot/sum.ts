import type { Data } from "plotly.js";
import { checkNumbers, checkSome } from "./check.js";
import { ramp } from "./colour.js";
import { Figure, INK, palette, round } from "./figure.js";
import { titled, verbatim } from "./text.js";
import { printed } from "./value.js";

export interface Term {
  readonly name: string;
  /** What it adds to each of the sums. */
  readonly values: ArrayLike<number>;
}

export interface SumOptions {
  readonly title?: string;
  /** What each sum is of, one name for each. */
  readonly names: readonly string[];
  /** What the values measure, with the unit. */
  readonly y?: string;
}

/**
 * Sums as stacks of their terms: what is positive stands above 0, what is negative hangs below it, and a mark shows
 * what they come to, with the number below.
 *
 *     sum_j = Σ_i terms[i].values[j]
 *
 * @param terms one colour for each; more than 7 are coloured by their order, from blue to orange
 * @throws when there is no term or no sum, a number is not finite, or a term has not one value for each name
 *
 * @example
 * const figure = plot.sum([
 *   { name: "step 1", values: [0.1, -0.3] },
 *   { name: "step 2", values: [0.4, 0.2] },
 * ], { names: ["∂E/∂w", "∂E/∂u"], title: "the gradient, step by step" });
 */
export function sum(terms: readonly Term[], { title = "", names, y = "" }: SumOptions): Figure {
  checkSome("sum", terms.length, "term");
  checkSome("sum", names.length, "sum");
  for (const { name, values } of terms) {
    checkNumbers(`sum: "${name}"`, values);
    if (values.length !== names.length) {
      throw new RangeError(
        `sum: "${name}" has ${values.length} values for ${names.length} sums, expected one for each`,
      );
    }
  }
  const totals = names.map((_, j) => terms.reduce((total, { values }) => total + values[j]!, 0));
  const colours = terms.length > palette.length ? ramp(terms.length) : palette;
  const places = names.map((_, j) => j);
  const stack = terms.map(
    ({ name, values }, i): Data => ({
      type: "bar",
      name: verbatim(name),
      x: places,
      y: Array.from(values, (value) => round(value)),
      marker: { color: colours[i]! },
      hovertemplate: `${verbatim(name)}: %{y}<extra></extra>`,
    }),
  );
  const marks: Data = {
    type: "scatter",
    mode: "markers",
    name: "sum",
    x: places,
    y: totals.map((total) => round(total)),
    marker: { color: INK, size: 11, symbol: "diamond", line: { color: "#FFFFFF", width: 1 } },
    hovertemplate: "sum: %{y}<extra></extra>",
  };
  return new Figure(
    [...stack, marks],
    {
      title: { text: title },
      showlegend: true,
      barmode: "relative",
      bargap: 0.6,
      xaxis: {
        tickvals: places,
        ticktext: names.map((name, j) => `${verbatim(name)}<br>${printed(totals[j]!)}`),
        showgrid: false,
        zeroline: false,
        range: [-0.5, names.length - 0.5],
      },
      yaxis: { title: { text: y } },
    },
    titled(title, names.map((name, j) => inWords(name, terms, j, totals[j]!)).join("; ")),
  );
}

function inWords(name: string, terms: readonly Term[], j: number, total: number): string {
  const told = terms.map(({ name: term, values }) => `${round(values[j]!, 3)} (${term})`);
  return `${name}: ${told.join(" + ")} = ${round(total, 3)}`;
}
