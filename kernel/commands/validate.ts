/** `unroll validate`: what a student runs before handing in. */
import { randomInt } from "node:crypto";
import { basename } from "node:path";
import type { Command } from "commander";
import { Compiler } from "../grade/compiler.js";
import { gradeSubmission } from "../grade/grade-submission.js";
import { findAssignment, makeGrader } from "../grade/grader.js";
import { changes } from "../grade/reports.js";
import type { Result } from "../grade/result.js";

export function addValidate(program: Command): void {
  program
    .command("validate")
    .summary("try a notebook as the grader will")
    .description(
      "Runs a notebook as the grader runs it, on inputs that are drawn each time, and tells what passes of the parts that are not hidden, which cells fail there, " +
        "and which of the lecturer's cells are not as they were. Ends with 1 where something is to be done.",
    )
    .argument("<notebook>", "an .ipynb file")
    .option("--assignment <name>", "by default the name of the file")
    .action(validate);
}

async function validate(file: string, { assignment: name }: { assignment?: string }): Promise<void> {
  const assignment = await findAssignment(name ?? basename(file, ".ipynb"));
  const grader = makeGrader(assignment, randomInt(2 ** 32), (part) => !part.hidden);
  const compiler = new Compiler();
  const result = await gradeSubmission({ student: basename(file), file }, grader, compiler).finally(() =>
    compiler.close(),
  );
  console.log(validation(result));
  const isFine = result.score === result.points && result.failures.length === 0 && changes(result.cells).length === 0;
  if (!isFine) process.exitCode = 1;
}

/** Lines for the terminal. */
function validation({ refused, exercises, failures, cells }: Result): string {
  if (refused !== undefined) return `✗ ${refused}`;
  const parts = exercises.flatMap(({ title, parts }) =>
    parts.map(({ outcome, title: part, message }) =>
      outcome === "right" ? `✓ ${title}: ${part}` : `✗ ${title}: ${part}: ${message}`,
    ),
  );
  const passed = parts.filter((line) => line.startsWith("✓")).length;
  return [
    ...parts,
    ...failures.map(({ cell, message }) => `✗ cell ${cell} did not run to its end: ${message}`),
    ...changes(cells).map((change) => `! cells ${change}`),
    `${passed} of ${parts.length} public parts pass. Hidden ones are tried when the notebook is graded.`,
  ].join("\n");
}
