import { engine } from "../engine/current.js";
import type { Matrix } from "../math/matrix.js";

/** What makes it more than softmax and cross-entropy, which the engine has. */
interface Options {
  /** ε, 0 … 1. */
  readonly labelSmoothing: number;
  /** w, one number ≥ 0 for each class. */
  readonly classWeights?: ArrayLike<number> | undefined;
}

/**
 * Softmax and cross-entropy of all rows, and their gradients, summed and not divided by anything.
 *
 * @param targets a class for each row; −1 for a row that counts for nothing and whose gradient is zero
 * @param dLogits zeros, where the gradient is written
 * @returns E in nats, and in how many rows the first largest logit is the target's
 */
export function crossEntropy(
  logits: Matrix,
  targets: Int32Array,
  dLogits: Matrix,
  { labelSmoothing, classWeights }: Options,
): { loss: number; correct: number } {
  if (labelSmoothing === 0 && !classWeights) return engine().softmaxCrossEntropy(logits, targets, dLogits);
  let [loss, correct] = [0, 0];
  targets.forEach((target, row) => {
    if (target < 0) return;
    loss += crossEntropyRow(logits, dLogits, row, target, labelSmoothing, classWeights);
    if (isLargest(logits, row, target)) correct++;
  });
  return { loss, correct };
}

/**
 * Softmax and cross-entropy of one row against a target q, and its gradient.
 *
 *     E = −Σ_j q_j log p_j,  p = softmax(z),  ∂E/∂z = (Σ_j q_j)·p − q
 *     q_j = w_j · ((1−ε)·[j = label] + ε/N)
 *
 * log p_j = z_j − max − log Σ e^{z_k − max}: finite even where the probability underflows.
 *
 * @param dLogits where row `row` of the gradient is written
 * @param labelSmoothing ε
 * @param classWeights w, one number for each class; by default ones
 * @returns E in nats
 */
function crossEntropyRow(
  logits: Matrix,
  dLogits: Matrix,
  row: number,
  label: number,
  labelSmoothing: number,
  classWeights?: ArrayLike<number>,
): number {
  const N = logits.cols;
  const [from, to] = [logits.data, dLogits.data];
  const [z, d] = [logits.offset + row * logits.stride, dLogits.offset + row * dLogits.stride];
  let max = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < N; j++) max = Math.max(max, from[z + j]!);
  let sum = 0;
  for (let j = 0; j < N; j++) sum += to[d + j] = Math.exp(from[z + j]! - max);
  for (let j = 0; j < N; j++) to[d + j]! /= sum;
  const logSum = Math.log(sum);
  const surprise = (j: number) => logSum - (from[z + j]! - max);

  if (labelSmoothing === 0) {
    const weight = classWeights ? classWeights[label]! : 1;
    if (weight !== 1) for (let j = 0; j < N; j++) to[d + j]! *= weight;
    to[d + label]! -= weight;
    return weight * surprise(label);
  }
  let [loss, total] = [0, 0];
  const target = (j: number) =>
    (classWeights ? classWeights[j]! : 1) * ((j === label ? 1 - labelSmoothing : 0) + labelSmoothing / N);
  for (let j = 0; j < N; j++) {
    total += target(j);
    loss += target(j) * surprise(j);
  }
  for (let j = 0; j < N; j++) to[d + j] = total * to[d + j]! - target(j);
  return loss;
}

/** Whether `argmax` of a row would be `col`. */
function isLargest({ data, offset, stride, cols }: Matrix, row: number, col: number): boolean {
  const start = offset + row * stride;
  const value = data[start + col]!;
  for (let j = 0; j < cols; j++) {
    if (data[start + j]! > value || (j < col && data[start + j] === value)) return false;
  }
  return true;
}

/** @throws when ε is not in 0 … 1 */
export function checkSmoothing(what: string, labelSmoothing: number): void {
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new RangeError(`${what}: labelSmoothing is ${labelSmoothing}, expected a number from 0 to 1`);
  }
}
