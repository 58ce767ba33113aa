import { builtInSentiment } from "./built-in/sentiment.js";
import type { DataSet } from "./data-set.js";
import { decodeEntities } from "./entities.js";
import { packedSet } from "./packed-set.js";
import { tabbed } from "./row-readers.js";

/** What a sentence about a film says of it. */
export type SentimentLabel = "negative" | "neutral" | "positive";

export interface SentimentSentence {
  readonly label: SentimentLabel;
  readonly words: readonly string[];
}

/**
 * Sentences about films: negative and positive ones out of reviews, neutral ones that tell a plot. All are lower case,
 * with spaces between words and punctuation. Where the data set is not installed, 120 sentences that were written for
 * this course stand in for it.
 *
 * @returns 12,662 sentences to train on, 1,500 dev and 1,500 test
 * @throws one sentence, when a file of the data set is damaged
 * @see Pang & Lee 2005, Seeing stars (sentence polarity 1.0); Pang & Lee 2004, A sentimental education (subjectivity
 *   1.0); licence CC BY 4.0
 *
 * @example
 * const films = sentiment();
 * console.log(films.train[1], films.origin); // a label and its words; the data set, or the small one
 */
export function sentiment(): DataSet<SentimentSentence> {
  return packedSet(
    "sentiment",
    tabbed("label TAB sentence", (label, sentence, ...more) =>
      isLabel(label) && sentence && more.length === 0 ? { label, words: wordsOf(sentence) } : undefined,
    ),
    builtInSentiment,
  );
}

function isLabel(text: string | undefined): text is SentimentLabel {
  return text === "negative" || text === "neutral" || text === "positive";
}

/** All text is lower case, and what was an entity is to be so, too. */
function wordsOf(sentence: string): string[] {
  return decodeEntities(sentence).toLowerCase().trim().split(/\s+/);
}
