import assert from "node:assert/strict";
import { asPixels, asRows, Images, picturePixels, pictureRows, sideBySide, zeros } from "unroll";

// three pictures of 2×3: byte = 51 × picture + position, so that all bytes differ
const images = new Images(
  2,
  3,
  Uint8Array.from({ length: 18 }, (_, i) => 51 * Math.floor(i / 6) + (i % 6)),
  Uint8Array.of(7, 8, 9),
);

describe("a batch of pictures", () => {
  it("is read row by row: row t of each picture at step t", () => {
    const { x, labels } = asRows(images).batch([2, 0]);
    assert.deepEqual([x.steps, x.batch, x.width, x.precision], [2, 2, 3, "float32"]);
    for (let t = 0; t < 2; t++) {
      assert.deepEqual(x.at(t).toRows(), [images.pixels(2).toRows()[t], images.pixels(0).toRows()[t]]);
    }
    assert.deepEqual(Array.from(labels), [9, 7]);
  });

  it("is seen at a glance: all pixels in one step", () => {
    const { x } = asPixels(images).batch([1]);
    assert.deepEqual([x.steps, x.batch, x.width], [1, 1, 6]);
    assert.deepEqual(x.at(0).toRows()[0], images.pixels(1).toRows().flat());
  });
});

describe("a wide picture", () => {
  const wide = sideBySide(images.pixels(0), images.pixels(1), images.pixels(2));

  it("has its pictures side by side", () => {
    assert.deepEqual([wide.rows, wide.cols], [2, 9]);
    assert.deepEqual(wide.columns(3, 6).toRows(), images.pixels(1).toRows());
  });

  it("is read window after window, each from top to bottom", () => {
    const x = pictureRows(wide, { window: 3 });
    assert.deepEqual([x.steps, x.batch, x.width], [6, 1, 3]);
    const rows = [0, 1, 2].flatMap((i) => images.pixels(i).toRows());
    assert.deepEqual(
      rows.map((_, t) => x.at(t).toRows()[0]),
      rows,
    );
  });

  it("is read whole row by row without a window, and at a glance as one step", () => {
    assert.deepEqual(pictureRows(wide).at(1).toRows()[0], wide.toRows()[1]);
    const glance = picturePixels(wide);
    assert.deepEqual([glance.steps, glance.width], [1, 18]);
    assert.deepEqual(glance.at(0).toRows()[0], wide.toRows().flat());
  });

  it("says when windows or heights do not fit", () => {
    assert.throws(() => pictureRows(wide, { window: 4 }), /9 columns cannot be cut into windows of 4 columns/);
    assert.throws(() => sideBySide(wide, zeros(3, 3)), /2 rows and 3 rows cannot stand side by side/);
    assert.throws(() => sideBySide(), /expected at least one picture, got none/);
  });
});
