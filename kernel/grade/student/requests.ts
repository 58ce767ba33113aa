/** What the grader asks of a student's process, one line of JSON each, and what it answers. */

/** Runs a cell that the grader has compiled. */
export interface RunCell {
  readonly op: "cell";
  readonly id: number;
  readonly cell: number;
  readonly javascript: string;
  /** The names that the cell declares, and that calls find there. */
  readonly declared: readonly string[];
}

/** Calls what the notebook declares: `entry` itself, or the function whose source is `call`. */
export interface Call {
  readonly op: "call";
  readonly id: number;
  readonly entry: string;
  readonly call?: string;
  /** Encoded: see codec.ts. */
  readonly args: unknown;
}

export type Request = RunCell | Call;

/** `value` is encoded, too. Whatever comes is what a student's code may have written: it proves nothing. */
export type Answer =
  | { readonly id: number; readonly ok: true; readonly value?: unknown }
  | { readonly id: number; readonly ok: false; readonly name: string; readonly message: string };

export const READY = 0;

/** The pipes, as numbers of open files: the process' stdout and stderr are the student's to write to. */
export const REQUESTS = 3;
export const ANSWERS = 4;
