import { type Displayable, jupyterDisplay } from "../display/mime.js";
import { greyPng } from "../display/png.js";
import { checkFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";

/**
 * A matrix as a grey picture that shows itself.
 *
 * @param pixels entries 0 (black) … 1 (white); what lies outside is cut
 * @param options scale: how many pixels of the screen one entry becomes, across and down
 * @throws when there is no pixel, one is not finite, or the scale is not a whole number ≥ 1
 *
 * @example
 * display(image(build(8, 8, (i, j) => (i + j) % 2))); // a chessboard
 */
export function image(pixels: Matrix, { scale = 4 }: { scale?: number } = {}): Displayable {
  if (!(Number.isInteger(scale) && scale >= 1)) throw new RangeError(`image: scale is ${scale}, expected 1, 2, 3, …`);
  const { rows, cols } = pixels;
  if (rows * cols === 0) throw new RangeError(`image: the picture is ${rows}×${cols}, expected at least one pixel`);
  checkFinite("image: the picture", pixels);
  return {
    [jupyterDisplay]() {
      const bytes = new Uint8Array(rows * cols);
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < cols; j++)
          bytes[i * cols + j] = Math.round(255 * Math.min(1, Math.max(0, pixels.at(i, j))));
      return { "image/png": greyPng(bytes, cols, rows, scale), "text/plain": `a picture of ${rows}×${cols} pixels` };
    },
  };
}
