import { linesOf, type Originals, textOf } from "../originals.js";
import { PARTS } from "./conllu.js";

interface Paper {
  readonly paper_id: string;
  readonly source: readonly string[];
  readonly source_labels: readonly number[];
  readonly target: readonly string[];
}

/** SciTLDR, abstracts only: JSON lines, of which four properties are kept. */
export function convertScientificSummaries(originals: Originals): Record<string, string> {
  return Object.fromEntries(
    PARTS.map((part) => {
      const lines = linesOf(textOf(originals.bytes(`${part}.jsonl`))).filter((line) => line.trim());
      return [`scitldr-${part}.jsonl`, lines.map((line) => kept(JSON.parse(line) as Paper)).join("\n")];
    }),
  );
}

/** With spaces behind commas and colons, as Python writes JSON. */
function kept({ paper_id, source, source_labels, target }: Paper): string {
  const list = (values: readonly (string | number)[]) => `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
  const [src, labels, tldr] = [source, source_labels, target].map(list);
  return `{"id": ${JSON.stringify(paper_id)}, "src": ${src}, "labels": ${labels}, "tldr": ${tldr}}`;
}
