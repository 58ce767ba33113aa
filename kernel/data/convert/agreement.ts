import { asText, type Originals } from "../originals.js";
import { joined, PARTS, type Tree, type TreeWord, treesOf } from "./conllu.js";

/** Beginnings of sentences up to a verb that agrees with a noun before it, from the trees of UD English EWT. */
export function convertAgreement(originals: Originals): Record<string, string> {
  return Object.fromEntries(
    PARTS.map((part) => [`agreement-${part}.tsv`, asText(treesOf(originals, part).flatMap(agreements))]),
  );
}

/** number TAB distance TAB attractors TAB prefix TAB verb, for each subject of a sentence whose verb shows its number. */
export function agreements({ words }: Tree): string[] {
  return words.flatMap((subject) => {
    const verb = verbOf(subject, words);
    const number = /Number=Plur/.test(subject.features) ? "plural" : /Number=Sing/.test(subject.features) && "singular";
    const isNoun = subject.upos === "NOUN" || subject.upos === "PROPN";
    if (!verb || !number || !isNoun || verb.id <= subject.id) return [];
    if (number !== (verb.xpos === "VBZ" || /^was$/i.test(verb.form) ? "singular" : "plural")) return [];
    const between = words.slice(subject.id, verb.id - 1);
    const attractors = between.filter(({ xpos }) => (number === "plural" ? /^NNP?$/ : /^NNP?S$/).test(xpos));
    return [[number, between.length, attractors.length, joined(words.slice(0, verb.id - 1)), verb.form].join("\t")];
  });
}

/** What agrees with a subject: what it hangs on, where that is a verb of the present, else its auxiliary or copula. */
function verbOf({ relation, head }: TreeWord, words: readonly TreeWord[]): TreeWord | undefined {
  if (!relation.startsWith("nsubj")) return undefined;
  const above = words[head - 1];
  if (!above || isPresent(above)) return above;
  const helpers = words.filter((word) => word.head === above.id && /^(aux|cop)/.test(word.relation));
  return (
    helpers.find(isPresent) ??
    helpers.find(({ features, form }) => /Tense=Past/.test(features) && /^(was|were)$/i.test(form))
  );
}

function isPresent({ xpos }: TreeWord): boolean {
  return xpos === "VBZ" || xpos === "VBP";
}
