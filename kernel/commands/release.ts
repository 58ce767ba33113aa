/** `unroll release`: the notebook that students get, or what nbgrader makes it from. */
import { constants, copyFileSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { readNotebook } from "../client/notebook.js";
import { findAssignment } from "../grade/grader.js";
import { projectFolder } from "../install/project-folder.js";
import { NBGRADER_CONFIG, writeNbgraderCourse } from "../lessons/nbgrader-course.js";
import { practical } from "../lessons/practical.js";

/** What nbgrader marks in a source that students must not see. */
const SECRETS = /###\s*(BEGIN|END) (SOLUTION|HIDDEN TESTS)/;

export function addRelease(program: Command): void {
  program
    .command("release")
    .summary("give out an assignment")
    .description(
      "Copies the students' notebook of an assignment to a folder, where no file of that name may be. For a course that is " +
        "graded with nbgrader it writes the source with solutions and hidden tests, and nbgrader_config.py.",
    )
    .argument("<assignment>", "its name, or a built module that exports it")
    .option("--to <folder>", "where the students' notebook goes")
    .option("--nbgrader <folder>", "a course folder of nbgrader, ready for nbgrader generate_assignment")
    .action(release);
}

async function release(name: string, { to, nbgrader }: { to?: string; nbgrader?: string }): Promise<void> {
  if (to === undefined && nbgrader === undefined)
    throw new Error(
      "Say where it goes: --to FOLDER for the students' notebook, --nbgrader FOLDER for a course of nbgrader.",
    );
  if (to !== undefined) await releaseTo(to, name);
  if (nbgrader !== undefined) releaseForNbgrader(nbgrader, name);
}

async function releaseTo(to: string, name: string): Promise<void> {
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

function releaseForNbgrader(folder: string, name: string): void {
  const { source, config, isConfigured } = writeNbgraderCourse(
    folder,
    practical(join(projectFolder, "notebooks"), name),
  );
  console.log(source);
  if (isConfigured) console.log(config);
  else console.error(`${config} is yours and stays as it is. It needs these lines:\n\n${NBGRADER_CONFIG}`);
}
