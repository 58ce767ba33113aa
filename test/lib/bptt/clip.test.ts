import assert from "node:assert/strict";
import { clipByNorm, clipByValue, globalNorm, matrix } from "unroll";
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

describe("clipByValue", () => {
  it("cuts off what is larger on either side, leaves the rest, and counts", () => {
    const g = { cell: { W: matrix([[3, -0.5, -4]]) }, readout: { b: matrix([[1, Number.POSITIVE_INFINITY]]) } };
    assert.equal(clipByValue(g, 1), 3);
    assertNear(g.cell.W, [[1, -0.5, -1]]);
    assertNear(g.readout.b, [[1, 1]]);
  });

  it("touches only the view that it is given, and does not hide that an entry is no number", () => {
    const whole = matrix([[8, 3, Number.NaN]]);
    assert.equal(clipByValue({ W: whole.columns(1, 3) }, 2), 1);
    assert.deepEqual(whole.toRows(), [[8, 2, Number.NaN]]);
  });

  it("refuses a limit that is not > 0", () => {
    assert.throws(() => clipByValue({}, 0), /limit is 0, expected a number > 0/);
    assert.throws(() => clipByValue({}, Number.NaN), /limit is NaN/);
  });
});
