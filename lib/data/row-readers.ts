import type { RowReader } from "./packed-set.js";

/** The lines of a text, without the end of the last one. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/**
 * Reads rows of columns with tabs between them.
 *
 * @param columns what a row has, in words: "label TAB sentence"
 * @param row makes a row of its columns, or nothing where they are not what was expected
 */
export function tabbed<T>(columns: string, row: (...cells: string[]) => T | undefined): RowReader<T> {
  return (text, fail) =>
    linesOf(text).map(
      (line, i) => row(...line.split("\t")) ?? fail(`${columns} in line ${i + 1}`, JSON.stringify(line.slice(0, 60))),
    );
}

/**
 * Reads sentences of one line a word, columns with tabs between them, and an empty line between sentences.
 *
 * @param columns what a line has, in words: "word TAB tag"
 * @param width how many columns that is
 * @param sentence makes a row of a sentence's columns, and of the comment in front of it (`# …`, else empty)
 */
export function wordPerLine<T>(
  columns: string,
  width: number,
  sentence: (column: (k: number) => string[], comment: string) => T,
): RowReader<T> {
  return (text, fail) =>
    text
      .trimEnd()
      .split(/\n{2,}/)
      .map((block) => {
        const lines = block.split("\n");
        const comment = /^# ([^\t]*)$/.exec(lines[0]!)?.[1];
        const cells = (comment === undefined ? lines : lines.slice(1)).map((line) => line.split("\t"));
        const odd = cells.find((line) => line.length !== width);
        if (odd) fail(columns, JSON.stringify(odd.join("\t").slice(0, 60)));
        return sentence((k) => cells.map((line) => line[k]!), comment ?? "");
      });
}
