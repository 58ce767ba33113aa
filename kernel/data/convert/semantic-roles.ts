import { asText, type Originals, textOf } from "../originals.js";
import { joined, PARTS, type Tree, treesOf } from "./conllu.js";

/** The columns of a word in front of its roles: document, sentence, word number, word, tag, tree, frame, sense. */
const COLUMNS = 8;
/** Where fewer tags agree, the two sentences are not the same one. */
const AGREEMENT = 0.6;

/** The words of a sentence of PropBank, each with its columns; the words themselves are left out there. */
type Skeleton = readonly (readonly string[])[];

/** PropBank's roles, which come without words, on the words of UD English EWT. */
export function convertSemanticRoles(originals: Originals): Record<string, string> {
  const documents = new Map<string, Skeleton[]>();
  for (const [path, bytes] of originals.folder()) {
    const name = path
      .split("/")
      .at(-1)!
      .replace(/\.gold_skel$/, "")
      .replace(/\.xml$/, "");
    documents.set(`${path.split("/")[0]}-${name}`, readSkeletons(textOf(bytes)));
  }
  return Object.fromEntries(
    PARTS.map((part) => {
      let last = "";
      const lines = treesOf(originals, part).flatMap((tree) => {
        const propositions = propositionsOf(tree, documents);
        const sentence = joined(tree.words);
        const head = propositions.length === 0 || sentence === last ? [] : [`# ${sentence}`];
        if (propositions.length > 0) last = sentence;
        return [...head, ...propositions];
      });
      return [`ewt-srl-compact-${part}.txt`, asText(lines)];
    }),
  );
}

function readSkeletons(text: string): Skeleton[] {
  const blocks = text.split(/\n\s*\n/).filter((block) => block.trim());
  return blocks.map((block) =>
    block
      .split("\n")
      .filter((line) => line.trim())
      .map((line) => line.trim().split(/\s+/)),
  );
}

/** index TAB roleset TAB ROLE:from-to …, a line for each predicate; both ends of a span belong to it. */
function propositionsOf({ id, words }: Tree, documents: ReadonlyMap<string, Skeleton[]>): string[] {
  const [, document, number] = /^(.*)-(\d+)$/.exec(id) ?? [];
  const skeleton = documents.get(document ?? "")?.find(([word]) => Number(word![1]) === Number(number) - 1);
  if (!skeleton || skeleton.length !== words.length) return [];
  const agreeing = skeleton.filter((word, i) => word[4] === words[i]!.xpos).length;
  if (agreeing / skeleton.length < AGREEMENT) return [];
  return Array.from({ length: Math.max(0, skeleton[0]!.length - COLUMNS) }, (_, p) => {
    const spans = readSpans(skeleton.map((word) => word[COLUMNS + p] ?? "*"));
    const predicate = spans.find(({ role }) => role === "V")?.from;
    if (predicate === undefined) return [];
    const roles = spans.map(({ role, from, to }) => `${role}:${from}-${to}`).join(" ");
    return [`${predicate}\t${skeleton[predicate]![7]}\t${roles}`];
  }).flat();
}

/** Spans of brackets: `(ARG0*`, `*`, `*)`. */
function readSpans(column: readonly string[]): { role: string; from: number; to: number }[] {
  const spans: { role: string; from: number; to: number }[] = [];
  let isOpen = false;
  column.forEach((cell, i) => {
    const role = /\(([^*()]+)/.exec(cell)?.[1];
    if (role !== undefined) spans.push({ role, from: i, to: i });
    else if (isOpen) spans.at(-1)!.to = i;
    isOpen = (isOpen || role !== undefined) && !cell.includes(")");
  });
  return spans;
}
