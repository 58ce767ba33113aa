import type { Examples } from "../data/batch.js";
import { buckets } from "../data/buckets.js";
import { permutation, type Random } from "../math/random.js";

/**
 * The numbers of the examples of each batch of an epoch: all examples once, in random order.
 *
 * @param bucket whether examples of similar length share a batch, as `buckets` puts them together
 * @throws when `bucket` is asked for and the examples do not know their lengths
 */
export function epochBatches(
  examples: Pick<Examples<unknown>, "count" | "lengthOf">,
  batchSize: number,
  random: Random,
  { bucket = false }: { bucket?: boolean } = {},
): Int32Array[] {
  const { count } = examples;
  if (bucket) {
    if (!examples.lengthOf) throw new TypeError("train: bucket needs examples that have lengthOf, these have not");
    const lengths = Array.from({ length: count }, (_, i) => examples.lengthOf!(i));
    return buckets(lengths, batchSize, random);
  }
  const order = permutation(random, count);
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, k) =>
    order.subarray(k * batchSize, (k + 1) * batchSize),
  );
}
