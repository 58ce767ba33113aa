import assert from "node:assert/strict";
import { integer, normal, permutation, random, restoreRandom } from "unroll";
import { xoshiro128 } from "unroll/math/random.js";

describe("random", () => {
  it("is xoshiro128**: the state 1, 2, 3, 4 gives the numbers of the authors' C program", () => {
    // the reference program of prng.di.unimi.it, also the test vector of the Rust crate rand_xoshiro
    const expected = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597];
    const next = xoshiro128([1, 2, 3, 4]);
    assert.deepEqual(
      expected.map(() => next() * 2 ** 32),
      expected,
    );
  });

  it("gives the same numbers for the same seed, and others for another", () => {
    const draw = (seed: number) => Array.from({ length: 5 }, random(seed));
    assert.deepEqual(draw(1), draw(1));
    const first = [0, 1, 2, -1, 2 ** 32, 2 ** 40].map((seed) => draw(seed)[0]);
    assert.equal(new Set(first).size, 6);
  });

  it("is spread evenly over [0, 1)", () => {
    const next = random(5);
    const bins = new Array(10).fill(0);
    for (let i = 0; i < 100_000; i++) bins[Math.floor(10 * next())]++;
    // five deviations of a binomial count: √(10⁵·0.1·0.9) = 95
    for (const count of bins) assert.ok(Math.abs(count - 10_000) < 5 * 95, `${bins}`);
  });

  it("goes on from a saved state with the numbers that would have come", () => {
    const next = random(9);
    for (let i = 0; i < 100; i++) next();
    const state = JSON.parse(JSON.stringify(next.state()));
    const later = restoreRandom(state);
    assert.deepEqual(Array.from({ length: 50 }, later), Array.from({ length: 50 }, next));
    assert.deepEqual(later.state(), next.state());
    assert.notDeepEqual(later.state(), state);
  });

  it("refuses a state that no generator can have", () => {
    assert.throws(() => restoreRandom([1, 2, 3]), /the state is \[1, 2, 3\], expected four whole numbers/);
    assert.throws(() => restoreRandom([0, 0, 0, 0]), /not all 0/);
    for (const word of [-1, 0.5, 2 ** 32, Number.NaN])
      assert.throws(() => restoreRandom([1, 2, 3, word]), /expected four/);
  });

  it("refuses a seed that is not a whole number", () => {
    assert.throws(() => random(1.5), /the seed is 1.5, expected a whole number/);
    assert.throws(() => random(Number.NaN), /the seed is NaN/);
  });
});

describe("draws", () => {
  it("of the normal distribution have mean 0 and variance 1", () => {
    const next = random(6);
    const values = Array.from({ length: 100_000 }, () => normal(next));
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
    // five deviations: 1/√10⁵ of the mean, √(2/10⁵) of the variance
    assert.ok(Math.abs(mean) < 5 * 0.0032 && Math.abs(variance - 1) < 5 * 0.0045, `${mean}, ${variance}`);
  });

  it("of whole numbers stay below the limit and reach all of them", () => {
    const next = random(7);
    assert.deepEqual([...new Set(Array.from({ length: 200 }, () => integer(next, 4)))].sort(), [0, 1, 2, 3]);
  });

  it("of a permutation hold each number once, in another order", () => {
    const order = permutation(random(8), 1000);
    assert.notDeepEqual(order.slice(0, 5), Int32Array.of(0, 1, 2, 3, 4));
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      Array.from({ length: 1000 }, (_, i) => i),
    );
  });
});
