import { inspect } from "node:util";
import { type Displayable, escapeHtml, jupyterDisplay, type MimeBundle } from "./mime.js";

/** A table that shows itself: HTML in a notebook, aligned columns in a terminal. */
export class Table implements Displayable {
  readonly title: string;
  /** The heads of the columns; none, and there is no head. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];

  constructor(title: string, columns: readonly string[], rows: readonly (readonly string[])[]) {
    this.title = title;
    this.columns = columns;
    this.rows = rows;
  }

  [jupyterDisplay](): MimeBundle {
    return { "text/html": this.html(), "text/plain": this.toString() };
  }

  toString(): string {
    const lines = this.columns.length > 0 ? [this.columns, ...this.rows] : this.rows;
    const across = Math.max(0, ...lines.map((line) => line.length));
    const width = (column: number) => Math.max(...lines.map((line) => line[column]?.length ?? 0));
    const widths = Array.from({ length: across }, (_, column) => width(column));
    const text = lines.map((line) =>
      line
        .map((cell, column) => pad(cell, widths[column]!))
        .join("  ")
        .trimEnd(),
    );
    return [...(this.title ? [this.title] : []), ...text].join("\n");
  }

  // no colour of its own: it reads in light and dark themes
  private html(): string {
    const left = ' style="text-align:left"';
    const cell = (tag: string) => (text: string) => `<${tag}${isNumber(text) ? "" : left}>${escapeHtml(text)}</${tag}>`;
    const line = (tag: string) => (cells: readonly string[]) => `<tr>${cells.map(cell(tag)).join("")}</tr>`;
    const title = this.title ? `<caption${left}>${escapeHtml(this.title)}</caption>` : "";
    const head = this.columns.length > 0 ? `<thead>${line("th")(this.columns)}</thead>` : "";
    return (
      '<table style="text-align:right;font-variant-numeric:tabular-nums">' +
      `${title}${head}<tbody>${this.rows.map(line("td")).join("")}</tbody></table>`
    );
  }
}

export interface TableOptions {
  readonly title?: string;
  /** How many rows are shown; in the middle of more, rows are left out. */
  readonly limit?: number;
}

/**
 * Rows as a table. The columns are the properties of the rows, in the order in which they first occur.
 *
 * @param rows one object for each row
 * @returns a table that shows itself as the value of a cell, or by `display`
 *
 * @example
 * const runs = table([{ cell: "RNN", accuracy: 0.97 }, { cell: "LSTM", accuracy: 0.985 }], { title: "test accuracy" });
 * display(runs);
 */
export function table(rows: readonly object[], { title = "", limit = 20 }: TableOptions = {}): Table {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const shown = elided(rows.length, limit).map((index) =>
    index === undefined ? columns.map(() => "⋮") : columns.map((name) => word((rows[index] as Cells)[name])),
  );
  return new Table(title, columns, shown);
}

type Cells = Readonly<Record<string, unknown>>;

/** The indices 0 … size − 1; of more than `limit` the first and the last, with one undefined between them. */
export function elided(size: number, limit: number): (number | undefined)[] {
  if (size <= limit) return Array.from({ length: size }, (_, i) => i);
  const first = Math.ceil(limit / 2);
  const last = limit - first;
  return [
    ...Array.from({ length: first }, (_, i) => i),
    undefined,
    ...Array.from({ length: last }, (_, i) => size - last + i),
  ];
}

/** A number with four significant digits, which is what an eye takes in. */
export function shortNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : String(Number(value.toPrecision(4)));
}

function word(value: unknown): string {
  if (typeof value === "number") return shortNumber(value);
  if (typeof value === "string") return value;
  return value === undefined || value === null
    ? ""
    : inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY });
}

function isNumber(text: string): boolean {
  return /^[-+\d][\d.,e+-]*$|^-?Infinity$|^NaN$|^[⋯⋮]$/.test(text);
}

function pad(text: string, width: number): string {
  return isNumber(text) ? text.padStart(width) : text.padEnd(width);
}
