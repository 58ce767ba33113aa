/** Step 2: the TypeScript of the library and the kernel is compiled, and the kernels of the simd engine. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { hash, projectFolder, readIfThere, writeStamp } from "./project.mjs";
import { runQuietly } from "./run-quietly.mjs";

const PARTS = ["lib", "kernel"];
const ENGINE = join("lib", "engine", "simd", "build-kernels.mjs");

/** @param {string} [folder] */
export function buildIsFresh(folder = projectFolder) {
  const outputs = PARTS.every((part) => existsSync(join(folder, part, "dist")));
  return outputs && readIfThere(stampFile(folder)) === sourcesOf(folder);
}

/**
 * @param {object} [options]
 * @param {string} [options.folder]
 * @param {(pid: number | undefined) => void} [options.onStart]
 */
export async function build({ folder = projectFolder, onStart } = {}) {
  const sources = sourcesOf(folder); // before the build: what is edited meanwhile is built the next time
  await runQuietly([process.execPath, join("node_modules", "typescript", "bin", "tsc"), "-b", ...PARTS], {
    cwd: folder,
    onStart,
    advice: "The project does not compile: mend what the compiler names above and start again.",
  });
  await runQuietly([process.execPath, ENGINE], {
    cwd: folder,
    onStart,
    advice: "The kernels of the simd engine do not compile: mend what the compiler names above and start again.",
  });
  writeStamp(stampFile(folder), sources);
}

/** @param {string} folder */
function stampFile(folder) {
  return join(folder, "kernel", "dist", ".stamp");
}

/**
 * The names, sizes and times of all that the build reads.
 *
 * @param {string} folder
 */
function sourcesOf(folder) {
  const files = PARTS.flatMap((part) => sourceFiles(join(folder, part))).concat(join(folder, "tsconfig.json"));
  return hash(
    readIfThere(join(folder, "node_modules", ".unroll-stamp")) ?? "",
    ...files.sort().map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${relative(folder, file)} ${size} ${mtimeMs}`;
    }),
  );
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "dist" || entry.name === "node_modules" ? [] : sourceFiles(path);
    return /\.ts$|^build-kernels\.mjs$|^tsconfig\.json$|^package\.json$/.test(entry.name) ? [path] : [];
  });
}
