/** What nbgrader wants to know of a cell: its metadata, schema 3. */
import { createHash } from "node:crypto";
import type { Cell } from "../client/notebook.js";
import type { PercentRole } from "./percent.js";

export interface NbgraderMetadata {
  readonly schema_version: 3;
  readonly grade_id: string;
  /** Does it give points? */
  readonly grade: boolean;
  /** Does the student write it? */
  readonly solution: boolean;
  /** Is it put back before it is graded? */
  readonly locked: boolean;
  readonly task: false;
  readonly points?: number;
  readonly cell_type?: string;
  readonly checksum?: string;
}

/**
 * @param points of a cell of tests; questions in words are graded by people and have none
 */
export function nbgraderOf({ is, name }: PercentRole, points: number): NbgraderMetadata {
  const common = { schema_version: 3, task: false } as const;
  switch (is) {
    case "answer":
      return { ...common, grade_id: name, grade: false, solution: true, locked: false };
    case "given":
      return { ...common, grade_id: `given-${name}`, grade: false, solution: false, locked: true };
    case "tests":
      return { ...common, grade_id: `${name}-tests`, grade: true, solution: false, locked: true, points };
    case "question":
      return { ...common, grade_id: `question-${name}`, grade: true, solution: true, locked: false, points: 0 };
  }
}

/** What nbgrader adds when it generates the students' version: it tells by them what was changed. */
export function withChecksum<C extends Cell>(cell: C): C {
  const nbgrader = cell.metadata.nbgrader as NbgraderMetadata | undefined;
  if (!nbgrader) return cell;
  const released = { ...nbgrader, cell_type: cell.cell_type, checksum: checksum(cell, nbgrader) };
  return { ...cell, metadata: { ...cell.metadata, nbgrader: released } };
}

/** As `nbgrader.utils.compute_checksum` has it: MD5 of what must not change. */
function checksum(
  { source, cell_type }: Cell,
  { grade, solution, locked, grade_id, points = 0 }: NbgraderMetadata,
): string {
  const python = (value: boolean) => (value ? "True" : "False");
  const parts = [source, cell_type, python(grade), python(solution), python(locked), grade_id];
  if (grade) parts.push(Number.isInteger(points) ? `${points}.0` : String(points)); // str(float(points))
  return createHash("md5").update(parts.join("")).digest("hex");
}
