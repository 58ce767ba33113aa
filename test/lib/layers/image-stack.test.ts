import assert from "node:assert/strict";
import { buildSequence, convolution, imageStack, maxPooling, random, stacked } from "unroll";

const image = { height: 8, width: 6, channels: 2 };
const stack = imageStack(
  image,
  (below) => convolution(below, { filters: 3, padding: 1 }),
  (below) => maxPooling(below),
  (below) => convolution(below, { filters: 4, kernel: 2 }),
);

describe("a stack of image layers", () => {
  it("knows the shape of what comes out of its last layer", () => {
    assert.deepEqual(stack.outputShape, { height: 3, width: 2, channels: 4 });
    assert.equal(stack.outputSize, 24);
    assert.equal(stack.inputSize, 96);
  });

  it("computes what a plain stack of the same layers does", () => {
    const first = convolution(image, { filters: 3, padding: 1 });
    const second = maxPooling(first.outputShape);
    const plain = stacked(first, second, convolution(second.outputShape, { filters: 4, kernel: 2 }));
    const x = buildSequence(1, 2, 96, (_, i, j) => Math.sin(i + j));
    const [a, b] = [stack, plain].map((layer) => layer.forward(layer.init(random(1)), x).y);
    assert.deepEqual(a!.data, b!.data);
  });

  it("refuses no layer at all, and one that was made for another picture", () => {
    assert.throws(() => imageStack(image), /imageStack: there is no layer/);
    assert.throws(
      () => imageStack(image, () => maxPooling({ height: 4, width: 4, channels: 1 })),
      /the first layer reads 16 numbers, the image 8×6×2 has 96/,
    );
    assert.throws(
      () =>
        imageStack(
          image,
          (below) => maxPooling(below),
          () => maxPooling(image),
        ),
      /stacked: layer 1 was made for inputSize 96, but the layer below it gives 24/,
    );
  });
});
