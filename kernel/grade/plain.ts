import type { Matrix, Sequence } from "unroll";

/** JavaScript source of a function that needs nothing from around it: `"(x) => x * x"`. It is a function where it arrives. */
export class FunctionSource {
  constructor(readonly source: string) {}
}

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
