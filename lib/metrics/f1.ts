import type { Matrix } from "../math/matrix.js";
import { margins } from "./confusion.js";
import { type Scores, scores } from "./scores.js";

/**
 * Precision, recall and F1 of a classifier, from its confusion matrix.
 *
 *     P_k = right_k / guessed_k,  R_k = right_k / there_k,  F1_k = 2 P_k R_k / (P_k + R_k);  0/0 counts as 0
 *
 * @param counts N×N, row: true class, column: guess
 * @returns the scores of each class, with how many examples of it there are; `macro`, their mean over the classes that
 *   occur as label or guess; `micro`, the scores of all guesses together, where each one that is wrong is one too many of
 *   one class and one too few of another, so that all three equal the accuracy
 * @throws when the matrix is not square, a count is not a whole number ≥ 0, or all are 0
 * @see van Rijsbergen 1979, Information Retrieval, chapter 7; macro F1 is the mean of the F1, as scikit-learn takes it
 *
 * @example
 * const { classes, macro } = f1Scores(confusionMatrix([1, 1, 0], [1, 0, 0], 2));
 * console.log(classes[1]!.precision, macro.f1); // 0.5 and 0.667
 */
export function f1Scores(counts: Matrix): {
  classes: (Scores & { readonly count: number })[];
  micro: Scores;
  macro: Scores;
} {
  const { there, guessed, right, total } = margins("f1Scores", counts);
  const classes = right.map((hits, k) => ({ ...scores(hits, guessed[k]!, there[k]!), count: there[k]! }));
  const occurring = classes.filter((_, k) => there[k]! + guessed[k]! > 0);
  const mean = (pick: (one: Scores) => number) => occurring.reduce((sum, one) => sum + pick(one), 0) / occurring.length;
  return {
    classes,
    micro: scores(
      right.reduce((a, b) => a + b, 0),
      total,
      total,
    ),
    macro: {
      precision: mean(({ precision }) => precision),
      recall: mean(({ recall }) => recall),
      f1: mean(({ f1 }) => f1),
    },
  };
}
