import type { DataSet } from "./data-set.js";
import { packedSet } from "./packed-set.js";
import { wordPerLine } from "./row-readers.js";

export interface TaggedWords {
  readonly words: readonly string[];
  /** One of the 17 parts of speech of Universal Dependencies for each word. */
  readonly tags: readonly string[];
  /** One of the Penn Treebank's tags for each word. */
  readonly fineTags: readonly string[];
}

/**
 * Sentences of weblogs, news groups, e-mails, reviews and questions, with the part of speech of each word.
 *
 * @returns 12,544 sentences to train on, 2,001 dev and 2,077 test
 * @throws one sentence, when the data set is nowhere or a file of it is damaged
 * @see Silveira et al. 2014, A gold standard dependency corpus for English; Universal Dependencies 2.16, licence
 *   CC BY-SA 4.0
 *
 * @example
 * if (hasData("pos-ewt")) console.log(webTreebank().train[0]!.tags.slice(0, 3)); // ["PROPN", "PUNCT", "PROPN"]
 */
export function webTreebank(): DataSet<TaggedWords> {
  return packedSet(
    "pos-ewt",
    wordPerLine("word TAB UPOS TAB XPOS", 3, (column) => ({ words: column(0), tags: column(1), fineTags: column(2) })),
  );
}
