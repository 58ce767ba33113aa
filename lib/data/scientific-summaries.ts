import { builtInSummaries } from "./built-in/summaries.js";
import type { DataSet } from "./data-set.js";
import { packedSet } from "./packed-set.js";
import { linesOf } from "./row-readers.js";

export interface ScientificSummary {
  readonly id: string;
  /** The abstract of a paper. */
  readonly sentences: readonly string[];
  /** Which of them is nearest to the targets by ROUGE, as published. */
  readonly oracle: number;
  /** Summaries in one sentence, by the authors and, in dev and test, by readers as well. */
  readonly targets: readonly string[];
}

/**
 * Abstracts of papers on machine learning, with summaries of one sentence. Where the data set is not installed, 48
 * abstracts that were written for this course stand in for it.
 *
 * @returns 1,992 papers to train on, 619 dev and 618 test
 * @throws one sentence, when a file of the data set is damaged
 * @see Cachola, Lo, Cohan & Weld 2020, TLDR: extreme summarization of scientific documents; licence Apache-2.0
 *
 * @example
 * const { sentences, oracle, targets } = scientificSummaries().train[0]!;
 * console.log(sentences[oracle], targets[0]);
 */
export function scientificSummaries(): DataSet<ScientificSummary> {
  return packedSet(
    "scitldr",
    (text, fail) =>
      linesOf(text).map((line, i) => {
        const row = paper(line);
        return row ?? fail(`JSON with id, src, labels and tldr in line ${i + 1}`, JSON.stringify(line.slice(0, 60)));
      }),
    builtInSummaries,
  );
}

function paper(line: string): ScientificSummary | undefined {
  try {
    const { id, src, labels, tldr } = JSON.parse(line) as Record<string, unknown>;
    const isPaper = typeof id === "string" && areTexts(src) && areTexts(tldr) && Array.isArray(labels);
    if (!isPaper || labels.length !== src.length || !labels.includes(1)) return undefined;
    return { id, sentences: src, oracle: labels.indexOf(1), targets: tldr };
  } catch {
    return undefined;
  }
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === "string");
}
