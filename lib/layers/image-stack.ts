import type { ImageLayer, ImageShape } from "./image-windows.js";
import type { Layer, NoState } from "./layer.js";
import { type ByLayer, stacked } from "./stacked.js";

/** Layers on top of each other whose output is still an image: a grid of cells with some numbers each. */
export interface ImageStack extends Layer<ByLayer, ByLayer> {
  readonly outputShape: ImageShape;
}

/**
 * Convolutions and poolings on top of each other, each made for the image that the one below says.
 *
 *     image → layer₀ → layer₁ → … → a grid of height·width cells, each with its `channels` numbers
 *
 * The same as `stacked`, but it knows the shape of what comes out: who looks at parts of the picture needs it.
 *
 * @param image height, width and channels of the picture
 * @param layers each makes a layer from the shape below it, such as `(below) => convolution(below, { filters: 8 })`
 * @throws when there is no layer, or one was made for another image than the one below it says
 * @see Xu et al. 2015, Show, attend and tell, section 3.1.1: annotation vectors come from a lower convolutional layer
 *
 * @example
 * const eye = imageStack(
 *   { height: 28, width: 28, channels: 1 },
 *   (image) => convolution(image, { filters: 8, kernel: 4, stride: 4 }),
 *   (grid) => convolution(grid, { filters: 16, padding: 1 }),
 * );
 * console.log(eye.outputShape); // { height: 7, width: 7, channels: 16 }
 */
export function imageStack(
  image: ImageShape,
  ...layers: readonly ((below: ImageShape) => ImageLayer<never> | ImageLayer<NoState>)[]
): ImageStack {
  let outputShape = image;
  const [first, ...rest] = layers.map((make) => {
    const layer = make(outputShape);
    outputShape = layer.outputShape;
    return layer as unknown as Layer;
  });
  if (!first) throw new RangeError("imageStack: there is no layer, expected at least one");
  const { height, width, channels } = image;
  if (first.inputSize !== height * width * channels) {
    throw new RangeError(
      `imageStack: the first layer reads ${first.inputSize} numbers, the image ${height}×${width}×${channels} has ${height * width * channels}`,
    );
  }
  return { ...stacked(first, ...rest), outputShape };
}
