import type { Examples } from "../data/batch.js";
import { permutation, type Random } from "../math/random.js";

/**
 * The numbers of the examples of each batch of an epoch: all examples once, in random order.
 *
 * With `bucket` examples of similar length share a batch: shuffled, sorted by length (equal lengths stay shuffled), cut
 * into batches, and the batches shuffled.
 *
 * @throws when `bucket` is asked for and the examples do not know their lengths
 */
export function epochBatches(
  examples: Pick<Examples<unknown>, "count" | "lengthOf">,
  batchSize: number,
  random: Random,
  { bucket = false }: { bucket?: boolean } = {},
): Int32Array[] {
  const order = permutation(random, examples.count);
  if (bucket) {
    if (!examples.lengthOf) throw new TypeError("train: bucket needs examples that have lengthOf, these have not");
    const lengths = Float64Array.from({ length: examples.count }, (_, i) => examples.lengthOf!(i));
    order.sort((a, b) => lengths[a]! - lengths[b]!);
  }
  const batches = Array.from({ length: Math.ceil(order.length / batchSize) }, (_, k) =>
    order.subarray(k * batchSize, (k + 1) * batchSize),
  );
  return bucket ? Array.from(permutation(random, batches.length), (k) => batches[k]!) : batches;
}
