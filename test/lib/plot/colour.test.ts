import assert from "node:assert/strict";
import fc from "fast-check";
import { inkOn, ramp, tint } from "unroll/plot/colour.js";
import { contrast } from "../../browser/contrast.js";

const rgb = (colour: string) =>
  `rgb(${[1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)).join(", ")})`;

describe("colours", () => {
  it("of values run from blue over near white to orange, and stay there beyond", () => {
    assert.deepEqual([-1, 0, 1, -7, 7].map(tint), ["#0072b2", "#f7f7f7", "#d55e00", "#0072b2", "#d55e00"]);
    assert.equal(tint(0.5), "#e6ab7c"); // half way between #f7f7f7 and #d55e00
  });

  it("in an order begin blue, end orange and can be told apart", () => {
    assert.deepEqual([ramp(1), ramp(3)], [["#0072b2"], ["#0072b2", "#999999", "#d55e00"]]);
    assert.equal(new Set(ramp(50)).size, 50);
  });

  it("have ink that can be read on them, for every value", () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (value) => {
        const cell = tint(value);
        // WCAG 2.2, 1.4.3: text has a contrast of at least 4.5
        assert.ok(contrast(rgb(inkOn(cell)), rgb(cell)) >= 4.5, `${inkOn(cell)} on ${cell}`);
      }),
      { seed: 1 },
    );
  });
});
