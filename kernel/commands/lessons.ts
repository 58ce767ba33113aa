/** `unroll lessons`: builds the lessons from their sources, runs them, and writes what they gave. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { type Notebook, writeNotebook } from "../client/notebook.js";
import { RunError, runNotebook } from "../client/run-notebook.js";
import { projectFolder } from "../install/project-folder.js";
import { headlines, shownValue } from "../lessons/headline.js";
import { buildNotebook, type Lesson, lessons } from "../lessons/lesson.js";
import { addPictures } from "../lessons/pictures.js";
import { lessonTable, withTable } from "../lessons/readme.js";
import { CellProgress } from "./cell-progress.js";

const notebooks = join(projectFolder, "notebooks");

export function addLessons(program: Command): void {
  program
    .command("lessons")
    .summary("build the lessons from their sources and run them")
    .description(
      "Builds notebooks/NN-name.ipynb from notebooks/source/NN-name.ts, runs every cell, adds pictures of the plots " +
        "where a Chromium is found, and brings the README's table up to date.",
    )
    .argument("[numbers...]", 'which lessons: "00 03"; all of them without')
    .action(run);
}

async function run(numbers: string[]): Promise<void> {
  const controller = new AbortController();
  process.on("SIGINT", () => controller.abort());
  for (const lesson of lessons(notebooks, numbers)) {
    console.log(lesson.name);
    const notebook = await executed(lesson, controller.signal);
    const pictures = await addPictures(notebook);
    if (pictures === undefined)
      console.log("No Chromium was found: the plots have no pictures (CHROME_PATH names one).");
    writeNotebook(lesson.notebook, notebook);
    for (const headline of headlines(notebook)) console.log(`${headline.name}: ${shownValue(headline)}`);
  }
  const readme = join(projectFolder, "README.md");
  writeFileSync(readme, withTable(readFileSync(readme, "utf8"), lessonTable(lessons(notebooks))));
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
