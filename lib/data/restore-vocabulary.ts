import { restoredBytePairs } from "./byte-pair-vocabulary.js";
import { restoredCharacters } from "./character-vocabulary.js";
import type { StoredVocabulary, Vocabulary } from "./vocabulary.js";
import { restoredWords } from "./word-vocabulary.js";

/**
 * A vocabulary from what `JSON.stringify(vocabulary)` wrote: the same tokens with the same numbers.
 *
 * @param stored the text, or the object that it stands for
 * @throws when it is not a vocabulary
 *
 * @example
 * const letters = characterVocabulary("banana");
 * const again = restoreVocabulary(JSON.stringify(letters));
 * console.log(again.encode("ban")); // as letters.encode("ban")
 */
export function restoreVocabulary(stored: string | StoredVocabulary): Vocabulary {
  const value = typeof stored === "string" ? parsed(stored) : stored;
  checkStored(value);
  if (value.kind === "characters") return restoredCharacters(value);
  if (value.kind === "words") return restoredWords(value);
  return restoredBytePairs(value);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new SyntaxError(`restoreVocabulary: the text is not JSON (${(error as Error).message})`);
  }
}

function checkStored(value: unknown): asserts value is StoredVocabulary {
  const fail = (what: string): never => {
    throw new TypeError(
      `restoreVocabulary: ${what}; give what JSON.stringify wrote of a vocabulary of this version of the library`,
    );
  };
  if (typeof value !== "object" || value === null) return fail("expected an object");
  const { kind, special, tokens, graphemes, merges, byteFallback } = value as Record<string, unknown>;
  if (kind !== "characters" && kind !== "words" && kind !== "byte pairs") {
    return fail(`the kind is ${JSON.stringify(kind)}, expected "characters", "words" or "byte pairs"`);
  }
  if (!isListOfStrings(special)) fail("expected special to be a list of names");
  if (!isListOfStrings(tokens)) fail("expected tokens to be a list of strings");
  if (kind === "characters" && typeof graphemes !== "boolean") fail("expected graphemes to be true or false");
  if (kind !== "byte pairs") return;
  if (typeof byteFallback !== "boolean") fail("expected byteFallback to be true or false");
  const isPair = (merge: unknown) => isListOfStrings(merge) && merge.length === 2;
  if (!(Array.isArray(merges) && merges.every(isPair))) fail("expected merges to be a list of pairs of strings");
}

function isListOfStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}
