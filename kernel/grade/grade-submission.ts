/** One submission, from its file to its points. */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { difference } from "unroll/course/difference.js";
import { type Notebook, readNotebook } from "../client/notebook.js";
import { type Assignment, type GradedPart, total } from "./assignment.js";
import type { Compiler } from "./compiler.js";
import type { Plain } from "./plain.js";
import { CLASSES, type PreparedExercise, type PreparedPart } from "./prepare.js";
import { type CellReport, restored } from "./restore.js";
import type { PartOutcome, PartResult, Result } from "./result.js";
import type { Limits, Sandbox } from "./sandbox.js";
import { Session } from "./session.js";
import { decode } from "./student/codec.js";
import { ENDS, type Outcome } from "./student-process.js";

/** What all submissions are graded with. */
export interface Grader {
  readonly assignment: Assignment;
  readonly seed: number;
  readonly prepared: readonly PreparedExercise[];
  readonly source: Notebook;
  readonly sandbox: Sandbox;
  readonly limits: Limits;
  /** Of the assignment, its notebook and the seed. */
  readonly fingerprint: string;
}

export interface Submission {
  readonly student: string;
  readonly file: string;
}

const LARGEST = 50_000_000;
const CELL_SECONDS = 20;
const TOTAL_SECONDS = 300;
const MEMORY = 1024;

export function fingerprintOf(submission: Submission, grader: Grader): string {
  return createHash("sha256").update(grader.fingerprint).update(readFileSync(submission.file)).digest("hex");
}

export async function gradeSubmission(
  submission: Submission,
  grader: Grader,
  compiler: Compiler,
  signal?: AbortSignal,
): Promise<Result> {
  const began = performance.now();
  const { assignment, prepared } = grader;
  const scored = (
    exercises: Result["exercises"],
    cells: CellReport,
    rest: Pick<Result, "failures" | "refused">,
  ): Result => ({
    student: submission.student,
    assignment: assignment.name,
    seed: grader.seed,
    score: total(exercises.map(({ score }) => ({ points: score }))),
    points: total(prepared.flatMap(({ parts }) => parts.map(({ part }) => part))),
    exercises,
    cells,
    ...rest,
    limits: grader.limits,
    seconds: Math.round(performance.now() - began) / 1000,
    fingerprint: fingerprintOf(submission, grader),
  });
  let notebook: Notebook;
  try {
    notebook = readSubmission(submission.file);
  } catch (error) {
    const results = nothingGraded(prepared);
    return scored(results, restored(grader.source, EMPTY).report, { failures: [], refused: (error as Error).message });
  }
  const { cells, report } = restored(grader.source, notebook);
  const compiled = await compiler.compile(cells.map((cell) => cell.source));
  const session = new Session(cells, compiled, {
    sandbox: grader.sandbox,
    memory: assignment.memory ?? MEMORY,
    readable: assignment.readable ?? [],
    cellSeconds: assignment.cellSeconds ?? CELL_SECONDS,
    deadline: began + (assignment.totalSeconds ?? TOTAL_SECONDS) * 1000,
    ...(signal && { signal }),
  });
  try {
    await session.open();
    const outcomes = await allOutcomes(session, prepared);
    return scored(results(prepared, outcomes), report, { failures: session.failures });
  } finally {
    await session.close();
  }
}

type Judged = Pick<PartResult, "outcome" | "message">;

/**
 * All public parts come before the first hidden one: whatever the student's code has seen of hidden inputs cannot come back in
 * the message of a public part.
 */
async function allOutcomes(session: Session, prepared: readonly PreparedExercise[]): Promise<Map<GradedPart, Judged>> {
  const outcomes = new Map<GradedPart, Judged>();
  const used = new Map<PreparedExercise, number>();
  for (const hidden of [false, true])
    for (const exercise of prepared)
      for (const part of exercise.parts.filter((one) => one.part.hidden === hidden)) {
        await session.open(); // what the notebook needs is not the exercise's time
        const began = performance.now();
        const left = exercise.exercise.seconds * 1000 - (used.get(exercise) ?? 0);
        const judged = left > 0 ? await judgedPart(session, exercise, part, left) : tooSlow(exercise);
        used.set(exercise, (used.get(exercise) ?? 0) + performance.now() - began);
        outcomes.set(part.part, judged);
      }
  return outcomes;
}

async function judgedPart(
  session: Session,
  exercise: PreparedExercise,
  part: PreparedPart,
  milliseconds: number,
): Promise<Judged> {
  const end = performance.now() + milliseconds;
  for (const [index, { args, expected }] of part.cases.entries()) {
    const { entry } = exercise.exercise;
    const call = { op: "call", entry, args, ...(part.call !== undefined && { call: part.call }) } as const;
    const outcome = await session.call(call, end - performance.now());
    const judged = judgedCase(exercise, part.part, outcome, expected);
    if (judged.outcome === "right") continue;
    const which = part.cases.length > 1 && !part.part.hidden ? `case ${index + 1}: ` : "";
    return { ...judged, message: `${which}${judged.message}` };
  }
  return { outcome: "right", message: "" };
}

function judgedCase(exercise: PreparedExercise, part: GradedPart, outcome: Outcome, expected: Plain): Judged {
  const told = (kind: PartOutcome, message: string, toAll: string): Judged => ({
    outcome: kind,
    message: part.hidden ? toAll : message,
  });
  if (!outcome.ok) {
    if (outcome.end === "time") return tooSlow(exercise, outcome.message);
    if (outcome.end) return { outcome: outcome.end, message: `${exercise.exercise.name}: ${ENDS[outcome.end]}` };
    return told("error", `${outcome.name}: ${outcome.message}`, "it threw an error, or returned no plain data");
  }
  let got: Plain;
  try {
    got = decode(outcome.value, CLASSES) as Plain;
  } catch (error) {
    return told("answer", (error as Error).message, ENDS.answer);
  }
  const wrong = judgement(part, got, expected);
  return wrong === undefined
    ? { outcome: "right", message: "" }
    : told("wrong", wrong, "the result is not the one expected");
}

/** A judge that fails over what came has not found it right. */
function judgement(part: GradedPart, got: Plain, expected: Plain): string | undefined {
  try {
    return part.judge
      ? part.judge(got, expected)
      : difference(expected, got, { tolerance: part.tolerance ?? TOLERANCE });
  } catch (error) {
    return `what came cannot be judged: ${(error as Error).message}`;
  }
}

const TOLERANCE = 1e-6;

function tooSlow({ exercise }: PreparedExercise, message = ENDS.time): Judged {
  return { outcome: "time", message: `${exercise.name}: ${message}` };
}

function results(
  prepared: readonly PreparedExercise[],
  outcomes: ReadonlyMap<GradedPart, Judged>,
): Result["exercises"] {
  return prepared.map(({ exercise: { name, title, level }, parts }) => {
    const judged = parts.map(({ part }): PartResult => {
      const { outcome, message } = outcomes.get(part)!;
      const { title, hidden, points } = part;
      return { title, hidden, points, score: outcome === "right" ? points : 0, outcome, message };
    });
    const score = total(judged.map((part) => ({ points: part.score })));
    return { name, title, level, points: total(judged), score, parts: judged };
  });
}

function nothingGraded(prepared: readonly PreparedExercise[]): Result["exercises"] {
  const nothing: Judged = { outcome: "error", message: "the notebook could not be read" };
  return results(prepared, new Map(prepared.flatMap(({ parts }) => parts.map(({ part }) => [part, nothing] as const))));
}

const EMPTY: Notebook = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };

/** @throws Error with one sentence */
function readSubmission(file: string): Notebook {
  const { size } = statSync(file);
  if (size > LARGEST) throw new Error(`The notebook has ${size} bytes, at most ${LARGEST} are read.`);
  try {
    return readNotebook(file);
  } catch (error) {
    const isOurs = error instanceof Error && error.constructor === Error;
    throw new Error(isOurs ? error.message : "The notebook's cells are not as Jupyter writes them.");
  }
}
