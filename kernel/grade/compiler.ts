/** Cells to JavaScript, on a thread of its own: types can be written with which TypeScript never comes to an end. */
import { Worker } from "node:worker_threads";
import type { CompiledCell, Delivery, Order } from "./compile-worker.js";

export type { CompiledCell };

/** How long one cell may take, in milliseconds; the first of all takes as long as TypeScript needs to load. */
const PATIENCE = 20_000;
/** How long all cells of a notebook may take, in milliseconds. */
const ALL = 120_000;
const MEMORY = { maxOldGenerationSizeMb: 1500 };

export class Compiler {
  #worker: Worker | undefined;
  #orders = 0;

  /** Each cell's JavaScript or why there is none: in the same order, one notebook at a time. */
  async compile(sources: readonly string[]): Promise<CompiledCell[]> {
    const done: CompiledCell[] = [];
    const deadline = performance.now() + ALL;
    while (done.length < sources.length && performance.now() < deadline) {
      const skipped = done.map((cell, index) => (cell.ok || !isStuck(cell) ? sources[index]! : ""));
      const fresh = await this.#attempt([...skipped, ...sources.slice(done.length)], deadline);
      for (const [index, cell] of fresh.entries()) if (index >= done.length) done.push(cell);
      if (done.length < sources.length) done.push(STUCK);
    }
    return sources.map((_, index) => done[index] ?? STUCK);
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** As many cells as there are before one with which the thread does not come to an end, or ends. */
  #attempt(sources: readonly string[], deadline: number): Promise<CompiledCell[]> {
    const worker = (this.#worker ??= new Worker(new URL("./compile-worker.js", import.meta.url), {
      resourceLimits: MEMORY,
    }));
    const id = ++this.#orders;
    const cells: CompiledCell[] = [];
    return new Promise((resolve) => {
      const finish = (isStuck: boolean) => {
        clearTimeout(timer);
        clearTimeout(end);
        worker.off("message", take);
        worker.off("exit", fail);
        worker.off("error", fail);
        if (!isStuck) return resolve(cells);
        this.#worker = undefined;
        void worker.terminate().then(() => resolve(cells));
      };
      const fail = () => finish(true);
      const take = (delivery: Delivery) => {
        if (delivery.id !== id) return;
        cells[delivery.index] = delivery.cell;
        timer.refresh();
        if (cells.length === sources.length) finish(false);
      };
      const timer = setTimeout(fail, PATIENCE);
      const end = setTimeout(fail, deadline - performance.now());
      worker.on("message", take);
      worker.once("exit", fail);
      worker.once("error", fail);
      worker.postMessage({ id, sources } satisfies Order);
    });
  }
}

const STUCK: CompiledCell = { ok: false, message: "TypeScript does not come to an end with its types." };
const isStuck = (cell: CompiledCell) => cell === STUCK;
