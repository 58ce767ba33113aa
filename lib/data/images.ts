import { jupyterDisplay, type MimeBundle } from "../display/mime.js";
import { greyPng } from "../display/png.js";
import { checkCount } from "../math/check-options.js";
import { build, type Matrix } from "../math/matrix.js";

/** How many pictures stand in a row where a notebook shows some. */
const ACROSS = 10;

/**
 * Grey pictures of one size with their classes. They stay bytes, 0 … 255, until they are asked for.
 *
 * @param height rows of a picture
 * @param width columns of a picture
 * @param bytes all pictures, row by row, one after the other
 * @param labels one class number for each picture
 * @throws when the bytes are not as many as the pictures need
 */
export class Images {
  readonly height: number;
  readonly width: number;
  readonly count: number;
  /** All pixels, 0 … 255. */
  readonly bytes: Uint8Array;
  readonly labels: Uint8Array;

  constructor(height: number, width: number, bytes: Uint8Array, labels: Uint8Array) {
    checkCount("Images", "height", height, 1);
    checkCount("Images", "width", width, 1);
    if (bytes.length !== labels.length * height * width) {
      throw new RangeError(
        `Images: ${labels.length} pictures of ${height}×${width} need ${labels.length * height * width} bytes, got ${bytes.length}`,
      );
    }
    this.height = height;
    this.width = width;
    this.count = labels.length;
    this.bytes = bytes;
    this.labels = labels;
  }

  /** The class of picture i. */
  label(i: number): number {
    this.check(i);
    return this.labels[i]!;
  }

  /** Picture i, height×width, 0 (paper) … 1 (ink), float32. */
  pixels(i: number): Matrix {
    this.check(i);
    const first = i * this.height * this.width;
    return build(this.height, this.width, (r, c) => this.bytes[first + r * this.width + c]! / 255, "float32");
  }

  /** Pictures from … to − 1, as many of them as there are; no byte is copied. */
  slice(from: number, to: number): Images {
    if (!(from >= 0 && from <= to)) {
      throw new RangeError(`Images: there are no pictures ${from} … ${to - 1}, there are 0 … ${this.count - 1}`);
    }
    const size = this.height * this.width;
    const labels = this.labels.subarray(from, to);
    return new Images(this.height, this.width, this.bytes.subarray(from * size, (from + labels.length) * size), labels);
  }

  /** The pictures with these numbers, in this order. */
  subset(indices: ArrayLike<number>): Images {
    const size = this.height * this.width;
    const bytes = new Uint8Array(indices.length * size);
    const labels = new Uint8Array(indices.length);
    Array.from(indices).forEach((i, to) => {
      this.check(i);
      bytes.set(this.bytes.subarray(i * size, (i + 1) * size), to * size);
      labels[to] = this.labels[i]!;
    });
    return new Images(this.height, this.width, bytes, labels);
  }

  /** As a notebook shows it: the first 20 pictures in two rows. */
  [jupyterDisplay](): MimeBundle {
    const { height, width, count } = this;
    const shown = Math.min(count, 2 * ACROSS);
    const words = `${count.toLocaleString("en-GB")} pictures of ${height}×${width}`;
    if (shown === 0) return { "text/plain": words };
    const [columns, rows] = [Math.min(shown, ACROSS), Math.ceil(shown / ACROSS)];
    const sheet = new Uint8Array(columns * width * rows * height);
    for (let i = 0; i < shown; i++) {
      const corner = Math.floor(i / ACROSS) * height * columns * width + (i % ACROSS) * width;
      for (let r = 0; r < height; r++) {
        const from = (i * height + r) * width;
        sheet.set(this.bytes.subarray(from, from + width), corner + r * columns * width);
      }
    }
    const labels = Array.from(this.labels.subarray(0, shown)).join(" ");
    return {
      "image/png": greyPng(sheet, columns * width, rows * height, 2),
      "text/plain": `${words}; the first ${shown} are of the classes ${labels}`,
    };
  }

  private check(i: number): void {
    if (!(Number.isInteger(i) && i >= 0 && i < this.count)) {
      throw new RangeError(`Images: there is no picture ${i}, there are 0 … ${this.count - 1}`);
    }
  }
}
