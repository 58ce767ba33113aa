import type { Annotations } from "plotly.js";
import { checkCount } from "../math/check-options.js";
import { checkFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { Figure } from "./figure.js";

export interface DigitOptions {
  readonly title?: string;
  /** A word above each picture. */
  readonly labels?: readonly string[];
  /** How many pictures stand in a row. */
  readonly columns?: number;
}

/**
 * Pictures in a grid, with a word above each.
 *
 * @param pictures matrices of one shape, entries 0 (black) … 1 (white)
 * @throws when there is none, their shapes differ, a number is not finite, `columns` is not a whole number ≥ 1, or
 *   there is not one label for each
 *
 * @example
 * const { test } = mnist();
 * const figure = plot.digits([test.pixels(0), test.pixels(1)], { labels: ["7", "2"] });
 */
export function digits(
  pictures: readonly Matrix[],
  { title = "", labels = [], columns = 10 }: DigitOptions = {},
): Figure {
  const [first] = pictures;
  if (!first) throw new RangeError("digits: expected at least one picture, got none");
  if (labels.length > 0 && labels.length !== pictures.length) {
    throw new RangeError(`digits: ${labels.length} labels for ${pictures.length} pictures, expected one for each`);
  }
  if (pictures.some((p) => p.rows !== first.rows || p.cols !== first.cols)) {
    throw new RangeError(`digits: expected pictures of one shape, the first is ${first.rows}×${first.cols}`);
  }
  checkCount("digits", "columns", columns, 1);
  pictures.forEach((picture, n) => {
    checkFinite(`digits: picture ${n}`, picture);
  });
  const across = Math.min(columns, pictures.length);
  const down = Math.ceil(pictures.length / across);
  const gap = 4;
  const labelRows = labels.length > 0 ? 10 : gap;
  const cell = { width: first.cols + gap, height: first.rows + labelRows };

  // one heat map for all: a trace for each picture would be ten times as slow to draw
  const z: (number | null)[][] = Array.from({ length: down * cell.height }, () =>
    new Array(across * cell.width).fill(null),
  );
  const annotations: Partial<Annotations>[] = [];
  pictures.forEach((picture, n) => {
    const top = Math.floor(n / across) * cell.height + labelRows;
    const left = (n % across) * cell.width;
    for (let i = 0; i < picture.rows; i++) {
      for (let j = 0; j < picture.cols; j++) z[top + i]![left + j] = Math.round(100 * picture.at(i, j)) / 100;
    }
    if (labels[n] !== undefined) {
      annotations.push({ text: labels[n], x: left + first.cols / 2, y: top - labelRows / 2, showarrow: false });
    }
  });

  return new Figure(
    [
      {
        type: "heatmap",
        z,
        zmin: 0,
        zmax: 1,
        colorscale: [
          [0, "#000000"],
          [1, "#FFFFFF"],
        ],
        showscale: false,
        hoverinfo: "skip",
      },
    ],
    {
      title: { text: title },
      height: (title ? 70 : 30) + 96 * down,
      margin: { l: 8, r: 8, t: title ? 48 : 8, b: 8 },
      xaxis: { visible: false, constrain: "domain" },
      yaxis: { visible: false, autorange: "reversed", scaleanchor: "x" },
      annotations,
    },
    `${title ? `${title} — ` : ""}${pictures.length} picture${pictures.length === 1 ? "" : "s"}${labels.length > 0 ? `: ${labels.join(", ")}` : ""}`,
  );
}
