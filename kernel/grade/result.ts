/** What came of a submission: what the JSON file of a student holds. */
import type { CellReport } from "./restore.js";
import type { Limits } from "./sandbox.js";

/** "time" … "exit": the process had to be ended, or ended by itself. */
export type PartOutcome = "right" | "wrong" | "error" | "time" | "memory" | "output" | "answer" | "exit" | "aborted";

export interface PartResult {
  readonly title: string;
  readonly hidden: boolean;
  readonly points: number;
  readonly score: number;
  readonly outcome: PartOutcome;
  /** Of a hidden part never what the student's code has said. */
  readonly message: string;
}

export interface ExerciseResult {
  readonly name: string;
  readonly title: string;
  readonly level: string;
  readonly points: number;
  readonly score: number;
  readonly parts: readonly PartResult[];
}

/** A cell that did not run to its end. */
export interface CellFailure {
  readonly cell: string;
  readonly message: string;
}

export interface Result {
  readonly student: string;
  readonly assignment: string;
  readonly seed: number;
  readonly score: number;
  readonly points: number;
  /** Why nothing could be graded, in one sentence. */
  readonly refused?: string;
  readonly exercises: readonly ExerciseResult[];
  readonly cells: CellReport;
  readonly failures: readonly CellFailure[];
  /** What kept the student's code in. */
  readonly limits: Limits;
  readonly seconds: number;
  /** Of the submission and all that it was graded with: with the same one, grading again is no use. */
  readonly fingerprint: string;
}
