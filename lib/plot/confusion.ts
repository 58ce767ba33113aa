import type { Matrix } from "../math/matrix.js";
import { checkLabels, checkSome } from "./check.js";
import { each } from "./each.js";
import { Figure, sequential } from "./figure.js";
import { titled, tokenAxis } from "./text.js";

export interface ConfusionOptions {
  readonly title?: string;
  /** The names of the classes; by default 0, 1, 2, … */
  readonly classes?: readonly string[];
}

/** Up to how many classes a cell has room for its count and its share, and for its count alone. */
const ROOM = { both: 10, count: 20 };

/**
 * What is taken for what: the true class (down) over the predicted one (across); the colour is the share of the true
 * class, so that rare classes are seen as well as frequent ones.
 *
 * @param counts K×K: entry (i, j) is how many of class i were taken for class j
 * @throws when it is not square, an entry is not a whole number ≥ 0, or there is not one name for each class
 *
 * @example
 * const figure = plot.confusion(matrix([[9, 1], [2, 8]]), { classes: ["mail", "spam"] });
 */
export function confusion(counts: Matrix, { title = "", classes }: ConfusionOptions = {}): Figure {
  const K = counts.rows;
  checkSome("confusion", K, "class");
  if (counts.cols !== K) {
    throw new RangeError(`confusion: the matrix is ${K}×${counts.cols}, expected as many rows as columns`);
  }
  checkLabels("confusion", classes, K, "classes");
  const rows = counts.toRows();
  const odd = rows.flat().find((count) => !(Number.isInteger(count) && count >= 0));
  if (odd !== undefined) throw new RangeError(`confusion: a count is ${odd}, expected a whole number ≥ 0`);
  const names = classes ?? rows.map((_, k) => String(k));
  const shares = rows.map((row) => row.map((count) => Math.round((1000 * count) / Math.max(1, total(row))) / 1000));
  const side = Math.min(640, Math.max(240, 34 * K));
  return new Figure(
    [
      {
        type: "heatmap",
        z: shares,
        customdata: rows,
        zmin: 0,
        zmax: 1,
        colorscale: sequential,
        colorbar: { thickness: 12, tickformat: ".0%", title: { text: "of the true class", side: "right" } },
        ...(K <= ROOM.count && {
          text: each(rows.map((row, i) => row.map((count, j) => cellText(count, shares[i]![j]!, K)))),
          texttemplate: "%{text}",
          textfont: { size: K <= ROOM.both ? 11 : 10 },
        }),
        hovertemplate: "%{y} taken for %{x}: %{customdata} (%{z:.1%})<extra></extra>",
      },
    ],
    {
      title: { text: title },
      height: 120 + side,
      xaxis: { title: { text: "predicted" }, ...tokenAxis(names, "across") },
      yaxis: { title: { text: "true" }, ...tokenAxis(names, "down") },
    },
    titled(title, inWords(rows, names)),
  );
}

const cellText = (count: number, share: number, K: number) =>
  K <= ROOM.both ? `${count}<br>${Math.round(100 * share)} %` : String(count);

const total = (row: readonly number[]) => row.reduce((sum, count) => sum + count, 0);

function inWords(rows: readonly (readonly number[])[], names: readonly string[]): string {
  const all = total(rows.map(total));
  if (all === 0) return "no examples";
  const right = total(rows.map((row, k) => row[k]!));
  const wrong = rows
    .flatMap((row, i) => row.map((count, j) => ({ i, j, count, of: total(row) })))
    .filter(({ i, j, count }) => i !== j && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(({ i, j, count, of }) => `${names[i]} taken for ${names[j]} (${count} of ${of})`);
  return `${right} of ${all} right, ${((100 * right) / all).toFixed(1)} %${wrong.length > 0 ? `; most often wrong: ${wrong.join(", ")}` : ""}`;
}
