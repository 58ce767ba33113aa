import { random } from "../math/random.js";
import { difference, isBlank } from "./difference.js";
import type { Verdict } from "./examine.js";
import { callAs, type Task, type TaskTest } from "./task.js";

/** What an attempt at a task came to. */
export interface TaskVerdict extends Verdict {
  /** How many of the tests it passes. */
  readonly passed: number;
  readonly of: number;
  /** The points of those that it passes. */
  readonly points: number;
}

type Seen = { readonly value?: unknown; readonly error?: string };

/** Each test draws its cases from this seed, whatever stands before it. */
const SEED = 2017;

/** What an unsolved stub throws begins with these words. */
const STUB = /^your turn/;

/**
 * Judges an attempt at a task by some tests. Nothing that an attempt throws gets out.
 *
 * @param tests by default those that everybody may see
 * @param seed what the tests draw their cases from
 * @returns a promise where the attempt returned one
 */
export function examineTask(
  task: Task,
  attempt: unknown,
  { tests = task.tests, seed = SEED }: { tests?: readonly TaskTest[]; seed?: number } = {},
): TaskVerdict | Promise<TaskVerdict> {
  if (typeof attempt !== "function") return { ...BLANK, of: tests.length };
  const cases = tests.map((test) => test.cases(random(seed)));
  const seen = tests.map((test, i) => cases[i]!.map((_, j) => look(task, test, attempt, seed, j)));
  const isLate = seen.some((looks) => looks.some((one) => one instanceof Promise));
  if (!isLate) return verdict(task, tests, seed, seen as Seen[][]);
  return Promise.all(seen.map((looks) => Promise.all(looks))).then((all) => verdict(task, tests, seed, all));
}

const BLANK = {
  outcome: "blank",
  message: "Nothing to see yet: it is your turn.",
  passed: 0,
  of: 0,
  points: 0,
} as const;

function verdict(
  task: Task,
  tests: readonly TaskTest[],
  seed: number,
  seen: readonly (readonly Seen[])[],
): TaskVerdict {
  const of = tests.length;
  if (seen.flat().every(({ value, error }) => (error === undefined ? isBlank(value) : STUB.test(error)))) {
    return { ...BLANK, of };
  }
  const complaints = tests.map((test, i) => firstComplaint(task, test, seed, seen[i]!));
  const right = tests.filter((_, i) => complaints[i] === undefined);
  const counted = { passed: right.length, of, points: right.reduce((sum, { points }) => sum + points, 0) };
  const wrong = complaints.findIndex((complaint) => complaint !== undefined);
  if (wrong < 0) return { outcome: "accepted", message: tests.map(({ title }) => title).join(" · "), ...counted };
  const mistake = task.mistakes.find((other) =>
    tests.every((test, i) => seen[i]!.every((one, j) => isSame(look(task, test, other.attempt, seed, j), one))),
  );
  const message = `${tests[wrong]!.title}: ${complaints[wrong]}`;
  return { outcome: "missed", message, ...counted, ...(mistake && { advice: mistake.says }) };
}

function firstComplaint(task: Task, test: TaskTest, seed: number, seen: readonly Seen[]): string | undefined {
  for (const [j, { value, error }] of seen.entries()) {
    if (error !== undefined) return `stopped with “${error}”`;
    const found = test.judge
      ? judgement(test.judge, value)
      : difference(callAs(task, test, task.solution, test.cases(random(seed))[j]!), value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A judge that fails over what came has not found it right. */
function judgement(judge: (got: unknown) => string | undefined, value: unknown): string | undefined {
  try {
    return judge(value);
  } catch (error) {
    return `what came cannot be judged: ${(error as Error).message}`;
  }
}

/** The cases are drawn anew for each call, so that an attempt that writes into its arguments harms nobody else's. */
function look(task: Task, test: TaskTest, attempt: unknown, seed: number, j: number): Seen | Promise<Seen> {
  const stopped = (error: unknown): Seen => ({ error: error instanceof Error ? error.message : String(error) });
  try {
    const value = callAs(task, test, attempt, test.cases(random(seed))[j]!);
    return value instanceof Promise ? value.then((late: unknown): Seen => ({ value: late })).catch(stopped) : { value };
  } catch (error) {
    return stopped(error);
  }
}

function isSame(one: Seen | Promise<Seen>, other: Seen): boolean {
  if (one instanceof Promise) return false;
  if (one.error !== undefined || other.error !== undefined) return one.error === other.error;
  return difference(one.value, other.value) === undefined && difference(other.value, one.value) === undefined;
}
