import { checkCount } from "../math/check-options.js";
import type { Lengths } from "../math/lengths.js";
import { permutation, type Random } from "../math/random.js";

/**
 * Batches of sequences that are about equally long, so that little is padded: bucketing by length.
 *
 * The sequences are sorted by length, equally long ones in random order, and cut into batches; the batches come in random
 * order. When the last batch is not full, it stands where it costs least; so no other way to cut these sequences into
 * batches of this size pads less.
 *
 * @param lengths how many steps each sequence has, ≥ 1
 * @param batchSize how many sequences a batch has, ≥ 1; one batch has the rest
 * @param random orders the batches, and what is equally long
 * @returns for each batch the numbers of its sequences; each sequence is in one batch
 * @throws when there is no sequence, a length is not a whole number ≥ 1, or the batch size is not one
 *
 * @example
 * const batches = buckets([3, 9, 3, 8], 2, random(1)); // 0 with 2, and 1 with 3
 */
export function buckets(lengths: Lengths, batchSize: number, random: Random): Int32Array[] {
  checkLengthsOf("buckets", lengths);
  checkCount("buckets", "batchSize", batchSize, 1);
  const order = permutation(random, lengths.length).sort((a, b) => lengths[b]! - lengths[a]!);
  const [full, rest] = [Math.floor(order.length / batchSize), order.length % batchSize];
  const restAt =
    rest === 0
      ? full
      : cheapest(
          order.map((i) => lengths[i]!),
          batchSize,
          full,
          rest,
        );
  const batches: Int32Array[] = [];
  for (let from = 0; from < order.length; ) {
    const size = batches.length === restAt ? rest : batchSize;
    batches.push(order.slice(from, (from += size)));
  }
  return Array.from(permutation(random, batches.length), (b) => batches[b]!);
}

/**
 * Before which of the full batches the smaller one should stand, given the lengths from the longest down: the place with
 * the fewest steps in all, padding included.
 */
function cheapest(sorted: Lengths, size: number, full: number, rest: number): number {
  // when the smaller batch moves from place p to p + 1, full batch p begins `rest` sequences earlier
  let best = { at: 0, steps: 0 };
  let steps = 0;
  for (let p = 0; p < full; p++) {
    const before = rest * sorted[p * size]! + size * sorted[p * size + rest]!;
    const after = size * sorted[p * size]! + rest * sorted[(p + 1) * size]!;
    steps += after - before;
    if (steps < best.steps) best = { at: p + 1, steps };
  }
  return best.at;
}

/**
 * The share of the steps that are padding when sequences are put together in batches.
 *
 *     1 − Σ lengths / Σ_batches (batch size · longest length in it)
 *
 * @param lengths how many steps each sequence has
 * @param batches for each batch the numbers of its sequences
 * @returns 0 … 1
 * @throws when there is no sequence or no batch, a batch is empty, or names a sequence that is not there
 *
 * @example
 * console.log(paddingShare([4, 2], [[0, 1]])); // 0.25: 2 of 8 steps
 */
export function paddingShare(lengths: Lengths, batches: readonly ArrayLike<number>[]): number {
  checkLengthsOf("paddingShare", lengths);
  let [filled, all] = [0, 0];
  for (const batch of batches) {
    const inBatch = Array.from(batch, (i) => {
      const length = lengths[i];
      if (length === undefined) {
        throw new RangeError(`paddingShare: there is no sequence ${i}, there are 0 … ${lengths.length - 1}`);
      }
      return length;
    });
    if (inBatch.length === 0) throw new RangeError("paddingShare: a batch is empty, expected one sequence or more");
    filled += inBatch.reduce((a, b) => a + b);
    all += inBatch.length * inBatch.reduce((a, b) => Math.max(a, b));
  }
  if (all === 0) throw new RangeError("paddingShare: there are no batches, expected at least one");
  return (all - filled) / all;
}

function checkLengthsOf(what: string, lengths: Lengths): void {
  if (lengths.length === 0) throw new RangeError(`${what}: there are no sequences, expected at least one`);
  for (let i = 0; i < lengths.length; i++) checkCount(what, `the length of sequence ${i}`, lengths[i]!, 1);
}
