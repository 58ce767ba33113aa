/** Compiles the cells of one notebook after the other. Students' code is read here, but not run. */
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { projectFolder } from "../install/project-folder.js";
import { Cells } from "../language/cells.js";
import { metadataOf } from "../language/metadata.js";
import { posix } from "../language/options.js";

export interface Order {
  readonly id: number;
  /** The code of all cells, in the order in which they run. */
  readonly sources: readonly string[];
}

export type CompiledCell =
  | { readonly ok: true; readonly javascript: string; readonly declared: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** One cell of an order, as soon as it is compiled. */
export interface Delivery {
  readonly id: number;
  readonly index: number;
  readonly cell: CompiledCell;
}

/**
 * Packages, the library and what the kernel declares: a cell that imports anything else is refused, and told nothing of it.
 * Neither is there a type of the solutions, which lie in folders within the library's `course`: types can hold numbers.
 */
const READABLE = ["node_modules", "lib", "kernel/language"].map((folder) => `${posix(join(projectFolder, folder))}/`);
const SOLUTIONS = /\/course\/[^/]+\//;
const mayRead = (path: string) =>
  READABLE.some((folder) => posix(path).startsWith(folder)) && !SOLUTIONS.test(posix(path));
const cells = new Cells(join(projectFolder, "node_modules", ".unroll-grading"), mayRead);

function compiled(source: string, index: number): CompiledCell {
  if (metadataOf(source).module !== undefined) return { ok: false, message: "A cell that is a file is not graded." };
  try {
    const result = cells.compileAgain(source, index + 1);
    if (result.ok && result.sidecars.length > 0) return { ok: false, message: "It imports a file." };
    if (result.ok) return { ok: true, javascript: result.javascript, declared: result.declared };
    const { message, line } = result.diagnostics[0]!;
    return { ok: false, message: cut(`line ${line + 1}: ${message}`) };
  } catch (error) {
    return { ok: false, message: cut(`TypeScript gave up: ${(error as Error).message}`) };
  }
}

/** A message of TypeScript quotes what it is about. */
const cut = (message: string) => message.slice(0, 2000);

parentPort!.on("message", ({ id, sources }: Order) => {
  cells.restart();
  for (const [index, source] of sources.entries())
    parentPort!.postMessage({ id, index, cell: compiled(source, index) } satisfies Delivery);
});
