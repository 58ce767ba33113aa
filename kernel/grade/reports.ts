/** Results as tables: one for a spreadsheet, one for Gradescope. */
import type { Result } from "./result.js";

/** One row a student, one column an exercise. */
export function csv(results: readonly Result[]): string {
  const exercises = results[0]?.exercises.map(({ name }) => name) ?? [];
  const rows = results.map(({ student, score, points, exercises, refused, failures, cells }) => {
    const notes = [refused ?? "", failures.length > 0 ? `${failures.length} cells failed` : "", ...changes(cells)];
    return [student, score, points, ...exercises.map((exercise) => exercise.score), notes.filter(Boolean).join("; ")];
  });
  return [["student", "score", "points", ...exercises, "notes"], ...rows]
    .map((row) => `${row.map(field).join(",")}\r\n`)
    .join("");
}

/** A spreadsheet takes a text that begins like a formula for one. */
function field(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What the student has done to the lecturer's cells, in words. */
export function changes({ edited, deleted, duplicated, reordered, leftOut }: Result["cells"]): string[] {
  const told = (what: string, names: readonly string[]) => (names.length > 0 ? [`${what}: ${names.join(", ")}`] : []);
  return [
    ...told("edited, and graded as they were", edited),
    ...told("missing", deleted),
    ...told("duplicated", duplicated),
    ...told("moved, and graded in their order", reordered),
    ...(leftOut > 0 ? [`${leftOut} added cells left out`] : []),
  ];
}

/** @see https://gradescope-autograders.readthedocs.io/en/latest/specs/ */
export function gradescope({ score, seconds, exercises, refused }: Result): object {
  return {
    score,
    execution_time: Math.ceil(seconds),
    ...(refused !== undefined && { output: refused }),
    tests: exercises.flatMap(({ name, title, parts }) =>
      parts.map((part) => ({
        name: `${title}: ${part.title}`,
        number: name,
        score: part.score,
        max_score: part.points,
        output: part.message,
        visibility: part.hidden ? "after_published" : "visible",
      })),
    ),
  };
}
