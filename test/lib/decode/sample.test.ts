import assert from "node:assert/strict";
import fc from "fast-check";
import { build, greedy, matrix, random, sample, samplingProbabilities } from "unroll";
import { assertNear } from "../near.js";
import { begin, constantDecoder, end, randomWriter } from "./random-writer.js";

const options = { begin, end, maxLength: 6 };

describe("sampling", () => {
  it("draws each token as often as it is probable", () => {
    const p = [0.5, 0.3, 0.15, 0.05];
    const N = 20_000;
    const texts = sample(constantDecoder(p.map(Math.log), N), { begin: 0, maxLength: 1, random: random(1) });
    p.forEach((expected, token) => {
      const share = texts.filter(({ tokens }) => tokens[0] === token).length / N;
      const deviation = Math.sqrt((expected * (1 - expected)) / N);
      assert.ok(Math.abs(share - expected) < 4 * deviation, `${token}: ${share}, expected ${expected} ± ${deviation}`);
    });
  });

  it("writes the same texts from the same seed, and others from another one", () => {
    const { decoder } = randomWriter(1, { B: 20 });
    const texts = (seed: number) => sample(decoder, { ...options, random: random(seed) });
    assert.deepEqual(texts(1), texts(1));
    assert.notDeepEqual(texts(1), texts(2));
  });

  it("is greedy where only the most probable token is left: at temperature 0 or near it, top-k 1, a tiny nucleus", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const { decoder } = randomWriter(seed);
        const expected = greedy(decoder, options);
        for (const only of [{ temperature: 0 }, { temperature: 1e-9 }, { topK: 1 }, { topP: 1e-9 }]) {
          assert.deepEqual(sample(decoder, { ...options, ...only, random: random(seed) }), expected);
        }
      }),
      { numRuns: 20, seed: 7 },
    );
  });

  it("refuses options out of range", () => {
    const wrong = (option: object) => () =>
      sample(constantDecoder([1, 2]), { ...options, random: random(1), ...option });
    assert.throws(wrong({ temperature: -1 }), /sample: the temperature is -1, expected a number ≥ 0/);
    assert.throws(wrong({ temperature: Number.NaN }), /the temperature is NaN/);
    assert.throws(wrong({ topK: 0 }), /sample: topK is 0, expected a whole number ≥ 1/);
    assert.throws(wrong({ topP: 0 }), /sample: topP is 0, expected a number above 0, up to 1/);
    assert.throws(wrong({ topP: 1.1 }), /topP is 1.1/);
  });
});

describe("sampling probabilities", () => {
  const z = matrix([[0.4, 0.1, 0.3, 0.2].map(Math.log)]);

  it("are the softmax of the logits over the temperature", () => {
    assertNear(samplingProbabilities(z), [[0.4, 0.1, 0.3, 0.2]]);
    // p^½ over its sum, and p² over its sum
    const power = (e: number) => [0.4, 0.1, 0.3, 0.2].map((p) => p ** e);
    const shares = (values: number[]) => values.map((value) => value / values.reduce((a, b) => a + b));
    assertNear(samplingProbabilities(z, { temperature: 2 }), [shares(power(0.5))]);
    assertNear(samplingProbabilities(z, { temperature: 0.5 }), [shares(power(2))]);
    // logits of ±1000 overflow nothing
    assertNear(samplingProbabilities(matrix([[1000, -1000]], "float32"), { temperature: 1e-6 }), [[1, 0]]);
  });

  it("keep the k most probable tokens", () => {
    assertNear(samplingProbabilities(z, { topK: 2 }), [[4 / 7, 0, 3 / 7, 0]]);
    assertNear(samplingProbabilities(z, { topK: 9 }), [[0.4, 0.1, 0.3, 0.2]]);
    assertNear(samplingProbabilities(matrix([[1, 1, 1]]), { topK: 2 }), [[0.5, 0.5, 0]]);
  });

  it("keep first the k most probable tokens, then the nucleus of these", () => {
    // of 4/7, 3/7 the first alone has less than 0.6, of 0.4, 0.3, 0.2, 0.1 two would have enough as well
    assertNear(samplingProbabilities(z, { topK: 2, topP: 0.57 }), [[1, 0, 0, 0]]);
    assertNear(samplingProbabilities(z, { topK: 2, topP: 0.58 }), [[4 / 7, 0, 3 / 7, 0]]);
  });

  it("keep the fewest tokens that have the share together, in the proportions that they had", () => {
    const rows = fc.record({
      seed: fc.integer({ min: 0, max: 1e6 }),
      V: fc.integer({ min: 1, max: 8 }),
      topP: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    });
    fc.assert(
      fc.property(rows, ({ seed, V, topP }) => {
        const next = random(seed);
        const logits = build(1, V, () => 4 * next());
        const whole = samplingProbabilities(logits).toRows()[0]!;
        const cut = samplingProbabilities(logits, { topP }).toRows()[0]!;
        const kept = [...whole.keys()].filter((j) => cut[j]! > 0);
        const share = (set: readonly number[]) => set.reduce((sum, j) => sum + whole[j]!, 0);
        assert.ok(share(kept) >= topP - 1e-12);
        // no set that is smaller has as much
        for (let mask = 0; mask < 2 ** V; mask++) {
          const set = [...whole.keys()].filter((j) => mask & (1 << j));
          if (set.length < kept.length) assert.ok(share(set) < topP + 1e-12);
        }
        assertNear(matrix([kept.map((j) => cut[j]!)]), [kept.map((j) => whole[j]! / share(kept))]);
      }),
      { numRuns: 40, seed: 8 },
    );
  });
});
