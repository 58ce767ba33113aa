import assert from "node:assert/strict";
import { drawColumns, matrix } from "unroll";

describe("drawColumns", () => {
  const p = matrix([[0.25, 0, 0.75]]);
  const drawn = (u: number) => drawColumns(p, () => u)[0];

  it("takes the column in which the draw falls when the probabilities stand side by side", () => {
    assert.deepEqual([0, 0.2499, 0.25, 0.9999].map(drawn), [0, 0, 2, 2]);
  });

  it("never takes a column of probability 0, nor none at all", () => {
    assert.deepEqual(
      [
        ...drawColumns(
          matrix([
            [0, 1, 0],
            [0, 0, 3],
            [0.1, 0.2, 0],
          ]),
          () => 1 - 2 ** -53,
        ),
      ],
      [1, 2, 1],
    );
  });

  it("takes the last column that has a probability when rounding leaves a crumb of the draw", () => {
    // 0.8 + 0.9 + 0.7 + 0.6, less each of them in turn, is 3.3e-16 in float64
    assert.deepEqual([...drawColumns(matrix([[0.8, 0.9, 0.7, 0.6, 0]]), () => 1 - 2 ** -53)], [3]);
  });
});
