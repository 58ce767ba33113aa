import { availableParallelism } from "node:os";
import { type Engine, EngineUnavailable } from "../engine.js";
import { referenceEngine } from "../reference.js";
import { openMachine } from "./machine.js";
import { MemoryFull } from "./memory.js";
import type { Instructions } from "./module.js";
import { productOn } from "./product.js";
import { recurrenceOn } from "./recurrence.js";
import { rowFunctionsOn } from "./rows.js";
import { updateOn } from "./update.js";

/** More threads than this have not been seen to help. */
const MOST_THREADS = 8;

export interface SimdOptions {
  /** By default relaxed ones where there are any. */
  readonly instructions?: Instructions | undefined;
  /** The calling one included; by default what UNROLL_THREADS says, else as many as there are cores, and not over 8. */
  readonly threads?: number | undefined;
}

/**
 * WebAssembly SIMD, compiled from the AssemblyScript in `assembly/`: four float32 numbers an instruction, in as many
 * threads as the machine has cores. All that is not float32 is left to the reference engine.
 *
 * @throws EngineUnavailable where there is no WebAssembly with SIMD
 *
 * @example
 * console.log((await useEngine("simd")).describe());
 */
export function openSimd({ instructions, threads = wantedThreads() }: SimdOptions = {}): Engine {
  const reference = referenceEngine();
  const machine = open();
  const { crew, memory } = machine;

  function open() {
    const shared = typeof SharedArrayBuffer === "function";
    try {
      return openMachine({ instructions, threads, shared });
    } catch (error) {
      if (!(error instanceof MemoryFull)) throw error;
      throw new EngineUnavailable(error.message);
    }
  }

  return {
    ...reference,
    name: "simd",
    get threads() {
      return crew.threads;
    },

    describe() {
      const count = crew.threads === 1 ? "1 thread" : `${crew.threads} threads`;
      const set = machine.instructions === "relaxed" ? "relaxed SIMD with FMA" : "SIMD";
      return `simd: WebAssembly, ${count}, ${set}${crew.loss ? ` (${crew.loss})` : ""}`;
    },

    product: productOn(machine, reference.product),
    ...rowFunctionsOn(machine, reference),
    update: updateOn(machine, reference.update),
    recurrence: recurrenceOn(machine),
    allocate: (length) => memory.allocate(length) ?? reference.allocate(length),
  };
}

/** @throws when UNROLL_THREADS is no number of threads */
function wantedThreads(): number {
  const wanted = process.env.UNROLL_THREADS;
  if (!wanted) return Math.min(MOST_THREADS, availableParallelism());
  const threads = Number(wanted);
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) {
    throw new RangeError(`UNROLL_THREADS is "${wanted}": it must be a whole number from 1 to 64`);
  }
  return threads;
}
