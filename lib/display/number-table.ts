import { elided, shortNumber, Table } from "./table.js";

const ROWS = 8;
const COLUMNS = 10;

/** Numbers in rows and columns under a title; of many the middle is left out. */
export function numberTable(
  title: string,
  rows: number,
  cols: number,
  entry: (row: number, col: number) => number,
): Table {
  const across = elided(cols, COLUMNS);
  const lines = elided(rows, ROWS).map((row) =>
    across.map((col) => (row === undefined ? "⋮" : col === undefined ? "⋯" : shortNumber(entry(row, col)))),
  );
  return new Table(title, [], lines);
}

/** How `console.log` prints such a table: whole, or inside of another object its title alone. */
export function inspected(table: Table, depth: number, options: { readonly depth?: number | null }): string {
  return depth === options.depth ? table.toString() : table.title;
}
