/** Which files are submissions, and whose. */
import { createHash } from "node:crypto";
import { lstatSync, readdirSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import type { Submission } from "./grade-submission.js";

const ENDING = ".ipynb";

/**
 * Notebooks among these files and in these folders, without links and hidden folders (Jupyter keeps checkpoints there).
 *
 * The student is called as the file is; where the file is called as the assignment is, as the next folder above it that is
 * not: `submitted/ada/practical-4/practical-4.ipynb` is ada's, and so is `submitted/ada/practical-4.ipynb`, whether they are
 * named or found in a folder.
 *
 * @throws Error with one sentence where there are none, or two of one student
 */
export function findSubmissions(paths: readonly string[], assignment: string): Submission[] {
  const found = paths.flatMap((path) => within(path, assignment));
  if (found.length === 0) throw new Error(`There are no notebooks (${ENDING}) in ${paths.join(", ")}.`);
  const seen = new Map<string, string>();
  for (const { student, file } of found) {
    const other = seen.get(student);
    if (other !== undefined) throw new Error(`${other} and ${file} are both of "${student}": keep one of them.`);
    seen.set(student, file);
  }
  return found.sort((a, b) => (a.student < b.student ? -1 : 1));
}

function within(path: string, assignment: string): Submission[] {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (!status) throw new Error(`${path}: there is no such file or folder.`);
  if (!status.isDirectory()) return [{ student: studentOf(path.split(sep).slice(-3), assignment), file: path }];
  return files(path).map((file) => ({ student: studentOf(relative(path, file).split(sep), assignment), file }));
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".")) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return entry.isFile() && entry.name.endsWith(ENDING) ? [path] : []; // a link could lead to the solution
  });
}

function studentOf(parts: readonly string[], assignment: string): string {
  const name = basename(parts.at(-1)!, ENDING);
  if (name !== assignment) return name;
  return parts.slice(0, -1).findLast((part) => ![assignment, "", ".", ".."].includes(part)) ?? name;
}

/** A file's name for a student, whatever the student is called: none that another file of a student's could have. */
export function fileNameOf(student: string): string {
  if (/^[\w-][\w.-]{0,80}$/.test(student) && !student.endsWith(".gradescope")) return student;
  const hash = createHash("sha256").update(student).digest("hex").slice(0, 8);
  return `${student.replace(/[^\w-]+/g, "_").slice(0, 60)}-${hash}`;
}
