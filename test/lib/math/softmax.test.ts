import assert from "node:assert/strict";
import { argmax, build, matrix, softmax } from "unroll";

describe("softmax", () => {
  it("gives ¼ and ¾ for 0 and log 3, row by row", () => {
    const p = softmax(build(2, 2, (i, j) => 100 * i + (j ? Math.log(3) : 0)));
    for (let i = 0; i < 2; i++) {
      assert.ok(Math.abs(p.at(i, 0) - 0.25) < 1e-14);
      assert.ok(Math.abs(p.at(i, 1) - 0.75) < 1e-14);
    }
  });

  it("does not overflow", () => {
    assert.deepEqual(softmax(matrix([[1000, -1000]])).toRows(), [[1, 0]]);
  });
});

describe("argmax", () => {
  it("finds the largest entry of each row, the first one of several", () => {
    const best = argmax(build(2, 3, (i, j) => [1, 5, 5][j]! * (i ? -1 : 1)));
    assert.deepEqual([...best], [1, 0]);
  });
});
