import { workerData } from "node:worker_threads";
import { awaitParts, busy, failed, MAIN_SLEEPS, takeParts, type WorkerStart } from "./job.js";
import { kernelsIn } from "./wasm.js";

/** A worker thread: it takes parts of jobs as long as the process lives. It says nothing and asks for nothing. */
const { worker, job, module, memory, names } = workerData as WorkerStart;
const kernels = kernelsIn(module, memory);
const { words } = job;

for (;;) {
  awaitParts(job);
  Atomics.store(words, busy(worker), 1);
  try {
    takeParts(job, kernels, names);
  } catch {
    Atomics.store(words, failed(worker), 1);
  }
  Atomics.store(words, busy(worker), 0);
  if (Atomics.load(words, MAIN_SLEEPS)) Atomics.notify(words, busy(worker));
  if (Atomics.load(words, failed(worker))) process.exit(1); // of this thread alone
}
