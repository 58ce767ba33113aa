/** Many submissions, some at a time, with a file for each as soon as it is graded. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../client/write-file.js";
import { Compiler } from "./compiler.js";
import { fingerprintOf, type Grader, gradeSubmission, type Submission } from "./grade-submission.js";
import { reportPage } from "./report-page.js";
import { csv, gradescope } from "./reports.js";
import type { Result } from "./result.js";
import { fileNameOf } from "./submissions.js";

export interface GradeOptions {
  /** Where the results go. */
  readonly out: string;
  readonly jobs: number;
  readonly gradescope: boolean;
  readonly signal: AbortSignal;
  /** @param isNew false where the result was there already */
  onResult(result: Result, isNew: boolean): void;
  /** The others are graded all the same. */
  onFailure(submission: Submission, error: Error): void;
}

/** @returns what there is of the submissions when all are graded, or the signal has come */
export async function gradeAll(
  submissions: readonly Submission[],
  grader: Grader,
  options: GradeOptions,
): Promise<Result[]> {
  const { out, jobs, signal } = options;
  mkdirSync(join(out, "students"), { recursive: true });
  const results: Result[] = [];
  const waiting = submissions.values();
  const work = async () => {
    const compiler = new Compiler();
    for (const submission of waiting) {
      try {
        const known = graded(submission, grader, out);
        if (!known && signal.aborted) continue;
        const result = known ?? (await gradeSubmission(submission, grader, compiler, signal));
        if (!known && signal.aborted) continue; // it was ended half-way
        if (!known) write(result, grader, out);
        results.push(result);
        options.onResult(result, !known);
      } catch (error) {
        options.onFailure(submission, error as Error);
      }
    }
    await compiler.close();
  };
  await Promise.all(Array.from({ length: Math.min(jobs, submissions.length) }, work));
  results.sort((a, b) => (a.student < b.student ? -1 : 1));
  writeWhole(join(out, "grades.csv"), () => csv(results));
  if (options.gradescope) writeGradescope(results, out);
  return results;
}

const pathOf = (out: string, student: string, ending: string) =>
  join(out, "students", `${fileNameOf(student)}.${ending}`);

/** The result that is there already, of the same notebook, graded with the same. */
function graded(submission: Submission, grader: Grader, out: string): Result | undefined {
  try {
    const result = JSON.parse(readFileSync(pathOf(out, submission.student, "json"), "utf8")) as Result;
    return result.fingerprint === fingerprintOf(submission, grader) ? result : undefined;
  } catch {
    return undefined;
  }
}

/** The JSON last: where it is, the page is, too. */
function write(result: Result, { assignment }: Grader, out: string): void {
  writeWhole(pathOf(out, result.student, "html"), () => reportPage(result, assignment.title));
  writeWhole(pathOf(out, result.student, "json"), () => `${JSON.stringify(result, null, 2)}\n`);
}

/** One submission is what Gradescope asks for: `results.json`. */
function writeGradescope(results: readonly Result[], out: string): void {
  const text = (result: Result) => () => `${JSON.stringify(gradescope(result), null, 2)}\n`;
  if (results.length === 1) writeWhole(join(out, "results.json"), text(results[0]!));
  for (const result of results) writeWhole(pathOf(out, result.student, "gradescope.json"), text(result));
}
