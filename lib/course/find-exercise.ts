import type { AnyExercise } from "./exercise.js";
import * as lessons from "./exercises/index.js";

/** The exercises of all lessons. */
export const exercises: readonly AnyExercise[] = Object.values<readonly AnyExercise[]>(lessons).flat();

/** @throws when there is no such exercise */
export function findExercise(name: string): AnyExercise {
  const found = exercises.find((exercise) => exercise.name === name);
  if (found) return found;
  const near = exercises.filter((exercise) => lessonOf(exercise.name) === lessonOf(name));
  const known = (near.length > 0 ? near : exercises).map((exercise) => exercise.name).join(", ");
  throw new RangeError(`check: there is no exercise "${name}", there are ${known}`);
}

/** "2.1" → "2" */
export function lessonOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(".")));
}

/** @throws when the lesson has no exercises */
export function ofLesson(lesson: string): readonly AnyExercise[] {
  const found = exercises.filter(({ name }) => lessonOf(name) === lesson);
  if (found.length > 0) return found;
  const known = [...new Set(exercises.map(({ name }) => lessonOf(name)))].join(", ");
  throw new RangeError(`checkAll: there are no exercises of lesson "${lesson}", there are some of ${known}`);
}
