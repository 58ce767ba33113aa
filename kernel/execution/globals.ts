/** The names that every cell has without an import, as `language/globals.d.cts` declares them. */
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Comms } from "./comms.js";

/** The file of the library in which each lies. */
const FROM_LIBRARY = {
  display: "display",
  clearOutput: "display",
  progress: "progress",
  input: "ask",
  prompt: "ask",
  confirm: "ask",
} as const;

type Module = Record<string, (...parameters: unknown[]) => unknown>;

/** The library is the kernel's own, so that it need not lie where the notebook does, and is loaded with the first call. */
export function installGlobals(comms: Comms, folder: string): void {
  const require = createRequire(import.meta.url);
  for (const [name, file] of Object.entries(FROM_LIBRARY)) {
    const call = (...parameters: unknown[]) => (require(`unroll/display/${file}.js`) as Module)[name]!(...parameters);
    Object.defineProperty(call, "name", { value: name });
    define(name, call);
  }
  // what a script has, and what people take to find the files beside it
  define("__dirname", folder);
  define("__filename", join(folder, "notebook.ts"));
  define("Jupyter", Object.freeze({ comms: comms.api }));
}

/** As the built-in globals are: they can be overwritten, and are not listed. */
function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}
