import { builtInCompressions } from "./built-in/compressions.js";
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
 * without. A rule has read that from trees that people made; nobody has read the short sentences. Where the data set is
 * not installed, 120 sentences that were written for this course stand in for it.
 *
 * @returns 4,103 sentences to train on, 492 dev and 482 test
 * @throws one sentence, when a file of the data set is damaged
 * @see derived from UD English EWT 2.16 (Silveira et al. 2014); licence CC BY-SA 4.0
 *
 * @example
 * const { words, keep } = compressions().train[2]!;
 * console.log(words.filter((_, t) => keep[t]).join(" ")); // The cells were operating
 */
export function compressions(): DataSet<Compression> {
  return packedSet(
    "ewt-compression",
    tabbed("sentence TAB one 0 or 1 for each word", (sentence, mask, ...more) => {
      const words = sentence?.split(" ") ?? [];
      const fits = more.length === 0 && mask !== undefined && /^[01]+$/.test(mask) && mask.length === words.length;
      return fits ? { words, keep: Array.from(mask, (digit) => digit === "1") } : undefined;
    }),
    builtInCompressions,
  );
}
