/** The files of a data set as its home has them. */
export interface Originals {
  /** A file, by the name that its source gives it. */
  bytes(name: string): Uint8Array;
  /** The files of a folder, by their path in it, in the order of their bytes. */
  folder(): ReadonlyMap<string, Uint8Array>;
}

/** Makes the files of a data set, named without `.gz`, of the original ones. */
export type Converter = (originals: Originals) => Readonly<Record<string, string>>;

/** UTF-8, and where that cannot be, Latin-1. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}

/** The lines of a text, without what ends them. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Rows as the text of a file. */
export function asText(rows: readonly string[]): string {
  return `${rows.join("\n")}\n`;
}

/** Rows that have been shuffled, cut into three files: first the test rows, then the dev rows. */
export function cut(
  rows: readonly string[],
  { stem, test, dev, train }: { stem: string; test: number; dev: number; train?: number },
): Record<string, string> {
  return {
    [`${stem}-train.tsv`]: asText(rows.slice(test + dev, train === undefined ? undefined : test + dev + train)),
    [`${stem}-dev.tsv`]: asText(rows.slice(test, test + dev)),
    [`${stem}-test.tsv`]: asText(rows.slice(0, test)),
  };
}
