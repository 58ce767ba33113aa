import { kindOf } from "../math/precision.js";

/**
 * A text as its words, in small letters; a sign that is no letter, digit or apostrophe stands by itself.
 *
 * @param text any text
 * @returns words and signs in their order
 * @throws when it is not a string
 *
 * @example
 * console.log(splitWords("Don't panic, it's FREE!")); // ["don't", "panic", ",", "it's", "free", "!"]
 */
export function splitWords(text: string): string[] {
  if (typeof text !== "string") throw new TypeError(`splitWords: got ${kindOf(text)}, expected a text`);
  return text.toLowerCase().match(/[\p{L}\p{N}_']+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

/**
 * Words, and behind them each two that stand side by side as one: what a classifier that knows no order can be told of it.
 *
 * @param words of a text
 * @returns the words, then their pairs, such as `not_good`
 *
 * @example
 * console.log(withPairs(["not", "good", "."])); // ["not", "good", ".", "not_good", "good_."]
 */
export function withPairs(words: readonly string[]): string[] {
  return [...words, ...words.slice(1).map((word, i) => `${words[i]}_${word}`)];
}
