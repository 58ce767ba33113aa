import assert from "node:assert/strict";
import fc from "fast-check";
import { build, correlation, matrix, normal, random } from "unroll";
import { assertNumbersNear } from "../near.js";

describe("correlation", () => {
  it("is that of the textbook's example", () => {
    // x̄ = 3, ȳ = 4, Σ(x−x̄)(y−ȳ) = 6, Σ(x−x̄)² = 10, Σ(y−ȳ)² = 6: 6/√60, by hand
    const values = matrix([[1], [2], [3], [4], [5]]);
    assertNumbersNear([...correlation(values, [2, 4, 5, 4, 5])], [6 / Math.sqrt(60)], 1e-15);
  });

  it("is 1 for a column that rises with the property, −1 for one that falls, 0 for one that never changes", () => {
    const property = [0, 1, 4, 9];
    const values = build(4, 3, (i, j) => [5 + 2 * property[i]!, -property[i]!, 0.1][j]!);
    assertNumbersNear([...correlation(values, property)], [1, -1, 0], 1e-15);
  });

  it("does not change with the scale and the zero of either side, and lies between −1 and 1", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        fc.double({ min: -100, max: 100, noNaN: true }),
        (seed, scale, shift) => {
          const next = random(seed);
          const values = build(20, 3, () => normal(next));
          const property = Array.from({ length: 20 }, () => normal(next));
          const moved = build(20, 3, (i, j) => scale * values.at(i, j) + shift);
          const r = [...correlation(values, property)];
          assertNumbersNear(
            [
              ...correlation(
                moved,
                property.map((y) => shift - y / scale),
              ),
            ],
            r.map((v) => -v),
            1e-9,
          );
          assert.ok(r.every((v) => Math.abs(v) <= 1 + 1e-12));
        },
      ),
      { numRuns: 50, seed: 4 },
    );
  });
});
