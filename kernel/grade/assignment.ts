/**
 * What an assignment is, to the grader: exercises, each with parts that give points.
 *
 * An assignment lives in the grader's process. Of all that stands here a student's process gets the arguments of the call that
 * it is to make, the name of the function to call, and the source of `call`, when it is their turn: never a title, an
 * expected value or a later case.
 */
import { Matrix, type Random, random, Sequence } from "unroll";
import type { Plain } from "./plain.js";
import { encode } from "./student/codec.js";

export interface Assignment {
  /** "practical-4": what `--assignment` takes. */
  readonly name: string;
  readonly title: string;
  /** The notebook that students get, an absolute path: the lecturer's cells come from there. */
  readonly notebook: string;
  /** Their points sum to 100. */
  readonly exercises: readonly GradedExercise[];
  /** How long one cell of the notebook may run, in seconds: 20. */
  readonly cellSeconds?: number;
  /** How long all of one submission may take, in seconds: 300. */
  readonly totalSeconds?: number;
  /** How much memory a student's process may have, in MB: 1024. */
  readonly memory?: number;
  /**
   * Files and folders that a student's process may read, too: data sets, as absolute paths without links. What lies there is
   * no secret any more.
   */
  readonly readable?: readonly string[];
}

export interface GradedExercise {
  /** "rnn-step": the column of the CSV file, and the `grade_id` of the cell that is to be filled in. */
  readonly name: string;
  readonly title: string;
  readonly level: "ALL" | "INTERMEDIATE" | "ADVANCED";
  /** The points of all parts. */
  readonly points: number;
  /** A name that the notebook declares, "rnnStep": where a lecturer's cell does, no student's can in its place. */
  readonly entry: string;
  readonly parts: readonly GradedPart[];
  /** How long all calls of this exercise may take together, in seconds of wall time. */
  readonly seconds: number;
}

/** Gives its points when all its cases are right. */
export interface GradedPart {
  /** Shown to the student: never an input or an expected value of a hidden part. */
  readonly title: string;
  readonly points: number;
  /** Of a hidden part a student is told only whether it is right; of any other the first quantity that differs. */
  readonly hidden: boolean;
  /**
   * At least one: the arguments of each call, made by the grader from its own seed. Where there are points and no judge, some
   * are drawn, so that nobody can write down what should come back without having seen them.
   */
  readonly cases: (random: Random) => readonly (readonly Plain[])[];
  /**
   * What is called instead of the entry itself: a function that takes what the notebook declares, by name, and the
   * arguments. Only its source crosses, so it may use nothing from around it:
   *
   *     call: (notebook, x, dh) => notebook.rnnBackward(dh, notebook.rnnForward(x).cache)
   */
  readonly call?: (notebook: Notebook, ...args: never[]) => unknown;
  /** Computed in the grader's process: what should come back for these arguments. */
  readonly expected: (...args: never[]) => Plain;
  /** How far a number may be from the one expected, as a share of that one, or as it is where that one is below 1: 1e-6. */
  readonly tolerance?: number;
  /** Takes the place of the comparison: one sentence on what is wrong, shown where the part is not hidden. */
  readonly judge?: (got: Plain, expected: Plain) => string | undefined;
}

/** What the student's notebook declares, by name. */
// biome-ignore lint/suspicious/noExplicitAny: whatever a student has declared
export type Notebook = Readonly<Record<string, any>>;

/** @throws Error with one sentence where points do not sum up, a name comes twice, or answers of a part are always the same */
export function checkAssignment(assignment: Assignment): Assignment {
  const { name, exercises } = assignment;
  const refuse = (what: string): never => {
    throw new Error(`Assignment ${name}: ${what}.`);
  };
  const names = exercises.map((exercise) => exercise.name);
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice !== undefined) refuse(`there are two exercises "${twice}"`);
  for (const { name, parts, points, seconds } of exercises) {
    if (!/^[\w.-]+$/.test(name))
      refuse(`exercise "${name}" has a name that is not made of letters, digits, "-", "_", "."`);
    const sum = total(parts);
    if (sum !== points) refuse(`the parts of ${name} have ${sum} points, the exercise ${points}`);
    const fixed = parts.find((part) => part.points > 0 && !part.judge && hasFixedAnswers(part));
    if (fixed)
      refuse(`${name}, ${fixed.title}: the answers are the same for every seed, expected inputs that are drawn`);
    if (!(seconds > 0)) refuse(`${name} has ${seconds} seconds, expected a number above 0`);
  }
  const sum = total(exercises);
  if (sum !== 100) refuse(`the exercises have ${sum} points, expected 100`);
  return assignment;
}

function hasFixedAnswers({ cases, expected }: GradedPart): boolean {
  const [one, other] = [1, 2].map((seed) =>
    encode(
      cases(random(seed)).map((args) => expected(...(args as never[]))),
      { Matrix, Sequence },
    ),
  );
  return one === other;
}

/** Sums of decimal points: 0.1 + 0.2 is 0.3. */
export function total(scored: readonly { readonly points: number }[]): number {
  return Math.round(scored.reduce((sum, { points }) => sum + points, 0) * 1e6) / 1e6;
}
