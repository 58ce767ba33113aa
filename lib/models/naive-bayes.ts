import { checkPositive } from "../math/check-options.js";

/** Words counted by class, and what follows from the counts. */
export interface NaiveBayes<L extends string | number = string> {
  /** All labels, in the order in which they first occur. */
  readonly classes: readonly L[];
  /** How many different words it has seen. */
  readonly vocabularySize: number;

  /** The probability of each class, in the order of `classes`; a word that it has not seen says nothing. */
  probabilities(words: readonly string[]): number[];

  /** The most probable class, the first one of equals. */
  guess(words: readonly string[]): L;

  /**
   * How much one word speaks for each class, in nats: ln p(word | class) less the mean of that over the classes. It is 0
   * everywhere for a word that it has not seen.
   */
  evidence(word: string): number[];
}

/**
 * The classic among the classifiers of text: it counts how often each word stands in texts of each class, and then takes
 * the words of a text as if each were drawn by itself.
 *
 *     ln p(c | words) = ln p(c) + Σ_i ln p(w_i | c) + const,   p(w | c) = (n_wc + α) / (Σ_v n_vc + α·V)
 *
 * n_wc counts word w in texts of class c, with repetitions (the multinomial form). Nothing is trained: one look at each
 * text is enough. It knows no order; give it pairs of words as further "words" to tell it some.
 *
 * @param texts N texts, each a list of words
 * @param labels N classes, one for each text
 * @param smoothing α > 0, which keeps a word that a class has not shown yet from being impossible
 * @throws when there is no text or no word, there is not one label a text, a text is no list, or α is not > 0
 * @see McCallum & Nigam 1998, A comparison of event models for naive Bayes text classification, section 2.2
 *
 * @example
 * const bayes = naiveBayes([["well", "done"], ["oh", "no"], ["well", "well"]], ["good", "bad", "good"]);
 * console.log(bayes.guess(["oh", "well"]), bayes.probabilities(["oh", "well"])); // good, 0.58 and 0.42
 */
export function naiveBayes<L extends string | number>(
  texts: readonly (readonly string[])[],
  labels: readonly L[],
  { smoothing = 1 }: { smoothing?: number } = {},
): NaiveBayes<L> {
  checkPositive("naiveBayes", { smoothing });
  if (texts.length === 0) throw new RangeError("naiveBayes: there are no texts, expected at least one");
  if (labels.length !== texts.length) {
    throw new RangeError(`naiveBayes: ${labels.length} labels for ${texts.length} texts, expected one for each`);
  }
  const classes = [...new Set(labels)];
  const N = classes.length;
  const place = new Map(classes.map((label, c) => [label, c]));
  const none = new Array<number>(N).fill(0);
  const counts = new Map<string, number[]>();
  const [textsOf, wordsOf] = [[...none], [...none]];
  texts.forEach((text, i) => {
    if (!Array.isArray(text)) throw new TypeError(`naiveBayes: text ${i} is no list of words: splitWords makes one`);
    const c = place.get(labels[i]!)!;
    textsOf[c]!++;
    wordsOf[c]! += text.length;
    for (const word of text) {
      const row = counts.get(word) ?? [...none];
      row[c]!++;
      counts.set(word, row);
    }
  });
  if (counts.size === 0) throw new RangeError("naiveBayes: no text has a word, expected at least one");

  const prior = textsOf.map((count) => Math.log(count / texts.length));
  const rest = wordsOf.map((count) => Math.log(count + smoothing * counts.size));
  const evidence = (word: string): number[] => {
    const row = counts.get(word);
    if (!row) return [...none];
    const logs = row.map((count, c) => Math.log(count + smoothing) - rest[c]!);
    const mean = logs.reduce((a, b) => a + b, 0) / N;
    return logs.map((log) => log - mean);
  };
  const scores = (words: readonly string[]): number[] => {
    const sums = [...prior];
    for (const word of words) {
      const said = evidence(word);
      for (let c = 0; c < N; c++) sums[c]! += said[c]!;
    }
    return sums;
  };

  return {
    classes,
    vocabularySize: counts.size,
    evidence,
    probabilities(words) {
      const sums = scores(words);
      const largest = Math.max(...sums);
      const shares = sums.map((sum) => Math.exp(sum - largest));
      const total = shares.reduce((a, b) => a + b, 0);
      return shares.map((share) => share / total);
    },
    guess(words) {
      const sums = scores(words);
      return classes[sums.indexOf(Math.max(...sums))]!;
    },
  };
}
