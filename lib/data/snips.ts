import { findData, missingData, readRows } from "./data-folder.js";
import type { DataSet } from "./data-set.js";
import { whole } from "./packed-set.js";
import { wordPerLine } from "./row-readers.js";
import { dataSets } from "./sets.js";

export interface Utterance {
  /** One of seven: "PlayMusic". */
  readonly intent: string;
  readonly words: readonly string[];
  /** A BIO tag for each word, of 39 slots: "B-artist". */
  readonly tags: readonly string[];
}

/** Every twentieth utterance of the published training part is dev: the utterances lie there sorted by intent. */
const EACH = 20;

/**
 * What people say to an assistant: an intent, and the slots that are filled. Published are a training part and a
 * validation part: the latter is `test` here, and `dev` is every twentieth utterance of the former.
 *
 * @returns 13,095 utterances to train on, 689 dev and 700 test
 * @throws one sentence, when the data set is nowhere or a file of it is damaged
 * @see Coucke et al. 2018, Snips Voice Platform; licence CC0
 *
 * @example
 * if (hasData("snips")) console.log(snips().test[0]!.intent); // AddToPlaylist
 */
export function snips(): DataSet<Utterance> {
  const facts = dataSets.snips;
  const place = findData(facts.name);
  if (!place) throw missingData(facts);
  const read = wordPerLine("word TAB slot", 2, (column, intent) => ({ intent, words: column(0), tags: column(1) }));
  const published = readRows(facts, place, "snips-train.conll.gz", read);
  const isDev = (i: number) => i % EACH === EACH - 1;
  const parts = {
    train: published.filter((_, i) => !isDev(i)),
    dev: published.filter((_, i) => isDev(i)),
    test: readRows(facts, place, "snips-val.conll.gz", read),
  };
  return whole(facts, parts, {
    note: "the published validation part is test, every twentieth utterance of the training part is dev",
  });
}
