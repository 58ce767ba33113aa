import type { Examples } from "../data/batch.js";
import { buckets } from "../data/buckets.js";
import { permutation, type Random } from "../math/random.js";

/**
 * The numbers of the examples of each batch of an epoch: all examples once, in random order or in their own.
 *
 * @param bucket whether examples of similar length share a batch, as `buckets` puts them together
 * @param shuffle whether their order is random
 * @throws when `bucket` is asked for and the examples do not know their lengths, or shall keep their order
 */
export function epochBatches(
  examples: Pick<Examples<unknown>, "count" | "lengthOf">,
  batchSize: number,
  random: Random,
  { bucket = false, shuffle = true }: { bucket?: boolean; shuffle?: boolean } = {},
): Int32Array[] {
  const { count } = examples;
  if (bucket) {
    if (!shuffle)
      throw new TypeError("train: bucket sorts examples by length, shuffle: false keeps their order: take one");
    if (!examples.lengthOf) throw new TypeError("train: bucket needs examples that have lengthOf, these have not");
    const lengths = Array.from({ length: count }, (_, i) => examples.lengthOf!(i));
    return buckets(lengths, batchSize, random);
  }
  const order = shuffle ? permutation(random, count) : Int32Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, k) =>
    order.subarray(k * batchSize, (k + 1) * batchSize),
  );
}
