/** `unroll lessons`: builds the lessons from their sources, runs them, and writes what they gave. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { amount } from "unroll/course/measured.js";
import { type Notebook, writeNotebook } from "../client/notebook.js";
import { RunError, runNotebook } from "../client/run-notebook.js";
import { projectFolder } from "../install/project-folder.js";
import { writeBook } from "../lessons/book.js";
import { results } from "../lessons/headline.js";
import { buildNotebook, isUpToDate, type Lesson, lessons } from "../lessons/lesson.js";
import { leftToDo, longRunScripts, runLongRun } from "../lessons/long-runs.js";
import { addPictures } from "../lessons/pictures.js";
import { applicationTable, lessonTable, withTable, writeCovers } from "../lessons/readme.js";
import { outputComplaints, sourceComplaints } from "../lessons/rules.js";
import { CellProgress } from "./cell-progress.js";

const notebooks = join(projectFolder, "notebooks");

interface Flags {
  html?: boolean;
  book: string;
  dryRun?: boolean;
  full?: boolean;
}

export function addLessons(program: Command): void {
  program
    .command("lessons")
    .summary("build the lessons from their sources and run them")
    .description(
      "Builds notebooks/NN-name.ipynb from notebooks/source/NN-name.ts, runs every cell, adds pictures of the plots " +
        "where a Chromium is found, says what is missing in the lesson, and brings the README's table up to date.",
    )
    .argument("[numbers...]", 'which lessons: "00 03"; all of them without')
    .option(
      "--html",
      "write the lessons as pages that need no network; of the lessons only those run that have changed",
    )
    .addOption(new Option("--book <folder>", "where the pages go").default("book"))
    .option("--dry-run", "run nothing: only say what is missing in the sources")
    .option(
      "--full",
      "instead of the lessons, run their longer trainings, notebooks/long-runs/NN-*.ts, whose results they show; " +
        "after Ctrl-C the same command goes on",
    )
    .action(run);
}

async function run(numbers: string[], { html = false, book, dryRun = false, full = false }: Flags): Promise<void> {
  if (full) return runLonger(numbers);
  const chosen = lessons(notebooks, numbers);
  for (const lesson of chosen) tell(lesson.name, sourceComplaints(buildNotebook(lesson), lesson.name));
  if (dryRun) return;

  const controller = new AbortController();
  process.on("SIGINT", () => controller.abort());
  const toRun = html ? chosen.filter((lesson) => !isUpToDate(lesson)) : chosen;
  for (const lesson of toRun) await runOne(lesson, controller.signal);
  if (toRun.length > 0) writeOverview();
  if (html) console.log(writeBook(chosen, book));
}

/** Runs the longer trainings, one after the other; one that fails or is stopped is the last. */
async function runLonger(wanted: readonly string[]): Promise<void> {
  const scripts = leftToDo(longRunScripts(notebooks, wanted));
  if (scripts.length === 0) console.log("There are no longer runs.");
  for (const script of scripts) {
    process.exitCode = await runLongRun(notebooks, script);
    if (process.exitCode !== 0) return;
  }
}

/** Brings the table in the README, and its pictures, up to date. */
function writeOverview(): void {
  const all = lessons(notebooks);
  writeCovers(notebooks, all);
  const readme = join(projectFolder, "README.md");
  const withLessons = withTable(readFileSync(readme, "utf8"), lessonTable(all));
  writeFileSync(readme, withTable(withLessons, applicationTable(all), "applications"));
}

async function runOne(lesson: Lesson, signal: AbortSignal): Promise<void> {
  console.log(lesson.name);
  const notebook = await executed(lesson, signal);
  const pictures = await addPictures(notebook);
  if (pictures === undefined) console.log("No Chromium was found: the plots have no pictures (CHROME_PATH names one).");
  writeNotebook(lesson.notebook, notebook);
  for (const headline of results(notebook)) console.log(`${headline.name}: ${amount(headline)}`);
  tell(lesson.name, outputComplaints(notebook, lesson.name));
}

function tell(name: string, complaints: readonly string[]): void {
  for (const complaint of complaints) console.log(`${name}: ${complaint}`);
  if (complaints.length > 0) process.exitCode = 1;
}

async function executed(lesson: Lesson, signal: AbortSignal): Promise<Notebook> {
  const progress = new CellProgress(process.stderr);
  const start = performance.now();
  try {
    const notebook = await runNotebook(buildNotebook(lesson), {
      folder: notebooks,
      signal,
      onCell: (cell, state) => progress.show(cell.source, state),
    });
    const seconds = Math.round((performance.now() - start) / 1000);
    notebook.metadata.unroll = { ...(notebook.metadata.unroll as object), seconds };
    return notebook;
  } catch (error) {
    progress.end();
    if (!(error instanceof RunError)) throw error;
    const traceback = error.error ? `\n${error.error.traceback.join("\n")}` : "";
    throw new Error(`${lesson.name}: ${error.message}${traceback}`);
  }
}
