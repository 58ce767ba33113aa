/** One cell of a percent file. */
export interface PercentCell {
  kind: "code" | "markdown";
  source: string;
}

const MARKER = /^\/\/ %%(.*)$/;

/**
 * A lesson's source in percent format: plain TypeScript, in which a line `// %%` begins a cell of code and
 * `// %% [markdown]` one of text, whose lines are comments.
 *
 * @throws if the text does not begin with a marker, a marker is of no known kind, or a line of text is not a comment
 */
export function parsePercent(text: string, file = "the lesson"): PercentCell[] {
  const cells: { kind: PercentCell["kind"]; lines: string[] }[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    const marker = MARKER.exec(line);
    const current = cells.at(-1);
    if (marker) cells.push({ kind: kindOf(marker[1]!.trim(), file, index + 1), lines: [] });
    else if (!current) {
      if (line.trim())
        throw new Error(`${file} line ${index + 1}: expected "// %%" before the first cell, found "${line}".`);
    } else current.lines.push(current.kind === "code" ? line : uncommented(line, file, index + 1));
  });
  return cells
    .map(({ kind, lines }) => ({ kind, source: lines.join("\n").trim() }))
    .filter((cell) => cell.source !== "");
}

function kindOf(label: string, file: string, line: number): PercentCell["kind"] {
  if (label === "") return "code";
  if (label === "[markdown]") return "markdown";
  throw new Error(`${file} line ${line}: expected "// %%" or "// %% [markdown]", found "// %% ${label}".`);
}

function uncommented(line: string, file: string, number: number): string {
  if (line.trim() === "") return "";
  const text = /^\/\/ ?(.*)$/.exec(line)?.[1];
  if (text === undefined)
    throw new Error(`${file} line ${number}: expected a comment ("// …") in a cell of text, found "${line}".`);
  return text;
}
