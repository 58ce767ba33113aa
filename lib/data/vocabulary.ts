/** Tokens that stand in no text: what fills a batch up, what stands for an unknown token, where a sequence begins and ends. */
export type SpecialToken = "pad" | "unk" | "begin" | "end";

/** Tokens and their numbers, 0 … size − 1. */
export interface Vocabulary {
  /** How many tokens there are, special ones included. */
  readonly size: number;

  /** The numbers of the special tokens that it was built with. */
  readonly special: Readonly<Partial<Record<SpecialToken, number>>>;

  /**
   * A text, or one cut into tokens, as numbers.
   *
   * @throws when a token is unknown and there is no "unk": the sentence names the token and its position
   */
  encode(text: string | readonly string[]): Int32Array;

  /**
   * Numbers as a text. Padding, begin and end are left out, unless `special` asks for them.
   *
   * @throws when a number is not one of a token
   */
  decode(ids: ArrayLike<number>, options?: { special?: boolean }): string;

  /** @throws when there is no token with this number */
  token(id: number): string;

  /**
   * The number of a token, of an unknown one that of "unk"; special tokens are called `<pad>`, `<unk>`, `<begin>`, `<end>`.
   *
   * @throws when the token is unknown and there is no "unk"
   */
  id(token: string): number;

  /** What `restoreVocabulary` makes it from again; `JSON.stringify` calls it. */
  toJSON(): StoredVocabulary;
}

export interface VocabularyOptions {
  /** A token that occurs less often is left out, ≥ 1. */
  readonly minCount?: number;
  /** How many tokens there are at most, special ones included; the rarest are left out. */
  readonly maxSize?: number;
  /** Which special tokens there are. They come first, always in the order pad, unk, begin, end: so pad is 0, with which batches are padded. */
  readonly special?: readonly SpecialToken[];
}

/** One text, or several; each a string or cut into tokens. */
export type Corpus = string | Iterable<string | readonly string[]>;

/** A vocabulary as plain data. */
export type StoredVocabulary =
  | StoredCharacters
  | { readonly kind: "words"; readonly special: readonly SpecialToken[]; readonly tokens: readonly string[] }
  | StoredBytePairs;

export interface StoredCharacters {
  readonly kind: "characters";
  readonly special: readonly SpecialToken[];
  readonly tokens: readonly string[];
  readonly graphemes: boolean;
}

export interface StoredBytePairs {
  readonly kind: "byte pairs";
  readonly special: readonly SpecialToken[];
  /** The single characters. */
  readonly tokens: readonly string[];
  /** What is put together, the earliest first. */
  readonly merges: readonly (readonly [string, string])[];
  readonly byteFallback: boolean;
}
