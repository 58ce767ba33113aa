import { display } from "../display/display.js";
import { escapeHtml } from "../display/mime.js";
import { type Table, table } from "../display/table.js";
import { examine, type Verdict } from "./examine.js";
import { examineTask, type TaskVerdict } from "./examine-task.js";
import type { AnyExercise } from "./exercise.js";
import { findExercise, lessonOf, ofLesson } from "./find-exercise.js";
import { attemptAt, findTask, practicalOf, practicals } from "./find-task.js";
import { solutions, UNCHECKED } from "./solutions.js";
import type { Task } from "./task.js";

/** After how many misses the hint is shown. */
const PATIENCE = 2;

interface Standing {
  misses: number;
  isAccepted: boolean;
  /** "2 of 3": how many of a task's public tests passed last. */
  tests?: string;
}

type Asked = Pick<AnyExercise, "name" | "asks" | "hint">;

/** How far the student is: it belongs to the session, as the choice of the engine does. */
const standings = new Map<string, Standing>();

/**
 * Looks at an attempt at an exercise and says below the cell whether it is right: if not, the first thing that differs,
 * what helps with a mistake that many make, and after two misses a hint. A wrong attempt stops nothing.
 *
 * Of a practical's task, "bptt", the name alone is enough: what the notebook has declared is looked at, and it is said how
 * many of the public tests it passes.
 *
 * Where notebooks are graded there are no solutions to hold an attempt against: there it says so, and that is all.
 *
 * @param name lesson and number, "2.1", or a practical's task
 * @param attempt what the exercise asks for: a function, or a value
 * @returns a promise where the attempt has to be waited for: `await check("classifier")`
 * @throws when there is no such exercise
 *
 * @example
 * const answer = Number.NaN; // your number
 * check("0.1", answer); // 0.1 · Nothing to see yet: it is your turn.
 */
export function check(name: string, attempt?: unknown): void | Promise<void> {
  if (!solutions()) return display(UNCHECKED);
  const task = findTask(name);
  if (!task) {
    const exercise = findExercise(name);
    return report(exercise, examine(exercise, attempt));
  }
  const verdict = examineTask(task, attempt ?? attemptAt(task));
  return verdict instanceof Promise ? verdict.then((late) => reportTask(task, late)) : reportTask(task, verdict);
}

function reportTask(task: Task, verdict: TaskVerdict): void {
  report({ name: task.name, asks: task.title, hint: task.hint }, verdict);
}

function report(exercise: Asked, verdict: Verdict | TaskVerdict): void {
  const { misses, isAccepted } = standings.get(exercise.name) ?? { misses: 0, isAccepted: false };
  const now: Standing = {
    misses: misses + (verdict.outcome === "missed" ? 1 : 0),
    isAccepted: isAccepted || verdict.outcome === "accepted",
    ...("of" in verdict && { tests: `${verdict.passed} of ${verdict.of}` }),
  };
  standings.set(exercise.name, now);
  display(feedback(exercise, verdict, now.misses));
}

/**
 * A table of all exercises of a lesson or of a practical, and which of them are done.
 *
 * @param lesson what its exercises' names begin with, before the point, "2", or a practical, "practical-4"; by default all
 *   of which something was checked
 * @throws when the lesson has no exercises
 *
 * @example
 * display(checkAll("2"));
 */
export function checkAll(lesson?: string): Table {
  if (!solutions()) return table([], { title: UNCHECKED });
  const practical = practicals();
  const wanted =
    lesson === undefined
      ? [...new Set([...standings.keys()].map((name) => practicalOf(name) ?? lessonOf(name)))]
      : [lesson];
  const rows = wanted.flatMap((of) => practical[of]?.map(taskRow) ?? ofLesson(of).map(exerciseRow));
  const done = rows.filter(({ state }) => state === DONE).length;
  return table(rows, { title: `${done} of ${rows.length} exercises done`, limit: rows.length });
}

const DONE = "✓ done";

const exerciseRow = ({ name, asks }: AnyExercise) => ({ exercise: name, asks, state: stateOf(name) });
const taskRow = ({ name, title, level, points }: Task) => ({
  exercise: name,
  asks: title,
  level,
  points,
  "public tests": standings.get(name)?.tests ?? "",
  state: stateOf(name),
});

function stateOf(name: string): string {
  const { misses, isAccepted } = standings.get(name) ?? { misses: 0, isAccepted: false };
  if (isAccepted) return DONE;
  return misses > 0 ? `missed ${misses === 1 ? "once" : `${misses} times`}` : "not yet";
}

const SIGNS = {
  accepted: { sign: "✓", colour: "#009E73" },
  missed: { sign: "✗", colour: "#D55E00" },
  blank: { sign: "·", colour: "#808080" },
} as const;

function feedback({ name, asks, hint }: Asked, verdict: Verdict | TaskVerdict, misses: number) {
  const { outcome, message, advice } = verdict;
  const { sign, colour } = SIGNS[outcome];
  const count = "of" in verdict && outcome !== "blank" ? `${verdict.passed} of ${verdict.of} public tests pass` : "";
  const head = outcome === "accepted" ? `right: ${asks}` : message;
  const lines = [
    ...(outcome === "accepted" ? [`Checked: ${message}`] : []),
    ...(advice === undefined ? [] : [advice]),
    ...(outcome === "missed" && misses >= PATIENCE ? [`Hint: ${hint}`] : []),
  ];
  const first = count ? `${count} · ${head}` : head;
  const html = (text: string) => escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
  const counted = "of" in verdict && { passed: verdict.passed, of: verdict.of };
  return {
    "application/vnd.unroll.check+json": {
      exercise: name,
      outcome,
      message,
      misses,
      ...counted,
      ...(advice && { advice }),
    },
    "text/html":
      `<div style="border-left:4px solid ${colour};padding:.3em .8em">` +
      `<b>${sign} ${name}</b> ${html(first)}${lines.map((line) => `<br>${html(line)}`).join("")}</div>`,
    "text/plain": [`${sign} ${name} ${first}`, ...lines].join("\n  "),
  };
}
