import type { Kernels, WasmMemory, WasmModule } from "./wasm.js";

/**
 * A job is a kernel that several threads compute, each part of it by the thread that comes first. It is described in
 * shared memory, where every thread takes the parts that are left: nobody hands them out, so nobody has to be there.
 * Who computes a part changes no bit of the result.
 */
export interface JobMemory {
  /** The words below, and those of each worker thread. */
  readonly words: Int32Array;
  /** The kernel's arguments behind part and parts. */
  readonly numbers: Float64Array;
}

/** How many parts are left, in the lowest bits, and which job they are of: the only word that threads quarrel about. */
export const TICKET = 0;
export const KERNEL = 1;
export const PARTS = 2;
export const COUNT = 3; // of `numbers`
/** How many workers sleep, and whether the main thread does: nobody is woken who is awake. */
export const SLEEPERS = 4;
export const MAIN_SLEEPS = 5;
const WORKERS = 16; // where the workers' words begin: a cache line each

/** 1 from before a worker looks for parts until the last it took is done. */
export const busy = (worker: number) => WORKERS * (worker + 1);
/** 1 when a worker's kernel has failed. */
export const failed = (worker: number) => busy(worker) + 1;

const PARTS_LEFT = 1023;
const MOST_NUMBERS = 32;

export function createJobMemory(workers: number): JobMemory {
  return {
    words: new Int32Array(new SharedArrayBuffer(4 * busy(workers))),
    numbers: new Float64Array(new SharedArrayBuffer(8 * MOST_NUMBERS)),
  };
}

/** What a worker thread is started with. */
export interface WorkerStart {
  readonly worker: number;
  readonly job: JobMemory;
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly names: readonly string[];
}

/** Only while no worker is busy. */
export function offer({ words, numbers }: JobMemory, kernel: number, parts: number, given: readonly number[]): void {
  words[KERNEL] = kernel;
  words[PARTS] = parts;
  words[COUNT] = given.length;
  numbers.set(given);
  const job = (Atomics.load(words, TICKET) & ~PARTS_LEFT) + PARTS_LEFT + 1;
  Atomics.store(words, TICKET, job | parts);
  if (Atomics.load(words, SLEEPERS) > 0) Atomics.notify(words, TICKET);
}

/** Nobody finds a part from here on. */
export function withdraw({ words }: JobMemory): void {
  Atomics.and(words, TICKET, ~PARTS_LEFT);
}

/** Computes what is left of the job, part by part. */
export function takeParts({ words, numbers }: JobMemory, kernels: Kernels, names: readonly string[]): void {
  for (;;) {
    const ticket = Atomics.load(words, TICKET);
    const left = ticket & PARTS_LEFT;
    if (left === 0) return;
    if (Atomics.compareExchange(words, TICKET, ticket, ticket - 1) !== ticket) continue;
    const kernel = kernels[names[words[KERNEL]!]!]!;
    kernel(left - 1, words[PARTS]!, ...numbers.subarray(0, words[COUNT]));
  }
}

/** How often a thread looks before it sleeps: some tens of microseconds, longer than from job to job in training. */
const LOOKS = 20000;

/** Until there is a part to take. */
export function awaitParts({ words }: JobMemory): void {
  for (let i = 0; i < LOOKS; i++) if (Atomics.load(words, TICKET) & PARTS_LEFT) return;
  Atomics.add(words, SLEEPERS, 1);
  for (;;) {
    const ticket = Atomics.load(words, TICKET);
    if (ticket & PARTS_LEFT) break;
    Atomics.wait(words, TICKET, ticket);
  }
  Atomics.sub(words, SLEEPERS, 1);
}

const SLEEPS = 20;

/** Until a worker is not busy any more. @returns false when that has not come within `milliseconds` */
export function awaitWorker({ words }: JobMemory, worker: number, milliseconds: number): boolean {
  const word = busy(worker);
  for (let i = 0; i < LOOKS; i++) if (Atomics.load(words, word) === 0) return true;
  Atomics.store(words, MAIN_SLEEPS, 1);
  // in short sleeps: what a sleeping computer or a stopped process misses counts as one of them
  for (let i = 0; i < SLEEPS && Atomics.load(words, word); i++) Atomics.wait(words, word, 1, milliseconds / SLEEPS);
  Atomics.store(words, MAIN_SLEEPS, 0);
  return Atomics.load(words, word) === 0;
}
