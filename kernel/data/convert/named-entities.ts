import { parse } from "csv-parse/sync";
import { shareOf } from "unroll/data/share-of.js";
import { type Originals, textOf } from "../originals.js";

const COUNTS = { test: 3000, dev: 2000, train: 12_000 };

interface Word {
  readonly "Sentence #": string;
  readonly Word: string;
  readonly Tag: string;
}

/**
 * The Groningen Meaning Bank as `ner_dataset.csv`: a word in each row, with a name in front of each sentence's first.
 * Sentences that stand twice are taken once; the parts are dealt out by a rule of this course.
 */
export function convertNamedEntities(originals: Originals): Record<string, string> {
  const rows = parse(textOf(originals.bytes("ner_dataset.csv")), { columns: true, relax_quotes: true }) as Word[];
  const sentences: string[][] = [];
  for (const row of rows) {
    if (row["Sentence #"].trim()) sentences.push([]);
    sentences.at(-1)?.push(`${row.Word}\t${row.Tag}`);
  }
  const dealt = [...new Set(sentences.map((lines) => lines.join("\n")))]
    .map((text) => ({ text, share: shareOf(text) }))
    .sort((a, b) => a.share - b.share)
    .map(({ text }) => text);
  const { test, dev, train } = COUNTS;
  const part = (from: number, count: number) => `${dealt.slice(from, from + count).join("\n\n")}\n`;
  return {
    "gmb-train.tsv": part(test + dev, train),
    "gmb-dev.tsv": part(test, dev),
    "gmb-test.tsv": part(0, test),
  };
}
