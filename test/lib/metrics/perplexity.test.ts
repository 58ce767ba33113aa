import assert from "node:assert/strict";
import { bitsPerCharacter, perplexity } from "unroll";

describe("perplexity", () => {
  it("of N equally probable tokens is N", () => {
    for (const N of [1, 2, 50]) assert.ok(Math.abs(perplexity(Math.log(N)) - N) < 1e-12 * N);
  });

  it("is that of the coin that is thrown for each bit", () => {
    assert.ok(Math.abs(perplexity(0.7) - 2 ** bitsPerCharacter(0.7)) < 1e-12);
  });

  it("refuses what is not a cross-entropy", () => {
    assert.throws(() => perplexity(-0.1), /perplexity: the cross-entropy is -0.1, expected nats ≥ 0/);
    assert.throws(() => perplexity(Number.NaN), /the cross-entropy is NaN/);
    assert.throws(() => bitsPerCharacter(Number.POSITIVE_INFINITY), /the cross-entropy is Infinity/);
  });
});

describe("bits per character", () => {
  it("are nats over log 2, spread over the characters of a token", () => {
    assert.equal(bitsPerCharacter(Math.LN2), 1);
    assert.equal(bitsPerCharacter(6 * Math.LN2, { charactersPerToken: 4 }), 1.5);
  });

  it("refuse tokens of no characters", () => {
    assert.throws(
      () => bitsPerCharacter(1, { charactersPerToken: 0 }),
      /charactersPerToken is 0, expected a number > 0/,
    );
    assert.throws(() => bitsPerCharacter(1, { charactersPerToken: Number.NaN }), /charactersPerToken is NaN/);
  });
});
