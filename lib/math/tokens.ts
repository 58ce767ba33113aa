import { kindOf } from "./precision.js";

/**
 * T steps of a batch of token numbers: T×B, time-major, in one buffer. Token t of sequence i is `ids[t·B + i]`.
 *
 * @param steps T, how many steps
 * @param batch B, how many sequences side by side
 * @param ids T·B whole numbers ≥ 0; by default zeros
 * @throws when `ids` has another length, or holds a number below 0
 *
 * @example
 * const tokens = new Tokens(2, 3); // 3 sequences of 2 tokens
 * tokens.at(1)[0] = 7; //            the second token of the first sequence
 * console.log(tokens.ids[3]); // 7
 */
export class Tokens {
  readonly steps: number;
  readonly batch: number;
  readonly ids: Int32Array;

  constructor(steps: number, batch: number, ids: Int32Array = noTokens(steps, batch)) {
    if (!(ids instanceof Int32Array)) {
      throw new TypeError(
        `Tokens: the numbers are ${kindOf(ids)}, expected an Int32Array: Int32Array.of(3, 1) makes one`,
      );
    }
    if (ids.length !== steps * batch) {
      throw new RangeError(`Tokens: ${steps}×${batch} needs ${steps * batch} numbers, the array has ${ids.length}`);
    }
    const wrong = ids.findIndex((id) => id < 0);
    if (wrong >= 0) throw new RangeError(`Tokens: number ${wrong} is ${ids[wrong]}, expected whole numbers ≥ 0`);
    this.steps = steps;
    this.batch = batch;
    this.ids = ids;
  }

  /** The tokens of step t, one for each sequence, as a view: no number is copied. */
  at(t: number): Int32Array {
    if (!(Number.isInteger(t) && t >= 0 && t < this.steps))
      throw new RangeError(`Tokens: there is no step ${t}, it has 0 … ${this.steps - 1}`);
    return this.ids.subarray(t * this.batch, (t + 1) * this.batch);
  }

  /** Steps from … to − 1 as a view. */
  slice(from: number, to: number): Tokens {
    if (!(from >= 0 && from <= to && to <= this.steps)) {
      throw new RangeError(`Tokens: there are no steps ${from} … ${to - 1}, it has 0 … ${this.steps - 1}`);
    }
    return new Tokens(to - from, this.batch, this.ids.subarray(from * this.batch, to * this.batch));
  }
}

function noTokens(steps: number, batch: number): Int32Array {
  if (![steps, batch].every((size) => Number.isInteger(size) && size >= 0)) {
    throw new RangeError(`Tokens: ${steps}×${batch} is not a shape, its sizes are whole numbers ≥ 0`);
  }
  return new Int32Array(steps * batch);
}
