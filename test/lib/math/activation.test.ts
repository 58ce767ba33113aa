import assert from "node:assert/strict";
import fc from "fast-check";
import { type ActivationName, activations, build, sigmoid, tanh } from "unroll";
import { quickTanh } from "unroll/engine/quick-tanh.js";

describe("activations", () => {
  const at = [-3, -1, -0.25, 0.5, 2];
  // values from the definitions, with Math's functions
  const values: Record<ActivationName, (x: number) => number> = {
    tanh: Math.tanh,
    sigmoid: (x) => 1 / (1 + Math.exp(-x)),
    relu: (x) => Math.max(0, x),
  };

  for (const [name, { f, slope }] of Object.entries(activations)) {
    it(`${name} has its values and, from its own output, its slope`, () => {
      const value = values[name as ActivationName];
      const padded = build(1, 7, (_, j) => at[j - 1] ?? 9).columns(1, 6);
      const y = f(padded);
      const slopes = slope(y);
      at.forEach((x, j) => {
        assert.equal(y.at(0, j), value(x));
        const numeric = (value(x + 1e-6) - value(x - 1e-6)) / 2e-6;
        assert.ok(Math.abs(slopes.at(0, j) - numeric) < 1e-9, `slope at ${x}`);
      });
    });
  }

  it("keep float32 as float32", () => {
    assert.equal(sigmoid(build(1, 2, () => 1, "float32")).precision, "float32");
  });

  it("tanh in float32 is right to the last digit of float32", () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (x) => {
        // half a unit in the last place of float32 is 2⁻²⁵ of the value, and 2⁻¹⁵⁰ where it is smallest
        assert.ok(Math.abs(quickTanh(x) - Math.tanh(x)) <= 2 ** -25 * Math.abs(Math.tanh(x)) + 2 ** -150);
      }),
      { numRuns: 2000, seed: 1 },
    );
    assert.ok(Number.isNaN(quickTanh(Number.NaN)));
    const large = tanh(build(1, 2, (_, j) => (j ? 1e30 : Number.NEGATIVE_INFINITY), "float32"));
    assert.deepEqual(large.toRows(), [[-1, 1]]);
  });
});
