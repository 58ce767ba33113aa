import type { Fail } from "./data-folder.js";
import type { DataSet } from "./data-set.js";
import { packedSet } from "./packed-set.js";
import { linesOf } from "./row-readers.js";

/** Words from … to − 1 of a sentence, and the part that they play for its predicate. */
export interface Role {
  /** "ARG0", "ARG1", "ARGM-TMP", … and "V" for the predicate itself. */
  readonly role: string;
  readonly from: number;
  readonly to: number;
}

/** One predicate of a sentence, with the roles around it. */
export interface Proposition {
  /** The words of the sentence: the same list for all of its propositions. */
  readonly words: readonly string[];
  /** Which word is the predicate. */
  readonly predicate: number;
  /** The predicate's sense in PropBank: "kill.01". */
  readonly roleset: string;
  readonly roles: readonly Role[];
}

/**
 * Who did what to whom: the predicates of sentences of the web, each with its roles as spans of words.
 *
 * @returns 18,934 propositions to train on, 2,508 dev and 2,482 test
 * @throws one sentence, when the data set is nowhere or a file of it is damaged
 * @see Palmer, Gildea & Kingsbury 2005, The Proposition Bank; PropBank's release on UD English EWT, licence CC BY-SA 4.0
 *
 * @example
 * if (hasData("srl-ewt")) {
 *   const { words, roles } = semanticRoles().train[0]!;
 *   console.log(roles.map(({ role, from, to }) => `${role}: ${words.slice(from, to).join(" ")}`)); // ARG0: American forces …
 * }
 */
export function semanticRoles(): DataSet<Proposition> {
  return packedSet("srl-ewt", readPropositions);
}

function readPropositions(text: string, fail: Fail): Proposition[] {
  let words: string[] = [];
  const found: Proposition[] = [];
  for (const [i, line] of linesOf(text).entries()) {
    const odd = (): never =>
      fail(`"# sentence" or index TAB roleset TAB roles in line ${i + 1}`, JSON.stringify(line.slice(0, 60)));
    if (line.startsWith("# ")) {
      words = line.slice(2).split(" ");
      continue;
    }
    const [index, roleset, roles, ...more] = line.split("\t");
    const predicate = Number(index);
    if (!roleset || !roles || more.length > 0 || !(predicate < words.length)) return odd();
    const spans = roles.split(" ").map((role) => spanOf(role, words.length) ?? odd());
    found.push({ words, predicate, roleset, roles: spans });
  }
  return found;
}

/** `ARG1:7-14`, where both ends belong to the role. */
function spanOf(text: string, length: number): Role | undefined {
  const [, role, first, last] = /^(\S+):(\d+)-(\d+)$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last) + 1];
  return role !== undefined && from < to && to <= length ? { role, from, to } : undefined;
}
