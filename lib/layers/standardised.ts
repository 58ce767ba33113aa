import { checkPositive } from "../math/check-options.js";
import { allocate } from "../math/precision.js";
import { Sequence } from "../math/sequence.js";
import { checkImage, type ImageLayer, type ImageShape } from "./image-windows.js";
import type { NoState } from "./layer.js";
import { stateless } from "./stateless.js";

/**
 * Numbers around 0 in place of brightness, as the first layer of what reads pictures.
 *
 *     y = (x − mean) / deviation
 *
 * On a white ground most pixels are 1, and what all pictures have in common is much larger than what tells them apart: a
 * network learns slowly, or never begins to. Around 0 it begins at once.
 *
 * @param image what is read, and what comes out
 * @param mean of all pixels of the pictures to train on
 * @param deviation of the same, > 0
 * @returns a layer without weights
 * @throws when a size is not a whole number ≥ 1, mean or deviation is no such number, or later x has another width
 * @see LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.3
 *
 * @example
 * const layer = standardised({ height: 1, width: 2, channels: 1 }, { mean: 0.5, deviation: 0.25 });
 * console.log(layer.forward({}, buildSequence(1, 1, 2, (_t, _i, j) => j)).y.data); // [-2, 2]
 */
export function standardised(
  image: ImageShape,
  { mean, deviation }: { mean: number; deviation: number },
): ImageLayer<NoState> {
  checkImage("standardised", image, {});
  checkPositive("standardised", { deviation });
  if (!Number.isFinite(mean)) throw new RangeError(`standardised: mean is ${mean}, expected a finite number`);
  const { height, width, channels } = image;
  const size = height * width * channels;
  return {
    ...stateless("standardised"),
    inputSize: size,
    outputSize: size,
    outputShape: { height, width, channels },
    init: () => ({}),

    forward(_, x) {
      if (x.width !== size) {
        throw new RangeError(
          `standardised: x has ${x.width} columns, the layer was made for images of ${height}×${width}×${channels} = ${size}`,
        );
      }
      const mapped = ({ steps, batch, data, precision }: Sequence, f: (value: number) => number) => {
        const y = allocate(data.length, precision);
        for (let k = 0; k < y.length; k++) y[k] = f(data[k]!);
        return new Sequence(steps, batch, size, y);
      };
      return {
        y: mapped(x, (value) => (value - mean) / deviation),
        finalState: {},
        backward: (dy) => ({
          gradients: {},
          get dx() {
            return dy && mapped(dy, (value) => value / deviation);
          },
          dInitialState: {},
        }),
      };
    },
  };
}
