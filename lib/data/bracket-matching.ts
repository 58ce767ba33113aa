import { checkCount } from "../math/check-options.js";
import { integer, type Random } from "../math/random.js";
import type { Tokens } from "../math/tokens.js";
import { type Collection, collection, drawn } from "./collection.js";
import { padded } from "./padded.js";

/** Four kinds of brackets, each opening one with its closing one; a bracket's token number is its place here. */
export const brackets = "()[]{}<>";

/**
 * Whether every bracket closes the one that was opened last, and none is left open.
 *
 * @throws when a character is not a bracket
 *
 * @example
 * console.log(isBalanced("([])"), isBalanced("([)]")); // true false
 */
export function isBalanced(text: string): boolean {
  const open: number[] = [];
  for (const [position, character] of Array.from(text).entries()) {
    const id = brackets.indexOf(character);
    if (id < 0) {
      throw new RangeError(`isBalanced: "${character}" at position ${position} is not a bracket, expected ${brackets}`);
    }
    if (id % 2 === 0) open.push(id);
    else if (open.pop() !== id - 1) return false;
  }
  return open.length === 0;
}

/**
 * Bracket matching: are the brackets of a string balanced? A reader needs a stack.
 *
 * One half of the strings is balanced, each shape with n pairs equally likely (Arnold & Sleep 1980, Uniform random
 * generation of balanced parenthesis strings). The other half is made from such a string by exchanging two of its
 * brackets, so that counting them does not tell.
 *
 * @param maxPairs the most pairs that a string has, ≥ 1
 * @param count how many examples there are, 1 … 2²¹
 * @param random gives the seed of all; example i is then always the same
 * @param minPairs the fewest pairs, 1 … maxPairs
 * @param kinds how many kinds of brackets there are, 1 … 4: token numbers 0 … 2·kinds − 1
 * @returns batches of `x` T×B, `labels` (1: balanced) and `lengths`
 * @throws when a number is out of its range
 *
 * @example
 * const { x, labels, lengths } = bracketMatching(10, 1000, random(1), { kinds: 2 }).batch([0, 1, 2]);
 */
export function bracketMatching(
  maxPairs: number,
  count: number,
  random: Random,
  { minPairs = 1, kinds = 3 }: { minPairs?: number; kinds?: number } = {},
): Collection<{ x: Tokens; labels: Int32Array; lengths: Int32Array }> {
  checkCount("bracketMatching", "minPairs", minPairs, 1);
  checkCount("bracketMatching", "maxPairs", maxPairs, minPairs);
  checkCount("bracketMatching", "kinds", kinds, 1);
  if (kinds > 4) throw new RangeError(`bracketMatching: kinds is ${kinds}, expected at most 4`);
  const example = drawn("bracketMatching", count, random, (next) => {
    const balanced = balancedString(minPairs + integer(next, maxPairs - minPairs + 1), kinds, next);
    const label = integer(next, 2);
    return { text: label === 1 ? balanced : unbalanced(balanced, next), label };
  });
  return collection(
    "bracketMatching",
    count,
    example,
    ({ text }) => text.length,
    (batch) => {
      const ids = batch.map(({ text }) => Array.from(text, (bracket) => brackets.indexOf(bracket)));
      const { tokens, lengths } = padded(ids);
      return { x: tokens, labels: Int32Array.from(batch, ({ label }) => label), lengths };
    },
  );
}

function balancedString(pairs: number, kinds: number, random: Random): string {
  const open: number[] = [];
  let text = "";
  for (let left = 2 * pairs; left > 0; left--) {
    // the share of the balanced strings that go on by closing, with `left` brackets to come and `depth` open
    const depth = open.length;
    const closing = (depth * (left + depth + 2)) / (2 * left * (depth + 1));
    if (random() < closing) {
      text += brackets[open.pop()! + 1]!;
    } else {
      const id = 2 * integer(random, kinds);
      open.push(id);
      text += brackets[id]!;
    }
  }
  return text;
}

/** The string with two brackets exchanged so that it is not balanced: the first and the last always do it. */
function unbalanced(text: string, random: Random): string {
  for (;;) {
    const characters = Array.from(text);
    const [i, j] = [integer(random, text.length), integer(random, text.length)];
    [characters[i], characters[j]] = [characters[j]!, characters[i]!];
    const exchanged = characters.join("");
    if (!isBalanced(exchanged)) return exchanged;
  }
}
