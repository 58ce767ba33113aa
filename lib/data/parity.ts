import { checkCount } from "../math/check-options.js";
import { integer, type Random } from "../math/random.js";
import { buildSequence, type Sequence } from "../math/sequence.js";
import { type Collection, collection, drawn } from "./collection.js";

/**
 * The parity problem: is the number of ones in a sequence of bits odd?
 *
 * One state bit solves it for every length, and no shorter memory does: each bit turns the answer over.
 *
 * @param steps T ≥ 1, the longest length
 * @param count how many examples there are, 1 … 2²¹
 * @param random gives the seed of all; example i is then always the same
 * @param minSteps the shortest length, 1 … T; by default all are T long
 * @returns batches of `x` T×B×1 bits, float32, `labels` (1: odd) and `lengths`
 * @throws when a number is out of its range
 * @see Hochreiter & Schmidhuber 1997, Long Short-Term Memory, section 1 (why guessing solves short forms of it)
 *
 * @example
 * const { x, labels, lengths } = parityProblem(20, 1000, random(1), { minSteps: 5 }).batch([0, 1, 2]);
 */
export function parityProblem(
  steps: number,
  count: number,
  random: Random,
  { minSteps = steps }: { minSteps?: number } = {},
): Collection<{ x: Sequence; labels: Int32Array; lengths: Int32Array }> {
  checkCount("parityProblem", "steps", steps, 1);
  checkCount("parityProblem", "minSteps", minSteps, 1);
  if (minSteps > steps)
    throw new RangeError(`parityProblem: minSteps is ${minSteps}, expected at most steps = ${steps}`);
  const example = drawn("parityProblem", count, random, (next) =>
    Uint8Array.from({ length: minSteps + integer(next, steps - minSteps + 1) }, () => integer(next, 2)),
  );
  return collection(
    "parityProblem",
    count,
    example,
    (bits) => bits.length,
    (batch) => {
      const lengths = Int32Array.from(batch, (bits) => bits.length);
      const longest = lengths.reduce((a, b) => Math.max(a, b));
      const x = buildSequence(longest, batch.length, 1, (t, i) => batch[i]![t] ?? 0, "float32");
      return { x, labels: Int32Array.from(batch, (bits) => bits.reduce((a, b) => a ^ b, 0)), lengths };
    },
  );
}
