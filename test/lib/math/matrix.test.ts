import assert from "node:assert/strict";
import { build, copy, copyInto, Matrix, matrix, zeros } from "unroll";

describe("Matrix", () => {
  it("has views of columns and rows that share its memory", () => {
    const whole = build(4, 5, (i, j) => 10 * i + j);
    const part = whole.columns(1, 4).rowRange(2, 4);
    assert.deepEqual(part.toRows(), [
      [21, 22, 23],
      [31, 32, 33],
    ]);
    part.set(1, 2, -1);
    assert.equal(whole.at(3, 3), -1);
    whole.set(2, 1, -2);
    assert.equal(part.at(0, 0), -2);
  });

  it("says which columns or rows it does not have", () => {
    assert.throws(() => zeros(2, 3).columns(1, 4), /there are no columns 1 … 3, it has 0 … 2/);
    assert.throws(() => zeros(2, 3).rowRange(-1, 1), /there are no rows -1 … 0, it has 0 … 1/);
  });

  it("refuses shapes that are none, and arrays that are too short", () => {
    assert.throws(() => new Matrix(2, 2.5), /2×2.5 is not a shape/);
    assert.throws(() => new Matrix(-1, 2), /-1×2 is not a shape/);
    assert.throws(() => new Matrix(2, 3, new Float32Array(5)), /2×3 needs 6 numbers, the array has 5/);
  });

  it("may have no rows at all", () => {
    assert.deepEqual(new Matrix(0, 3).toRows(), []);
  });

  it("is written out row by row, and rows of unequal length are refused", () => {
    assert.equal(matrix([[1, 2], [3, 4]]).at(1, 0), 3); // biome-ignore format: two rows on one line
    assert.throws(() => matrix([[1, 2], [3]]), /row 1 has 1 numbers, row 0 has 2/);
  });

  it("copies a view without its gaps, in another precision if asked", () => {
    const view = build(2, 4, (i, j) => i + j / 10).columns(1, 3);
    const result = copy(view, "float32");
    assert.equal(result.stride, 2);
    assert.deepEqual(result.data, Float32Array.of(0.1, 0.2, 1.1, 1.2));
    const target = zeros(4, 4);
    copyInto(target.columns(2, 4).rowRange(0, 2), view);
    assert.deepEqual(target.toRows()[1], [0, 0, 1.1, 1.2]);
  });
});
