import type { AnyExercise } from "./exercise.js";
import { solutions } from "./solutions.js";

/** The exercises of all lessons. */
export function exercises(): readonly AnyExercise[] {
  return solutions()?.exercises ?? [];
}

/** @throws when there is no such exercise */
export function findExercise(name: string): AnyExercise {
  const all = exercises();
  const found = all.find((exercise) => exercise.name === name);
  if (found) return found;
  const near = all.filter((exercise) => lessonOf(exercise.name) === lessonOf(name));
  const known = (near.length > 0 ? near : all).map((exercise) => exercise.name).join(", ");
  throw new RangeError(`check: there is no exercise "${name}", there are ${known}`);
}

/** "2.1" → "2" */
export function lessonOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(".")));
}

/** @throws when the lesson has no exercises */
export function ofLesson(lesson: string): readonly AnyExercise[] {
  const all = exercises();
  const found = all.filter(({ name }) => lessonOf(name) === lesson);
  if (found.length > 0) return found;
  const known = [...new Set(all.map(({ name }) => lessonOf(name)))].join(", ");
  throw new RangeError(`checkAll: there are no exercises of lesson "${lesson}", there are some of ${known}`);
}
