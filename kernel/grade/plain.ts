import type { Matrix, Sequence } from "unroll";
import type { FunctionSource } from "./student/codec.js";

export { FunctionSource } from "./student/codec.js";

/** A list of numbers that is a typed array where it arrives. */
export type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array;

/** What crosses between the grader's process and a student's: data, and nothing that can do something by itself. */
export type Plain =
  | null
  | boolean
  | number
  | string
  | Matrix
  | Sequence
  | Numbers
  | FunctionSource
  | readonly Plain[]
  | { readonly [name: string]: Plain };
