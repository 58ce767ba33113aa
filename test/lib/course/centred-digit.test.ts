import assert from "node:assert/strict";
import fc from "fast-check";
import { build, centredDigit, type Matrix, mnist } from "unroll";

/** The middle of the ink, down and across, where pixel r reaches from r to r + 1. */
function middle(picture: Matrix): [number, number] {
  let [sum, down, across] = [0, 0, 0];
  for (let r = 0; r < picture.rows; r++)
    for (let c = 0; c < picture.cols; c++) {
      const ink = picture.at(r, c);
      [sum, down, across] = [sum + ink, down + ink * (r + 0.5), across + ink * (c + 0.5)];
    }
  return [down / sum, across / sum];
}

function extent(picture: Matrix): [number, number] {
  const rows = Array.from({ length: picture.rows }, (_, r) =>
    Array.from({ length: picture.cols }, (_, c) => picture.at(r, c)),
  );
  const size = (lines: boolean[]) => lines.lastIndexOf(true) - lines.indexOf(true) + 1;
  const inked = (value: number) => value > 0;
  return [size(rows.map((row) => row.some(inked))), size(rows[0]!.map((_, c) => rows.some((row) => inked(row[c]!))))];
}

/** `picture` larger and elsewhere, as on a canvas. */
const enlarged = (picture: Matrix, scale: number, top: number, left: number, side: number) =>
  build(side, side, (r, c) => {
    const [i, j] = [Math.floor((r - top) / scale), Math.floor((c - left) / scale)];
    return i >= 0 && i < 28 && j >= 0 && j < 28 ? picture.at(i, j) : 0;
  });

describe("centredDigit", () => {
  const { test: digits } = mnist();

  it("takes the middle for where MNIST has it", () => {
    for (let i = 0; i < 300; i++)
      for (const place of middle(digits.pixels(i))) assert.ok(place >= 14 && place < 15, `${i}: ${place}`);
  });

  it("brings MNIST's digits back to where they are, wherever and however large they are drawn", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: digits.count - 1 }),
        fc.integer({ min: 2, max: 7 }),
        fc.tuple(fc.integer({ min: -2, max: 60 }), fc.integer({ min: -2, max: 60 })),
        (i, scale, [top, left]) => {
          const digit = centredDigit(enlarged(digits.pixels(i), scale, top, left, 280));
          for (const place of middle(digit)) assert.ok(place >= 14 && place < 15, `${place}`);
          assert.equal(Math.max(...extent(digit)), 20);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });

  it("gives the same picture again where a digit is as MNIST has it, apart from its scale", () => {
    const original = digits.pixels(0);
    const [height] = extent(original);
    assert.equal(height, 20); // it fills the 20 rows already
    const digit = centredDigit(enlarged(original, 5, 30, 40, 280));
    for (let r = 0; r < 28; r++)
      for (let c = 0; c < 28; c++) assert.ok(Math.abs(digit.at(r, c) - original.at(r, c)) < 1e-6, `${r}, ${c}`);
  });

  it("is 28×28, 0 … 1, float32, and keeps the proportions", () => {
    const digit = centredDigit(build(300, 200, (r, c) => (r >= 50 && r < 250 && c >= 90 && c < 110 ? 1 : 0)));
    assert.deepEqual([digit.rows, digit.cols, digit.data.constructor], [28, 28, Float32Array]);
    assert.deepEqual(extent(digit), [20, 2]);
    assert.deepEqual(middle(digit), [14, 14]); // from pixel 4 to 23, and 13 to 14
    assert.ok(digit.data.every((ink) => ink >= 0 && ink <= 1));
  });
});
