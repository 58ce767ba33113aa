import { Sequence } from "../math/sequence.js";
import type { Examples } from "./batch.js";
import type { Images } from "./images.js";

/**
 * Pictures cut into steps of equally many pixels, 0 … 1, float32.
 *
 * @param width how many pixels a step has
 * @param pixel which pixel of a picture is number j of step t
 */
export function inPieces(
  images: Images,
  steps: number,
  width: number,
  pixel: (t: number, j: number) => number,
): Examples {
  const size = images.height * images.width;
  const pixels = Int32Array.from({ length: size }, (_, i) => pixel(Math.floor(i / width), i % width));
  return {
    count: images.count,
    batch(indices) {
      const B = indices.length;
      if (B === 0) throw new RangeError("Images: a batch of no pictures was asked for, expected one or more");
      const data = new Float32Array(B * size);
      const labels = new Uint8Array(B);
      for (let i = 0; i < B; i++) {
        labels[i] = images.label(indices[i]!);
        const first = indices[i]! * size;
        for (let t = 0; t < steps; t++) {
          const [from, to] = [t * width, (t * B + i) * width];
          for (let j = 0; j < width; j++) data[to + j] = images.bytes[first + pixels[from + j]!]! / 255;
        }
      }
      return { x: new Sequence(steps, B, width, data), labels };
    },
  };
}
