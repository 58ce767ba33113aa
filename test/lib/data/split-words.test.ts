import assert from "node:assert/strict";
import { splitWords, withPairs } from "unroll";

describe("splitting a text into words", () => {
  it("makes letters small, keeps apostrophes within words, and lets each sign stand alone", () => {
    assert.deepEqual(splitWords("Don't panic, it's FREE!!"), ["don't", "panic", ",", "it's", "free", "!", "!"]);
  });

  it("takes letters and digits of any alphabet for parts of words", () => {
    assert.deepEqual(splitWords("Ça coûte £1000 à Москва"), ["ça", "coûte", "£", "1000", "à", "москва"]);
  });

  it("finds no word in white space", () => {
    assert.deepEqual(splitWords(" \n\t"), []);
  });

  it("puts each two neighbours behind the words as one", () => {
    assert.deepEqual(withPairs(["not", "so", "good"]), ["not", "so", "good", "not_so", "so_good"]);
    assert.deepEqual(withPairs(["alone"]), ["alone"]);
    assert.deepEqual(withPairs([]), []);
  });
});
