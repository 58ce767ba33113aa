/** One cell of a percent file. */
export interface PercentCell {
  kind: "code" | "markdown";
  source: string;
  /** What its marker says of it beside its kind. */
  tags: string[];
  /** What it is in a practical. */
  role?: PercentRole;
}

/** "// %% [tests rnn-step]": what a cell of a practical is for, and its name. */
export interface PercentRole {
  readonly is: "given" | "answer" | "tests" | "question";
  readonly name: string;
}

const MARKER = /^\/\/ %%(.*)$/;

/**
 * A lesson's source in percent format: plain TypeScript, in which a line `// %%` begins a cell of code and
 * `// %% [markdown]` one of text, whose lines are comments. The first plot of the cell that `// %% [cover]` begins stands
 * for the lesson where lessons are listed.
 *
 * A practical has four kinds more: `[given NAME]`, the lecturer's code, `[answer NAME]`, the student's, `[tests NAME]`, and
 * `[question NAME]`, the student's text.
 *
 * @throws if the text does not begin with a marker, a marker is of no known kind, or a line of text is not a comment
 */
export function parsePercent(text: string, file = "the lesson"): PercentCell[] {
  const cells: (Omit<PercentCell, "source"> & { lines: string[] })[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    const marker = MARKER.exec(line);
    const current = cells.at(-1);
    if (marker) cells.push({ ...kindOf(marker[1]!.trim(), file, index + 1), lines: [] });
    else if (!current) {
      if (line.trim())
        throw new Error(`${file} line ${index + 1}: expected "// %%" before the first cell, found "${line}".`);
    } else current.lines.push(current.kind === "code" ? line : uncommented(line, file, index + 1));
  });
  return cells
    .map(({ lines, ...kind }) => ({ ...kind, source: lines.join("\n").trim() }))
    .filter((cell) => cell.source !== "");
}

function kindOf(label: string, file: string, line: number): Omit<PercentCell, "source"> {
  if (label === "") return { kind: "code", tags: [] };
  if (label === "[cover]") return { kind: "code", tags: ["cover"] };
  if (label === "[markdown]") return { kind: "markdown", tags: [] };
  const [, is, name] = /^\[(given|answer|tests|question) ([a-z0-9-]+)\]$/.exec(label) ?? [];
  if (is !== undefined && name !== undefined) {
    const role = { is, name } as PercentRole;
    return { kind: is === "question" ? "markdown" : "code", tags: [], role };
  }
  throw new Error(
    `${file} line ${line}: expected "// %%", "// %% [markdown]" or "// %% [cover]", found "// %% ${label}".`,
  );
}

function uncommented(line: string, file: string, number: number): string {
  if (line.trim() === "") return "";
  const text = /^\/\/ ?(.*)$/.exec(line)?.[1];
  if (text === undefined)
    throw new Error(`${file} line ${number}: expected a comment ("// …") in a cell of text, found "${line}".`);
  return text;
}
