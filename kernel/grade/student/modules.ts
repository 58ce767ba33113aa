/** What a student's notebook may import: the library, and those of Node's modules that reach nothing outside. */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const HARMLESS = new Set([
  "assert",
  "assert/strict",
  "buffer",
  "crypto",
  "events",
  "fs", // Node's permissions leave it the scratch folder
  "fs/promises",
  "path",
  "perf_hooks",
  "stream",
  "string_decoder",
  "timers",
  "timers/promises",
  "url",
  "util",
]);

export type Require = (name: unknown) => unknown;

/** @param library the folder of the built library */
export function studentRequire(library: string): Require {
  const require = createRequire(import.meta.url);
  const own = /^unroll(?:\/(?!course\/)((?:[\w-]+\/)*[\w-]+\.js))?$/; // the solutions of exercises lie in course
  const { exec } = RegExp.prototype;
  const { apply } = Reflect;
  const { has } = Set.prototype;
  return (specifier) => {
    const name = `${specifier}`;
    const found = apply(exec, own, [name]) as RegExpExecArray | null;
    if (found) return require(`${library}/${found[1] ?? "index.js"}`);
    const bare = name.startsWith("node:") ? name.slice(5) : name;
    if (apply(has, HARMLESS, [bare])) return require(`node:${bare}`);
    throw new Error(
      `Where notebooks are graded, "${name}" cannot be imported: only "unroll" and a part of Node.js can.`,
    );
  };
}

/** What `import(…)` in a cell becomes. */
export function studentImport(require: Require, folder: string) {
  const filename = `${folder}/notebook.ts`;
  const meta = { url: pathToFileURL(filename).href, filename, dirname: folder };
  return Object.assign(async (specifier: unknown) => require(specifier), { meta });
}
