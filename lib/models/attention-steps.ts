import { Matrix } from "../math/matrix.js";
import { allocate } from "../math/precision.js";
import { Sequence } from "../math/sequence.js";

/** All steps of sequence i, T×D, as a view: no number is copied. */
export function stepsOf({ steps, batch, width, data }: Sequence, i: number): Matrix {
  return new Matrix(steps, width, data, i * width, batch * width);
}

/** Some sequences of a batch, in this order, an index as often as it is named. */
export function selectSequences(x: Sequence, indices: ArrayLike<number>): Sequence {
  const { steps, batch, width, data } = x;
  for (let n = 0; n < indices.length; n++) {
    if (!(Number.isInteger(indices[n]) && indices[n]! >= 0 && indices[n]! < batch)) {
      throw new RangeError(`attention: there is no sequence ${indices[n]} to select, there are 0 … ${batch - 1}`);
    }
  }
  const selected = allocate(steps * indices.length * width, x.precision);
  for (let t = 0, to = 0; t < steps; t++) {
    for (let n = 0; n < indices.length; n++, to += width) {
      const from = (t * batch + indices[n]!) * width;
      selected.set(data.subarray(from, from + width), to);
    }
  }
  return new Sequence(steps, indices.length, width, selected);
}

/** @throws when a size is not a whole number ≥ 1 */
export function checkAttentionSizes(name: string, sizes: Readonly<Record<string, number>>): void {
  for (const [size, value] of Object.entries(sizes)) {
    if (!(Number.isInteger(value) && value >= 1)) {
      throw new RangeError(`${name}: ${size} is ${value}, expected a whole number ≥ 1`);
    }
  }
}
