import assert from "node:assert/strict";
import { asColumns, asPatches, asRows, type Examples, Images, permutation, pixelByPixel, random } from "unroll";

// two pictures of 4×6, the byte of each pixel its own place, 100 more in the second
const images = new Images(
  4,
  6,
  Uint8Array.from({ length: 48 }, (_, i) => (i % 24) + 100 * Math.floor(i / 24)),
  Uint8Array.of(3, 5),
);

/** The bytes that are read of one picture of a batch, step by step. */
const read = (examples: Examples, indices: number[], place: number) => {
  const { x } = examples.batch(indices);
  return Array.from({ length: x.steps }, (_, t) =>
    x
      .at(t)
      .toRows()
      [place]!.map((value) => Math.round(255 * value)),
  );
};

describe("a picture", () => {
  it("is read column by column, from left to right", () => {
    assert.deepEqual(read(asColumns(images), [0], 0), [
      [0, 6, 12, 18],
      [1, 7, 13, 19],
      [2, 8, 14, 20],
      [3, 9, 15, 21],
      [4, 10, 16, 22],
      [5, 11, 17, 23],
    ]);
  });

  it("is read in squares, each row by row, like a page", () => {
    assert.deepEqual(read(asPatches(images, { side: 2 }), [0], 0), [
      [0, 1, 6, 7],
      [2, 3, 8, 9],
      [4, 5, 10, 11],
      [12, 13, 18, 19],
      [14, 15, 20, 21],
      [16, 17, 22, 23],
    ]);
  });

  it("is read one pixel at a time, row by row or in another order", () => {
    const inOrder = Array.from({ length: 24 }, (_, i) => [i]);
    assert.deepEqual(read(pixelByPixel(images), [0], 0), inOrder);
    const order = permutation(random(1), 24);
    assert.deepEqual(
      read(pixelByPixel(images, { order }), [0], 0),
      Array.from(order, (i) => [i]),
    );
  });

  it("keeps its place in a batch and its label, however it is read", () => {
    const readings = [asRows(images), asColumns(images), asPatches(images, { side: 2 }), pixelByPixel(images)];
    for (const examples of readings) {
      assert.equal(examples.count, 2);
      const { x, labels } = examples.batch([1, 0, 1]);
      assert.deepEqual([x.batch, x.steps * x.width, x.precision], [3, 24, "float32"]);
      assert.deepEqual(Array.from(labels), [5, 3, 5]);
      assert.deepEqual(read(examples, [1, 0, 1], 2), read(examples, [1], 0));
      assert.deepEqual(
        read(examples, [1, 0, 1], 0),
        read(examples, [0], 0).map((step) => step.map((byte) => byte + 100)),
      );
    }
  });
});
