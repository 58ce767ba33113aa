import assert from "node:assert/strict";
import { add, bptt, build, buildSequence, flatten, random, rnn, unroll, zeros } from "unroll";
import { assertNear } from "../near.js";

describe("bptt", () => {
  const cell = rnn(2, 3);
  const weights = cell.init(random(1));
  const next = random(2);
  const x = buildSequence(5, 2, 2, next);
  const run = unroll(cell, weights, x);
  const dh = Array.from({ length: 5 }, () => build(2, 3, next));

  it("adds up what the losses of several steps say", () => {
    const both = bptt(cell, weights, run, [undefined, dh[1], undefined, undefined, dh[4]]).gradients;
    const early = bptt(cell, weights, run, [undefined, dh[1]]).gradients;
    const late = bptt(cell, weights, run, [undefined, undefined, undefined, undefined, dh[4]]).gradients;
    for (const name of Object.keys(flatten(both)) as ("W" | "b")[])
      assertNear(both[name], add(early[name], late[name]));
  });

  it("takes nothing back from steps after the last loss", () => {
    const { dx } = bptt(cell, weights, run, [undefined, dh[1]]);
    assert.deepEqual(
      dx.map((d) =>
        d
          .toRows()
          .flat()
          .some((v) => v !== 0),
      ),
      [true, true, false, false, false],
    );
  });

  it("leaves the gradients that it was given as they were", () => {
    const before = dh.map((d) => d.toRows());
    bptt(cell, weights, run, dh);
    assert.deepEqual(
      dh.map((d) => d.toRows()),
      before,
    );
  });

  it("says which gradient has another shape, and that there are too many", () => {
    assert.throws(() => bptt(cell, weights, run, [undefined, zeros(2, 4)]), /bptt: dh at step 1: 2×4 and 2×3/);
    assert.throws(() => bptt(cell, weights, run, [...dh, zeros(2, 3)]), /dh has 6 steps, the forward pass had 5/);
  });
});
