import assert from "node:assert/strict";
import fc from "fast-check";
import { random, sample, sampleSteps } from "unroll";
import { assertNumbersNear } from "../near.js";
import { begin, constantDecoder, end, randomWriter } from "./random-writer.js";

describe("sampling step by step", () => {
  it("writes what sample writes from the same seed, token by token, and ends where it ends", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(0.5, 1, 2), (seed, temperature) => {
        const { decoder } = randomWriter(seed, { B: 1 });
        const options = { begin, end, maxLength: 6, temperature, topP: 0.9 };
        const [whole] = sample(decoder, { ...options, random: random(seed) });
        const steps = [...sampleSteps(decoder, { ...options, random: random(seed) })];
        assert.deepEqual(
          steps.map(({ token }) => token),
          whole!.tokens,
        );
        const logs = steps.map(({ token, probabilities }) => Math.log(probabilities[token]!));
        assertNumbersNear([logs.reduce((a, b) => a + b)], [whole!.logProbability], 1e-9);
      }),
      { numRuns: 30, seed: 3 },
    );
  });

  it("says how undecided the decoder was, whatever is drawn from", () => {
    const logits = [0.5, 0.25, 0.25, 0].map(Math.log).map((z) => Math.max(z, -1e4));
    const options = { begin: 0, maxLength: 1, topK: 1, random: random(1) };
    const [{ token, entropy, probabilities }] = [...sampleSteps(constantDecoder(logits), options)] as [
      { token: number; entropy: number; probabilities: Float64Array },
    ];
    assert.equal(token, 0);
    assertNumbersNear([...probabilities], [0.5, 0.25, 0.25, 0], 1e-15);
    assertNumbersNear([entropy], [1.5 * Math.LN2], 1e-15); // ½·1 + 2·¼·2 bits
  });

  it("reads on only when the next token is asked for", () => {
    let read = 0;
    const { initialState, step } = constantDecoder([0, 0]);
    const counting: typeof step = (state, ids) => {
      read++;
      return step(state, ids);
    };
    const steps = sampleSteps({ initialState, step: counting }, { begin: 0, maxLength: 100, random: random(1) });
    assert.equal(read, 0);
    steps.next();
    steps.next();
    assert.equal(read, 2);
  });
});
