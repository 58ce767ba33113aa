import { countTokens, mostFrequent, TokenTable } from "./token-table.js";
import type { Corpus, StoredCharacters, Vocabulary, VocabularyOptions } from "./vocabulary.js";

const WHAT = "characterVocabulary";

/**
 * A vocabulary whose tokens are characters.
 *
 * A character is a Unicode code point, so that 😀 is one token and not two halves; with `graphemes` it is what a reader
 * takes for one character, such as a letter with its accents or a flag (Unicode Standard Annex #29).
 *
 * @param corpus one text or several
 * @param minCount how often a character must occur to be in it, ≥ 1
 * @param maxSize how many tokens there are at most, special ones included
 * @param special which special tokens there are
 * @param graphemes whether what a reader takes for one character is one token
 * @returns characters by falling count, equally frequent ones by UTF-16 code unit
 * @throws when the corpus is empty, or an option is out of its range
 *
 * @example
 * const characters = characterVocabulary("to be or not to be");
 * const ids = characters.encode("bet");
 * console.log(characters.size, characters.decode(ids)); // 7 bet
 */
export function characterVocabulary(
  corpus: Corpus,
  { graphemes = false, ...options }: VocabularyOptions & { readonly graphemes?: boolean } = {},
): Vocabulary {
  const tokens = mostFrequent(WHAT, countTokens(corpus, splitter(graphemes)), options);
  return restoredCharacters({ kind: "characters", special: options.special ?? [], tokens, graphemes });
}

export function restoredCharacters({ tokens, special, graphemes }: StoredCharacters): Vocabulary {
  const table = new TokenTable(WHAT, tokens, special);
  const split = splitter(graphemes);
  return {
    size: table.size,
    special: table.special,
    encode: (text) => table.encode(typeof text === "string" ? split(text) : text),
    decode: (ids, { special = false } = {}) => table.decode(ids, special).join(""),
    token: (id) => table.token(id),
    id: (token) => table.id(token),
    toJSON: () => ({ kind: "characters", special: table.specialTokens, tokens: table.ordinary, graphemes }),
  };
}

function splitter(graphemes: boolean): (text: string) => string[] {
  if (!graphemes) return (text) => Array.from(text);
  // the locale is fixed so that the machine's language has no say
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  return (text) => Array.from(segmenter.segment(text), ({ segment }) => segment);
}
