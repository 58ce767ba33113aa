import assert from "node:assert/strict";
import { affine, build, orthogonal, random, zeros } from "unroll";
import { assertNear } from "../near.js";

describe("orthogonal", () => {
  it("gives a matrix whose product with its transpose is 1", () => {
    for (const size of [1, 2, 7, 64]) {
      const Q = orthogonal(size, random(size));
      const transposed = build(size, size, (i, j) => Q.at(j, i));
      assertNear(
        affine(Q, transposed, zeros(1, size)),
        build(size, size, (i, j) => (i === j ? 1 : 0)),
      );
    }
  });

  it("gives the same matrix for the same seed, and another for another", () => {
    assert.deepEqual(orthogonal(3, random(1)), orthogonal(3, random(1)));
    assert.notDeepEqual(orthogonal(3, random(1)), orthogonal(3, random(2)));
  });
});
