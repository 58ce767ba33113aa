/** `unroll run`: notebooks from the first cell to the last, in the kernel, without Python. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { CellProgress } from "./cell-progress.js";
import { type RunFlags, runTarget } from "./run-target.js";
import { type Target, targets, type Wanted } from "./targets.js";

interface Flags extends Wanted, RunFlags {
  jobs: number;
}

/** What a shell gets from a program that Ctrl-C has ended. */
const INTERRUPTED = 130;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

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
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  for (const signal of SIGNALS) process.on(signal, interrupt);
  const progress = new CellProgress(process.stderr);
  const waiting = all.values();
  const work = async () => {
    for (const target of waiting) await runOne(target);
  };
  const runOne = async (target: Target) => {
    if (controller.signal.aborted) return;
    if (!(await runTarget(target, { ...flags, progress, signal: controller.signal }))) process.exitCode = 1;
  };
  await Promise.all(Array.from({ length: Math.min(jobs, all.length) }, work));
  if (controller.signal.aborted) process.exitCode = INTERRUPTED;
  for (const signal of SIGNALS) process.off(signal, interrupt);
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("Expected a number of seconds above 0.");
  return value;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("Expected a whole number from 1 on.");
  return value;
}
