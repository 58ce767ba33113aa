import assert from "node:assert/strict";
import { TimeLeft } from "./progress.js";

describe("the time that is left", () => {
  it("is that of the rest, at the pace so far", () => {
    let now = 0;
    const left = new TimeLeft(10, () => now);
    assert.equal(`${left}`, "");
    now = 30_000;
    left.did(2);
    assert.equal(`${left}`, "2 min left"); // 8 of 10 parts, at 15 s each
    now = 90_000;
    left.did(4);
    assert.equal(`${left}`, "60 s left");
    left.did(9);
    assert.equal(`${left}`, "0 s left");
  });
});
