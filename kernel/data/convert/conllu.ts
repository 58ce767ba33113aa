import { type Originals, textOf } from "../originals.js";

/** A word of a sentence in a dependency tree. */
export interface TreeWord {
  /** Its place, from 1 on. */
  readonly id: number;
  readonly form: string;
  readonly upos: string;
  readonly xpos: string;
  readonly features: string;
  /** The place of the word that it hangs on; 0 for the root. */
  readonly head: number;
  readonly relation: string;
}

export interface Tree {
  /** "weblog-…-0001" */
  readonly id: string;
  readonly words: readonly TreeWord[];
}

export const PARTS = ["train", "dev", "test"] as const;

/** The trees of a part of UD English EWT. */
export function treesOf(originals: Originals, part: (typeof PARTS)[number]): Tree[] {
  return readConllu(textOf(originals.bytes(`en_ewt-ud-${part}.conllu`)));
}

/**
 * Reads CoNLL-U; words of several tokens (`3-4`) and words that are not written (`3.1`) are left out.
 *
 * @see universaldependencies.org/format.html
 */
export function readConllu(text: string): Tree[] {
  const blocks = text
    .replace(/\r\n/g, "\n")
    .split(/\n{2,}/)
    .filter((block) => /^\d/m.test(block));
  return blocks.map((block) => {
    const lines = block.split("\n");
    const words = lines
      .filter((line) => /^\d+\t/.test(line))
      .map((line) => {
        const [id, form, , upos, xpos, features, head, relation] = line.split("\t") as string[];
        return {
          id: Number(id),
          form: form!,
          upos: upos!,
          xpos: xpos!,
          features: features!,
          head: Number(head),
          relation: relation!,
        };
      });
    return { id: /^# sent_id = (\S+)/m.exec(block)?.[1] ?? "", words };
  });
}

/** A sentence with one space between words: those in a word become underscores. */
export function joined(words: readonly TreeWord[]): string {
  return words.map(({ form }) => form.replaceAll(" ", "_")).join(" ");
}
