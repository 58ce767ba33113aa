import type { Lengths } from "../math/lengths.js";
import type { Tokens } from "../math/tokens.js";

/** Texts and what shall be made of them. */
export interface SequencePairs {
  /** S×B. */
  readonly source: Tokens;
  /** How many tokens of each source are real, 1 … S. */
  readonly sourceLengths?: Lengths | undefined;
  /** T×B: each target begins with the begin token and ends with the end token. */
  readonly target: Tokens;
  /** How many tokens of each target are real, begin and end included, 2 … T. */
  readonly targetLengths?: Lengths | undefined;
}

/** The tokens that can be written, 0 … size − 1, such as a `Vocabulary` with "begin" and "end". */
export interface TargetVocabulary {
  readonly size: number;
  readonly special: { readonly begin?: number; readonly end?: number };
}
