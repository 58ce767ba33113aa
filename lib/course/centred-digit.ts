import { checkFinite } from "../math/finite.js";
import { build, type Matrix } from "../math/matrix.js";

const SIDE = 28;
const BOX = 20;
const ROUNDING = 1e-9;

/**
 * A drawn digit as those of MNIST are: scaled so that it just fits into 20×20 pixels, and moved by whole pixels so that its
 * ink is balanced in pixel 14 of 28, down and across.
 *
 *     14 ≤ Σ_rc (r + ½)·p(r, c) / Σ p < 15, and the same for c
 *
 * @param drawing of any size, entries 0 (paper) … 1 (ink)
 * @returns 28×28, 0 … 1, float32
 * @throws when nothing is drawn, or an entry is not finite or not in 0 … 1
 * @see LeCun, Cortes & Burges (1998), The MNIST database of handwritten digits
 *
 * @example
 * const drawing = build(100, 60, (r, c) => (c > 20 && c < 30 && r > 10 && r < 80 ? 1 : 0)); // a one
 * const digit = centredDigit(drawing);
 * display(image(digit));
 */
export function centredDigit(drawing: Matrix): Matrix {
  checkFinite("centredDigit: the drawing", drawing);
  const { top: first, left: begin, height, width } = inkOf(drawing);
  const step = Math.max(height, width) / BOX; // rows of the drawing for each row of the digit
  // the shorter side is seldom a whole number of pixels: the same paper is left on both sides of it
  const [rows, cols] = [Math.ceil(height / step - ROUNDING), Math.ceil(width / step - ROUNDING)];
  const [up, out] = [first - (rows * step - height) / 2, begin - (cols * step - width) / 2];
  const small = build(rows, cols, (r, c) => meanWithin(drawing, up + r * step, out + c * step, step));
  const [down, across] = balance(small);
  const [top, left] = [placed(down, rows), placed(across, cols)];
  return build(
    SIDE,
    SIDE,
    (r, c) => (r >= top && r < top + rows && c >= left && c < left + cols ? small.at(r - top, c - left) : 0),
    "float32",
  );
}

/** The first of `size` rows, so that the balance lies in the middle and nothing is cut off. */
function placed(balance: number, size: number): number {
  return Math.min(SIDE - size, Math.max(0, SIDE / 2 - Math.floor(balance)));
}

/** The smallest rectangle that holds all ink. */
function inkOf(drawing: Matrix): { top: number; left: number; height: number; width: number } {
  let [top, left, bottom, right] = [drawing.rows, drawing.cols, -1, -1];
  for (let r = 0; r < drawing.rows; r++) {
    for (let c = 0; c < drawing.cols; c++) {
      const ink = drawing.at(r, c);
      if (ink < 0 || ink > 1) {
        throw new RangeError(`centredDigit: entry (${r}, ${c}) of the drawing is ${ink}, expected 0 (paper) … 1 (ink)`);
      }
      if (ink === 0) continue;
      [top, left, bottom, right] = [Math.min(top, r), Math.min(left, c), Math.max(bottom, r), Math.max(right, c)];
    }
  }
  if (bottom < 0) throw new RangeError("centredDigit: nothing is drawn, expected a digit");
  return { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/** The mean of a square of pixels, of those at its edges the part that lies within it; around the drawing there is paper. */
function meanWithin(drawing: Matrix, top: number, left: number, side: number): number {
  let sum = 0;
  for (let r = Math.max(0, Math.floor(top)); r < Math.min(drawing.rows, top + side); r++) {
    const down = Math.min(r + 1, top + side) - Math.max(r, top);
    for (let c = Math.max(0, Math.floor(left)); c < Math.min(drawing.cols, left + side); c++) {
      sum += drawing.at(r, c) * down * (Math.min(c + 1, left + side) - Math.max(c, left));
    }
  }
  return Math.min(1, Math.max(0, sum / side ** 2));
}

/** Where the ink is balanced, down and across. */
function balance(picture: Matrix): [down: number, across: number] {
  let [sum, down, across] = [0, 0, 0];
  for (let r = 0; r < picture.rows; r++) {
    for (let c = 0; c < picture.cols; c++) {
      const ink = picture.at(r, c);
      sum += ink;
      down += ink * (r + 0.5);
      across += ink * (c + 0.5);
    }
  }
  return [down / sum, across / sum];
}
