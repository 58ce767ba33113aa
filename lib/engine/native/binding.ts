import { createRequire } from "node:module";
import { EngineUnavailable } from "../engine.js";

type Pointer = Float32Array | Int32Array | Float64Array | null;

/** The functions of `c/unroll.c`. Typed arrays are passed as they are: C gets the address of their first entry. */
export interface Library {
  vectorWidth(): number;
  threads(wanted: number): number;
  scratch(threads: number): number;
  tape(kind: number, steps: number, batch: number, hiddenSize: number): number;
  packed(kind: number, inputSize: number, hiddenSize: number): number;
  product(...values: (Pointer | number)[]): void;
  map(...values: (Pointer | number)[]): void;
  combine(...values: (Pointer | number)[]): void;
  columnSums(...values: (Pointer | number)[]): void;
  softmax(...values: (Pointer | number)[]): void;
  update(...values: (Pointer | number)[]): void;
  gather(...values: (Pointer | number)[]): number;
  scatterAdd(...values: (Pointer | number)[]): number;
  forward(...values: (Pointer | number)[]): void;
  backward(...values: (Pointer | number)[]): void;
}

/** A block as C sees it: address, offset, stride. */
const block = ["void *", "int64_t", "int64_t"];

const signatures: Readonly<Record<keyof Library, readonly [name: string, result: string, parameters: string[]]>> = {
  vectorWidth: ["unroll_vector_width", "int", []],
  threads: ["unroll_threads", "int", ["int"]],
  scratch: ["unroll_scratch", "double", ["int"]],
  tape: ["unroll_tape", "double", ["int", "int", "int", "int"]],
  packed: ["unroll_packed", "double", ["int", "int", "int"]],
  product: [
    "unroll_product",
    "void",
    ["int", "void *", ...block, "int", ...block, "int", ...block, "int", "int", "int", "int"],
  ],
  map: ["unroll_map", "void", ["int", "int", "int", "int", ...block, ...block]],
  combine: ["unroll_combine", "void", ["int", "int", "int", "int", ...block, ...block, ...block]],
  columnSums: ["unroll_column_sums", "void", ["int", "int", "int", ...block, "void *", "int64_t"]],
  softmax: ["unroll_softmax", "void", ["int", "int", "int", ...block, "void *", ...block, "void *"]],
  update: ["unroll_update", "void", ["int", "int", "void *", "int", "int", ...block, ...block, ...block, ...block]],
  gather: ["unroll_gather", "int", ["int", "int", ...block, "void *", "int", ...block]],
  scatterAdd: ["unroll_scatter_add", "int", ["int", "int", ...block, "void *", "int", ...block]],
  forward: [
    "unroll_forward",
    "void",
    ["int", "void *", "void *", "void *", ...block, "void *", "int64_t", "void *", "void *", "void *"],
  ],
  backward: [
    "unroll_backward",
    "void",
    [
      "int",
      "void *",
      "void *",
      "void *",
      ...block,
      "void *",
      "void *",
      "void *",
      "void *",
      "void *",
      "void *",
      "void *",
    ],
  ],
};

export interface Koffi {
  load(path: string): { func(name: string, result: string, parameters: string[]): unknown };
}

/** @throws EngineUnavailable where koffi is not installed, or has no binary for this machine */
export function loadKoffi(require: (name: string) => unknown = createRequire(import.meta.url)): Koffi {
  try {
    return require("koffi") as Koffi;
  } catch (error) {
    throw new EngineUnavailable(`koffi, which calls C, does not load here (${firstLine(error)})`);
  }
}

/** @throws EngineUnavailable where the file is no library, or lacks a function */
export function bind(koffi: Koffi, path: string): Library {
  try {
    const library = koffi.load(path);
    const functions = Object.entries(signatures).map(([key, signature]) => [key, library.func(...signature)]);
    return Object.fromEntries(functions) as Library;
  } catch (error) {
    throw new EngineUnavailable(`the compiled library does not load (${firstLine(error)})`);
  }
}

/** The first line of an error's message, without the full stop at its end. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n")[0]!.replace(/\.$/, "");
}
