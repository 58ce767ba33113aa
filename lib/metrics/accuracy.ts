import type { Examples } from "../data/batch.js";
import { checkCount } from "../math/check-options.js";
import { checkFinite } from "../math/finite.js";
import type { Lengths } from "../math/lengths.js";
import type { Matrix } from "../math/matrix.js";
import type { Sequence } from "../math/sequence.js";
import { argmax } from "../math/softmax.js";

/**
 * The share of examples whose most probable class is the true one.
 *
 *     accuracy = (1/N) Σ_i [argmax_j logits_ij = label_i]
 *
 * @param model what gives logits
 * @param weights its weights
 * @param examples what it is asked; it should not have been trained on them
 * @param batchSize how many are asked at once: it changes the memory needed, not the result
 * @returns 0 … 1
 * @throws when there are no examples, the batch size is not a whole number ≥ 1, or a logit is not finite
 *
 * @example
 * const model = classifier(rnn(28, 16), 10);
 * const { test } = mnist();
 * const untrained = accuracy(model, model.init(random(1)), asRows(test.slice(0, 500)));
 * console.log(untrained < 0.3); // true: about one in ten by chance
 */
export function accuracy<W, X = Sequence>(
  model: { logits(weights: W, x: X, options?: { readonly lengths?: Lengths | undefined }): Matrix },
  weights: W,
  examples: Examples<{ readonly x: X; readonly labels: ArrayLike<number>; readonly lengths?: Lengths | undefined }>,
  { batchSize = 500 }: { batchSize?: number } = {},
): number {
  checkCount("accuracy", "batchSize", batchSize, 1);
  if (!(examples.count >= 1)) throw new RangeError("accuracy: there are no examples, expected at least one");
  let right = 0;
  for (let first = 0; first < examples.count; first += batchSize) {
    const size = Math.min(batchSize, examples.count - first);
    const { x, labels, lengths } = examples.batch(Int32Array.from({ length: size }, (_, i) => first + i));
    const logits = model.logits(weights, x, { lengths });
    checkFinite("accuracy: the matrix of logits", logits);
    right += argmax(logits).filter((guess, i) => guess === labels[i]).length;
  }
  return right / examples.count;
}
