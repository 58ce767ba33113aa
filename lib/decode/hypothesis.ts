import { checkFinite } from "../math/finite.js";
import { logSumExp } from "../math/log-sum-exp.js";
import type { Matrix } from "../math/matrix.js";
import { flatten, type WeightTree } from "../math/weights.js";

/** A text that a decoder has written. */
export interface Hypothesis {
  /** What was written behind the begin token; the last one is the end token where the text is finished. */
  readonly tokens: number[];
  /** Whether it ends with the end token; else it was cut off at `maxLength`. */
  readonly finished: boolean;
  /** log p(tokens) as the decoder has it, in nats: Σ_t log p(token_t | tokens before, source). */
  readonly logProbability: number;
  /** Where in the source the decoder looked when it wrote each token, tokens×T, if it has attention. */
  readonly attention?: Matrix | undefined;
}

export interface WritingOptions {
  /** The token that is read first: one for all texts, or one for each. */
  readonly begin: number | ArrayLike<number>;
  /** The token that ends a text; without it, all texts get `maxLength` tokens. */
  readonly end?: number | undefined;
  /** How many tokens a text may have, the end token counted, ≥ 1. */
  readonly maxLength: number;
}

/** The texts to begin with: their first tokens. @throws when the options or the state are not what they must be */
export function beginnings(
  name: string,
  initialState: WeightTree,
  { begin, end, maxLength }: WritingOptions,
): Int32Array {
  if (!(Number.isInteger(maxLength) && maxLength >= 1)) {
    throw new RangeError(`${name}: maxLength is ${maxLength}, expected a whole number ≥ 1`);
  }
  const parts = Object.entries(flatten(initialState));
  const rows = parts[0]?.[1].rows ?? 0;
  if (rows === 0) {
    throw new RangeError(`${name}: the decoder's initial state has no row, expected one for each text to be written`);
  }
  for (const [part, matrix] of parts) {
    if (matrix.rows !== rows) {
      throw new RangeError(
        `${name}: in the decoder's initial state ${part} has ${matrix.rows} rows and ${parts[0]![0]} has ${rows}, expected one for each text to be written`,
      );
    }
  }
  const ids = typeof begin === "number" ? Array.from({ length: rows }, () => begin) : Array.from(begin);
  if (ids.length !== rows) {
    throw new RangeError(`${name}: there are ${ids.length} tokens to begin ${rows} texts with, expected one for each`);
  }
  for (const id of end === undefined ? ids : [...ids, end]) {
    if (!(Number.isInteger(id) && id >= 0)) {
      throw new RangeError(`${name}: token ${id} is none, expected whole numbers ≥ 0 for begin and end`);
    }
  }
  return Int32Array.from(ids);
}

/** @throws when there is not one row for each text, or a logit is not a number */
export function checkLogits(name: string, logits: Matrix, texts: number): void {
  if (logits.rows !== texts) {
    throw new RangeError(`${name}: the decoder gave ${logits.rows} rows of logits for ${texts} texts`);
  }
  checkFinite(`${name}: the decoder's matrix of logits`, logits);
}

/** log Σ_j e^{z_j} of a row: log p_j = z_j − this. */
export function logTotal({ data, offset, stride, cols }: Matrix, row: number): number {
  const start = offset + row * stride;
  return logSumExp(data.subarray(start, start + cols));
}
