import assert from "node:assert/strict";
import fc from "fast-check";
import { random } from "unroll";
import { epochBatches } from "unroll/train/epoch-batches.js";

describe("the batches of an epoch", () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 12 }), fc.boolean(), fc.integer());
  const lengthOf = (i: number) => 1 + ((7 * i) % 11);

  it("hold each example once, and are the same for the same seed", () => {
    fc.assert(
      fc.property(sizes, ([count, batchSize, bucket, seed]) => {
        const batches = (s: number) => epochBatches({ count, lengthOf }, batchSize, random(s), { bucket });
        const all = batches(seed).flatMap((batch) => [...batch]);
        assert.deepEqual(
          all.sort((a, b) => a - b),
          Array.from({ length: count }, (_, i) => i),
        );
        assert.deepEqual(batches(seed), batches(seed));
        const small = batches(seed).filter((batch) => batch.length !== batchSize);
        assert.ok(small.length === (count % batchSize === 0 ? 0 : 1));
      }),
      { seed: 11 },
    );
  });

  it("hold examples of similar length when they are bucketed, in an order that does not follow their length", () => {
    const batches = epochBatches({ count: 330, lengthOf }, 30, random(1), { bucket: true });
    // 330 examples of 11 lengths, 30 of each
    assert.ok(batches.every((batch) => new Set([...batch].map(lengthOf)).size === 1));
    const order = batches.map((batch) => lengthOf(batch[0]!));
    assert.notDeepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    const again = epochBatches({ count: 330, lengthOf }, 30, random(2), { bucket: true });
    assert.notDeepEqual(
      again.flatMap((batch) => [...batch]),
      batches.flatMap((batch) => [...batch]),
    );
  });

  it("hold the examples in their own order where that is asked for", () => {
    const batches = epochBatches({ count: 5 }, 2, random(1), { shuffle: false });
    assert.deepEqual(
      batches.map((batch) => [...batch]),
      [[0, 1], [2, 3], [4]],
    );
  });

  it("cannot be bucketed without lengths, nor in their own order", () => {
    assert.throws(
      () => epochBatches({ count: 3 }, 2, random(1), { bucket: true }),
      /bucket needs examples that have lengthOf/,
    );
    assert.throws(
      () => epochBatches({ count: 3, lengthOf }, 2, random(1), { bucket: true, shuffle: false }),
      /bucket sorts examples by length, shuffle: false keeps their order: take one/,
    );
  });
});
