import assert from "node:assert/strict";
import { asRows, Images } from "unroll";

// three pictures of 2×3: byte = 51 × picture + position, so that all bytes differ
const images = new Images(
  2,
  3,
  Uint8Array.from({ length: 18 }, (_, i) => 51 * Math.floor(i / 6) + (i % 6)),
  Uint8Array.of(7, 8, 9),
);

describe("Images", () => {
  it("gives the pixels of a picture as 0 … 1", () => {
    assert.deepEqual(
      images.pixels(1).toRows()[1],
      [54, 55, 56].map((byte) => Math.fround(byte / 255)),
    );
    assert.equal(images.label(1), 8);
  });

  it("can be cut and picked from", () => {
    assert.deepEqual([...images.slice(1, 3).labels], [8, 9]);
    assert.deepEqual(images.slice(1, 3).pixels(0), images.pixels(1));
    assert.equal(images.slice(2, 99).count, 1);
    const picked = images.subset([2, 0, 2]);
    assert.deepEqual([...picked.labels], [9, 7, 9]);
    assert.deepEqual(picked.pixels(1), images.pixels(0));
  });

  it("says which picture there is not, and when bytes are missing", () => {
    assert.throws(() => images.pixels(3), /there is no picture 3, there are 0 … 2/);
    assert.throws(() => images.subset([0, -1]), /there is no picture -1/);
    assert.throws(() => asRows(images).batch([1.5]), /there is no picture 1.5/);
    assert.throws(
      () => new Images(2, 2, new Uint8Array(7), new Uint8Array(2)),
      /2 pictures of 2×2 need 8 bytes, got 7/,
    );
  });
});
