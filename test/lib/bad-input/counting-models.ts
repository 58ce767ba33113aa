import { bagOfWords, naiveBayes, nGram } from "unroll";
import { tokens } from "./readers.js";
import type { Table } from "./refuses.js";

const nan = Number.NaN;
const bag = bagOfWords(5, 2);
const counted = nGram([0, 1, 2, 0, 1], { order: 2, vocabularySize: 3 });

export const countingModels: Table = {
  nGram: [
    [
      "no order",
      () => nGram([0, 1], { order: 0, vocabularySize: 2 }),
      /nGram: order is 0, expected a whole number ≥ 1/,
    ],
    ["NaN as order", () => nGram([0, 1], { order: nan, vocabularySize: 2 }), /nGram: order is NaN/],
    ["no vocabulary", () => nGram([0], { order: 2, vocabularySize: 0 }), /nGram: vocabularySize is 0/],
    ["no text", () => nGram([], { order: 2, vocabularySize: 2 }), /nGram: the text is empty/],
    ["a token beyond the vocabulary", () => nGram([0, 2], { order: 2, vocabularySize: 2 }), /token 1 is 2, expected/],
    ["NaN as token", () => nGram([nan], { order: 2, vocabularySize: 2 }), /token 0 is NaN/],
    [
      "an unknown token to predict",
      () => counted.probability([0], 3),
      /nGram: token 0 is 3, expected a whole number 0 … 2/,
    ],
    ["an unknown token before", () => counted.probabilities([0, -1]), /nGram: token 1 is -1/],
    ["an unknown token of a text", () => counted.nats([0, 5]), /nGram: token 1 is 5/],
    ["no text to measure", () => counted.nats([]), /nGram: the text has 0 tokens, expected at least one behind 0/],
    [
      "nothing behind the context",
      () => counted.nats([0, 1], { from: 2 }),
      /nGram: the text has 2 tokens, .* behind 2/,
    ],
    [
      "one token for two texts",
      () => counted.step({}, Int32Array.of(0), counted.initialState(2)),
      /nGram: 1 tokens for 2 texts/,
    ],
    ["no text to write", () => counted.initialState(0), /nGram: batch is 0/],
  ],
  naiveBayes: [
    ["no text", () => naiveBayes([], []), /naiveBayes: there are no texts/],
    ["texts without words", () => naiveBayes([[]], ["good"]), /naiveBayes: no text has a word/],
    ["one label for two texts", () => naiveBayes([["a"], ["b"]], ["good"]), /naiveBayes: 1 labels for 2 texts/],
    [
      "no smoothing",
      () => naiveBayes([["a"]], ["good"], { smoothing: 0 }),
      /naiveBayes: smoothing is 0, expected .* > 0/,
    ],
    ["NaN as smoothing", () => naiveBayes([["a"]], ["good"], { smoothing: nan }), /naiveBayes: smoothing is NaN/],
    [
      "a string in place of words",
      () => naiveBayes(["good" as never], ["good"]),
      /naiveBayes: text 0 is no list of words/,
    ],
  ],
  bagOfWords: [
    ["no word", () => bagOfWords(0, 2), /bagOfWords: vocabularySize is 0/],
    ["one class", () => bagOfWords(5, 1), /bagOfWords: classes is 1, expected a whole number ≥ 2/],
    [
      "a token beyond its table",
      () => bag.logits(bag.init(), tokens(3, 2, 9)),
      /bagOfWords: token 9 is not in the vocabulary, expected 0 … 4/,
    ],
    [
      "a length beyond T",
      () => bag.logits(bag.init(), tokens(3, 2, 1), { lengths: [3, 4] }),
      /bagOfWords: the length of sequence 1 is 4/,
    ],
    [
      "too few labels",
      () => bag.lossAndGradients(bag.init(), { x: tokens(3, 2, 1), labels: [0] }),
      /softmaxCrossEntropy: 1 labels for 2 rows/,
    ],
  ],
};
