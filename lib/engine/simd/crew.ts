import { Worker } from "node:worker_threads";
import { awaitWorker, busy, createJobMemory, failed, offer, takeParts, type WorkerStart, withdraw } from "./job.js";
import type { EngineMemory } from "./memory.js";
import { kernelsIn, type WasmModule, wasm } from "./wasm.js";

/** The threads that compute: the calling one, and workers that are started when there is the first work for them. */
export interface Crew {
  /** How many threads there are, the calling one included. */
  readonly threads: number;
  /** What has become of threads that are no more; undefined where all are well. */
  readonly loss: string | undefined;
  /** Waits for what workers may still be doing for a call that was broken off. */
  settle(): void;
  /** Computes all parts of a kernel, and returns what it returns where it has but one. @throws when a worker has died over it */
  run(kernel: string, parts: number, numbers: readonly number[]): number;
}

/** A worker that needs so much longer than the calling thread did, and never less than this, is dead: in milliseconds. */
const PATIENCE = 2000;
const TIMES_AS_LONG = 20;

export function openCrew(module: WasmModule, memory: EngineMemory, threads: number): Crew {
  const kernels = kernelsIn(module, memory.wasm);
  const names = wasm!.Module.exports(module).map(({ name }) => name);
  const job = memory.shared ? createJobMemory(threads - 1) : undefined;
  const workers = new Map<number, Worker>();
  let started = false;
  let most = threads;
  let loss: string | undefined;

  function start(): void {
    started = true;
    for (let worker = 0; worker < threads - 1; worker++) {
      const workerData: WorkerStart = { worker, job: job!, module, memory: memory.wasm, names };
      try {
        const thread = new Worker(new URL("./worker.js", import.meta.url), { workerData, execArgv: [] });
        thread.unref();
        thread.on("error", () => {}); // its end is reported all the same
        thread.on("exit", () => drop(worker, `worker thread ${worker + 1} has ended`));
        workers.set(worker, thread);
      } catch (error) {
        lose(`worker threads could not be started: ${(error as Error).message}`);
        return;
      }
    }
  }

  function lose(why: string): void {
    most = workers.size + 1;
    loss = `${why}, so it goes on with ${most} ${most === 1 ? "thread" : "threads"}`;
  }

  function drop(worker: number, why: string): void {
    const thread = workers.get(worker);
    if (!workers.delete(worker)) return;
    void thread!.terminate();
    lose(why);
  }

  /** @throws when a worker has died and what it computed is lost */
  function awaitWorkers(own = 0): void {
    let lost: string | undefined;
    for (const worker of workers.keys()) {
      const { words } = job!;
      if (Atomics.load(words, busy(worker)) && !awaitWorker(job!, worker, PATIENCE + TIMES_AS_LONG * own)) {
        lost = `worker thread ${worker + 1} does not answer any more`;
      } else if (Atomics.load(words, failed(worker))) lost = `worker thread ${worker + 1} has failed`;
      if (lost) drop(worker, lost);
    }
    if (lost) throw new Error(`simd: ${loss}; what it was computing is lost`);
  }

  return {
    get threads() {
      return most;
    },
    get loss() {
      return loss;
    },

    settle() {
      if (!workers.size) return;
      withdraw(job!);
      awaitWorkers();
    },

    run(kernel, parts, numbers) {
      if (parts === 1 || most === 1) {
        let answer = 0;
        for (let part = 0; part < parts; part++) answer = kernels[kernel]!(part, parts, ...numbers);
        return answer;
      }
      if (!started) start();
      const begun = performance.now();
      offer(job!, names.indexOf(kernel), parts, numbers);
      takeParts(job!, kernels, names);
      awaitWorkers(performance.now() - begun);
      return 0;
    },
  };
}
