import { checkCount } from "../math/check-options.js";
import type { Lengths } from "../math/lengths.js";
import type { Random } from "../math/random.js";
import { Tokens } from "../math/tokens.js";
import type { Collection } from "./collection.js";

/**
 * The same examples with holes: each time a batch is asked for, some of its tokens become unknown, other ones every time.
 * What is trained on them cannot rely on any single word, and learns what to think of words that it does not know.
 *
 * Padding is left as it is.
 *
 * @param examples whose batches have `x`, T×B tokens, and `lengths`
 * @param rate how many tokens become unknown, 0 ≤ rate < 1
 * @param unknown the number of the unknown token: `vocabulary.special.unk`
 * @param random where the holes are drawn from
 * @throws when the rate is not in 0 … 1, or there is no number for the unknown token
 * @see Iyyer et al. 2015, Deep unordered composition rivals syntactic methods for text classification, section 3.1
 *
 * @example
 * const texts = [["a", "good", "film"], ["no"]];
 * const words = wordVocabulary(texts, { special: ["pad", "unk"] });
 * const examples = labelledTexts(texts, [1, 0], words, [0, 1]);
 * const { x } = wordDropout(examples, 0.5, { unknown: words.special.unk, random: random(1) }).batch([0, 1]);
 */
export function wordDropout<B extends { readonly x: Tokens; readonly lengths?: Lengths | undefined }>(
  examples: Collection<B>,
  rate: number,
  { unknown, random }: { unknown: number | undefined; random: Random },
): Collection<B> {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`wordDropout: the rate is ${rate}, expected a number from 0 to below 1`);
  }
  if (unknown === undefined) {
    throw new TypeError('wordDropout: there is no unknown token: make the vocabulary with special: ["pad", "unk"]');
  }
  checkCount("wordDropout", "unknown", unknown, 0);
  return {
    ...examples,
    batch(indices) {
      const batch = examples.batch(indices);
      const { steps, batch: B, ids } = batch.x;
      const holed = ids.map((id, k) => {
        const inside = Math.floor(k / B) < (batch.lengths?.[k % B] ?? steps);
        return inside && random() < rate ? unknown : id;
      });
      return { ...batch, x: new Tokens(steps, B, holed) };
    },
  };
}
