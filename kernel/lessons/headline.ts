import type { Notebook } from "../client/notebook.js";

/** The number that a lesson ends in, as `result()` shows it. */
export interface Headline {
  lesson: string;
  name: string;
  value: number;
  unit: string;
  expected: [low: number, high: number];
  seconds: number;
  engine: string;
}

/** The headline numbers among a notebook's outputs, in order. */
export function headlines(notebook: Notebook): Headline[] {
  return notebook.cells
    .flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
    .flatMap((output) => ("data" in output ? [output.data["application/vnd.unroll.result+json"]] : []))
    .filter((headline): headline is Headline => headline !== undefined);
}

/** "96.4 %": four significant digits. */
export function shownValue({ value, unit }: Headline): string {
  return `${Number(value.toPrecision(4))}${unit ? ` ${unit}` : ""}`;
}
