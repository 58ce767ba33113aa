import { checkCount } from "../math/check-options.js";
import type { Matrix } from "../math/matrix.js";
import { build } from "../math/matrix.js";
import { integer, type Random } from "../math/random.js";
import { buildSequence, type Sequence } from "../math/sequence.js";
import { type Collection, collection, drawn } from "./collection.js";

/** The mean squared error of always answering 1: the variance of the sum of two even draws from [0, 1), 2 · 1/12. */
export const addingBaseline = 1 / 6;

/**
 * The adding problem: T numbers, two of which are marked; the target is the sum of the two.
 *
 * The numbers are spread evenly over [0, 1). One mark stands anywhere in the first half, one anywhere in the second, so
 * that what is to be remembered lies T/2 steps back on average.
 *
 * @param steps T ≥ 2
 * @param count how many examples there are, 1 … 2²¹
 * @param random gives the seed of all; example i is then always the same
 * @returns batches of `x` T×B×2 (number, mark), float32, and `targets` B×1
 * @throws when steps or count is out of its range
 * @see Hochreiter & Schmidhuber 1997, Long Short-Term Memory, experiment 4; in the form of Le, Jaitly & Hinton 2015, A
 *   Simple Way to Initialize Recurrent Networks of Rectified Linear Units, section 4.1; marks as in Arjovsky, Shah &
 *   Bengio 2016, Unitary Evolution Recurrent Neural Networks, section 5.2
 *
 * @example
 * const { x, targets } = addingProblem(100, 5000, random(1)).batch([0, 1]); // x: 100×2×2, targets: 2×1
 */
export function addingProblem(
  steps: number,
  count: number,
  random: Random,
): Collection<{ x: Sequence; targets: Matrix }> {
  checkCount("addingProblem", "steps", steps, 2);
  const half = Math.floor(steps / 2);
  const example = drawn("addingProblem", count, random, (next) => {
    const marks = [integer(next, half), half + integer(next, steps - half)] as const;
    return { marks, values: Float32Array.from({ length: steps }, next) };
  });
  return collection(
    "addingProblem",
    count,
    example,
    () => steps,
    (batch) => ({
      x: buildSequence(
        steps,
        batch.length,
        2,
        (t, i, j) => (j === 0 ? batch[i]!.values[t]! : Number(batch[i]!.marks.includes(t))),
        "float32",
      ),
      targets: build(batch.length, 1, (i) => sum(batch[i]!), "float32"),
    }),
  );
}

function sum({ marks, values }: { marks: readonly [number, number]; values: Float32Array }): number {
  return values[marks[0]]! + values[marks[1]]!;
}
