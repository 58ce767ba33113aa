import assert from "node:assert/strict";
import { build, checkFinite, firstNonFinite } from "unroll";

describe("a check for finite numbers", () => {
  it("finds the first entry that is none, also in a view", () => {
    const m = build(3, 4, () => 1);
    m.set(0, 0, Number.NaN); // outside of the view
    m.set(2, 2, Number.POSITIVE_INFINITY);
    assert.deepEqual(firstNonFinite(m.columns(1, 4)), { row: 2, col: 1, value: Number.POSITIVE_INFINITY });
    assert.equal(firstNonFinite(m.columns(3, 4)), undefined);
    assert.throws(() => checkFinite("the weight W", m), /the weight W holds NaN at row 0, column 0/);
  });
});
