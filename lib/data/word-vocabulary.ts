import { countTokens, mostFrequent, TokenTable } from "./token-table.js";
import type { Corpus, SpecialToken, Vocabulary, VocabularyOptions } from "./vocabulary.js";

const WHAT = "wordVocabulary";

/**
 * A vocabulary whose tokens are words: what stands between white space, or, of a text that is cut into tokens already,
 * each of these.
 *
 * @param corpus one text or several, each a string or a list of words
 * @param minCount how often a word must occur to be in it, ≥ 1
 * @param maxSize how many tokens there are at most, special ones included
 * @param special which special tokens there are
 * @returns words by falling count, equally frequent ones by UTF-16 code unit; it decodes to words with a space between
 * @throws when the corpus is empty, or an option is out of its range
 *
 * @example
 * const words = wordVocabulary(["the cat sat", "the dog"], { special: ["pad", "unk"] });
 * console.log(words.decode(words.encode("the bird sat"))); // the <unk> sat
 */
export function wordVocabulary(corpus: Corpus, options: VocabularyOptions = {}): Vocabulary {
  return restoredWords({
    special: options.special ?? [],
    tokens: mostFrequent(WHAT, countTokens(corpus, split), options),
  });
}

export function restoredWords(stored: {
  readonly special: readonly SpecialToken[];
  readonly tokens: readonly string[];
}): Vocabulary {
  const table = new TokenTable(WHAT, stored.tokens, stored.special);
  return {
    size: table.size,
    special: table.special,
    encode: (text) => table.encode(typeof text === "string" ? split(text) : text),
    decode: (ids, { special = false } = {}) => table.decode(ids, special).join(" "),
    token: (id) => table.token(id),
    id: (token) => table.id(token),
    toJSON: () => ({ kind: "words", special: table.specialTokens, tokens: table.ordinary }),
  };
}

function split(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
