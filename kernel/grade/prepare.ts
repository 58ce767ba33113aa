/** An assignment made ready: the cases of one seed, what is to be sent, and what should come back. */
import { createHash } from "node:crypto";
import vm from "node:vm";
import { Matrix, random, Sequence } from "unroll";
import type { Assignment, GradedExercise, GradedPart } from "./assignment.js";
import type { Plain } from "./plain.js";
import { encode } from "./student/codec.js";

export interface PreparedCase {
  /** Encoded. */
  readonly args: unknown;
  readonly expected: Plain;
}

export interface PreparedPart {
  readonly part: GradedPart;
  /** The source of its `call`. */
  readonly call?: string;
  readonly cases: readonly PreparedCase[];
}

export interface PreparedExercise {
  readonly exercise: GradedExercise;
  readonly parts: readonly PreparedPart[];
}

/** How values cross on the grader's side: nothing becomes a function here. */
export const CLASSES = { Matrix, Sequence };

/**
 * @param wants which parts are needed
 * @throws Error with one sentence where a part has no cases, or one that cannot be sent
 */
export function prepare(
  { exercises }: Assignment,
  seed: number,
  wants: (part: GradedPart) => boolean = () => true,
): PreparedExercise[] {
  return exercises.map((exercise) => ({
    exercise,
    parts: exercise.parts.filter(wants).map((part) => {
      const where = `${exercise.name}, ${part.title}`;
      const cases = part.cases(random(seedOf(seed, where)));
      if (cases.length === 0) throw new Error(`${where}: there are no cases, expected at least one.`);
      return {
        part,
        ...(part.call && { call: sourceOf(part.call, where) }),
        cases: cases.map((args): PreparedCase => {
          const sent: unknown = JSON.parse(encode(args, CLASSES)); // before the reference gets them, which may write into them
          return { args: sent, expected: (part.expected as (...args: readonly Plain[]) => Plain)(...args) };
        }),
      };
    }),
  }));
}

/** A seed of its own for each part: a case more in one changes nothing in the others. */
function seedOf(seed: number, where: string): number {
  return createHash("sha256").update(`${seed} ${where}`).digest().readUInt32LE(0);
}

/** A method's source is no expression: `call(notebook) { … }`. */
function sourceOf(call: object, where: string): string {
  const source = String(call);
  for (const candidate of [source, `function ${source}`, source.replace(/^async\s+/, "async function ")]) {
    try {
      new vm.Script(`(${candidate}\n)`);
      return candidate;
    } catch {
      // the next
    }
  }
  throw new Error(`${where}: its call is no function whose source could be sent.`);
}
