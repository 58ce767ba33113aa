import {
  accuracy,
  bitsPerCharacter,
  bleu,
  buildSequence,
  classifier,
  confusionMatrix,
  corpusRouge,
  correlation,
  distinct,
  errorRate,
  f1Scores,
  matrix,
  matthews,
  ngramEntropy,
  nrmse,
  perplexity,
  random,
  rnn,
  sentenceBleu,
  spanF1,
  spans,
  wordErrorRate,
  zeros,
} from "unroll";
import { ramps } from "../train/ramps.js";
import { type Row, sequenceWithNaN, type Table, withNaN } from "./refuses.js";

const nan = Number.NaN;
const model = classifier(rnn(1, 4), 2);
const weights = model.init(random(1));

/** What every figure that is taken from n-grams refuses. */
const ofNgrams = (figure: (texts: string[][], n: number) => unknown): Row[] => [
  ["n-grams of no word", () => figure([["a"]], 0), /: n is 0, expected a whole number ≥ 1/],
  ["NaN words", () => figure([["a"]], nan), /: n is NaN, expected/],
  ["no text", () => figure([], 1), /: there is no text, expected at least one/],
];

/** What every figure that is taken from a confusion matrix refuses. */
const fromCounts = (figure: (counts: ReturnType<typeof matrix>) => unknown): Row[] => [
  ["a matrix that is not square", () => figure(zeros(2, 3)), /: the counts are 2×3, expected as many rows as columns/],
  ["counts that are all 0", () => figure(zeros(2, 2)), /: all counts are 0, expected at least one example/],
  [
    "a negative count",
    () =>
      figure(
        matrix([
          [1, -1],
          [0, 1],
        ]),
      ),
    /: the count at \(0, 1\) is -1, expected whole numbers/,
  ],
  ["NaN", () => figure(withNaN(2, 2)), /: the count at \(0, 1\) is 0.1|: the count at \(1, 1\) is NaN/],
];

export const metrics: Table = {
  accuracy: [
    ["no example", () => accuracy(model, weights, ramps(0)), /accuracy: there are no examples, expected at least one/],
    [
      "a batch size of 0",
      () => accuracy(model, weights, ramps(4), { batchSize: 0 }),
      /accuracy: batchSize is 0, expected/,
    ],
    ["NaN as batch size", () => accuracy(model, weights, ramps(4), { batchSize: nan }), /accuracy: batchSize is NaN/],
    [
      "what is not finite",
      () => accuracy(model, weights, ramps(4, { example: 1, value: nan })),
      /accuracy: the matrix of logits holds NaN at row 1, column 0/,
    ],
  ],
  confusionMatrix: [
    [
      "one class",
      () => confusionMatrix([0], [0], 1),
      /confusionMatrix: there are 1 classes, expected a whole number ≥ 2/,
    ],
    [
      "no example",
      () => confusionMatrix([], [], 2),
      /confusionMatrix: 0 guesses for 0 labels, expected as many, at least/,
    ],
    ["other numbers", () => confusionMatrix([0], [0, 1], 2), /confusionMatrix: 1 guesses for 2 labels/],
    ["a guess that is no class", () => confusionMatrix([2], [0], 2), /guess 0 is 2, expected a class 0 … 1/],
    ["NaN as label", () => confusionMatrix([0], [nan], 2), /label 0 is NaN/],
  ],
  f1Scores: fromCounts(f1Scores),
  matthews: fromCounts(matthews),
  bleu: [
    ["no sentence", () => bleu([], []), /bleu: 0 hypotheses and references for 0, expected as many, at least one/],
    ["other numbers", () => bleu(["a"], []), /bleu: 1 hypotheses and references for 0/],
    [
      "a sentence without reference",
      () => bleu(["a"], [[]]),
      /bleu: sentence 0 has no reference, expected at least one/,
    ],
    [
      "texts in place of lists",
      () => bleu(["a"], ["a"] as never),
      /references of sentence 0 are one text, expected a list/,
    ],
    [
      "another tokeniser",
      () => bleu(["a"], [["a"]], { tokenize: "intl" as never }),
      /tokenize is "intl", expected 13a or none/,
    ],
  ],
  sentenceBleu: [
    ["no reference", () => sentenceBleu("a", []), /sentenceBleu: sentence 0 has no reference/],
    [
      "a text in place of a list",
      () => sentenceBleu("a", "a" as never),
      /sentenceBleu: the references .* are one text/,
    ],
  ],
  correlation: [
    [
      "other numbers",
      () => correlation(zeros(3, 2), [1, 2]),
      /correlation: 2 numbers for 3 rows, expected one for each/,
    ],
    ["one place", () => correlation(zeros(1, 2), [1]), /correlation: 1 numbers for 1 rows, .* at least two/],
    ["NaN as property", () => correlation(zeros(2, 2), [0, nan]), /the property is NaN at place 1/],
    ["NaN as value", () => correlation(withNaN(2, 2), [0, 1]), /correlation: the matrix of values holds NaN/],
    ["a property without change", () => correlation(zeros(2, 2), [3, 3]), /the property is 3 everywhere/],
  ],
  corpusRouge: [
    ["no text", () => corpusRouge([], []), /corpusRouge: 0 hypotheses for 0 references/],
    ["other numbers", () => corpusRouge(["a"], ["a", "b"]), /corpusRouge: 1 hypotheses for 2 references/],
  ],
  errorRate: [
    ["nothing", () => errorRate([], []), /errorRate: 0 hypotheses for 0 references, expected as many, at least one/],
    ["empty references", () => errorRate(["a"], [""]), /errorRate: .*references.*empty/],
  ],
  wordErrorRate: [
    ["other numbers", () => wordErrorRate(["a"], []), /wordErrorRate: 1 hypotheses for 0 references/],
    ["empty references", () => wordErrorRate(["a"], [" "]), /wordErrorRate: .*references.*empty/],
  ],
  nrmse: [
    [
      "two shapes",
      () => nrmse(zeros(2, 1), zeros(3, 1)),
      /nrmse: the prediction is 2×1 and the target 3×1, expected one/,
    ],
    ["nothing", () => nrmse(zeros(0, 1), zeros(0, 1)), /nrmse: the target is 0×1, expected at least one number/],
    [
      "a target that does not vary",
      () => nrmse(zeros(2, 1), zeros(2, 1)),
      /nrmse: the target's deviation is 0, expected/,
    ],
    [
      "NaN in the prediction",
      () => nrmse(withNaN(3, 1), matrix([[1], [2], [3]])),
      /nrmse: the prediction holds NaN at row 2/,
    ],
    [
      "NaN in a series",
      () =>
        nrmse(
          buildSequence(4, 1, 1, (t) => t),
          sequenceWithNaN(4, 1, 1),
        ),
      /the target holds NaN at row 3/,
    ],
    ["an infinite deviation", () => nrmse(zeros(2, 1), zeros(2, 1), { deviation: Infinity }), /deviation is Infinity/],
  ],
  perplexity: [
    ["NaN", () => perplexity(nan), /perplexity: the cross-entropy is NaN, expected nats ≥ 0/],
    ["a negative number", () => perplexity(-1), /perplexity: the cross-entropy is -1/],
  ],
  bitsPerCharacter: [
    ["an infinite number", () => bitsPerCharacter(Infinity), /bitsPerCharacter: the cross-entropy is Infinity/],
    [
      "no character",
      () => bitsPerCharacter(1, { charactersPerToken: 0 }),
      /charactersPerToken is 0, expected a number > 0/,
    ],
  ],
  distinct: ofNgrams(distinct),
  ngramEntropy: ofNgrams(ngramEntropy),
  spans: [["a tag that is none", () => spans(["O", "X-PER"]), /spans: tag 1 is "X-PER", expected O, B-type or I-type/]],
  spanF1: [
    [
      "no sentence",
      () => spanF1([], []),
      /spanF1: 0 guessed sentences for 0 true ones, expected as many, at least one/,
    ],
    ["other lengths", () => spanF1([["O"]], [["O", "O"]]), /spanF1: sentence 0 has 1 guessed tags and 2 true ones/],
  ],
};
