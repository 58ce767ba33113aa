import { asText, type Originals } from "../originals.js";
import { joined, PARTS, type Tree, type TreeWord, treesOf } from "./conllu.js";

/** Sentences with the words that are enough of them, by a rule on the trees of UD English EWT. */
export function convertCompressions(originals: Originals): Record<string, string> {
  return Object.fromEntries(
    PARTS.map((part) => [`ewt-compression-${part}.tsv`, asText(treesOf(originals, part).flatMap(compression))]),
  );
}

/**
 * sentence TAB mask, or nothing: for sentences of 12 to 35 words with a subject, of which four words or more and at most
 * three quarters are kept.
 */
export function compression({ words }: Tree): string[] {
  const root = words.find(({ relation }) => relation === "root");
  if (words.length < 12 || words.length > 35 || !root || !/^(VERB|NOUN|ADJ|AUX)$/.test(root.upos)) return [];
  const kept = keptOf(root, words);
  const hasSubject = words.some(({ head, relation }) => head === root.id && relation.startsWith("nsubj"));
  if (!hasSubject || kept.size < 4 || kept.size > 0.75 * words.length) return [];
  return [`${joined(words)}\t${words.map(({ id }) => (kept.has(id) ? 1 : 0)).join("")}`];
}

/** The places of the words that a clause needs. */
function keptOf(root: TreeWord, words: readonly TreeWord[]): Set<number> {
  const kept = new Set<number>();
  const below = ({ id }: TreeWord) => words.filter(({ head }) => head === id);

  /** A noun with what belongs to it: articles, numbers, names, owners, "of …". */
  const keepNoun = (noun: TreeWord): void => {
    kept.add(noun.id);
    for (const word of below(noun)) {
      const isPart = /^(det|case|nummod|compound|flat|fixed|nmod:poss|goeswith|neg)/.test(word.relation);
      if (isPart || (word.relation === "nmod" && below(word).some(isOf))) keepNoun(word);
    }
  };

  /** A verb, or what is said of a subject: with its subject, objects, helpers, "not", and the clauses it cannot lack. */
  const keepClause = (top: TreeWord): void => {
    kept.add(top.id);
    for (const word of below(top)) {
      const { relation } = word;
      if (/^(nsubj|csubj|obj|iobj|expl)/.test(relation)) {
        const isClause = relation.startsWith("csubj") && /^(VERB|AUX|ADJ)$/.test(word.upos);
        (isClause ? keepClause : keepNoun)(word);
      } else if (/^(aux|cop|compound:prt|fixed)/.test(relation) || relation === "mark") kept.add(word.id);
      else if (/^(xcomp|ccomp)/.test(relation)) keepClause(word);
      else if (relation === "advmod" && /^(not|n't|never)$/i.test(word.form)) kept.add(word.id);
      else if (relation.startsWith("obl:agent")) keepNoun(word);
      else if (/^(det|case|nummod|compound|flat|nmod:poss)/.test(relation) && /^(NOUN|PROPN)$/.test(top.upos))
        keepNoun(word);
    }
  };

  keepClause(root);
  return kept;
}

function isOf({ relation, form }: TreeWord): boolean {
  return relation === "case" && form.toLowerCase() === "of";
}
