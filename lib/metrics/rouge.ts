import { commonNgrams, countNgrams } from "./ngrams.js";
import { type Scores, scores } from "./scores.js";

/** What a summary has in common with a reference. */
export interface RougeScores {
  /** Single words. */
  readonly rouge1: Scores;
  /** Two words in a row. */
  readonly rouge2: Scores;
  /** The longest common subsequence: words in the same order, with gaps. */
  readonly rougeL: Scores;
}

/**
 * ROUGE-1, ROUGE-2 and ROUGE-L of a summary, counted as Google's package rouge-score does without stemming: words are runs
 * of a … z and 0 … 9 in small letters, everything else stands between words.
 *
 *     ROUGE-n: precision = common n-grams / n-grams of the hypothesis, recall = … / n-grams of the reference
 *     ROUGE-L: the same with the length of the longest common subsequence and the numbers of words
 *
 * @param hypothesis the summary
 * @param reference what it is compared with
 * @returns precision, recall and F1 of each, 0 … 1; 0 when a text has no such n-gram. Texts in other alphabets have no words
 * @see Lin 2004, ROUGE: A Package for Automatic Evaluation of Summaries
 *
 * @example
 * const { rouge1, rougeL } = rouge("the gunman kill police", "police killed the gunman");
 * console.log(rouge1.f1, rougeL.f1); // 0.75 0.5
 */
export function rouge(hypothesis: string, reference: string): RougeScores {
  const [guess, truth] = [words(hypothesis), words(reference)];
  const ofOrder = (n: number) =>
    scores(
      commonNgrams(countNgrams(guess, n), countNgrams(truth, n)),
      Math.max(0, guess.length - n + 1),
      Math.max(0, truth.length - n + 1),
    );
  return {
    rouge1: ofOrder(1),
    rouge2: ofOrder(2),
    rougeL: scores(commonSubsequence(guess, truth), guess.length, truth.length),
  };
}

/**
 * The mean of each ROUGE figure over a corpus.
 *
 * @param hypotheses N summaries
 * @param references for each the text it is compared with
 * @throws when there is none, or they are not equally many
 *
 * @example
 * const { rougeL } = corpusRouge(["a cat", "two dogs"], ["a black cat", "two dogs"]);
 * console.log(rougeL.f1); // 0.9
 */
export function corpusRouge(hypotheses: readonly string[], references: readonly string[]): RougeScores {
  const N = hypotheses.length;
  if (N !== references.length || N === 0) {
    throw new RangeError(
      `corpusRouge: ${N} hypotheses for ${references.length} references, expected as many, at least one`,
    );
  }
  const each = hypotheses.map((hypothesis, n) => rouge(hypothesis, references[n]!));
  const mean = (name: keyof RougeScores): Scores => {
    const of = (figure: keyof Scores) => each.reduce((sum, one) => sum + one[name][figure], 0) / N;
    return { precision: of("precision"), recall: of("recall"), f1: of("f1") };
  };
  return { rouge1: mean("rouge1"), rouge2: mean("rouge2"), rougeL: mean("rougeL") };
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/** The length of the longest sequence that can be had from both by leaving words out. */
function commonSubsequence(a: readonly string[], b: readonly string[]): number {
  let above = new Int32Array(b.length + 1);
  for (const word of a) {
    const row = new Int32Array(b.length + 1);
    for (let j = 0; j < b.length; j++) row[j + 1] = word === b[j] ? above[j]! + 1 : Math.max(above[j + 1]!, row[j]!);
    above = row;
  }
  return above[b.length]!;
}
