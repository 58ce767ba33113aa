import type { Matrix } from "../math/matrix.js";
import { checkLabels, checkSome } from "./check.js";
import { Figure, sequential } from "./figure.js";
import { titled, tokenAxis } from "./text.js";

export interface AttentionOptions {
  readonly title?: string;
  /** The tokens that were read, one for each column. */
  readonly source: readonly string[];
  /** The tokens that were written, one for each row. */
  readonly target: readonly string[];
}

/** How many tokens are told in words. */
const TOLD = 12;

/**
 * Where a decoder looks while it writes: target tokens (down) over source tokens (across), each cell one weight of the
 * alignment (Bahdanau et al. 2015, figure 3).
 *
 * @param weights target × source, entries 0 … 1; those of a row make 1
 * @throws when there is not one token for each row and column, or an entry lies outside 0 … 1
 *
 * @example
 * const figure = plot.attention(matrix([[0.9, 0.1], [0.17, 0.83]]), { source: ["the", "cat"], target: ["le", "chat"] });
 */
export function attention(weights: Matrix, { title = "", source, target }: AttentionOptions): Figure {
  checkSome("attention", weights.rows * weights.cols, "weight");
  checkLabels("attention", target, weights.rows, "rows of target tokens");
  checkLabels("attention", source, weights.cols, "columns of source tokens");
  const z = weights.toRows();
  const odd = z.flat().find((value) => !(value >= 0 && value <= 1 + 1e-6));
  if (odd !== undefined) throw new RangeError(`attention: a weight is ${odd}, expected 0 … 1 as a softmax gives`);
  return new Figure(
    [
      {
        type: "heatmap",
        z: z.map((row) => row.map((value) => Math.round(100 * value) / 100)),
        zmin: 0,
        zmax: 1,
        colorscale: sequential,
        colorbar: { thickness: 12 },
        hovertemplate: "“%{y}” looks at “%{x}”: %{z}<extra></extra>",
      },
    ],
    {
      title: { text: title },
      height: Math.min(720, Math.max(280, 130 + 26 * target.length)),
      xaxis: { title: { text: "source" }, ...tokenAxis(source, "across") },
      yaxis: { title: { text: "target" }, ...tokenAxis(target, "down") },
    },
    titled(title, inWords(z, source, target)),
  );
}

function inWords(rows: readonly (readonly number[])[], source: readonly string[], target: readonly string[]): string {
  const looks = rows.slice(0, TOLD).map((row, i) => {
    const most = Math.max(...row);
    return `“${target[i]}” looks at “${source[row.indexOf(most)]}” (${most.toFixed(2)})`;
  });
  return looks.join(", ") + (rows.length > TOLD ? `, and ${rows.length - TOLD} more` : "");
}
