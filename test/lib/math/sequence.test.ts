import assert from "node:assert/strict";
import { buildSequence, Sequence, stack, zeros } from "unroll";

describe("Sequence", () => {
  const x = buildSequence(3, 2, 4, (t, i, j) => 100 * t + 10 * i + j);

  it("has each step as a view of its memory", () => {
    assert.deepEqual(x.at(2).toRows(), [
      [200, 201, 202, 203],
      [210, 211, 212, 213],
    ]);
    const own = new Sequence(2, 1, 1);
    own.at(1).set(0, 0, 5);
    assert.deepEqual([...own.data], [0, 5]);
  });

  it("has stretches of steps as views", () => {
    assert.deepEqual(x.slice(1, 3).at(0).toRows(), x.at(1).toRows());
    assert.equal(x.slice(1, 3).data.buffer, x.data.buffer);
  });

  it("is stacked from matrices, and keeps their precision", () => {
    const steps = stack([zeros(2, 3, "float32"), zeros(2, 3, "float32")]);
    assert.deepEqual([steps.steps, steps.batch, steps.width, steps.precision], [2, 2, 3, "float32"]);
    assert.deepEqual(stack([x.at(0), x.at(1)]).data, x.slice(0, 2).data);
  });

  it("says which step it does not have, and what does not fit", () => {
    assert.throws(() => x.at(3), /there is no step 3, it has 0 … 2/);
    assert.throws(() => x.slice(2, 4), /there are no steps 2 … 3/);
    assert.throws(() => new Sequence(2, 2, 2, new Float32Array(7)), /2×2×2 needs 8 numbers, the array has 7/);
    assert.throws(() => stack([]), /expected at least one matrix, got none/);
    assert.throws(() => stack([zeros(1, 2), zeros(2, 1)]), /must have one shape/);
  });
});
