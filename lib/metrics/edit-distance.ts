/** What is compared symbol by symbol: a string by its characters (code points), or a list of words, phonemes or numbers. */
export type Symbols<T> = string | ArrayLike<T>;

/**
 * Levenshtein's distance: how many symbols must be put in, taken out or exchanged to make one sequence of the other.
 *
 * @param a a string, or a list of any symbols that === tells apart
 * @param b the same
 * @returns 0 … the longer length; in O(|a|·|b|) time and O(|b|) memory
 * @see Levenshtein 1966; Wagner & Fischer 1974, The String-to-String Correction Problem
 *
 * @example
 * console.log(editDistance("kitten", "sitting"), editDistance(["a", "b"], ["b"])); // 3 1
 */
export function editDistance<T>(a: Symbols<T>, b: Symbols<T>): number {
  const [from, to] = [symbols(a), symbols(b)];
  // row[j]: the distance between what was read of `from` and the first j symbols of `to`
  let row = Int32Array.from({ length: to.length + 1 }, (_, j) => j);
  let next = new Int32Array(to.length + 1);
  for (let i = 0; i < from.length; i++) {
    next[0] = i + 1;
    for (let j = 0; j < to.length; j++) {
      const exchanged = row[j]! + (from[i] === to[j] ? 0 : 1);
      next[j + 1] = Math.min(exchanged, row[j + 1]! + 1, next[j]! + 1);
    }
    [row, next] = [next, row];
  }
  return row[to.length]!;
}

/**
 * The error rate of a corpus: edit distances of all hypotheses, over the symbols of all references.
 *
 *     rate = Σ distance(hypothesis, reference) / Σ |reference|
 *
 * Of strings it is the character error rate, of lists of phonemes the phoneme error rate.
 *
 * @param hypotheses N sequences
 * @param references N true sequences
 * @returns ≥ 0; above 1 when the hypotheses are longer than the references and wrong
 * @throws when there is none, they are not equally many, or all references are empty
 *
 * @example
 * console.log(errorRate([["HH", "AH"]], [["HH", "AH", "L", "OW"]])); // 0.5: two of four phonemes are missing
 */
export function errorRate<T>(hypotheses: readonly Symbols<T>[], references: readonly Symbols<T>[]): number {
  return rate("errorRate", hypotheses, references);
}

/**
 * The word error rate: the error rate of lines of text, word by word. Words are what stands between white space, as they
 * are written: case and punctuation count.
 *
 * @param hypotheses N lines
 * @param references N true lines
 * @throws when there is none, they are not equally many, or all references are empty
 *
 * @example
 * console.log(wordErrorRate(["the cat sat"], ["the cat sat down"])); // 0.25
 */
export function wordErrorRate(hypotheses: readonly string[], references: readonly string[]): number {
  const words = (line: string) => line.split(/\s+/).filter((word) => word !== "");
  return rate("wordErrorRate", hypotheses.map(words), references.map(words));
}

function rate<T>(what: string, hypotheses: readonly Symbols<T>[], references: readonly Symbols<T>[]): number {
  if (hypotheses.length !== references.length || references.length === 0) {
    throw new RangeError(
      `${what}: ${hypotheses.length} hypotheses for ${references.length} references, expected as many, at least one`,
    );
  }
  let [errors, length] = [0, 0];
  hypotheses.forEach((hypothesis, n) => {
    errors += editDistance(hypothesis, references[n]!);
    length += symbols(references[n]!).length;
  });
  if (length === 0) throw new RangeError(`${what}: all references are empty, expected at least one symbol`);
  return errors / length;
}

function symbols<T>(sequence: Symbols<T>): ArrayLike<T | string> {
  return typeof sequence === "string" ? Array.from(sequence) : sequence;
}
