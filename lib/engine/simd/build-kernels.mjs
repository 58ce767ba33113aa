/**
 * Compiles the AssemblyScript in `assembly/` to WebAssembly in `lib/dist/engine/simd/`, where it has changed:
 *
 *     plain.wasm       SIMD, for memory that threads share
 *     relaxed.wasm     the same with relaxed SIMD: fused multiply-add
 *     unshared.wasm    plain SIMD, for one thread where memory cannot be shared
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const variants = {
  plain: ["--sharedMemory", "--enable", "threads", "--initialMemory", "1", "--maximumMemory", "16384"],
  relaxed: [
    "--sharedMemory",
    "--enable",
    "threads",
    "--enable",
    "relaxed-simd",
    "--initialMemory",
    "1",
    "--maximumMemory",
    "16384",
  ],
  unshared: [],
};

const sources = join(import.meta.dirname, "assembly");
const target = join(import.meta.dirname, "..", "..", "dist", "engine", "simd");
const stamp = join(target, ".kernels");

const wanted = hashOfSources();
const isFresh =
  existsSync(stamp) &&
  readFileSync(stamp, "utf8") === wanted &&
  Object.keys(variants).every((name) => existsSync(join(target, `${name}.wasm`)));
if (!isFresh) await build();

async function build() {
  const { default: asc } = await import("assemblyscript/asc");
  mkdirSync(target, { recursive: true });
  for (const [name, options] of Object.entries(variants)) {
    const { error, stderr } = await asc.main([
      ...[join(sources, "index.ts"), "--outFile", join(target, `${name}.wasm`), "-O3", "--noAssert"],
      // nothing but the functions: no garbage collector, no messages, the memory comes from outside
      ...["--runtime", "stub", "--use", "abort=", "--enable", "simd", "--importMemory", ...options],
    ]);
    if (error) {
      console.error(`${stderr}`);
      throw error;
    }
  }
  writeFileSync(stamp, wanted);
}

function hashOfSources() {
  const sha = createHash("sha256");
  for (const name of readdirSync(sources).sort()) sha.update(name).update(readFileSync(join(sources, name)));
  return sha.update(readFileSync(import.meta.filename)).digest("hex");
}
