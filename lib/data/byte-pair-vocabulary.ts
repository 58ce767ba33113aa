import { learnMerges, type Merge, replacePair } from "./byte-pair-merges.js";
import { countTokens, mostFrequent, TokenTable } from "./token-table.js";
import type { Corpus, SpecialToken, StoredBytePairs, Vocabulary } from "./vocabulary.js";

const WHAT = "bytePairVocabulary";

/** How many words are remembered with their tokens. */
const CACHED = 2 ** 16;

/** Letters, digits or other signs, with the space before them; white space else. One after the other they are the text. */
const WORD = / ?\p{L}[\p{L}\p{M}]*| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s/gu;

const BYTES = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`);

/**
 * A vocabulary between characters and words: frequent words are one token, rare ones are spelled in frequent pieces.
 *
 * Words are put together from characters by the learned merges, in the order in which they were learned; a word keeps
 * the space before it, so that decoding gives back the very text. Letters, digits and other signs are never put together
 * (Radford et al. 2019, section 2.2).
 *
 * @param corpus one text or several; of a text that is cut into words, each word stands alone
 * @param merges how many pairs are put together at most, ≥ 0
 * @param minCount a pair that occurs less often is not put together, ≥ 1
 * @param special which special tokens there are
 * @param byteFallback whether a character that the corpus does not have is spelled by its UTF-8 bytes, for which there are
 *   256 more tokens, `<0x00>` … `<0xFF>`: then every text can be encoded, and every well-formed one comes back as it was
 * @returns special tokens, bytes, characters by falling count, then what the merges make
 * @throws when the corpus is empty, or an option is out of its range
 * @see Sennrich, Haddow & Birch 2016, Neural Machine Translation of Rare Words with Subword Units
 *
 * @example
 * const pieces = bytePairVocabulary("low lower lowest slow slower slowest", 5);
 * const ids = pieces.encode("slow lower");
 * console.log(Array.from(ids, (id) => pieces.token(id)), pieces.decode(ids));
 */
export function bytePairVocabulary(
  corpus: Corpus,
  merges: number,
  {
    minCount = 2,
    special = [],
    byteFallback = false,
  }: { readonly minCount?: number; readonly special?: readonly SpecialToken[]; readonly byteFallback?: boolean } = {},
): Vocabulary {
  const words = countTokens(corpus, split);
  const characters = new Map<string, number>();
  for (const [word, count] of words) {
    for (const character of word) characters.set(character, (characters.get(character) ?? 0) + count);
  }
  const tokens = mostFrequent(WHAT, characters, { special });
  const reserved = new Set([...special.map((name) => `<${name}>`), ...(byteFallback ? BYTES : [])]);
  const learned = learnMerges(words, merges, { minCount, reserved });
  return restoredBytePairs({ kind: "byte pairs", special, tokens, merges: learned, byteFallback });
}

export function restoredBytePairs({ special, tokens, merges, byteFallback }: StoredBytePairs): Vocabulary {
  const made = merges.map(([left, right]) => left + right);
  const all = new Set([...(byteFallback ? BYTES : []), ...tokens, ...made]);
  const table = new TokenTable(WHAT, [...all], special);
  const firstByte = table.specialTokens.length;
  const pieces = new Segmenter(table, merges);
  const cache = new Map<string, readonly number[]>();

  /** The tokens of a character alone. */
  function spell(character: string, position: number): readonly number[] {
    if (table.knows(character) || !byteFallback) return [table.idInText(character, position)];
    return Array.from(new TextEncoder().encode(character), (byte) => firstByte + byte);
  }

  function encodeWord(word: string, position: number): readonly number[] {
    let ids = cache.get(word);
    if (ids === undefined) {
      ids = pieces.join(Array.from(word).flatMap((character, i) => spell(character, position + i)));
      if (cache.size >= CACHED) cache.clear();
      cache.set(word, ids);
    }
    return ids;
  }

  return {
    size: table.size,
    special: table.special,
    encode(text) {
      const ids: number[] = [];
      let position = 0;
      for (const word of typeof text === "string" ? split(text) : text) {
        for (const id of encodeWord(word, position)) ids.push(id);
        for (const _ of word) position++;
      }
      return Int32Array.from(ids);
    },
    decode(ids, { special = false } = {}) {
      const parts = table.decode(ids, special);
      return byteFallback ? joinBytes(parts) : parts.join("");
    },
    token: (id) => table.token(id),
    id: (token) => table.id(token),
    toJSON: () => ({ kind: "byte pairs", special: table.specialTokens, tokens, merges, byteFallback }),
  };
}

interface RankedMerge {
  /** When it was learned. */
  readonly rank: number;
  readonly left: number;
  readonly right: number;
  readonly merged: number;
}

/** Puts symbols together by the merges, the earliest learned first. */
class Segmenter {
  private readonly size: number;
  /** Each merge under left·size + right. */
  private readonly merges = new Map<number, RankedMerge>();

  constructor(table: TokenTable, merges: readonly Merge[]) {
    this.size = table.size;
    merges.forEach(([leftName, rightName], rank) => {
      const names = [leftName, rightName, leftName + rightName];
      const unknown = names.find((name) => !table.knows(name));
      if (unknown !== undefined) {
        throw new RangeError(`${WHAT}: merge ${rank} needs ${JSON.stringify(unknown)}, which is not among the tokens`);
      }
      const [left, right, merged] = names.map((name) => table.idInText(name)) as [number, number, number];
      this.merges.set(left * this.size + right, { rank, left, right, merged });
    });
  }

  join(symbols: readonly number[]): readonly number[] {
    let word = symbols;
    for (;;) {
      let first: RankedMerge | undefined;
      for (let i = 1; i < word.length; i++) {
        const merge = this.merges.get(word[i - 1]! * this.size + word[i]!);
        if (merge && (!first || merge.rank < first.rank)) first = merge;
      }
      if (!first) return word;
      word = replacePair(word, first.left, first.right, first.merged);
    }
  }
}

/** Tokens as a text, of which those of bytes are UTF-8. */
function joinBytes(tokens: readonly string[]): string {
  const byteOf = new Map(BYTES.map((name, byte) => [name, byte]));
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  let bytes: number[] = [];
  const flush = () => {
    text += decoder.decode(Uint8Array.from(bytes));
    bytes = [];
  };
  for (const token of tokens) {
    const byte = byteOf.get(token);
    if (byte !== undefined) {
      bytes.push(byte);
    } else {
      flush();
      text += token;
    }
  }
  flush();
  return text;
}

function split(text: string): string[] {
  return text.match(WORD) ?? [];
}
