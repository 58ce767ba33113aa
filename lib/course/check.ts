import { display } from "../display/display.js";
import { escapeHtml } from "../display/mime.js";
import { type Table, table } from "../display/table.js";
import { examine, type Verdict } from "./examine.js";
import type { AnyExercise } from "./exercise.js";
import { findExercise, lessonOf, ofLesson } from "./find-exercise.js";

/** After how many misses the hint is shown. */
const PATIENCE = 2;

interface Standing {
  misses: number;
  isAccepted: boolean;
}

/** How far the student is: it belongs to the session, as the choice of the engine does. */
const standings = new Map<string, Standing>();

/**
 * Looks at an attempt at an exercise and says below the cell whether it is right: if not, the first thing that differs,
 * what helps with a mistake that many make, and after two misses a hint. A wrong attempt stops nothing.
 *
 * @param name lesson and number: "2.1"
 * @param attempt what the exercise asks for: a function, or a value
 * @throws when there is no such exercise
 *
 * @example
 * const answer = Number.NaN; // your number
 * check("0.1", answer); // 0.1 · Nothing to see yet: it is your turn.
 */
export function check(name: string, attempt: unknown): void {
  const exercise = findExercise(name);
  const verdict = examine(exercise, attempt);
  const { misses, isAccepted } = standings.get(name) ?? { misses: 0, isAccepted: false };
  const now: Standing = {
    misses: misses + (verdict.outcome === "missed" ? 1 : 0),
    isAccepted: isAccepted || verdict.outcome === "accepted",
  };
  standings.set(name, now);
  display(feedback(exercise, verdict, now.misses));
}

/**
 * A table of all exercises of a lesson, and which of them are done.
 *
 * @param lesson what its exercises' names begin with, before the point: "2"; by default all lessons of which something
 *   was checked
 * @throws when the lesson has no exercises
 *
 * @example
 * display(checkAll("2"));
 */
export function checkAll(lesson?: string): Table {
  const wanted = lesson === undefined ? [...new Set([...standings.keys()].map(lessonOf))] : [lesson];
  const rows = wanted.flatMap(ofLesson).map(({ name, asks }) => ({ exercise: name, asks, state: stateOf(name) }));
  const done = rows.filter(({ state }) => state === DONE).length;
  return table(rows, { title: `${done} of ${rows.length} exercises done`, limit: rows.length });
}

const DONE = "✓ done";

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

function feedback({ name, asks, hint }: AnyExercise, { outcome, message, advice }: Verdict, misses: number) {
  const { sign, colour } = SIGNS[outcome];
  const head = outcome === "accepted" ? `right: ${asks}` : message;
  const lines = [
    ...(outcome === "accepted" ? [`Checked: ${message}`] : []),
    ...(advice === undefined ? [] : [advice]),
    ...(outcome === "missed" && misses >= PATIENCE ? [`Hint: ${hint}`] : []),
  ];
  const html = (text: string) => escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
  return {
    "application/vnd.unroll.check+json": { exercise: name, outcome, message, misses, ...(advice && { advice }) },
    "text/html":
      `<div style="border-left:4px solid ${colour};padding:.3em .8em">` +
      `<b>${sign} ${name}</b> ${html(head)}${lines.map((line) => `<br>${html(line)}`).join("")}</div>`,
    "text/plain": [`${sign} ${name} ${head}`, ...lines].join("\n  "),
  };
}
