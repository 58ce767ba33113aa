import assert from "node:assert/strict";
import { build, matrix, plot } from "unroll";
import { drawn } from "./drawn.js";

describe("matrixMap", () => {
  const W = matrix([
    [0.5, 0.7],
    [-1, 0],
  ]);

  it("shows the first row on top, as a matrix is written, with 0 in the middle of the colours", () => {
    const { data, layout, text } = drawn(plot.matrixMap(W, { rows: ["a", "b"], columns: ["<c>", "d"], title: "W" }));
    assert.deepEqual(data[0]!.z, W.toRows());
    assert.deepEqual([data[0]!.zmin, data[0]!.zmax], [-1, 1]);
    assert.deepEqual(layout.yaxis.range, [1.5, -0.5]);
    assert.deepEqual(layout.xaxis.ticktext, ["&lt;c&gt;", "d"]);
    assert.equal(text, "W — 2×2: (0.5, 0.7), (-1, 0)");
  });

  it("writes its numbers where there is room, and counts from 1 where there are no names", () => {
    assert.deepEqual(drawn(plot.matrixMap(W)).data[0]!.text[1], ["−1", "0"]);
    const { data, layout, text } = drawn(plot.matrixMap(build(12, 3, (i) => i)));
    assert.equal(data[0]!.text, undefined);
    assert.deepEqual(layout.xaxis.ticktext, ["1", "2", "3"]);
    assert.equal(text, "12×3 numbers, none larger in size than 11");
  });

  it("has the full colour at the limit, and at 1 where all is 0", () => {
    assert.equal(drawn(plot.matrixMap(W, { limit: 2 })).data[0]!.zmax, 2);
    assert.equal(drawn(plot.matrixMap(matrix([[0]]))).data[0]!.zmax, 1);
  });

  it("refuses nothing, NaN, a limit of 0 and names for other rows", () => {
    assert.throws(() => plot.matrixMap(matrix([])), /matrixMap: expected at least one number/);
    assert.throws(() => plot.matrixMap(matrix([[Number.NaN]])), /number 0 is NaN/);
    assert.throws(() => plot.matrixMap(W, { limit: 0 }), /limit is 0, expected a number > 0/);
    assert.throws(() => plot.matrixMap(W, { rows: ["a"] }), /1 labels for 2 rows/);
  });
});
