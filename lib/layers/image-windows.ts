import type { WeightTree } from "../math/weights.js";
import type { Layer, NoState } from "./layer.js";

/** Pixels down, pixels across, and numbers a pixel has: 1 for grey, 3 for colour. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A layer that reads an image at each step and says an image. */
export interface ImageLayer<W extends WeightTree> extends Layer<W, NoState> {
  readonly outputShape: ImageShape;
}

/**
 * A square window that walks over an image, row by row.
 *
 * @param padding how many rows and columns of nothing stand around the image
 * @returns for each place of the window its size²·channels numbers: where in the image they are, or −1 outside of it
 * @throws when the window does not fit
 */
export function windowsOf(
  what: string,
  { height, width, channels }: ImageShape,
  { size, stride, padding }: { size: number; stride: number; padding: number },
): { places: Int32Array; outputHeight: number; outputWidth: number } {
  if (!(Number.isInteger(padding) && padding >= 0 && padding < size)) {
    throw new RangeError(`${what}: the padding is ${padding}, expected a whole number from 0 to ${size - 1}`);
  }
  const along = (pixels: number) => Math.floor((pixels + 2 * padding - size) / stride) + 1;
  const [outputHeight, outputWidth] = [along(height), along(width)];
  if (outputHeight < 1 || outputWidth < 1) {
    throw new RangeError(
      `${what}: a window of ${size}×${size} does not fit into ${height}×${width} pixels with padding ${padding}: take a smaller one`,
    );
  }
  const places = new Int32Array(outputHeight * outputWidth * size * size * channels);
  let k = 0;
  for (let p = 0; p < outputHeight; p++) {
    for (let q = 0; q < outputWidth; q++) {
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const [row, col] = [p * stride + i - padding, q * stride + j - padding];
          const isInside = row >= 0 && row < height && col >= 0 && col < width;
          for (let c = 0; c < channels; c++) places[k++] = isInside ? (row * width + col) * channels + c : -1;
        }
      }
    }
  }
  return { places, outputHeight, outputWidth };
}

/** @throws when a size is not a whole number ≥ 1 */
export function checkImage(what: string, image: ImageShape, sizes: Readonly<Record<string, number>>): void {
  const { height, width, channels } = image;
  for (const [name, value] of Object.entries({ height, width, channels, ...sizes })) {
    if (!(Number.isInteger(value) && value > 0)) {
      throw new RangeError(`${what}: ${name} is ${value}, expected a whole number ≥ 1`);
    }
  }
}
