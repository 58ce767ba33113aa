/** `unroll release`: the notebook that students get. */
import { constants, copyFileSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { readNotebook } from "../client/notebook.js";
import { findAssignment } from "../grade/grader.js";

/** What nbgrader marks in a source that students must not see. */
const SECRETS = /###\s*(BEGIN|END) (SOLUTION|HIDDEN TESTS)/;

export function addRelease(program: Command): void {
  program
    .command("release")
    .summary("give out an assignment")
    .description("Copies the students' notebook of an assignment to a folder, where no file of that name may be.")
    .argument("<assignment>", "its name, or a built module that exports it")
    .requiredOption("--to <folder>", "where the notebook goes")
    .action(release);
}

async function release(name: string, { to }: { to: string }): Promise<void> {
  const { notebook } = await findAssignment(name);
  const telling = readNotebook(notebook).cells.find((cell) => SECRETS.test(cell.source));
  if (telling)
    throw new Error(`${notebook}: cell ${telling.id} holds a solution or hidden tests: build the notebook again.`);
  mkdirSync(to, { recursive: true });
  const file = join(to, basename(notebook));
  try {
    copyFileSync(notebook, file, constants.COPYFILE_EXCL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(`${file} is there already, and may hold somebody's work: move it away, or choose another folder.`);
  }
  console.log(file);
}
