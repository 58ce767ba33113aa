import { checkCount } from "../math/check-options.js";
import type { Matrix } from "../math/matrix.js";
import { allocate, type Precision, widest } from "../math/precision.js";
import { Sequence } from "../math/sequence.js";
import { Tokens } from "../math/tokens.js";

/**
 * Token sequences of different lengths side by side, the shorter ones filled up at their end.
 *
 * @param sequences B lists of token numbers, each with one or more
 * @param pad what the shorter ones are filled up with; no loss and no gradient depends on it
 * @returns T×B tokens, T the longest length; and the B lengths
 * @throws when there is no sequence, one is empty, or a token is not a whole number 0 … 2³¹ − 1
 *
 * @example
 * const { tokens, lengths } = padded([[5, 6, 7], [8]]);
 * console.log(tokens.at(1), lengths); // 6, 0 and 3, 1
 */
export function padded(
  sequences: readonly ArrayLike<number>[],
  { pad = 0 }: { pad?: number } = {},
): { tokens: Tokens; lengths: Int32Array } {
  checkCount("padded", "pad", pad, 0);
  const lengths = lengthsOf(
    "padded",
    sequences.map((sequence) => sequence.length),
  );
  const [T, B] = [lengths.reduce((a, b) => Math.max(a, b)), sequences.length];
  const ids = new Int32Array(T * B).fill(pad);
  sequences.forEach((sequence, i) => {
    for (let t = 0; t < sequence.length; t++) {
      const id = sequence[t]!;
      if (!(Number.isInteger(id) && id >= 0 && id < 2 ** 31)) {
        throw new RangeError(`padded: token ${t} of sequence ${i} is ${id}, expected a whole number ≥ 0`);
      }
      ids[t * B + i] = id;
    }
  });
  return { tokens: new Tokens(T, B, ids), lengths };
}

/**
 * Sequences of numbers of different lengths side by side, the shorter ones filled up with zeros at their end.
 *
 * @param sequences B matrices, a row for each step: T_i×D, T_i ≥ 1
 * @returns T×B×D, T the longest length; and the B lengths
 * @throws when there is no sequence, one is empty, or the widths differ
 *
 * @example
 * const { x, lengths } = paddedSequence([matrix([[1, 2], [3, 4]]), matrix([[5, 6]])]); // 2×2×2, lengths 2 and 1
 */
export function paddedSequence(sequences: readonly Matrix[]): { x: Sequence; lengths: Int32Array } {
  const lengths = lengthsOf(
    "paddedSequence",
    sequences.map(({ rows }) => rows),
  );
  const [T, B, D] = [lengths.reduce((a, b) => Math.max(a, b)), sequences.length, sequences[0]!.cols];
  const odd = sequences.findIndex(({ cols }) => cols !== D);
  if (odd >= 0) {
    throw new RangeError(
      `paddedSequence: sequence ${odd} has ${sequences[odd]!.cols} numbers a step, sequence 0 has ${D}: make them equally wide`,
    );
  }
  const precision = sequences.reduce<Precision>((wide, m) => widest(wide, m.precision), "float32");
  const data = allocate(T * B * D, precision);
  sequences.forEach((sequence, i) => {
    for (let t = 0; t < sequence.rows; t++) {
      const from = sequence.offset + t * sequence.stride;
      data.set(sequence.data.subarray(from, from + D), (t * B + i) * D);
    }
  });
  return { x: new Sequence(T, B, D, data), lengths };
}

function lengthsOf(what: string, lengths: readonly number[]): Int32Array {
  if (lengths.length === 0) throw new RangeError(`${what}: there are no sequences, expected at least one`);
  const empty = lengths.indexOf(0);
  if (empty >= 0) throw new RangeError(`${what}: sequence ${empty} is empty, expected one step or more: leave it out`);
  return Int32Array.from(lengths);
}
