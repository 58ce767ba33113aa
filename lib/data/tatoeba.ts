import type { DataSet } from "./data-set.js";
import { packedSet } from "./packed-set.js";
import { tabbed } from "./row-readers.js";

export interface Translation {
  readonly source: string;
  /** French: one sentence to train on; in dev and test all that are known, of which the first is the one to train on. */
  readonly targets: readonly string[];
}

/**
 * Short English sentences with their French translations, of frequent words; no English sentence stands in two parts.
 *
 * @returns 30,000 sentences to train on, 1,500 dev and 1,500 test
 * @throws one sentence, when the data set is nowhere or a file of it is damaged
 * @see tatoeba.org, by way of manythings.org/anki; licence CC BY 2.0 FR
 *
 * @example
 * if (hasData("tatoeba-en-fr")) console.log(tatoeba().train[4]); // { source: "I want to work.", targets: ["Je veux travailler."] }
 */
export function tatoeba(): DataSet<Translation> {
  return packedSet(
    "tatoeba-en-fr",
    tabbed("English TAB French", (source, ...targets) =>
      source && targets.length > 0 && targets.every(Boolean) ? { source, targets } : undefined,
    ),
  );
}
