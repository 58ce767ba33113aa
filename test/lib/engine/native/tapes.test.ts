import assert from "node:assert/strict";
import { Tapes } from "unroll/engine/native/tapes.js";

describe("tapes", () => {
  it("are used again when they are given back, where they are not much too large", () => {
    const tapes = new Tapes();
    const first = tapes.take(10_000, {});
    tapes.giveBack(first);
    assert.ok(tapes.take(9000, {}) === first);
    assert.ok(tapes.take(9000, {}) !== first);
    tapes.giveBack(first);
    assert.ok(tapes.take(100, {}) !== first);
  });

  it("are taken away from the run that took one the longest time ago when nobody gives any back", () => {
    const tapes = new Tapes();
    const owners = Array.from({ length: 16 }, () => ({}));
    const taken = owners.map((owner) => tapes.take(5000, owner));
    assert.equal(new Set(taken).size, 16);
    const next = tapes.take(5000, {});
    assert.ok(next === taken[0]);
    assert.ok(taken[0]!.owner !== owners[0]);
    assert.ok(taken[1]!.owner === owners[1]);
  });

  it("hold no more than 512 MB, but for two of them, which a network of two layers needs", () => {
    const tapes = new Tapes();
    const large = 65 * 1024 * 1024;
    const [first, second] = [tapes.take(large, {}), tapes.take(large, {})];
    assert.ok(second !== first);
    assert.ok(tapes.take(large, {}) === first);
  });
});
