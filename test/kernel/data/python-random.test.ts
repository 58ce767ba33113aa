import assert from "node:assert/strict";
import { PythonRandom } from "#kernel/data/python-random.js";

// the expected values were printed by CPython 3.11
describe("Python's random numbers", () => {
  const shuffled = (seed: number, count: number) => {
    const list = Array.from({ length: count }, (_, i) => i);
    new PythonRandom(seed).shuffle(list);
    return list;
  };

  it("shuffle as Python does", () => {
    assert.deepEqual(shuffled(3, 20), [8, 3, 6, 5, 15, 16, 2, 12, 0, 1, 13, 10, 19, 9, 14, 11, 4, 17, 18, 7]);
    const long = shuffled(5, 100_000);
    assert.deepEqual([...long.slice(0, 3), ...long.slice(-3)], [60_664, 10_984, 31_231, 97_227, 33_481, 81_644]);
  });

  it("choose as Python does, after a shuffle", () => {
    const random = new PythonRandom(3);
    random.shuffle(Array.from({ length: 20 }));
    assert.equal(Array.from({ length: 10 }, () => random.choice([..."abcdefg"])).join(""), "egeddfgbbf");
  });

  it("take the greatest seed", () => assert.deepEqual(shuffled(2 ** 32 - 1, 1000).slice(0, 3), [562, 555, 979]));
});
