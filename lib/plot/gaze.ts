import { checkSome } from "./check.js";
import { Figure } from "./figure.js";
import { type PixelPicture, placed } from "./pictures.js";
import { titled } from "./text.js";

export interface GazeOptions {
  readonly title?: string;
  /** Into how many cells the picture is cut, down and across. */
  readonly grid: { readonly height: number; readonly width: number };
}

/** How bright a cell is at which nobody looks. */
const DARK = 0.15;

/**
 * Where a writer looks in a picture at one word: the brighter a cell, the more it looks there (Xu et al. 2015, figure 2).
 * The cell that it looks at most is as bright as the picture. One figure for each word, and `withSlider` shows them all.
 *
 * @param picture what is looked at
 * @param weights one for each cell of the grid, row by row, 0 … 1; they sum to 1
 * @throws when there is not one weight for each cell, or one lies outside of 0 … 1
 *
 * @example
 * const grey = new Picture({ height: 4, width: 4, channels: 1 }, new Uint8Array(16).fill(200));
 * const figure = plot.gaze(grey, [0.7, 0.1, 0.1, 0.1], { grid: { height: 2, width: 2 }, title: "a seven" });
 */
export function gaze(picture: PixelPicture, weights: ArrayLike<number>, { title = "", grid }: GazeOptions): Figure {
  const cells = grid.height * grid.width;
  checkSome("gaze", cells, "cell");
  if (weights.length !== cells) {
    throw new RangeError(
      `gaze: ${weights.length} weights for ${grid.height}×${grid.width} cells, expected one for each`,
    );
  }
  const all = Array.from(weights);
  const odd = all.find((weight) => !(weight >= 0 && weight <= 1 + 1e-6));
  if (odd !== undefined) throw new RangeError(`gaze: a weight is ${odd}, expected 0 … 1 as a softmax gives`);
  const most = Math.max(...all);
  const { height, width, channels } = picture;
  const seen = picture.bytes.map((byte, p) => {
    const [row, column] = [Math.floor(p / (width * channels)), Math.floor(p / channels) % width];
    const cell = Math.floor((row * grid.height) / height) * grid.width + Math.floor((column * grid.width) / width);
    return Math.round(byte * (DARK + ((1 - DARK) * all[cell]!) / most));
  });
  const best = all.indexOf(most);
  const where = `row ${Math.floor(best / grid.width) + 1}, column ${(best % grid.width) + 1} of ${grid.height}×${grid.width} cells`;
  return new Figure(
    [placed({ height, width, channels, bytes: seen })],
    {
      title: { text: title },
      height: 340,
      margin: { l: 8, r: 8, t: title ? 48 : 8, b: 8 },
      xaxis: { visible: false, range: [-0.5, width - 0.5], constrain: "domain" },
      yaxis: { visible: false, range: [height - 0.5, -0.5], scaleanchor: "x", constrain: "domain" },
    },
    titled(title.replaceAll(/<[^>]*>/g, ""), `looks most at ${where} (${most.toFixed(2)})`),
  );
}
