import type { DataSet } from "./data-set.js";
import { packedSet } from "./packed-set.js";
import { tabbed } from "./row-readers.js";

export interface Compression {
  readonly words: readonly string[];
  /** Whether each word stays. */
  readonly keep: readonly boolean[];
}

/**
 * Sentences of 12 to 35 words, and which of their words are enough: subject, predicate, objects and what they cannot do
 * without. A rule has read that from trees that people made; nobody has read the short sentences.
 *
 * @returns 4,103 sentences to train on, 492 dev and 482 test
 * @throws one sentence, when the data set is nowhere or a file of it is damaged
 * @see derived from UD English EWT 2.16 (Silveira et al. 2014); licence CC BY-SA 4.0
 *
 * @example
 * if (hasData("ewt-compression")) {
 *   const { words, keep } = compressions().train[2]!;
 *   console.log(words.filter((_, t) => keep[t]).join(" ")); // The cells were operating
 * }
 */
export function compressions(): DataSet<Compression> {
  return packedSet(
    "ewt-compression",
    tabbed("sentence TAB one 0 or 1 for each word", (sentence, mask, ...more) => {
      const words = sentence?.split(" ") ?? [];
      const fits = more.length === 0 && mask !== undefined && /^[01]+$/.test(mask) && mask.length === words.length;
      return fits ? { words, keep: Array.from(mask, (digit) => digit === "1") } : undefined;
    }),
  );
}
