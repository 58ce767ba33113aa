/** The command `unroll`. Each subcommand is one file in `commands/`. */
import { createRequire } from "node:module";
import { Command } from "commander";
import { addData } from "./commands/data.js";
import { addDoctor } from "./commands/doctor.js";
import { addGrade } from "./commands/grade.js";
import { addInstall } from "./commands/install.js";
import { addLessons } from "./commands/lessons.js";
import { addPractical } from "./commands/practical.js";
import { addRelease } from "./commands/release.js";
import { addRun } from "./commands/run.js";
import { addStart } from "./commands/start.js";
import { addTest } from "./commands/test.js";
import { addValidate } from "./commands/validate.js";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

const program = new Command("unroll")
  .description("A course on recurrent networks that you run.")
  .version(version)
  .showHelpAfterError("unroll --help lists the commands.");

for (const add of [
  addStart,
  addRun,
  addLessons,
  addPractical,
  addRelease,
  addValidate,
  addGrade,
  addTest,
  addInstall,
  addData,
  addDoctor,
])
  add(program);

await program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
