/** One notebook of `unroll run`: read, run, written. */

import { basename, dirname } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { amount } from "unroll/course/measured.js";
import { type Notebook, readNotebook, writeNotebook } from "../client/notebook.js";
import { RunError, runNotebook } from "../client/run-notebook.js";
import { writeWhole } from "../client/write-file.js";
import { type Headline, results } from "../lessons/headline.js";
import { addPictures } from "../lessons/pictures.js";
import { type CellProgress, prefix } from "./cell-progress.js";
import type { Target } from "./targets.js";

export interface RunFlags {
  /** In seconds. */
  timeout?: number;
  allowErrors?: boolean;
}

interface TargetOptions extends RunFlags {
  progress: CellProgress;
  signal: AbortSignal;
}

/** @returns whether it ran to its end and could be written; if not, it has been said why */
export async function runTarget(target: Target, options: TargetOptions): Promise<boolean> {
  const { file, name } = target;
  const { progress, signal, timeout, allowErrors = false } = options;
  try {
    const result = await runNotebook(readNotebook(file), {
      folder: dirname(file),
      onCell: (cell, state) => progress.show(cell.source, state, name),
      stopOnError: !allowErrors,
      signal,
      ...(timeout !== undefined && { timeout: timeout * 1000 }),
    });
    await write(result, target, signal);
    for (const headline of results(result)) console.log(prefix(name) + resultLine(headline));
    if (result.cells.some((cell) => cell.cell_type === "code" && cell.outputs.some((o) => o.output_type === "error")))
      progress.say("Some cells have failed; --allow-errors went on behind them.", name);
    return true;
  } catch (error) {
    progress.end(name);
    if (error instanceof RunError) await writeRest(error, target, options);
    else progress.say((error as Error).message, name);
    return false;
  }
}

/** What ran before the error is written; what Ctrl-C has cut short is not. */
async function writeRest(error: RunError, target: Target, { progress, signal }: TargetOptions): Promise<void> {
  const traceback = error.error ? `\n${stripVTControlCharacters(error.error.traceback.join("\n"))}` : "";
  progress.say(error.message + traceback, target.name);
  await write(error.notebook, target, signal).catch((reason: Error) => progress.say(reason.message, target.name));
}

async function write(result: Notebook, { file, notebook, page }: Target, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  if (notebook !== undefined) writeNotebook(notebook, result);
  if (page === undefined) return;
  const { notebookPage } = await import("../page/page.js"); // with the compiler, which colours code: a run alone needs none
  const pictured = structuredClone(result);
  // pictures are for readers without scripts: a page without them is whole
  await addPictures(pictured, { format: "webp", signal }).catch(() => undefined);
  if (!signal.aborted)
    writeWhole(page, () => notebookPage(pictured, { name: basename(file, ".ipynb"), folder: dirname(file) }));
}

function resultLine(headline: Headline): string {
  const { name, expected, seconds, engine } = headline;
  return `result: ${name} ${amount(headline)} (expected ${expected.join(" to ")}) in ${seconds.toFixed(0)} s, engine ${engine}`;
}
