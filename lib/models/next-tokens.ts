import { checkLengths, type Lengths } from "../math/lengths.js";
import type { Tokens } from "../math/tokens.js";

/** What is read, and what comes next at each of its steps. */
export interface NextTokens {
  readonly x: Tokens;
  readonly targets: Tokens;
  readonly lengths?: Lengths | undefined;
}

/**
 * Texts as questions and answers: each token but the last is read, and the one behind it is what a model should say.
 *
 *     x_t = token_t,  target_t = token_{t+1},  t = 0 … T−2
 *
 * @param tokens T×B, T ≥ 2, the first of each text what it begins with
 * @param lengths how many tokens each text has, 2 … T; by default T
 * @returns views of `tokens`, (T−1)×B, and the lengths less one
 * @throws when there is no text, or one has fewer than two tokens
 *
 * @example
 * const { x, targets } = nextTokens(new Tokens(3, 1, Int32Array.of(7, 8, 9)));
 * console.log(x.ids, targets.ids); // 7, 8 and 8, 9
 */
export function nextTokens(tokens: Tokens, { lengths }: { lengths?: Lengths | undefined } = {}): NextTokens {
  const { steps: T, batch: B } = tokens;
  if (T < 2 || B < 1) {
    throw new RangeError(`nextTokens: the tokens are ${T}×${B}, expected at least two steps of at least one text`);
  }
  if (lengths) checkLengths("nextTokens", lengths, T, B);
  const shorter = lengths && Int32Array.from(lengths, (length) => length - 1);
  const alone = shorter ? shorter.indexOf(0) : -1;
  if (alone >= 0) {
    throw new RangeError(`nextTokens: text ${alone} has 1 token, expected at least two: one to begin with, one to say`);
  }
  return { x: tokens.slice(0, T - 1), targets: tokens.slice(1, T), lengths: shorter };
}
