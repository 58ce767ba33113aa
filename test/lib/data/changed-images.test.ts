import assert from "node:assert/strict";
import { drawnImages, Images, matrix, permutation, permutedPixels, random, shiftedImages, smallerImages } from "unroll";

const images = new Images(
  2,
  4,
  Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 10, 20, 30, 40, 50, 60, 70, 80),
  Uint8Array.of(3, 5),
);
const bytes = (changed: Images) => Array.from({ length: changed.count }, (_, i) => [...changed.slice(i, i + 1).bytes]);

describe("pictures", () => {
  it("have their pixels in other places, all of them the same, and their labels", () => {
    const swapped = permutedPixels(images, [7, 6, 5, 4, 3, 2, 1, 0]);
    assert.deepEqual(bytes(swapped), [
      [8, 7, 6, 5, 4, 3, 2, 1],
      [80, 70, 60, 50, 40, 30, 20, 10],
    ]);
    assert.deepEqual([...swapped.labels], [3, 5]);
    const order = permutation(random(1), 8);
    const back = Array.from({ length: 8 }, (_, i) => order.indexOf(i));
    assert.deepEqual(bytes(permutedPixels(permutedPixels(images, order), back)), bytes(images));
  });

  it("become smaller: each pixel the mean of a square", () => {
    const small = smallerImages(images, 2);
    assert.deepEqual([small.height, small.width, small.count], [1, 2, 2]);
    assert.deepEqual(bytes(small), [
      [4, 6], // (1+2+5+6)/4 = 3.5 and (3+4+7+8)/4 = 5.5, rounded
      [35, 55],
    ]);
    assert.deepEqual(bytes(smallerImages(images, 1)), bytes(images));
  });

  it("move by whole pixels; what comes in is paper", () => {
    assert.deepEqual(bytes(shiftedImages(images, { right: 1 }))[0], [0, 1, 2, 3, 0, 5, 6, 7]);
    assert.deepEqual(bytes(shiftedImages(images, { right: -2, down: 1 }))[0], [0, 0, 0, 0, 3, 4, 0, 0]);
    assert.deepEqual(bytes(shiftedImages(images, { down: -5 }))[0], [0, 0, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual(bytes(shiftedImages(images)), bytes(images));
  });

  it("are made of matrices, and are those that come out again", () => {
    const drawn = matrix([
      [0, 0.2, 1],
      [1, 0.6, -3],
    ]);
    const made = drawnImages([drawn, drawn], [4, 9]);
    assert.deepEqual([...made.labels], [4, 9]);
    assert.deepEqual(bytes(made)[1], [0, 51, 255, 255, 153, 0]);
    assert.deepEqual(bytes(drawnImages([made.pixels(0)]))[0], bytes(made)[0]);
    assert.deepEqual([...drawnImages([drawn]).labels], [0]);
  });
});
