import { scaleInto } from "../math/elementwise.js";
import type { Matrix } from "../math/matrix.js";
import { softmax } from "../math/softmax.js";

/**
 * How surprised a classifier is by the truth, and the way back from it: softmax and cross-entropy in one.
 *
 *     E = −(1/B) Σ_i log p_i[label_i],  p = softmax(logits),  ∂E/∂logits = (p − onehot(labels)) / B
 *
 * @param logits B×N, any finite numbers
 * @param labels B class numbers 0 … N−1
 * @returns the loss (mean over the batch, in nats), dLogits B×N and the probabilities B×N
 * @throws when there is not one label a row, or a label is not a class
 *
 * @example
 * const { loss } = softmaxCrossEntropy(matrix([[0, 0]]), [1]);
 * console.log(loss); // log 2 = 0.693…
 */
export function softmaxCrossEntropy(
  logits: Matrix,
  labels: ArrayLike<number>,
): { loss: number; dLogits: Matrix; probabilities: Matrix } {
  const [B, N] = [logits.rows, logits.cols];
  if (labels.length !== B || B === 0) {
    throw new RangeError(`softmaxCrossEntropy: ${labels.length} labels for ${B} rows, expected one for each row`);
  }
  const probabilities = softmax(logits);
  const dLogits = softmax(logits);
  let loss = 0;
  for (let i = 0; i < B; i++) {
    const label = labels[i]!;
    if (!(Number.isInteger(label) && label >= 0 && label < N)) {
      throw new RangeError(`softmaxCrossEntropy: label ${label} in row ${i} is not a class, expected 0 … ${N - 1}`);
    }
    loss += surprise(logits, i, label);
    dLogits.set(i, label, dLogits.at(i, label) - 1);
  }
  scaleInto(dLogits, 1 / B);
  return { loss: loss / B, dLogits, probabilities };
}

/** −log softmax(z)[label] = log Σ e^{z_j − max} − (z_label − max): finite even where the probability underflows. */
function surprise(logits: Matrix, row: number, label: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < logits.cols; j++) max = Math.max(max, logits.at(row, j));
  let sum = 0;
  for (let j = 0; j < logits.cols; j++) sum += Math.exp(logits.at(row, j) - max);
  return Math.log(sum) - (logits.at(row, label) - max);
}
