import type { DataSet } from "./data-set.js";
import { packedSet } from "./packed-set.js";
import { tabbed } from "./row-readers.js";

export interface Agreement {
  /** Of the subject, and so of the verb. */
  readonly number: "singular" | "plural";
  /** How many words stand between subject and verb. */
  readonly distance: number;
  /** How many nouns of the other number stand between them. */
  readonly attractors: number;
  /** The words of the sentence before the verb. */
  readonly prefix: readonly string[];
  readonly verb: string;
}

/**
 * Beginnings of sentences, and the verb that comes next: is it "is" or "are"? The subject that it agrees with may be
 * far away, with nouns of the other number in between.
 *
 * @returns 3,327 prefixes to train on, 424 dev and 394 test
 * @throws one sentence, when the data set is nowhere or a file of it is damaged
 * @see Linzen, Dupoux & Goldberg 2016, Assessing the ability of LSTMs to learn syntax-sensitive dependencies; cut from
 *   UD English EWT 2.16, licence CC BY-SA 4.0
 *
 * @example
 * if (hasData("agreement")) {
 *   const { prefix, verb } = agreement().train[0]!;
 *   console.log(prefix.join(" "), verb); // The MoI in Iraq is
 * }
 */
export function agreement(): DataSet<Agreement> {
  return packedSet(
    "agreement",
    tabbed("number TAB distance TAB attractors TAB prefix TAB verb", (number, distance, attractors, prefix, verb) =>
      (number === "singular" || number === "plural") && isCount(distance) && isCount(attractors) && prefix && verb
        ? { number, distance: Number(distance), attractors: Number(attractors), prefix: prefix.split(" "), verb }
        : undefined,
    ),
  );
}

function isCount(text: string | undefined): boolean {
  return text !== undefined && /^\d+$/.test(text);
}
