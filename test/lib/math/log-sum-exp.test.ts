import assert from "node:assert/strict";
import { logSumExp } from "unroll";

describe("logSumExp", () => {
  it("is the logarithm of the sum of exponentials", () => {
    assert.ok(Math.abs(logSumExp([1, 2, 3]) - Math.log(Math.E + Math.E ** 2 + Math.E ** 3)) < 1e-14);
    assert.equal(logSumExp([7]), 7);
    assert.equal(logSumExp([5, 6, 7], 1), 5);
  });

  it("stays finite where exponentials would not, and takes −∞ as nothing", () => {
    assert.equal(logSumExp([1e4, 1e4]), 1e4 + Math.LN2);
    assert.equal(logSumExp([-1e4, -1e4]), -1e4 + Math.LN2);
    const nothing = Number.NEGATIVE_INFINITY;
    assert.equal(logSumExp([nothing, 3]), 3);
    assert.equal(logSumExp([nothing, nothing]), nothing);
  });
});
