import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { type Engine, EngineUnavailable } from "../engine.js";
import { referenceEngine } from "../reference.js";
import { bind, type Library, loadKoffi } from "./binding.js";
import { kernels } from "./kernels.js";
import { cachedLibrary } from "./library-cache.js";
import { recurrences } from "./run.js";
import { selfTest } from "./self-test.js";

/** More are of no use to batches of the usual size. */
const MOST_THREADS = 8;

/**
 * The engine in C, compiled by this machine's own compiler for its own processor: `c/unroll.c` is where to read on.
 *
 * Batches are split over threads. The environment variable UNROLL_THREADS says how many; CC names the compiler, and
 * UNROLL_CACHE the folder for what it compiles.
 *
 * @throws EngineUnavailable where there is no compiler, no koffi to call C with, no safe place for the library, or the
 *   library does not compute what the reference engine does
 * @throws when UNROLL_THREADS is not a whole number from 1 to 64
 */
export function openNative(): Engine {
  if (process.platform === "win32") throw new EngineUnavailable("the native engine's C is not for Windows' compilers");
  const koffi = loadKoffi();
  const { path, compiler } = cachedLibrary({ check: testApart });
  const library = bind(koffi, path);
  const engine = engineOf(library, threadCount(), compiler);
  selfTest(engine);
  return engine;
}

/** An engine whose library is compiled and bound. */
export function engineOf(library: Library, wanted: number, compiler: string): Engine {
  const threads = library.threads(wanted);
  const crew = { threads, scratch: new Float32Array(library.scratch(threads)) };
  const instructions = instructionSet(library.vectorWidth());
  return {
    ...referenceEngine(),
    name: "native",
    threads,
    describe: () =>
      `native: C through koffi, ${threads} ${threads === 1 ? "thread" : "threads"}, ${instructions}, compiled by ${compiler}`,
    ...kernels(library, crew),
    recurrence: recurrences(library, crew),
  };
}

/** The first test of a fresh library, in a process of its own: a library that crashes takes that one along. */
function testApart(path: string): void {
  const script = fileURLToPath(new URL("./test-library.js", import.meta.url));
  const options = { encoding: "utf8", timeout: 30_000, killSignal: "SIGKILL" } as const;
  const { status, signal, stdout, error } = spawnSync(process.execPath, [script, path], options);
  if (status === 0) return;
  const reason = stdout?.trim().split("\n")[0] || signal || error?.message || `it ends with ${status}`;
  throw new EngineUnavailable(`the compiled library fails its test: ${reason}`);
}

function threadCount(): number {
  const given = process.env.UNROLL_THREADS;
  if (!given) return Math.min(availableParallelism(), MOST_THREADS);
  const threads = Number(given);
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= 64)) {
    throw new RangeError(`UNROLL_THREADS is "${given}", expected a whole number from 1 to 64`);
  }
  return threads;
}

function instructionSet(vectorWidth: number): string {
  if (process.arch === "arm64") return "NEON";
  return { 16: "AVX-512", 8: "AVX" }[vectorWidth] ?? `vectors of ${vectorWidth}`;
}
