import { jupyterDisplay, type MimeBundle, nodeInspect } from "../display/mime.js";
import { picturePng } from "../display/png.js";
import { checkCount } from "../math/check-options.js";
import { build, type Matrix } from "../math/matrix.js";

/** Pixels down, pixels across, and numbers a pixel has. */
export interface PictureShape {
  readonly height: number;
  readonly width: number;
  /** 1: grey; 3: red, green and blue. */
  readonly channels: number;
}

/** Something to look at, and a sentence that says what is seen. */
export interface CaptionedPicture {
  readonly picture: Picture;
  /** Words in small letters, with a space between. */
  readonly caption: string;
}

/**
 * A picture, grey or in colour. It stays bytes, 0 … 255, until its numbers are asked for.
 *
 * @param shape height, width and channels
 * @param bytes row by row, the channels of a pixel side by side
 * @throws when a size is not a whole number ≥ 1, channels is neither 1 nor 3, or there are not as many bytes
 *
 * @example
 * const red = new Picture({ height: 1, width: 1, channels: 3 }, Uint8Array.of(255, 0, 0));
 * console.log(red.pixels().toRows()); // [[1, 0, 0]]
 */
export class Picture implements PictureShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly bytes: Uint8Array;

  constructor({ height, width, channels }: PictureShape, bytes: Uint8Array) {
    checkCount("Picture", "height", height, 1);
    checkCount("Picture", "width", width, 1);
    if (channels !== 1 && channels !== 3) {
      throw new RangeError(`Picture: channels is ${channels}, expected 1 for grey or 3 for red, green and blue`);
    }
    if (bytes.length !== height * width * channels) {
      throw new RangeError(
        `Picture: ${height}×${width}×${channels} needs ${height * width * channels} bytes, got ${bytes.length}`,
      );
    }
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.bytes = bytes;
  }

  /** As a network reads it: height × width·channels, 0 … 1, float32. */
  pixels(): Matrix {
    const { height, width, channels, bytes } = this;
    const across = width * channels;
    return build(height, across, (row, col) => bytes[row * across + col]! / 255, "float32");
  }

  /** As an address that a page can show: `data:image/png;base64,…`. */
  address(): string {
    const { height, width, channels, bytes } = this;
    return `data:image/png;base64,${picturePng(bytes, width, height, { channels })}`;
  }

  /** As a notebook shows it, four times as large. */
  [jupyterDisplay](): MimeBundle {
    const { height, width, channels, bytes } = this;
    return {
      "image/png": picturePng(bytes, width, height, { channels, scale: 4 }),
      "text/plain": this[nodeInspect](),
    };
  }

  [nodeInspect](): string {
    return `a ${this.channels === 1 ? "grey" : "coloured"} picture of ${this.height}×${this.width} pixels`;
  }
}
