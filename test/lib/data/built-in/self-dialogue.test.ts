import assert from "node:assert/strict";
import { selfDialogue } from "unroll";
import { withData } from "../../../support/data-folders.js";

describe("the built-in exchanges", () => {
  const read = () => withData({}, selfDialogue);

  it("stand in where the data set is not installed, and say so", () => {
    const { origin, isWhole } = read();
    assert.equal(isWhole, false);
    assert.match(origin, /written for this course; npx unroll data get self-dialogue/);
  });

  it("are 84, no prompt twice, each topic as often as the others in each part", () => {
    const { train, dev, test } = read();
    assert.deepEqual([train.length, dev.length, test.length], [60, 12, 12]);
    for (const part of [train, dev, test]) {
      for (const topic of ["movies", "music", "sport"]) {
        assert.equal(part.filter((row) => row.topic === topic).length, part.length / 3);
      }
    }
    assert.equal(new Set([...train, ...dev, ...test].map(({ prompt }) => prompt)).size, 84);
  });

  it("have dull replies, as real talks do: one of ten is “Me too.”", () => {
    const replies = read().train.map(({ reply }) => reply);
    assert.ok(replies.filter((reply) => reply === "Me too.").length >= 6);
  });
});
