import type { Matrix } from "../math/matrix.js";
import { checkLabels, checkNumbers, checkSome } from "./check.js";
import { each } from "./each.js";
import { diverging, Figure, round } from "./figure.js";
import { titled, tokenAxis } from "./text.js";

export interface MatrixMapOptions {
  readonly title?: string;
  /** A name for each row. */
  readonly rows?: readonly string[];
  /** A name for each column. */
  readonly columns?: readonly string[];
  /** What stands down, and what stands across. */
  readonly y?: string;
  readonly x?: string;
  /** The number that has the full colour, > 0; by default the largest in size. */
  readonly limit?: number;
}

/** Up to how many rows and columns a cell has room for its number. */
const ROOM = 10;

/**
 * A matrix as it is written, row under row, each number a colour: below 0 blue, above 0 orange. A small one has its
 * numbers in it.
 *
 * @throws when the matrix is empty, a number is not finite, the limit is not > 0, or there is not one name for each row
 *   or column
 *
 * @example
 * const figure = plot.matrixMap(matrix([[0.5, 0.7], [-0.6, 0.2]]), { title: "W_hh", y: "from", x: "to" });
 */
export function matrixMap(
  matrix: Matrix,
  { title = "", rows, columns, x = "", y = "", limit }: MatrixMapOptions = {},
): Figure {
  checkSome("matrixMap", matrix.rows * matrix.cols, "number");
  checkLabels("matrixMap", rows, matrix.rows, "rows");
  checkLabels("matrixMap", columns, matrix.cols, "columns");
  const numbers = matrix.toRows();
  checkNumbers("matrixMap", numbers.flat());
  if (limit !== undefined && !(limit > 0)) throw new RangeError(`matrixMap: limit is ${limit}, expected a number > 0`);
  const largest = numbers.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const full = limit ?? (largest || 1);
  const written = Math.max(matrix.rows, matrix.cols) <= ROOM;
  const counted = (count: number) => Array.from({ length: count }, (_, i) => String(i + 1));
  return new Figure(
    [
      {
        type: "heatmap",
        z: numbers.map((row) => row.map((value) => round(value))),
        zmin: -full,
        zmax: full,
        colorscale: diverging,
        colorbar: { thickness: 12 },
        ...(written && {
          text: each(numbers.map((row) => row.map((value) => String(round(value, 2)).replace("-", "−")))),
          texttemplate: "%{text}",
        }),
        hovertemplate: "row %{y}, column %{x}: %{z}<extra></extra>",
      },
    ],
    {
      title: { text: title },
      xaxis: { title: { text: x }, ...tokenAxis(columns ?? counted(matrix.cols), "across") },
      yaxis: { title: { text: y }, ...tokenAxis(rows ?? counted(matrix.rows), "down") },
    },
    titled(title, inWords(numbers, largest)),
  );
}

function inWords(numbers: readonly (readonly number[])[], largest: number): string {
  const shape = `${numbers.length}×${numbers[0]!.length}`;
  if (numbers.flat().length > 9) return `${shape} numbers, none larger in size than ${round(largest, 2)}`;
  return `${shape}: ${numbers.map((row) => `(${row.map((value) => round(value, 2)).join(", ")})`).join(", ")}`;
}
