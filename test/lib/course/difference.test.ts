import assert from "node:assert/strict";
import { difference } from "unroll/course/difference.js";

describe("the difference of two values", () => {
  it("takes nothing for infinity but infinity, and nothing for NaN but NaN", () => {
    for (const wanted of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]) {
      assert.equal(difference(wanted, wanted), undefined);
      for (const got of [0, 1e308, -wanted, "Infinity", null])
        if (!Object.is(got, wanted)) assert.ok(difference(wanted, got), `${wanted} and ${got}`);
    }
  });

  it("takes no number for one that it is not near to", () => {
    assert.equal(difference(1e6, 1e6 + 1), undefined); // a share of 1e-5 is allowed
    for (const got of [1e6 + 100, Number.NaN, Number.POSITIVE_INFINITY]) assert.ok(difference(1e6, got));
  });
});
