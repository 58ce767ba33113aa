import { allocate } from "../math/precision.js";
import { Sequence } from "../math/sequence.js";
import { checkImage, type ImageLayer, type ImageShape, windowsOf } from "./image-windows.js";
import type { NoState } from "./layer.js";
import { stateless } from "./stateless.js";

/**
 * The largest number of each window, channel by channel: an image becomes smaller, and a small shift changes little.
 *
 *     y[p, q, c] = max_{i,j} x[s·p + i, s·q + j, c]
 *
 * The gradient goes to the pixel that was the largest, the first one of several. Pixels that do not fill a window at
 * the right and lower edge are not read.
 *
 * @param image what is read, laid out as for `convolution`
 * @param size the window is size×size pixels
 * @param stride s, how many pixels lie between two windows
 * @returns a layer without weights, with `outputShape`
 * @throws when a size is not a whole number ≥ 1, the window does not fit into the image, or later x has another width
 *
 * @example
 * const layer = maxPooling({ height: 4, width: 4, channels: 1 });
 * const { y } = layer.forward({}, buildSequence(1, 1, 16, (_t, _i, j) => j));
 * console.log(y.flat().toRows()); // [[5, 7, 13, 15]]
 */
export function maxPooling(
  image: ImageShape,
  { size = 2, stride = size }: { size?: number; stride?: number } = {},
): ImageLayer<NoState> {
  checkImage("maxPooling", image, { size, stride });
  const { places, outputHeight, outputWidth } = windowsOf("maxPooling", image, { size, stride, padding: 0 });
  const C = image.channels;
  const inputSize = image.height * image.width * C;
  const outputSize = outputHeight * outputWidth * C;
  const seen = size * size;

  return {
    ...stateless("maxPooling"),
    inputSize,
    outputSize,
    outputShape: { height: outputHeight, width: outputWidth, channels: C },
    init: () => ({}),

    forward(_, x) {
      const { steps, batch, data, precision } = x;
      if (x.width !== inputSize) {
        throw new RangeError(
          `maxPooling: x has ${x.width} columns, the layer was made for images of ${image.height}×${image.width}×${C} = ${inputSize}`,
        );
      }
      const y = allocate(steps * batch * outputSize, precision);
      const winners = new Int32Array(y.length);
      for (let r = 0; r < y.length; r++) {
        const start = Math.floor(r / outputSize) * inputSize;
        const [window, c] = [Math.floor((r % outputSize) / C), r % C];
        let best = start + places[window * seen * C + c]!;
        for (let k = 1; k < seen; k++) {
          const place = start + places[(window * seen + k) * C + c]!;
          if (data[place]! > data[best]!) best = place;
        }
        winners[r] = best;
        y[r] = data[best]!;
      }
      return {
        y: new Sequence(steps, batch, outputSize, y),
        finalState: {},
        backward(dy) {
          const dx = allocate(data.length, dy?.precision ?? precision);
          if (dy) for (let r = 0; r < winners.length; r++) dx[winners[r]!]! += dy.data[r]!;
          return { gradients: {}, dx: new Sequence(steps, batch, inputSize, dx), dInitialState: {} };
        },
      };
    },
  };
}
