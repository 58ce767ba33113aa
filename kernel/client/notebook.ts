/** Notebook files, format 4.5: read, checked and written as Jupyter does. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeWhole } from "./write-file.js";

type Metadata = Record<string, unknown>;

export type Output =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string }
  | { output_type: "display_data"; data: Record<string, unknown>; metadata: Metadata }
  | { output_type: "execute_result"; data: Record<string, unknown>; metadata: Metadata; execution_count: number | null }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

export interface CodeCell {
  cell_type: "code";
  id: string;
  metadata: Metadata;
  source: string;
  outputs: Output[];
  execution_count: number | null;
}

export interface TextCell {
  cell_type: "markdown" | "raw";
  id: string;
  metadata: Metadata;
  source: string;
  attachments?: Record<string, unknown>;
}

export type Cell = CodeCell | TextCell;

/** Texts are whole here; in the file they are lists of lines. */
export interface Notebook {
  cells: Cell[];
  metadata: Metadata;
  nbformat: 4;
  nbformat_minor: number;
}

/** @throws Error with one sentence where the file is missing, is not JSON, is no notebook or is one of another format */
export function readNotebook(file: string): Notebook {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message;
    throw new Error(`Notebook ${file} cannot be read: ${reason}.`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(
      `${file} is no notebook: expected JSON, got ${text.trim() ? JSON.stringify(text.slice(0, 40)) : "an empty file"}.`,
    );
  }
  const notebook = json as Partial<Notebook> | null;
  if (typeof notebook !== "object" || notebook === null || typeof notebook.nbformat !== "number")
    throw new Error(`${file} is no notebook: expected an object with "nbformat" and "cells".`);
  if (notebook.nbformat !== 4)
    throw new Error(
      `${file} has notebook format ${notebook.nbformat}, expected 4: open and save it in JupyterLab to convert it.`,
    );
  if (!Array.isArray(notebook.cells) || !notebook.cells.every(isCell))
    throw new Error(`${file} is no notebook: expected "cells" to be a list of code, markdown and raw cells.`);
  return {
    cells: notebook.cells.map(joined),
    metadata: notebook.metadata ?? {},
    nbformat: 4,
    nbformat_minor: Math.max(5, notebook.nbformat_minor ?? 5),
  };
}

/** Writes the whole file or nothing. */
export function writeNotebook(file: string, notebook: Notebook): void {
  writeWhole(file, () => {
    const json = JSON.stringify({ ...notebook, cells: notebook.cells.map(split) });
    return `${written(sorted(JSON.parse(json)))}\n`;
  });
}

/**
 * JSON as Jupyter writes it, but lists of numbers stand on one line each: plots are full of them, and with a line for
 * each number a notebook can be twice as large.
 */
function written(value: unknown, margin = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  if (isList && value.every((item) => typeof item === "number" || item === null)) return JSON.stringify(value);
  const inner = `${margin} `;
  const items = isList
    ? value.map((item) => written(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${written(item, inner)}`);
  const [open, close] = isList ? "[]" : "{}";
  return items.length === 0 ? `${open}${close}` : `${open}\n${inner}${items.join(`,\n${inner}`)}\n${margin}${close}`;
}

function isCell(value: unknown): boolean {
  const cell = value as Partial<Cell> | null;
  return (
    typeof cell === "object" &&
    cell !== null &&
    ["code", "markdown", "raw"].includes(cell.cell_type!) &&
    isText(cell.source)
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string" || (Array.isArray(value) && value.every((line) => typeof line === "string"));
}

const whole = (text: unknown): unknown => (Array.isArray(text) ? text.join("") : text);

/** Cells got their id with format 4.5. */
function joined(cell: Cell): Cell {
  const read = {
    ...cell,
    id: cell.id ?? randomBytes(4).toString("hex"),
    metadata: cell.metadata ?? {},
    source: whole(cell.source) as string,
  };
  if (read.cell_type !== "code") return read;
  return {
    ...read,
    execution_count: read.execution_count ?? null,
    outputs: (read.outputs ?? []).map((output) => onTexts(output, whole)),
  };
}

function split(cell: Cell): unknown {
  const lines = (text: unknown) => (typeof text === "string" ? (text.match(/[^\n]*\n|[^\n]+$/g) ?? []) : text);
  const source = lines(cell.source);
  return cell.cell_type === "code"
    ? { ...cell, source, outputs: cell.outputs.map((output) => onTexts(output, lines)) }
    : { ...cell, source };
}

/** Applies `change` to those parts of an output that are lists of lines in the file. */
function onTexts(output: Output, change: (text: unknown) => unknown): Output {
  if (output.output_type === "stream") return { ...output, text: change(output.text) as string };
  if (output.output_type === "error") return output;
  const isLines = (type: string) => /^text\/|^application\/javascript$|^image\/svg\+xml$/.test(type);
  const data = Object.entries(output.data).map(([type, value]) => [type, isLines(type) ? change(value) : value]);
  return { ...output, data: Object.fromEntries(data) };
}

/** Jupyter sorts the keys: a notebook does not change by being saved there. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
