import { checkCount } from "../math/check-options.js";
import { TokenParts } from "../math/token-parts.js";

/** Words, each known by itself, by its beginnings and endings, and by its shape. */
export interface WordParts {
  /** V: parts are numbered 0 … V−1. Number k below `partCount` stands for all parts of kind k that are not in it. */
  readonly size: number;
  /** K, how many parts a word has. */
  readonly partCount: number;
  /** The parts of any word, as text: the word in small letters, its shape, three beginnings, four endings. */
  partsOf(word: string): string[];
  /** Whether the word itself, in small letters, is in it. */
  knows(word: string): boolean;
  /**
   * The numbers of the parts, sentences side by side, the shorter ones filled up.
   *
   * @throws when there is no sentence, or one is empty
   */
  encode(sentences: readonly (readonly string[])[]): { tokens: TokenParts; lengths: Int32Array };
}

const BEGINNINGS = [1, 2, 3];
const ENDINGS = [1, 2, 3, 4];

/**
 * What can be seen of a word that was never met: how it begins and ends, and its shape. With `partsEmbedding`, a word is the
 * sum of what its parts mean.
 *
 * Digits are read as 0. `^` and `$` mark where a word begins and ends, so a short word's ending may hold its beginning. A
 * shape is what kinds of letters follow each other: `McDonald's` is `XxXx'x`.
 *
 * @param sentences each a list of words
 * @param minCount how often a word must occur to be a part of its own, ≥ 1
 * @param minWords in how many different words a beginning, ending or shape must occur, ≥ 1
 * @throws when there is no word, or an option is out of its range
 * @see Brants 2000, TnT – a statistical part-of-speech tagger, section 2.3 (endings of unknown words); Bojanowski et al.
 *   2017, Enriching word vectors with subword information (a word as a sum)
 *
 * @example
 * const parts = wordParts([["the", "cat", "walks"], ["the", "dog", "walks"]]);
 * console.log(parts.partsOf("Walks").slice(0, 5)); // ["walks", "Xx", "^w", "^wa", "^wal"]
 * console.log(parts.knows("walks"), parts.knows("talks")); // true false
 */
export function wordParts(
  sentences: readonly (readonly string[])[],
  { minCount = 2, minWords = 2 }: { minCount?: number; minWords?: number } = {},
): WordParts {
  checkCount("wordParts", "minCount", minCount, 1);
  checkCount("wordParts", "minWords", minWords, 1);
  const counts = new Map<string, number>();
  for (const sentence of sentences) for (const word of sentence) counts.set(word, (counts.get(word) ?? 0) + 1);
  if (counts.size === 0) throw new RangeError("wordParts: there are no words, expected sentences with at least one");

  const partCount = partsOf("a").length;
  let size = partCount;
  const ids = kindsOf(counts, partCount).map((kind, k) => {
    const kept = [...kind].filter(([, { occurrences, words }]) =>
      k === 0 ? occurrences >= minCount : words.size >= minWords,
    );
    return new Map(kept.map(([part]) => [part, size++]));
  });
  const known = new Map<string, Int32Array>();
  const numbersOf = (word: string): Int32Array => {
    const numbers = known.get(word) ?? Int32Array.from(partsOf(word), (part, k) => ids[k]!.get(part) ?? k);
    if (counts.has(word)) known.set(word, numbers);
    return numbers;
  };

  return {
    size,
    partCount,
    partsOf,
    knows: (word) => ids[0]!.has(partsOf(word)[0]!),

    encode(rows) {
      if (rows.length === 0) throw new RangeError("wordParts: there is no sentence, expected at least one");
      const [T, B, K] = [rows.reduce((most, { length }) => Math.max(most, length), 0), rows.length, partCount];
      const parts = Int32Array.from({ length: T * B * K }, (_, at) => at % K);
      rows.forEach((row, i) => {
        if (row.length === 0) throw new RangeError(`wordParts: sentence ${i} is empty, expected one word or more`);
        row.forEach((word, t) => {
          parts.set(numbersOf(word), (t * B + i) * K);
        });
      });
      return { tokens: new TokenParts(T, B, K, parts), lengths: Int32Array.from(rows, ({ length }) => length) };
    },
  };
}

function partsOf(word: string): string[] {
  const small = word.toLowerCase().replace(/\d/g, "0");
  const marked = `^${small}$`;
  return [
    small,
    shapeOf(word),
    ...BEGINNINGS.map((length) => marked.slice(0, length + 1)),
    ...ENDINGS.map((length) => marked.slice(-length - 1)),
  ];
}

function shapeOf(word: string): string {
  return word
    .replace(/\p{Lu}+/gu, "X")
    .replace(/[^\P{L}X]+/gu, "x")
    .replace(/\d+/g, "0")
    .replace(/([^X\w])\1+/g, "$1");
}

/** For each kind of part: its parts, how often they occur, and in which words. */
function kindsOf(counts: ReadonlyMap<string, number>, partCount: number) {
  const kinds = Array.from({ length: partCount }, () => new Map<string, { occurrences: number; words: Set<string> }>());
  for (const [word, count] of counts) {
    const parts = partsOf(word);
    parts.forEach((part, k) => {
      const { occurrences, words } = kinds[k]!.get(part) ?? { occurrences: 0, words: new Set() };
      kinds[k]!.set(part, { occurrences: occurrences + count, words: words.add(parts[0]!) });
    });
  }
  return kinds;
}
