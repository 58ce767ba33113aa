import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { display } from "../display/display.js";
import { practicals } from "./find-task.js";
import { solutions, UNCHECKED } from "./solutions.js";

const COMPLAINTS = {
  unsolved: "not solved yet",
  missing: "cells that are missing",
  twice: "cells that are there more than once",
};

interface SavedNotebook {
  cells: { source: string | string[]; metadata?: { nbgrader?: { grade_id?: string } } }[];
  metadata: Record<string, unknown>;
}

/**
 * Puts the notebook, as it was saved last, beside itself as a file to be handed in, with who hands it in and when.
 *
 * It says which tasks' cells are missing or there twice, and which are still as they were; it hands in all the same.
 *
 * @param practical "practical-4"
 * @param student a name or number, of letters, digits, spaces, ".", "-" and "_"
 * @param folder where the notebook lies
 * @param notebook its file's name, when it is another one
 * @returns the file; "" where notebooks are graded, and nothing is handed in
 * @throws when there is no such practical, the name is none, or the notebook is not there or cannot be read
 *
 * @example
 * try {
 *   submit("practical-4", { student: "Ada Lovelace", folder: "nowhere" });
 * } catch (error) {
 *   console.log(String(error)); // Error: submit: there is no nowhere/practical-4.ipynb: save the notebook, …
 * }
 */
export function submit(
  practical: string,
  {
    student,
    folder = process.cwd(),
    notebook = `${practical}.ipynb`,
  }: { student: string; folder?: string; notebook?: string },
): string {
  if (!solutions()) {
    display(UNCHECKED);
    return "";
  }
  const tasks = practicals()[practical];
  if (!tasks) {
    const known = Object.keys(practicals()).join(", ");
    throw new RangeError(`submit: there is no practical "${practical}", there are ${known}`);
  }
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(student)) {
    throw new RangeError(
      `submit: the student is "${student}", expected a name of letters, digits, spaces, ".", "-", "_"`,
    );
  }
  const saved = read(join(folder, notebook));
  const found = saved.cells.map(({ metadata }) => metadata?.nbgrader?.grade_id);
  const stands = ({ name }: { name: string }): keyof typeof COMPLAINTS | "fine" => {
    const places = found.flatMap((id, i) => (id === name ? [i] : []));
    if (places.length !== 1) return places.length === 0 ? "missing" : "twice";
    return /your turn/.test([saved.cells[places[0]!]!.source].flat().join("")) ? "unsolved" : "fine";
  };
  const complaints = Object.entries(COMPLAINTS).flatMap(([how, says]) => {
    const names = tasks.filter((task) => stands(task) === how).map(({ name }) => name);
    return names.length > 0 ? [`${says}: ${names.join(", ")}`] : [];
  });
  const submission = { practical, student, at: new Date().toISOString() };
  const file = join(folder, `${practical}-${student.trim().replaceAll(/\s+/g, "-")}.ipynb`);
  const unroll = { ...(saved.metadata.unroll as object | undefined), submission };
  writeFileSync(`${file}.part`, `${JSON.stringify({ ...saved, metadata: { ...saved.metadata, unroll } }, null, 1)}\n`);
  renameSync(`${file}.part`, file);
  display([`Hand in ${basename(file)}: the notebook as it was saved last.`, ...complaints].join("\n· "));
  return file;
}

function read(file: string): SavedNotebook {
  if (!existsSync(file)) {
    throw new Error(
      `submit: there is no ${file}: save the notebook, or say its name, submit(…, { notebook: "….ipynb" })`,
    );
  }
  try {
    const notebook = JSON.parse(readFileSync(file, "utf8")) as SavedNotebook;
    if (Array.isArray(notebook.cells)) return { ...notebook, metadata: notebook.metadata ?? {} };
  } catch {}
  throw new Error(`submit: ${file} is no notebook: expected JSON with "cells"`);
}
