import { countNgrams } from "./ngrams.js";

/**
 * distinct-n: how many different n-grams texts have, over how many they have in all.
 *
 *     distinct-n = |{n-grams of all texts}| / Σ n-grams
 *
 * All texts are taken together: a sentence that is said a hundred times counts once above the line, and a hundred times
 * below it. Longer and more texts have a smaller share, so compare only where as many were written.
 *
 * @param texts each cut into words
 * @param n words in a row, ≥ 1
 * @returns 0 … 1; 0 where no text has n words
 * @throws when n is not a whole number ≥ 1, or there is no text
 * @see Li et al. 2016, A diversity-promoting objective function for neural conversation models
 *
 * @example
 * console.log(distinct([["me", "too"], ["me", "too"]], 1)); // 0.5: two words of four
 */
export function distinct(texts: readonly (readonly string[])[], n: number): number {
  const { counts, total } = allNgrams("distinct", texts, n);
  return total === 0 ? 0 : counts.length / total;
}

/**
 * How evenly texts use their n-grams: the entropy of one that is drawn from all of them.
 *
 *     H = −Σ p·log p,   p = how often an n-gram occurs / Σ n-grams
 *
 * Unlike distinct-n it sees whether the different ones are used: a text of nearly always the same words has little entropy,
 * whatever else occurs once.
 *
 * @param texts each cut into words
 * @param n words in a row, ≥ 1
 * @returns nats, 0 … log of the number of different n-grams; 0 where no text has n words
 * @throws when n is not a whole number ≥ 1, or there is no text
 * @see Zhang et al. 2018, Generating informative and diverse conversational responses via adversarial information
 *   maximization (Ent-n)
 *
 * @example
 * console.log(ngramEntropy([["me", "too"], ["me", "too"]], 1)); // log 2: two words, as frequent
 */
export function ngramEntropy(texts: readonly (readonly string[])[], n: number): number {
  const { counts, total } = allNgrams("ngramEntropy", texts, n);
  return counts.reduce((sum, count) => sum + (count / total) * Math.log(total / count), 0);
}

function allNgrams(what: string, texts: readonly (readonly string[])[], n: number) {
  if (!(Number.isInteger(n) && n >= 1)) throw new RangeError(`${what}: n is ${n}, expected a whole number ≥ 1`);
  if (texts.length === 0) throw new RangeError(`${what}: there is no text, expected at least one`);
  const all = new Map<string, number>();
  for (const words of texts) {
    for (const [ngram, count] of countNgrams(words, n)) all.set(ngram, (all.get(ngram) ?? 0) + count);
  }
  const counts = [...all.values()];
  const total = counts.reduce((sum, count) => sum + count, 0);
  return { counts, total };
}
