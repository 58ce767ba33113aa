/** One way of looking at an attempt, in words and as what is then seen: a call with certain inputs, or the value itself. */
export type Look<A> = readonly [of: string, see: (attempt: A) => unknown];

/** A wrong answer that many give, and what helps who gave it. */
export interface Mistake<A> {
  readonly attempt: A;
  /** Said to everybody whose attempt looks the same. */
  readonly says: string;
}

/** What a student is asked to write, and how it is judged. */
export interface Exercise<A = unknown> {
  /** Lesson and number: "2.1". */
  readonly name: string;
  /** What is asked for, in a few words: "one step of the state". */
  readonly asks: string;
  /** Shown after two misses. Code stands between backticks, as in all that an exercise says. */
  readonly hint: string;
  readonly solution: A;
  /** At least two where the attempt is a function: an attempt is right when each shows what the solution shows. */
  readonly looks: readonly Look<A>[];
  /** At least one. */
  readonly mistakes: readonly Mistake<A>[];
}

/** An exercise whose attempts are of another type than is known here. */
// biome-ignore lint/suspicious/noExplicitAny: what a student passes is whatever it is, and the looks find out
export type AnyExercise = Exercise<any>;

/**
 * An exercise as it is, with the types of its solution, looks and mistakes for the compiler to check.
 *
 * @throws when it has no look or no mistake, or its name is not like "2.1"
 *
 * @example
 * const doubling = exercise({
 *   name: "0.9",
 *   asks: "twice a number",
 *   hint: "Multiply by `2`.",
 *   solution: (x: number) => 2 * x,
 *   looks: [["3", (twice) => twice(3)], ["−1", (twice) => twice(-1)]],
 *   mistakes: [{ attempt: (x) => x * x, says: "That is the square." }],
 * });
 */
export function exercise<A>(parts: Exercise<A>): Exercise<A> {
  const { name, looks, mistakes } = parts;
  if (!/^\w+\.\d+$/.test(name)) throw new RangeError(`exercise: the name is "${name}", expected one like "2.1"`);
  if (looks.length === 0 || mistakes.length === 0) {
    throw new RangeError(
      `exercise ${name}: ${looks.length} looks and ${mistakes.length} mistakes, expected some of both`,
    );
  }
  return parts;
}
