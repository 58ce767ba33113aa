import {
  buildSequence,
  crf,
  meanSquaredError,
  random,
  sequenceCrossEntropy,
  softmaxCrossEntropy,
  Tokens,
  zeros,
} from "unroll";
import type { Table } from "./refuses.js";

const nan = Number.NaN;
const logits = buildSequence(3, 2, 4, () => 0.5);
const targets = new Tokens(3, 2);
const field = crf(4);
const scores = field.init(random(1));

export const losses: Table = {
  softmaxCrossEntropy: [
    [
      "no label",
      () => softmaxCrossEntropy(zeros(2, 3), []),
      /softmaxCrossEntropy: 0 labels for 2 rows, expected one for/,
    ],
    ["an empty batch", () => softmaxCrossEntropy(zeros(0, 3), []), /0 labels for 0 rows/],
    [
      "a label that is no class",
      () => softmaxCrossEntropy(zeros(1, 3), [3]),
      /label 3 in row 0 is not a class, .* 0 … 2/,
    ],
    ["NaN as label", () => softmaxCrossEntropy(zeros(1, 3), [nan]), /label NaN in row 0/],
    ["NaN as smoothing", () => softmaxCrossEntropy(zeros(1, 3), [0], { labelSmoothing: nan }), /labelSmoothing is NaN/],
  ],
  meanSquaredError: [
    [
      "two shapes",
      () => meanSquaredError(zeros(2, 3), zeros(2, 1)),
      /meanSquaredError: y is 2×3 and target 2×1, expected/,
    ],
    ["an empty batch", () => meanSquaredError(zeros(0, 3), zeros(0, 3)), /one shape without 0/],
    ["a length beyond T", () => meanSquaredError(logits, logits, { lengths: [3, 4] }), /meanSquaredError: the length/],
  ],
  sequenceCrossEntropy: [
    [
      "targets of other steps",
      () => sequenceCrossEntropy(logits, new Tokens(2, 2)),
      /logits are 3×2×4 and targets 2×2/,
    ],
    [
      "an empty batch",
      () =>
        sequenceCrossEntropy(
          buildSequence(3, 0, 4, () => 0),
          new Tokens(3, 0),
        ),
      /none of them 0/,
    ],
    [
      "a target that is no class",
      () => sequenceCrossEntropy(logits, new Tokens(3, 2, new Int32Array(6).fill(4))),
      /target 4 at step 0 of sequence 0 is not a class, expected 0 … 3/,
    ],
    [
      "a length beyond T",
      () => sequenceCrossEntropy(logits, targets, { lengths: [4, 3] }),
      /sequence 0 is 4, expected/,
    ],
    [
      "too few class weights",
      () => sequenceCrossEntropy(logits, targets, { classWeights: [1] }),
      /1 class weights for 4/,
    ],
    [
      "NaN as class weight",
      () => sequenceCrossEntropy(logits, targets, { classWeights: [1, nan, 1, 1] }),
      /class 1 is NaN/,
    ],
    ["a smoothing above 1", () => sequenceCrossEntropy(logits, targets, { labelSmoothing: 2 }), /labelSmoothing is 2/],
  ],
  crf: [
    ["no tag", () => crf(0), /crf: there are 0 tags, expected a whole number ≥ 1/],
    ["emissions of other tags", () => crf(3).viterbi(scores as never, logits), /emissions are 3×2×4, expected T×B×3/],
    [
      "a target that is no tag",
      () => field.negativeLogLikelihood(scores, logits, new Tokens(3, 2, new Int32Array(6).fill(4))),
      /tag 4 at step 0 of sequence 0 is not one of 0 … 3/,
    ],
    ["a length beyond T", () => field.viterbi(scores, logits, { lengths: [3, 4] }), /crf.viterbi: the length of/],
    [
      "NaN",
      () =>
        field.viterbi(
          scores,
          buildSequence(3, 2, 4, () => nan),
        ),
      /the best score of sequence 0 is NaN/,
    ],
    [
      "NaN in training",
      () =>
        field.negativeLogLikelihood(
          scores,
          buildSequence(3, 2, 4, () => nan),
          targets,
        ),
      /crf: the scores of sequence 0 add up to NaN, expected finite/,
    ],
  ],
};
