/** `unroll grade`: points for notebooks, with what students' code can do kept within limits. */
import { randomInt } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { writeWhole } from "../client/write-file.js";
import { gradeAll } from "../grade/grade-all.js";
import type { Submission } from "../grade/grade-submission.js";
import { findAssignment, makeGrader } from "../grade/grader.js";
import type { Result } from "../grade/result.js";
import type { Limits } from "../grade/sandbox.js";
import { findSubmissions } from "../grade/submissions.js";
import { interruptible } from "./interruption.js";
import { wholeNumber } from "./options.js";

interface Flags {
  assignment: string;
  out: string;
  jobs: number;
  gradescope?: boolean;
  seed?: number;
}

export function addGrade(program: Command): void {
  program
    .command("grade")
    .summary("grade notebooks")
    .description(
      "Grades notebooks, each in a process of its own that can neither read the hidden parts nor reach anything else. " +
        "Writes OUT/grades.csv, and for each student OUT/students/NAME.json and a page for the student, NAME.html. What is " +
        "graded already is skipped, unless the notebook has changed: an interrupted grading goes on when it is started again.",
    )
    .argument(
      "<submissions...>",
      "notebooks, or folders with notebooks: ada.ipynb, or ada/practical-4/practical-4.ipynb",
    )
    .requiredOption("--assignment <name>", "its name, or a built module that exports it")
    .requiredOption("--out <folder>", "where the results go")
    .option("--jobs <number>", "how many are graded at the same time", wholeNumber, availableParallelism())
    .option("--gradescope", "write results.json as Gradescope reads it, too")
    .option(
      "--seed <number>",
      "for the hidden inputs; by default one of its own for each OUT, kept in OUT/seed",
      seedNumber,
    )
    .action(grade);
}

async function grade(paths: string[], { assignment: name, out, jobs, gradescope = false, seed }: Flags): Promise<void> {
  const assignment = await findAssignment(name);
  const submissions = findSubmissions(paths, assignment.name);
  mkdirSync(out, { recursive: true });
  const grader = makeGrader(assignment, seed ?? keptSeed(out));
  console.error(`Students' code is kept in by ${grader.limits.kind}${missing(grader.limits)}.`);

  let done = 0;
  const onResult = ({ student, score, points, seconds }: Result, isNew: boolean) => {
    const count = `${++done}`.padStart(`${submissions.length}`.length);
    const how = isNew ? `${seconds.toFixed(1)} s` : "graded before";
    console.error(`[${count}/${submissions.length}] ${printable(student)}: ${score} of ${points} points (${how})`);
  };
  const onFailure = ({ student }: Submission, error: Error) => {
    console.error(`${printable(student)} could not be graded: ${error.message}`);
    process.exitCode = 1;
  };
  await interruptible(async (signal) => {
    const results = await gradeAll(submissions, grader, { out, jobs, gradescope, signal, onResult, onFailure });
    console.log(join(out, "grades.csv"));
    if (signal.aborted)
      console.error(
        `Interrupted: ${results.length} of ${submissions.length} are graded; the same command goes on with the others.`,
      );
  });
}

/** A seed that no student knows, and the same one when the grading goes on. */
function keptSeed(out: string): number {
  const file = join(out, "seed");
  try {
    const kept = Number(readFileSync(file, "utf8"));
    if (Number.isSafeInteger(kept)) return kept;
  } catch {
    // the first time
  }
  const seed = randomInt(2 ** 32);
  writeWhole(file, () => `${seed}\n`);
  return seed;
}

/** What does not hold here, in words. */
function missing({ noNetwork, noSignals }: Limits): string {
  const what = [...(noNetwork ? [] : ["the network"]), ...(noSignals ? [] : ["signals to other processes"])];
  return what.length === 0 ? "" : `; only what notebooks can import keeps ${what.join(" and ")} away`;
}

/** Names come from files: none of their characters does anything in a terminal. */
const printable = (text: string) => text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "?");

function seedNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError("Expected a whole number.");
  return value;
}
