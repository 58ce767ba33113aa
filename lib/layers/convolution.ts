import type { ActivationName } from "../math/activation.js";
import { activationOf } from "../math/activation-of.js";
import { affine, columnSums } from "../math/affine.js";
import { checkPositive } from "../math/check-options.js";
import { mul } from "../math/elementwise.js";
import { build, Matrix, zeros } from "../math/matrix.js";
import { allocate } from "../math/precision.js";
import { product } from "../math/product.js";
import { Sequence } from "../math/sequence.js";
import type { DenseWeights } from "./dense.js";
import { checkImage, type ImageLayer, type ImageShape, windowsOf } from "./image-windows.js";
import type { NoState } from "./layer.js";
import { stateless } from "./stateless.js";

export interface ConvolutionOptions {
  /** F, how many patterns are looked for: the channels of the output. */
  readonly filters: number;
  /** k: a filter sees k×k pixels. */
  readonly kernel?: number;
  /** How many pixels lie between two places of a filter. */
  readonly stride?: number;
  /** How many rows and columns of zeros stand around the image; (k − 1)/2 keeps its size. */
  readonly padding?: number;
  readonly activation?: ActivationName;
  /**
   * How far W is spread at first, in 1/√(k²C). √6 keeps numbers as large from layer to layer behind relu (He et al. 2015):
   * with 1 they shrink, and a deep stack learns slowly at first.
   */
  readonly initialScale?: number;
}

/**
 * The same small filters at every place of an image, a layer that reads an image at each step.
 *
 *     y[p, q, n] = f(Σ_{i,j,c} x[s·p + i − o, s·q + j − o, c] · W[(i·k + j)·C + c, n] + b_n),  stride s, padding o
 *
 * Images lie row by row, the channels of a pixel side by side ("NHWC"): pixel (row, column) of channel c is number
 * (row·width + column)·C + c. So do outputs. All places of all images become rows of one matrix ("im2col"), and the
 * convolution one product. PyTorch's `weight[n, c, i, j]` is `W[(i·k + j)·C + c, n]`, and its images are channel by channel.
 *
 * @param image height, width and channels C of what is read; x has height·width·C columns
 * @param filters F ≥ 1
 * @param activation f: "tanh", "sigmoid" or "relu"
 * @param initialScale g > 0
 * @returns a layer with `outputShape`, which is what the next one reads; W is k²C×F and starts evenly spread over
 *   ±g/√(k²C), b is 1×F and starts at 0
 * @throws when a size is not a whole number, there is no such activation, the filter does not fit into the image, or
 *   later x has another width
 * @see LeCun et al. 1998, Gradient-based learning applied to document recognition, section II.A; He, Zhang, Ren & Sun 2015,
 *   Delving deep into rectifiers, equation 10
 *
 * @example
 * const edges = convolution({ height: 28, width: 28, channels: 1 }, { filters: 8, kernel: 5, padding: 2 });
 * const pooled = maxPooling(edges.outputShape); // 14×14×8
 * const encoder = stacked(edges, pooled, feedForward(pooled.outputSize, 64));
 */
export function convolution(
  image: ImageShape,
  { filters, kernel = 3, stride = 1, padding = 0, activation = "relu", initialScale = 1 }: ConvolutionOptions,
): ImageLayer<DenseWeights> {
  checkImage("convolution", image, { filters, kernel, stride });
  checkPositive("convolution", { initialScale });
  const { places, outputHeight, outputWidth } = windowsOf("convolution", image, { size: kernel, stride, padding });
  const { f, slope } = activationOf("convolution", activation);
  const inputSize = image.height * image.width * image.channels;
  const [P, K, F] = [outputHeight * outputWidth, kernel * kernel * image.channels, filters];

  return {
    ...stateless("convolution"),
    inputSize,
    outputSize: P * F,
    outputShape: { height: outputHeight, width: outputWidth, channels: F },

    init(random) {
      const bound = initialScale / Math.sqrt(K);
      return { W: build(K, F, () => bound * (2 * random() - 1)), b: zeros(1, F) };
    },

    forward({ W, b }, x) {
      if (x.width !== inputSize) {
        throw new RangeError(
          `convolution: x has ${x.width} columns, the layer was made for images of ${image.height}×${image.width}×${image.channels} = ${inputSize}`,
        );
      }
      const images = x.steps * x.batch;
      const X = patches(x, places); //        (images·P)×K
      const h = f(affine(X, W, b)); //        (images·P)×F
      return {
        y: new Sequence(x.steps, x.batch, P * F, h.data),
        finalState: {},
        backward(dy) {
          const dh = dy ? new Matrix(images * P, F, dy.data) : zeros(images * P, F, h.precision);
          const dZ = mul(dh, slope(h));
          const dW = product(X, dZ, { transposeA: true });
          return {
            gradients: { W: dW, b: columnSums(dZ) },
            get dx() {
              return putBack(product(dZ, W, { transposeB: true }), places, x); // nobody asks the lowest layer for it
            },
            dInitialState: {} as NoState,
          };
        },
      };
    },
  };

  /** What each filter sees, a row for each place: 0 outside of the image. */
  function patches({ data, steps, batch, precision }: Sequence, from: Int32Array): Matrix {
    const X = zeros(steps * batch * P, K, precision);
    for (let r = 0, start = 0; r < X.data.length; start += inputSize) {
      for (let k = 0; k < from.length; k++, r++) if (from[k]! >= 0) X.data[r] = data[start + from[k]!]!;
    }
    return X;
  }

  /** The reverse: a pixel gets the gradients of all places that have seen it. */
  function putBack({ data, precision }: Matrix, to: Int32Array, { steps, batch }: Sequence): Sequence {
    const dx = allocate(steps * batch * inputSize, precision);
    for (let r = 0, start = 0; r < data.length; start += inputSize) {
      for (let k = 0; k < to.length; k++, r++) if (to[k]! >= 0) dx[start + to[k]!]! += data[r]!;
    }
    return new Sequence(steps, batch, inputSize, dx);
  }
}
