/** `unroll run`: notebooks from the first cell to the last, in the kernel, without Python. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { CellProgress } from "./cell-progress.js";
import { interruptible } from "./interruption.js";
import { wholeNumber } from "./options.js";
import { type RunFlags, runTarget } from "./run-target.js";
import { targets, type Wanted } from "./targets.js";

interface Flags extends Wanted, RunFlags {
  jobs: number;
}

export function addRun(program: Command): void {
  program
    .command("run")
    .summary("run notebooks without Jupyter")
    .description("Runs notebooks without Jupyter, each in a kernel of its own, with a line for each cell.")
    .argument("<notebooks...>", ".ipynb files")
    .option("--out <path>", 'write the notebook with its outputs to this file, or into this folder ("results/")')
    .addOption(
      new Option(
        "--to <format>",
        "write a page that needs no server and no network, beside --out or the notebook",
      ).choices(["html"]),
    )
    .option("--jobs <number>", "how many notebooks run at the same time", wholeNumber, 1)
    .option("--timeout <seconds>", "interrupt a cell that takes longer", seconds)
    .option("--allow-errors", "go on after a cell that fails")
    .action(run);
}

async function run(files: string[], { jobs, out, to, ...flags }: Flags): Promise<void> {
  const all = targets(files, { ...(out !== undefined && { out }), ...(to !== undefined && { to }) });
  const progress = new CellProgress(process.stderr);
  const waiting = all.values();
  await interruptible(async (signal) => {
    const work = async () => {
      for (const target of waiting) {
        if (signal.aborted) return;
        if (!(await runTarget(target, { ...flags, progress, signal }))) process.exitCode = 1;
      }
    };
    await Promise.all(Array.from({ length: Math.min(jobs, all.length) }, work));
  });
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("Expected a number of seconds above 0.");
  return value;
}
