import { checkCount } from "../math/check-options.js";
import { checkFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { Images } from "./images.js";
import { checkPermutation } from "./pieces.js";

/**
 * Pictures made of matrices, such as a digit that somebody has drawn, so that they can be read like all others.
 *
 * @param pictures of one shape, entries 0 (paper) … 1 (ink); what lies outside is cut
 * @param labels their classes; by default 0
 * @throws when there is none, their shapes differ, a number is not finite, or there is not one label for each
 *
 * @example
 * const drawn = drawnImages([build(28, 28, (i, j) => (i === j ? 1 : 0))]); // a diagonal stroke
 * const { x } = asRows(drawn).batch([0]); // x: 28×1×28
 */
export function drawnImages(pictures: readonly Matrix[], labels: ArrayLike<number> = pictures.map(() => 0)): Images {
  const [first] = pictures;
  if (!first) throw new RangeError("drawnImages: expected at least one picture, got none");
  if (labels.length !== pictures.length) {
    throw new RangeError(`drawnImages: ${labels.length} labels for ${pictures.length} pictures, expected one for each`);
  }
  const { rows, cols } = first;
  const bytes = new Uint8Array(pictures.length * rows * cols);
  pictures.forEach((picture, n) => {
    if (picture.rows !== rows || picture.cols !== cols) {
      throw new RangeError(
        `drawnImages: picture ${n} is ${picture.rows}×${picture.cols}, the first is ${rows}×${cols}`,
      );
    }
    checkFinite(`drawnImages: picture ${n}`, picture);
    bytes.set(picture.toRows().flat().map(byteOf), n * rows * cols);
  });
  return new Images(rows, cols, bytes, Uint8Array.from(labels));
}

/**
 * Pictures whose pixels stand in other places, in all of them the same.
 *
 * @param order which pixel stands at which place, a permutation of 0 … height·width − 1
 * @throws when it is none
 *
 * @example
 * const { test } = mnist();
 * const scrambled = permutedPixels(test.slice(0, 100), permutation(random(1), 784));
 */
export function permutedPixels(images: Images, order: ArrayLike<number>): Images {
  const { height, width } = images;
  const size = height * width;
  checkPermutation("permutedPixels", order, size);
  return changed(images, height, width, (picture, to) => {
    for (let i = 0; i < size; i++) to[i] = picture[order[i]!]!;
  });
}

/**
 * Pictures that are smaller: each pixel is the mean of a square.
 *
 * @param by how many pixels a square has on each side; height and width must be multiples of it
 * @throws when they are not
 *
 * @example
 * const half = smallerImages(mnist().test.slice(0, 100), 2); // 14×14
 */
export function smallerImages(images: Images, by: number): Images {
  checkCount("smallerImages", "by", by, 1);
  const [height, width] = [images.height / by, images.width / by];
  if (!(Number.isInteger(height) && Number.isInteger(width))) {
    throw new RangeError(`smallerImages: ${images.height}×${images.width} pixels cannot be made smaller by ${by}`);
  }
  return changed(images, height, width, (picture, to) => {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        let sum = 0;
        for (let down = 0; down < by; down++) {
          for (let across = 0; across < by; across++) {
            sum += picture[(i * by + down) * images.width + j * by + across]!;
          }
        }
        to[i * width + j] = Math.round(sum / (by * by));
      }
    }
  });
}

/**
 * Pictures moved by whole pixels; what comes in is paper, what goes out is lost.
 *
 * @param options right and down: how far, negative for left and up
 * @throws when a way is not a whole number
 *
 * @example
 * const digits = mnist().train;
 * const moved = shiftedImages(digits.slice(0, 100), { right: 1, down: -2 });
 */
export function shiftedImages(images: Images, { right = 0, down = 0 }: { right?: number; down?: number } = {}): Images {
  for (const [name, way] of Object.entries({ right, down })) {
    if (!Number.isInteger(way)) throw new RangeError(`shiftedImages: ${name} is ${way}, expected a whole number`);
  }
  const { height, width } = images;
  return changed(images, height, width, (picture, to) => {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const [row, column] = [i - down, j - right];
        const isInside = row >= 0 && row < height && column >= 0 && column < width;
        to[i * width + j] = isInside ? picture[row * width + column]! : 0;
      }
    }
  });
}

const byteOf = (value: number) => Math.round(255 * Math.min(1, Math.max(0, value)));

/** Each picture written anew, into as many bytes as the new height and width need. */
function changed(
  images: Images,
  height: number,
  width: number,
  write: (picture: Uint8Array, to: Uint8Array) => void,
): Images {
  const [size, newSize] = [images.height * images.width, height * width];
  const bytes = new Uint8Array(images.count * newSize);
  for (let n = 0; n < images.count; n++) {
    write(images.bytes.subarray(n * size, (n + 1) * size), bytes.subarray(n * newSize, (n + 1) * newSize));
  }
  return new Images(height, width, bytes, images.labels);
}
