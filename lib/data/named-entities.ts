import type { DataSet } from "./data-set.js";
import { packedSet } from "./packed-set.js";
import { wordPerLine } from "./row-readers.js";

export interface NamedWords {
  readonly words: readonly string[];
  /** A BIO tag for each word, of eight types: per, geo, org, gpe, tim, art, eve, nat. */
  readonly tags: readonly string[];
}

/**
 * Sentences of news with the names in them: people, places, organisations, times and more, labelled in part by hand.
 *
 * @returns 12,000 sentences to train on, 2,000 dev and 3,000 test
 * @throws one sentence, when the data set is nowhere or a file of it is damaged
 * @see Bos, Basile, Evang, Venhuizen & Bjerva 2017, The Groningen Meaning Bank; texts in the public domain
 *
 * @example
 * if (hasData("ner-gmb")) console.log(namedEntities().train[0]!.tags.slice(0, 3)); // ["O", "B-org", "O"]
 */
export function namedEntities(): DataSet<NamedWords> {
  return packedSet(
    "ner-gmb",
    wordPerLine("word TAB tag", 2, (column) => ({ words: column(0), tags: column(1) })),
  );
}
