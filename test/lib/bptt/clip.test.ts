import assert from "node:assert/strict";
import { clipByNorm, globalNorm, matrix } from "unroll";
import { assertNear } from "../near.js";

describe("clipByNorm", () => {
  // ‖(3, 4, 12)‖ = 13
  const gradients = () => ({ cell: { W: matrix([[3, 4]]) }, readout: { b: matrix([[12]]) } });

  it("measures all gradients as one vector", () => {
    assert.equal(globalNorm(gradients()), 13);
  });

  it("shortens them to maxNorm and keeps their direction", () => {
    const g = gradients();
    assert.equal(clipByNorm(g, 6.5), 13);
    assertNear(g.cell.W, [[1.5, 2]]);
    assertNear(g.readout.b, [[6]]);
  });

  it("compares the norm and not its square: 13 is under 14, though 169 is not", () => {
    const g = gradients();
    clipByNorm(g, 14);
    assert.deepEqual([...g.cell.W.data, ...g.readout.b.data], [3, 4, 12]);
  });

  it("touches only the view that it is given", () => {
    const whole = matrix([[8, 3, 4]]);
    clipByNorm({ W: whole.columns(1, 3) }, 1);
    assertNear(whole, [[8, 0.6, 0.8]]);
  });

  it("refuses a maxNorm that is not > 0", () => {
    assert.throws(() => clipByNorm(gradients(), 0), /maxNorm is 0, expected a number > 0/);
    assert.throws(() => clipByNorm(gradients(), Number.NaN), /maxNorm is NaN/);
  });
});
