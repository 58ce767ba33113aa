import { checkCount } from "../math/check-options.js";
import { integer, type Random } from "../math/random.js";
import { Tokens } from "../math/tokens.js";
import { type Collection, collection, drawn } from "./collection.js";

/** How many symbols are to be remembered, and how many kinds of them there are: token numbers 0 … 7. */
const [REMEMBERED, KINDS] = [10, 8];
const BLANK = 8;
const RECALL = 9;

/** How many tokens the copy memory task has: 8 symbols, the blank and the sign to recall. */
export const copyMemoryClasses = 10;

/**
 * The cross-entropy (mean over all T + 20 steps, in nats) of an answer that remembers nothing: blanks, then any of the 8
 * symbols, 10·log 8/(T + 20).
 *
 * @example
 * console.log(copyMemoryBaseline(100)); // 0.1733
 */
export function copyMemoryBaseline(blanks: number): number {
  checkCount("copyMemoryBaseline", "blanks", blanks, 1);
  return (REMEMBERED * Math.log(KINDS)) / (blanks + 2 * REMEMBERED);
}

/**
 * The copy memory task: ten symbols are to be said again after T steps.
 *
 *     input   s₁ … s₁₀, T − 1 blanks, the sign to recall, 10 blanks
 *     target  T + 10 blanks, s₁ … s₁₀
 *
 * @param blanks T ≥ 1
 * @param count how many examples there are, 1 … 2²¹
 * @param random gives the seed of all; example i is then always the same
 * @returns batches of `x` and `targets`, (T + 20)×B tokens: symbols 0 … 7, blank 8, recall 9
 * @throws when blanks or count is out of its range
 * @see Arjovsky, Shah & Bengio 2016, Unitary Evolution Recurrent Neural Networks, section 5.1
 *
 * @example
 * const { x, targets } = copyMemory(100, 5000, random(1)).batch([0, 1]); // both 120×2
 */
export function copyMemory(blanks: number, count: number, random: Random): Collection<{ x: Tokens; targets: Tokens }> {
  checkCount("copyMemory", "blanks", blanks, 1);
  const steps = blanks + 2 * REMEMBERED;
  const example = drawn("copyMemory", count, random, (next) =>
    Int32Array.from({ length: REMEMBERED }, () => integer(next, KINDS)),
  );
  return collection(
    "copyMemory",
    count,
    example,
    () => steps,
    (batch) => {
      const B = batch.length;
      const x = new Tokens(steps, B, new Int32Array(steps * B).fill(BLANK));
      const targets = new Tokens(steps, B, new Int32Array(steps * B).fill(BLANK));
      x.at(REMEMBERED + blanks - 1).fill(RECALL);
      for (let k = 0; k < REMEMBERED; k++) {
        const symbols = batch.map((remembered) => remembered[k]!);
        x.at(k).set(symbols);
        targets.at(REMEMBERED + blanks + k).set(symbols);
      }
      return { x, targets };
    },
  );
}
