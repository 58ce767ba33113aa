import assert from "node:assert/strict";
import { build, matrix, normal, principalComponents, product, random } from "unroll";
import { assertNear } from "../near.js";

const next = random(4);
const stretch = [5, 0.1, 2, 1];
const X = build(60, 4, (_, j) => 10 * j + stretch[j]! * normal(next));

describe("principalComponents", () => {
  it("finds the line on which points lie", () => {
    const { mean, components, projected, explained } = principalComponents(
      matrix([
        [0, 0],
        [3, 4],
        [6, 8],
      ]),
      1,
    );
    assertNear(mean, [[3, 4]]);
    assertNear(components, [[0.6], [0.8]]);
    assertNear(projected, [[-5], [0], [5]]);
    assertNear(matrix([explained]), [[1]]);
  });

  it("loses nothing with all directions, which stand at right angles", () => {
    const { mean, components, projected, explained } = principalComponents(X, 4);
    const back = product(projected, components, { transposeB: true });
    assertNear(
      build(60, 4, (i, j) => back.at(i, j) + mean.at(0, j)),
      X,
    );
    assertNear(
      product(components, components, { transposeA: true }),
      build(4, 4, (i, j) => (i === j ? 1 : 0)),
    );
    assert.ok(Math.abs(explained.reduce((a, b) => a + b) - 1) < 1e-12);
  });

  it("takes the directions of most variance first, and makes the coordinates uncorrelated", () => {
    const { projected, explained } = principalComponents(X, 2);
    const C = product(projected, projected, { transposeA: true });
    assert.ok(C.at(0, 0) > C.at(1, 1) && Math.abs(C.at(0, 1)) < 1e-9 * C.at(0, 0));
    assert.ok(Math.abs(explained[0]! / explained[1]! - C.at(0, 0) / C.at(1, 1)) < 1e-9);
  });

  it("turns each direction so that its largest entry is positive", () => {
    for (let seed = 0; seed < 20; seed++) {
      const draw = random(seed);
      const mixed = product(
        build(30, 5, () => normal(draw)),
        build(5, 5, () => normal(draw)),
      );
      const { components } = principalComponents(mixed, 5);
      for (let r = 0; r < 5; r++) {
        const column = components.toRows().map((row) => row[r]!);
        assert.equal(Math.max(...column), Math.max(...column.map(Math.abs)));
      }
    }
  });

  it("works where there are fewer points than numbers in each", () => {
    const few = X.rowRange(0, 2);
    assertNear(matrix([principalComponents(few, 2).explained]), [[1, 0]]);
  });

  it("refuses too few points, points without spread, and too many directions", () => {
    assert.throws(() => principalComponents(X.rowRange(0, 1), 1), /there are 1 points, expected at least 2/);
    assert.throws(() => principalComponents(X, 5), /k is 5, expected a whole number from 1 to the width 4/);
    assert.throws(
      () =>
        principalComponents(
          build(3, 2, () => 0.1),
          1,
        ),
      /all points are one and the same/,
    );
    assert.throws(
      () =>
        principalComponents(
          matrix([
            [1, Number.NaN],
            [1, 2],
          ]),
          1,
        ),
      /NaN/,
    );
  });
});
