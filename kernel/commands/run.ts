/** `unroll run`: a notebook from the first cell to the last, in the kernel, without Python. */
import { dirname } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { readNotebook, writeNotebook } from "../client/notebook.js";
import { RunError, type RunOptions, runNotebook } from "../client/run-notebook.js";
import { type Headline, headlines, shownValue } from "../lessons/headline.js";
import { CellProgress } from "./cell-progress.js";

interface Flags {
  out?: string;
  timeout?: number;
  allowErrors?: boolean;
}

/** What a shell gets from a program that Ctrl-C has ended. */
const INTERRUPTED = 130;

export function addRun(program: Command): void {
  program
    .command("run")
    .description("run a notebook without Jupyter, with a line for each cell")
    .argument("<notebook>", "an .ipynb file")
    .option("--out <file>", "write the notebook with its outputs")
    .option("--timeout <seconds>", "interrupt a cell that takes longer", seconds)
    .option("--allow-errors", "go on after a cell that fails")
    .action(run);
}

async function run(file: string, { out, timeout, allowErrors = false }: Flags): Promise<void> {
  const notebook = readNotebook(file);
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.on("SIGINT", interrupt);
  const progress = new CellProgress(process.stderr);
  try {
    const result = await runNotebook(notebook, {
      folder: dirname(file),
      onCell: (cell, state) => progress.show(cell.source, state),
      stopOnError: !allowErrors,
      signal: controller.signal,
      ...(timeout !== undefined && { timeout: timeout * 1000 }),
    } satisfies RunOptions);
    if (out !== undefined) writeNotebook(out, result);
    for (const headline of headlines(result)) console.log(resultLine(headline));
    if (result.cells.some((cell) => cell.cell_type === "code" && cell.outputs.some((o) => o.output_type === "error")))
      console.error("Some cells have failed; --allow-errors went on behind them.");
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    progress.end();
    process.exitCode = controller.signal.aborted ? INTERRUPTED : 1;
    if (out !== undefined && !controller.signal.aborted) writeNotebook(out, error.notebook);
    console.error(error.message);
    if (error.error) console.error(stripVTControlCharacters(error.error.traceback.join("\n")));
  } finally {
    process.off("SIGINT", interrupt);
  }
}

function resultLine(headline: Headline): string {
  const { name, expected, seconds, engine } = headline;
  return `result: ${name} ${shownValue(headline)} (expected ${expected.join(" to ")}) in ${seconds.toFixed(0)} s, engine ${engine}`;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("Expected a number of seconds above 0.");
  return value;
}
