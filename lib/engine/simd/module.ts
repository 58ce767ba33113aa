import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { EngineUnavailable } from "../engine.js";
import { type WasmModule, wasm } from "./wasm.js";

/** "plain": the vector instructions that WebAssembly has had since 2021; "relaxed": with fused multiply-add. */
export type Instructions = "plain" | "relaxed";

/**
 * The kernels, compiled by this machine's WebAssembly.
 *
 * @param instructions the ones to take; by default relaxed ones where there are any
 * @param shared whether the memory is shared between threads: the plain kernels are there for both
 * @throws EngineUnavailable where there are none
 */
export function compileKernels(
  instructions: Instructions | undefined,
  shared: boolean,
): { module: WasmModule; instructions: Instructions } {
  if (!wasm) throw new EngineUnavailable("simd: this runtime has no WebAssembly");
  if (instructions !== "plain" && shared) {
    allowRelaxed();
    const bytes = read("relaxed");
    if (wasm.validate(bytes)) return { module: new wasm.Module(bytes), instructions: "relaxed" };
  }
  if (instructions === "relaxed") throw new EngineUnavailable("simd: this WebAssembly has no relaxed SIMD");
  const bytes = read(shared ? "plain" : "unshared");
  if (!wasm.validate(bytes)) throw new EngineUnavailable("simd: this WebAssembly has no SIMD instructions");
  return { module: new wasm.Module(bytes), instructions: "plain" };
}

/** Node.js 20 has relaxed SIMD behind a flag; from 22 on it is there without, and later the flag is gone. */
function allowRelaxed(): void {
  const major = Number(process.versions.node.split(".")[0]);
  if (major === 20) setFlagsFromString("--experimental-wasm-relaxed-simd");
}

function read(name: string): Uint8Array {
  try {
    return readFileSync(new URL(`./${name}.wasm`, import.meta.url));
  } catch {
    throw new EngineUnavailable(`simd: ${name}.wasm has not been built: run npm run build`);
  }
}
