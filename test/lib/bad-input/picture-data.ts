import {
  asColumns,
  asPatches,
  asPixels,
  asRows,
  drawnImages,
  type Examples,
  Images,
  inARow,
  mnist,
  permutedPixels,
  pictureRows,
  pixelByPixel,
  shiftedImages,
  sideBySide,
  smallerImages,
  zeros,
} from "unroll";
import { type Row, type Table, withNaN } from "./refuses.js";

const nan = Number.NaN;
const pictures = new Images(2, 2, new Uint8Array(12), new Uint8Array(3));

/** What every reading of pictures refuses. */
const reading = (read: (images: Images) => Examples): Row[] => [
  [
    "an empty batch",
    () => read(pictures).batch([]),
    /Images: a batch of no pictures was asked for, expected one or more/,
  ],
  ["a picture that is not there", () => read(pictures).batch([3]), /Images: there is no picture 3, there are 0 … 2/],
  ["NaN as a picture", () => read(pictures).batch([nan]), /Images: there is no picture NaN/],
];

export const pictureData: Table = {
  Images: [
    [
      "too few bytes",
      () => new Images(2, 2, new Uint8Array(3), new Uint8Array(1)),
      /1 pictures of 2×2 need 4 bytes, got 3/,
    ],
    ["a height of 0", () => new Images(0, 2, new Uint8Array(0), new Uint8Array(1)), /Images: height is 0, expected/],
    [
      "sizes whose signs cancel",
      () => new Images(-2, -2, new Uint8Array(4), new Uint8Array(1)),
      /Images: height is -2/,
    ],
    ["a picture that is not there", () => pictures.pixels(3), /Images: there is no picture 3, there are 0 … 2/],
    ["a label between two", () => pictures.label(0.5), /Images: there is no picture 0.5/],
    ["pictures before the first", () => pictures.slice(-1, 2), /Images: there are no pictures -1 … 1, there are 0 … 2/],
    ["NaN in a choice", () => pictures.subset([nan]), /Images: there is no picture NaN/],
  ],
  asRows: reading(asRows),
  asColumns: reading(asColumns),
  asPatches: [
    ...reading((images) => asPatches(images, { side: 2 })),
    [
      "a side that does not fit",
      () => asPatches(pictures, { side: 3 }),
      /2×2 pixels cannot be cut into squares of 3×3/,
    ],
    ["a side of 0", () => asPatches(pictures, { side: 0 }), /asPatches: side is 0, expected a whole number ≥ 1/],
  ],
  pixelByPixel: [
    ...reading((images) => pixelByPixel(images)),
    [
      "an order that has a pixel twice",
      () => pixelByPixel(pictures, { order: [0, 1, 1, 2] }),
      /pixelByPixel: the order has 4 places and 3 of the 4 pixels, expected each pixel once/,
    ],
    ["an order that is too short", () => pixelByPixel(pictures, { order: [0, 1] }), /the order has 2 places/],
  ],
  permutedPixels: [
    [
      "an order with a pixel that is not there",
      () => permutedPixels(pictures, [0, 1, 2, 4]),
      /permutedPixels: the order has 4 places and 3 of the 4 pixels/,
    ],
  ],
  smallerImages: [
    ["a part that does not fit", () => smallerImages(pictures, 3), /2×2 pixels cannot be made smaller by 3/],
    ["a part of 0", () => smallerImages(pictures, 0), /smallerImages: by is 0, expected a whole number ≥ 1/],
  ],
  shiftedImages: [
    ["half a pixel", () => shiftedImages(pictures, { right: 0.5 }), /right is 0.5, expected a whole number/],
    ["NaN", () => shiftedImages(pictures, { down: nan }), /down is NaN, expected a whole number/],
  ],
  drawnImages: [
    ["no picture", () => drawnImages([]), /drawnImages: expected at least one picture, got none/],
    ["two shapes", () => drawnImages([zeros(2, 2), zeros(2, 3)]), /picture 1 is 2×3, the first is 2×2/],
    ["NaN", () => drawnImages([withNaN(2, 2)]), /drawnImages: picture 0 holds NaN/],
    ["labels that are missing", () => drawnImages([zeros(2, 2)], []), /0 labels for 1 pictures, expected one for each/],
  ],
  asPixels: reading(asPixels),
  inARow: [
    ...reading((images) => inARow(images, 2)),
    ["NaN pictures", () => inARow(pictures, nan), /inARow: length is NaN, expected a whole number ≥ 1/],
  ],
  sideBySide: [
    ["no picture", () => sideBySide(), /sideBySide: expected at least one picture, got none/],
    ["two heights", () => sideBySide(zeros(2, 2), zeros(3, 2)), /2 rows and 3 rows cannot stand side by side/],
  ],
  pictureRows: [
    [
      "a window that does not divide",
      () => pictureRows(zeros(2, 5), { window: 2 }),
      /5 columns cannot be cut into windows/,
    ],
    ["NaN as window", () => pictureRows(zeros(2, 5), { window: nan }), /windows of NaN columns/],
  ],
  mnist: [
    ["a folder without the files", () => mnist({ folder: "/nowhere" }), /the file is missing; run npm install again/],
  ],
};
