import { scaleInto } from "../math/elementwise.js";
import { type Matrix, zeros } from "../math/matrix.js";
import { softmax } from "../math/softmax.js";
import { checkSmoothing, crossEntropy } from "./cross-entropy.js";

/**
 * How surprised a classifier is by the truth, and the way back from it: softmax and cross-entropy in one.
 *
 *     E = −(1/B) Σ_i Σ_j q_ij log p_ij,  p = softmax(logits),  ∂E/∂logits = (p − q) / B
 *
 * Without smoothing the target q_i is 1 at label_i and 0 elsewhere, so that E = −(1/B) Σ_i log p_i[label_i]. With label
 * smoothing ε it is 1 − ε + ε/N at the label and ε/N elsewhere: a network that is right is not pushed to be certain.
 *
 * @param logits B×N, any finite numbers
 * @param labels B class numbers 0 … N−1
 * @param labelSmoothing ε, 0 … 1
 * @returns the loss (mean over the batch, in nats), dLogits B×N, in how many rows the largest logit (the first of equal
 *   ones) is the label's, and the probabilities B×N, which are computed when they are first asked for
 * @throws when there is not one label a row, a label is not a class, or ε is not in 0 … 1
 * @see Szegedy et al. 2016, Rethinking the inception architecture for computer vision, section 7
 *
 * @example
 * const { loss } = softmaxCrossEntropy(matrix([[0, 0]]), [1]);
 * console.log(loss); // log 2 = 0.693…
 */
export function softmaxCrossEntropy(
  logits: Matrix,
  labels: ArrayLike<number>,
  { labelSmoothing = 0 }: { labelSmoothing?: number } = {},
): { loss: number; dLogits: Matrix; probabilities: Matrix; correct: number } {
  const [B, N] = [logits.rows, logits.cols];
  if (labels.length !== B || B === 0) {
    throw new RangeError(`softmaxCrossEntropy: ${labels.length} labels for ${B} rows, expected one for each row`);
  }
  checkSmoothing("softmaxCrossEntropy", labelSmoothing);
  for (let i = 0; i < B; i++) {
    const label = labels[i]!;
    if (!(Number.isInteger(label) && label >= 0 && label < N)) {
      throw new RangeError(`softmaxCrossEntropy: label ${label} in row ${i} is not a class, expected 0 … ${N - 1}`);
    }
  }
  const dLogits = zeros(B, N, logits.precision);
  const { loss, correct } = crossEntropy(logits, Int32Array.from(labels), dLogits, { labelSmoothing });
  scaleInto(dLogits, 1 / B);
  let probabilities: Matrix | undefined;
  return {
    loss: loss / B,
    dLogits,
    correct,
    get probabilities() {
      return (probabilities ??= softmax(logits));
    },
  };
}
