import { type Matrix, zeros } from "../math/matrix.js";
import type { Tokens } from "../math/tokens.js";
import { type Collection, collection } from "./collection.js";
import { padded } from "./padded.js";
import type { CaptionedPicture, Picture } from "./picture.js";
import type { Vocabulary } from "./vocabulary.js";

/**
 * Pictures with what shall be said about them, for a captioner.
 *
 * @param rows N pictures of one shape, each with a caption
 * @param vocabulary makes numbers of the captions' words; it has `<begin>` and `<end>`
 * @returns batches of `images` B×pixels (0 … 1, float32), `target` T×B, which begins and ends with these marks, and
 *   `targetLengths`; `lengthOf` counts both marks
 * @throws when there is no picture, their shapes differ, the vocabulary lacks a mark, or a word is unknown
 *
 * @example
 * const dot = new Picture({ height: 1, width: 1, channels: 1 }, Uint8Array.of(255));
 * const words = wordVocabulary("a dot", { special: ["pad", "begin", "end"] });
 * const { images, target } = pictureCaptions([{ picture: dot, caption: "a dot" }], words).batch([0]); // 1×1 and 4×1
 */
export function pictureCaptions(
  rows: readonly CaptionedPicture[],
  vocabulary: Vocabulary,
): Collection<{ images: Matrix; target: Tokens; targetLengths: Int32Array }> {
  const { begin, end } = vocabulary.special;
  if (begin === undefined || end === undefined) {
    throw new RangeError(
      `pictureCaptions: the vocabulary has no <${begin === undefined ? "begin" : "end"}>, build it with special: ["pad", "begin", "end"]`,
    );
  }
  const shape = shapeOf(rows[0]?.picture);
  const items = rows.map(({ picture, caption }, i) => {
    if (shapeOf(picture) !== shape) {
      throw new RangeError(
        `pictureCaptions: picture ${i} is ${shapeOf(picture)}, the first is ${shape}: make them alike`,
      );
    }
    return { picture, ids: [begin, ...vocabulary.encode(caption), end] };
  });
  return collection(
    "pictureCaptions",
    items.length,
    (i) => items[i]!,
    ({ ids }) => ids.length,
    (batch) => {
      const { tokens, lengths } = padded(batch.map(({ ids }) => ids));
      return { images: imagesOf(batch.map(({ picture }) => picture)), target: tokens, targetLengths: lengths };
    },
  );
}

/**
 * Pictures as a captioner looks at them.
 *
 * @param pictures B pictures of one shape
 * @returns B×pixels, 0 … 1, float32
 * @throws when there is none, or their shapes differ
 *
 * @example
 * const grey = new Picture({ height: 1, width: 2, channels: 1 }, Uint8Array.of(0, 255));
 * console.log(imagesOf([grey, grey]).toRows()); // [[0, 1], [0, 1]]
 */
export function imagesOf(pictures: readonly Picture[]): Matrix {
  const [first] = pictures;
  if (!first) throw new RangeError("imagesOf: there are no pictures, expected at least one");
  const images = zeros(pictures.length, first.bytes.length, "float32");
  pictures.forEach((picture, i) => {
    if (shapeOf(picture) !== shapeOf(first)) {
      throw new RangeError(
        `imagesOf: picture ${i} is ${shapeOf(picture)}, the first is ${shapeOf(first)}: make them alike`,
      );
    }
    const from = i * images.cols;
    for (let p = 0; p < images.cols; p++) images.data[from + p] = picture.bytes[p]! / 255;
  });
  return images;
}

const shapeOf = (picture: Picture | undefined): string =>
  picture ? `${picture.height}×${picture.width}×${picture.channels}` : "none";
