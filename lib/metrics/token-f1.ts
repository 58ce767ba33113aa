import { commonNgrams, countNgrams } from "./ngrams.js";
import { scores } from "./scores.js";

/**
 * How many words two sentences have in common, whatever their order, from 0 to 1: the mean over a corpus.
 *
 *     P = common words / words said,  R = common words / words of the reference,  F1 = 2·P·R / (P + R)
 *
 * A word that stands twice in one sentence counts twice only if it stands twice in the other one, too.
 *
 * @param hypotheses N sentences, words with white space between
 * @param references for each the sentence it is compared with
 * @returns the mean of the N sentences' F1; a sentence without a common word counts 0
 * @throws when there is none, or they are not equally many
 * @see Rajpurkar et al. 2016, SQuAD, section 6.1, which scores answers in this way
 *
 * @example
 * console.log(tokenF1(["man waving", "a cat"], ["woman waving", "a cat"])); // 0.75
 */
export function tokenF1(hypotheses: readonly string[], references: readonly string[]): number {
  const N = hypotheses.length;
  if (N !== references.length || N === 0) {
    throw new RangeError(
      `tokenF1: ${N} hypotheses for ${references.length} references, expected as many, at least one`,
    );
  }
  const each = hypotheses.map((hypothesis, i) => {
    const [said, truth] = [hypothesis, references[i]!].map((text) => text.split(/\s+/).filter((word) => word !== ""));
    return scores(commonNgrams(countNgrams(said!, 1), countNgrams(truth!, 1)), said!.length, truth!.length).f1;
  });
  return each.reduce((sum, f1) => sum + f1, 0) / N;
}
