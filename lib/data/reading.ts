import { concat } from "../math/affine.js";
import { checkCount } from "../math/check-options.js";
import type { Matrix } from "../math/matrix.js";
import { buildSequence, type Sequence, stack } from "../math/sequence.js";
import type { Examples } from "./batch.js";
import type { Images } from "./images.js";
import { inPieces } from "./in-pieces.js";

/**
 * Pictures to be read row by row: T = height steps of D = width pixels, 0 … 1, float32.
 *
 * @example
 * const rows = asRows(mnist().test);
 * const { x, labels } = rows.batch([0, 1, 2]); // x: 28×3×28
 */
export function asRows(images: Images): Examples {
  return inSteps(images, images.height);
}

/**
 * Pictures to be seen at a glance: one step of D = height·width pixels, 0 … 1, float32.
 *
 * @example
 * const pixels = asPixels(mnist().test);
 * const { x } = pixels.batch([0, 1, 2]); // x: 1×3×784
 */
export function asPixels(images: Images): Examples {
  return inSteps(images, 1);
}

/**
 * Several pictures one after the other, each row by row: pictures i − length + 1 … i, with the class of the last one.
 *
 * @param length how many pictures are read in a row, ≥ 1; before the first picture stand the last ones
 * @throws when length is not a whole number ≥ 1, or later a picture is not there
 *
 * @example
 * const pairs = inARow(mnist().test, 2);
 * const { x, labels } = pairs.batch([5, 6]); // x: 56×2×28: pictures 4, 5 and pictures 5, 6; labels of 5 and 6
 */
export function inARow(images: Images, length: number): Examples {
  checkCount("inARow", "length", length, 1);
  const rows = asRows(images);
  return {
    count: rows.count,
    batch(indices) {
      for (const i of Array.from(indices)) images.label(i); // what comes around at the end is only what lies before
      const batches = Array.from({ length }, (_, k) => {
        const back = length - 1 - k;
        return rows.batch(Int32Array.from(indices, (i) => (i - back + rows.count * length) % rows.count));
      });
      const steps = batches.flatMap(({ x }) => Array.from({ length: x.steps }, (_, t) => x.at(t)));
      return { x: stack(steps), labels: batches.at(-1)!.labels };
    },
  };
}

/** The pixels of a picture, row after row, cut into `steps` equal steps. */
function inSteps(images: Images, steps: number): Examples {
  const width = (images.height * images.width) / steps;
  return inPieces(images, steps, width, (t, j) => t * width + j);
}

/**
 * Pictures of one height, side by side in one wider picture.
 *
 * @throws when there is none, or the heights differ
 *
 * @example
 * const { test } = mnist();
 * const two = sideBySide(test.pixels(0), test.pixels(1)); // 28×56
 */
export function sideBySide(...pictures: Matrix[]): Matrix {
  const [first, ...others] = pictures;
  if (!first) throw new RangeError("sideBySide: expected at least one picture, got none");
  return concat(first, ...others);
}

/**
 * One picture to be read row by row; a wide one window after window from left to right.
 *
 * @param picture height×width
 * @param window how many columns are read at a time; the width must be a multiple of it
 * @returns (height · width/window)×1×window
 * @throws when the width is not a multiple of the window
 *
 * @example
 * const { test } = mnist();
 * const two = sideBySide(test.pixels(0), test.pixels(1));
 * const x = pictureRows(two, { window: 28 }); // 56×1×28: the first digit, then the second
 */
export function pictureRows(picture: Matrix, { window = picture.cols }: { window?: number } = {}): Sequence {
  const windows = picture.cols / window;
  if (!(Number.isInteger(windows) && windows > 0)) {
    throw new RangeError(`pictureRows: ${picture.cols} columns cannot be cut into windows of ${window} columns`);
  }
  const height = picture.rows;
  return buildSequence(
    height * windows,
    1,
    window,
    (t, _, j) => picture.at(t % height, Math.floor(t / height) * window + j),
    picture.precision,
  );
}

/**
 * One picture to be seen at a glance: all its pixels in one step.
 *
 * @returns 1×1×(height·width)
 *
 * @example
 * const x = picturePixels(mnist().test.pixels(0)); // 1×1×784
 */
export function picturePixels(picture: Matrix): Sequence {
  const { rows, cols, precision } = picture;
  return buildSequence(1, 1, rows * cols, (_t, _i, j) => picture.at(Math.floor(j / cols), j % cols), precision);
}
