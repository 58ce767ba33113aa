import { checkCount } from "../math/check-options.js";
import type { Examples } from "./batch.js";
import type { Images } from "./images.js";
import { inPieces } from "./in-pieces.js";

/**
 * Pictures to be read column by column, from left to right: T = width steps of D = height pixels, 0 … 1, float32.
 *
 * @example
 * const columns = asColumns(mnist().test);
 * const { x } = columns.batch([0, 1, 2]); // x: 28×3×28
 */
export function asColumns(images: Images): Examples {
  const { height, width } = images;
  return inPieces(images, width, height, (t, j) => j * width + t);
}

/**
 * Pictures to be read in small squares, row of squares after row of squares: T = (height/side)·(width/side) steps of
 * D = side² pixels, each square row by row, 0 … 1, float32.
 *
 * @param side of a square, in pixels; height and width must be multiples of it
 * @throws when they are not
 *
 * @example
 * const patches = asPatches(mnist().test, { side: 4 });
 * const { x } = patches.batch([0, 1, 2]); // x: 49×3×16
 */
export function asPatches(images: Images, { side }: { side: number }): Examples {
  checkCount("asPatches", "side", side, 1);
  const { height, width } = images;
  if (height % side > 0 || width % side > 0) {
    throw new RangeError(`asPatches: ${height}×${width} pixels cannot be cut into squares of ${side}×${side}`);
  }
  const across = width / side;
  return inPieces(images, (height / side) * across, side * side, (t, j) => {
    const row = Math.floor(t / across) * side + Math.floor(j / side);
    return row * width + (t % across) * side + (j % side);
  });
}

/**
 * Pictures to be read one pixel at a time, row by row: T = height·width steps of D = 1, 0 … 1, float32.
 *
 * @param order which pixel is read at which step, a permutation of 0 … height·width − 1; by default row by row
 * @throws when the order is not a permutation of all pixels
 * @see Le, Jaitly & Hinton 2015, A simple way to initialize recurrent networks of rectified linear units, section 4.2
 *
 * @example
 * const digits = mnist().test;
 * const { x } = pixelByPixel(digits).batch([0, 1, 2]); // x: 784×3×1
 * const shuffled = pixelByPixel(digits, { order: permutation(random(1), 784) });
 */
export function pixelByPixel(images: Images, { order }: { order?: ArrayLike<number> } = {}): Examples {
  const pixels = images.height * images.width;
  if (order) checkPermutation("pixelByPixel", order, pixels);
  return inPieces(images, pixels, 1, order ? (t) => order[t]! : (t) => t);
}

/** @throws when not each of 0 … count − 1 is there once */
export function checkPermutation(what: string, order: ArrayLike<number>, count: number): void {
  const found = new Set(Array.from(order).filter((i) => Number.isInteger(i) && i >= 0 && i < count));
  if (order.length !== count || found.size !== count) {
    throw new RangeError(
      `${what}: the order has ${order.length} places and ${found.size} of the ${count} pixels, expected each pixel once`,
    );
  }
}
