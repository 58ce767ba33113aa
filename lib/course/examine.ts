import { difference, isBlank } from "./difference.js";
import type { AnyExercise } from "./exercise.js";

/** What an attempt came to. */
export interface Verdict {
  /** "blank": nothing was written yet, which is no miss. */
  readonly outcome: "accepted" | "missed" | "blank";
  /** What is right, or the first thing that differs. */
  readonly message: string;
  /** What helps who made a mistake that many make. */
  readonly advice?: string;
}

/**
 * Judges an attempt by looking at it and at the solution in the same ways. Nothing that an attempt throws gets out.
 */
export function examine({ solution, looks, mistakes }: AnyExercise, attempt: unknown): Verdict {
  if (isBlank(attempt) && typeof attempt !== "function") return BLANK;
  const wanted = looks.map(([, see]) => see(solution));
  const seen = looks.map(([, see]) => attempted(see, attempt));
  if (seen.every(({ value, error }) => error === STUB || (error === undefined && isBlank(value)))) return BLANK;
  const first = looks.findIndex((_, i) => differs(wanted[i], seen[i]!) !== undefined);
  if (first < 0) return { outcome: "accepted", message: looks.map(([of]) => of).join(" · ") };
  const mistake = mistakes.find((other) =>
    looks.every(([, see], i) => isSame(attempted(see, other.attempt), seen[i]!)),
  );
  const message = `${looks[first]![0]}: ${differs(wanted[first], seen[first]!)}`;
  return { outcome: "missed", message, ...(mistake && { advice: mistake.says }) };
}

/** What a function throws that is still to be written, where it has no empty value to return. */
const STUB = "your turn";

const BLANK: Verdict = { outcome: "blank", message: "Nothing to see yet: it is your turn." };

interface Seen {
  readonly value?: unknown;
  readonly error?: string;
}

function attempted(see: (attempt: never) => unknown, attempt: unknown): Seen {
  try {
    return { value: see(attempt as never) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** How an attempt differs; a look that answers with true or false says by its own words what is not so. */
function differs(wanted: unknown, { value, error }: Seen): string | undefined {
  if (error !== undefined) return `stopped with “${error}”`;
  if (wanted === true) return value === true ? undefined : "not yet";
  return difference(wanted, value);
}

function isSame(one: Seen, other: Seen): boolean {
  if (one.error !== undefined || other.error !== undefined) return one.error === other.error;
  return difference(one.value, other.value) === undefined;
}
