import type { LessonResult } from "unroll/course/result.js";
import type { Notebook } from "../client/notebook.js";

/** A number that a lesson ends in, as `result()` shows it. */
export interface Headline extends LessonResult {
  readonly engine: string;
  /** It comes from a longer run, of which this is what was stored. */
  readonly stored?: { readonly command: string; readonly minutes: number };
}

/** The results among a notebook's outputs, in order. */
export function results(notebook: Notebook): Headline[] {
  return notebook.cells
    .flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
    .flatMap((output) => ("data" in output ? [output.data["application/vnd.unroll.result+json"]] : []))
    .filter((found): found is Headline => found !== undefined);
}

/** The one that stands for the lesson. */
export function headlineOf(notebook: Notebook): Headline | undefined {
  const own = results(notebook).filter(({ stored }) => !stored);
  return own.find(({ headline }) => headline) ?? own[0];
}

/** Lessons from this number on are applications. */
export const FIRST_APPLICATION = 11;
