import type { ErrorContent } from "../execution/link.js";
import { KERNEL_NAME, kernelspec } from "../install/kernelspec.js";
import type { KernelOptions } from "./kernel-process.js";
import type { CodeCell, Notebook } from "./notebook.js";
import { Outputs } from "./outputs.js";
import { type Kernel, startKernel } from "./start-kernel.js";

export interface RunOptions extends KernelOptions {
  /** Called before and after each code cell; `number` counts code cells from 1. */
  onCell?: (cell: CodeCell, progress: { number: number; total: number; seconds?: number }) => void;
  /** Milliseconds until a cell is interrupted, which counts as an error; none by default. */
  timeout?: number;
  /** Whether the first error ends the run. */
  stopOnError?: boolean;
  /** Ends the run: the cell is interrupted and the kernel shut down. */
  signal?: AbortSignal;
}

/** How long the running cell may take to end when the run is to end, in milliseconds. */
const PATIENCE = 3000;

/** A run that did not come to its end. */
export class RunError extends Error {
  override name = "RunError";

  constructor(
    message: string,
    /** What ran so far, with its outputs. */
    readonly notebook: Notebook,
    /** Counts code cells from 1; undefined where no cell is to blame. */
    readonly cellNumber?: number,
    readonly error?: ErrorContent,
  ) {
    super(message);
  }
}

/**
 * Runs all cells in a kernel of their own.
 *
 * @returns a copy of the notebook with the outputs
 * @throws RunError where a cell fails, the kernel dies, or `signal` ends the run
 */
export async function runNotebook(notebook: Notebook, options: RunOptions = {}): Promise<Notebook> {
  const { onCell = () => {}, timeout, stopOnError = true, signal } = options;
  const result = structuredClone(notebook);
  const all = result.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  for (const cell of all) Object.assign(cell, { outputs: [], execution_count: null });
  const cells = all.filter((cell) => cell.source.trim() !== "");
  let number = 0;
  let kernel: Kernel | undefined;
  const stop = () => {
    void kernel?.interrupt().catch(() => {});
    setTimeout(() => kernel?.process.kill(), PATIENCE).unref(); // a cell that cannot be interrupted ends with its kernel
  };
  signal?.addEventListener("abort", stop);
  try {
    kernel = await startKernel(options);
    describeKernel(result, await kernel.kernelInfo());
    await kernel.isComplete(""); // answered when TypeScript is there: what it takes to load is not the first cell's time
    const run = cellRunner(kernel);
    for (const cell of cells) {
      number++;
      if (signal?.aborted) throw new RunError("The run was interrupted.", result);
      onCell(cell, { number, total: cells.length });
      const start = performance.now();
      const reply = await run(cell, timeout);
      onCell(cell, { number, total: cells.length, seconds: (performance.now() - start) / 1000 });
      if (signal?.aborted) throw new RunError("The run was interrupted.", result);
      if (reply.status === "error" && stopOnError)
        throw new RunError(
          `Cell ${number} of ${cells.length} failed: ${reply.ename}: ${reply.evalue}`,
          result,
          number,
          reply,
        );
    }
    return result;
  } catch (error) {
    if (error instanceof RunError) throw error;
    const reason = (error as Error).message;
    throw number === 0
      ? new RunError(reason, result)
      : new RunError(`Cell ${number} of ${cells.length} did not end: ${reason}`, result, number);
  } finally {
    signal?.removeEventListener("abort", stop);
    await kernel?.shutdown().catch(() => {});
  }
}

/** Output is collected by the request that it answers: a timer of an earlier cell may still write into that one. */
function cellRunner(kernel: Kernel) {
  const outputs = new Outputs();
  const cellOf = new Map<string, CodeCell>();
  kernel.listen((message, channel) => {
    const cell = cellOf.get(message.parent.msg_id ?? "");
    if (cell && channel === "iopub") outputs.add(cell, message);
  });
  return (cell: CodeCell, timeout: number | undefined) =>
    kernel.execute(cell.source, {
      ...(timeout !== undefined && { timeout }),
      // the first message says only that the kernel is busy, and has the request's id
      onMessage: ({ parent }) => cellOf.set(parent.msg_id ?? "", cell),
    });
}

function describeKernel(notebook: Notebook, info: Record<string, unknown>): void {
  const { display_name, language } = kernelspec();
  notebook.metadata.kernelspec ??= { name: KERNEL_NAME, display_name, language };
  notebook.metadata.language_info = info.language_info;
}
