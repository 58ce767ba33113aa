import type { Random } from "../math/random.js";

/** What a notebook declares, by name. */
// biome-ignore lint/suspicious/noExplicitAny: whatever a student has declared
export type Declared = Readonly<Record<string, any>>;

/** Something that is looked at in an attempt at a task; it gives its points when all of its cases are right. */
export interface TaskTest {
  /** "three rows at once": also shown where the test is hidden, so it gives away no number. */
  readonly title: string;
  readonly points: number;
  /** At least one: the arguments of each call. */
  readonly cases: (random: Random) => readonly (readonly unknown[])[];
  /** What is called instead of the entry itself. It may be sent as source, so it uses nothing from around it. */
  readonly call?: (notebook: Declared, ...parameters: never[]) => unknown;
  /** Takes the place of the comparison with the solution: one sentence on what is wrong. */
  readonly judge?: (got: unknown) => string | undefined;
}

/** What a practical asks for. */
export interface Task {
  /** "rnn-step". */
  readonly name: string;
  readonly title: string;
  readonly level: "ALL" | "INTERMEDIATE" | "ADVANCED";
  /** With the hidden tests, which are kept elsewhere. */
  readonly points: number;
  /** What the notebook declares: "rnnStep". */
  readonly entry: string;
  /** How long all calls may take together, in seconds. */
  readonly seconds: number;
  /** Shown after two misses. Code stands between backticks. */
  readonly hint: string;
  // biome-ignore lint/suspicious/noExplicitAny: each task has a signature of its own
  readonly solution: (...parameters: any[]) => unknown;
  /** What everybody may see. */
  readonly tests: readonly TaskTest[];
  /** Wrong answers that many give, and what helps who gave them. */
  readonly mistakes: readonly TaskMistake[];
}

export interface TaskMistake {
  // biome-ignore lint/suspicious/noExplicitAny: it has the signature of its task's solution
  readonly attempt: (...parameters: any[]) => unknown;
  readonly says: string;
}

/** What comes of calling an attempt as a test does. */
export function callAs(
  { entry }: Pick<Task, "entry">,
  { call }: Pick<TaskTest, "call">,
  attempt: unknown,
  parameters: readonly unknown[],
): unknown {
  if (call) return call({ [entry]: attempt }, ...(parameters as never[]));
  return (attempt as (...parameters: readonly unknown[]) => unknown)(...parameters);
}
