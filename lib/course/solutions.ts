import { createRequire } from "node:module";
import type { AnyExercise } from "./exercise.js";
import type { Task } from "./task.js";

/** What students are asked for, with the solutions. */
export interface Solutions {
  /** "practical-4" and so on, each with its tasks. */
  readonly practicals: Readonly<Record<string, readonly Task[]>>;
  /** The exercises of all lessons. */
  readonly exercises: readonly AnyExercise[];
}

/** What is said where there are none. */
export const UNCHECKED = "Nothing is checked here: where notebooks are graded, the library has no solutions.";

const load = createRequire(import.meta.url);
const LEFT_OUT = ["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND", "ERR_ACCESS_DENIED"];

/**
 * They lie in folders of their own and are loaded when somebody asks for them, by nothing else: a library without these
 * folders is whole in all other respects. Then this is undefined.
 */
export function solutions(): Solutions | undefined {
  try {
    const { practical4 } = load("./practical-4/index.js") as { practical4: readonly Task[] };
    const lessons = load("./exercises/index.js") as Record<string, readonly AnyExercise[]>;
    return { practicals: { "practical-4": practical4 }, exercises: Object.values(lessons).flat() };
  } catch (error) {
    if (LEFT_OUT.includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
