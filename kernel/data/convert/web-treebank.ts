import type { Originals } from "../originals.js";
import { PARTS, treesOf } from "./conllu.js";

/** UD English EWT: word, UPOS and XPOS, a word a line; a space in a word becomes one that does not break. */
export function convertWebTreebank(originals: Originals): Record<string, string> {
  return Object.fromEntries(
    PARTS.map((part) => {
      const sentences = treesOf(originals, part).map(({ words }) =>
        words.map(({ form, upos, xpos }) => `${form.replaceAll(" ", "\u00a0")}\t${upos}\t${xpos}`).join("\n"),
      );
      return [`ewt-${part}.tsv`, `${sentences.join("\n\n")}\n`];
    }),
  );
}
