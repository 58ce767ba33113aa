import { checkNotNegative } from "../math/check-options.js";
import { checkLengths, type Lengths } from "../math/lengths.js";
import { checkSameShape, type Matrix } from "../math/matrix.js";
import type { Sequence } from "../math/sequence.js";
import { flatten, type WeightTree } from "../math/weights.js";

/**
 * Small weights, please: adds the gradient of λ/2·Σw² to that of the loss.
 *
 *     E = λ/2·Σ w²,   ∂E/∂w = λ·w
 *
 * Under plain gradient descent this is weight decay; Adam would rescale it, AdamW decays beside the gradient.
 *
 * @param weights a tree of matrices
 * @param gradients of the same form: λ·w is added to it, in place
 * @param lambda λ ≥ 0
 * @param which chooses the matrices by name, such as "cell.W"; by default all
 * @returns E
 * @throws when lambda is not ≥ 0, or a gradient is missing or has another shape
 * @see Krogh & Hertz 1991, A simple weight decay can improve generalization
 *
 * @example
 * const weights = { W: matrix([[3, 4]]), b: matrix([[9]]) };
 * const gradients = zerosLike(weights);
 * const E = l2Penalty(weights, gradients, 0.1, { which: (name) => name !== "b" });
 * console.log(E, gradients.W.toRows()); // 1.25 [[0.3, 0.4]]
 */
export function l2Penalty(
  weights: WeightTree,
  gradients: WeightTree,
  lambda: number,
  { which = () => true }: { which?: (name: string) => boolean } = {},
): number {
  checkNotNegative("l2Penalty", { lambda });
  const flatGradients = flatten(gradients);
  let squares = 0;
  for (const [name, w] of Object.entries(flatten(weights))) {
    if (!which(name)) continue;
    const dw = flatGradients[name];
    if (!dw) throw new RangeError(`l2Penalty: there is no gradient for ${name}, expected one of the same shape`);
    checkSameShape(`l2Penalty: the gradient of ${name}`, dw, w);
    for (let i = 0; i < w.rows; i++) {
      for (let j = 0; j < w.cols; j++) {
        squares += w.at(i, j) ** 2;
        dw.set(i, j, dw.at(i, j) + lambda * w.at(i, j));
      }
    }
  }
  return (lambda / 2) * squares;
}

/**
 * Small activations, please (AR): adds the gradient of their mean square.
 *
 *     E = α·mean(h_t²),   ∂E/∂h_t = 2α·h_t / n
 *
 * The mean runs over all n entries that are no padding.
 *
 * @param h the outputs, T×B×H
 * @param dh ∂E/∂h, T×B×H: the gradient is added to it, in place
 * @param alpha α ≥ 0
 * @param lengths how many steps each sequence has; by default T
 * @returns E
 * @throws when alpha is not ≥ 0, or the shapes or lengths do not fit
 * @see Merity, McCann & Socher 2017, Revisiting activation regularization for language RNNs, section 2.1
 *
 * @example
 * const h = buildSequence(2, 1, 1, (t) => t + 1); // 1, 2
 * const dh = buildSequence(2, 1, 1, () => 0);
 * console.log(activationPenalty(h, dh, 2), dh.at(1).at(0, 0)); // 2·(1 + 4)/2 = 5, 2·2·2/2 = 4
 */
export function activationPenalty(
  h: Sequence,
  dh: Sequence,
  alpha: number,
  { lengths }: { lengths?: Lengths } = {},
): number {
  checkPenalty("activationPenalty", h, dh, alpha, lengths);
  const n = realSteps(h, lengths, 0) * h.width;
  let squares = 0;
  for (let t = 0; t < h.steps; t++) {
    for (let i = 0; i < h.batch; i++) {
      if (lengths && t >= lengths[i]!) continue;
      squares += addPull(h.at(t), undefined, dh.at(t), undefined, i, (2 * alpha) / n);
    }
  }
  return (alpha * squares) / n;
}

/**
 * Small changes of the activations, please (TAR, slowness): adds the gradient of their mean square.
 *
 *     E = β·mean((h_t − h_{t−1})²),   ∂E/∂h_t = −∂E/∂h_{t−1} = 2β·(h_t − h_{t−1}) / n
 *
 * The mean runs over all n entries of t = 1 … T−1 that are no padding; with a single step there is none, and E is 0.
 *
 * @param h the outputs, T×B×H
 * @param dh ∂E/∂h, T×B×H: the gradient is added to it, in place
 * @param beta β ≥ 0
 * @param lengths how many steps each sequence has; by default T
 * @returns E
 * @throws when beta is not ≥ 0, or the shapes or lengths do not fit
 * @see Merity, McCann & Socher 2017, Revisiting activation regularization for language RNNs, section 2.2
 *
 * @example
 * const h = buildSequence(3, 1, 1, (t) => t * t); // 0, 1, 4
 * const dh = buildSequence(3, 1, 1, () => 0);
 * console.log(temporalActivationPenalty(h, dh, 1), dh.at(1).at(0, 0)); // (1 + 9)/2 = 5, 1 − 3 = −2
 */
export function temporalActivationPenalty(
  h: Sequence,
  dh: Sequence,
  beta: number,
  { lengths }: { lengths?: Lengths } = {},
): number {
  checkPenalty("temporalActivationPenalty", h, dh, beta, lengths);
  const n = realSteps(h, lengths, 1) * h.width;
  if (n === 0) return 0;
  let squares = 0;
  for (let t = 1; t < h.steps; t++) {
    for (let i = 0; i < h.batch; i++) {
      if (lengths && t >= lengths[i]!) continue;
      squares += addPull(h.at(t), h.at(t - 1), dh.at(t), dh.at(t - 1), i, (2 * beta) / n);
    }
  }
  return (beta * squares) / n;
}

/** Adds factor·(a − b) to da and takes it from db, in row i; returns Σ(a − b)². Without b it is 0. */
function addPull(
  a: Matrix,
  b: Matrix | undefined,
  da: Matrix,
  db: Matrix | undefined,
  i: number,
  factor: number,
): number {
  let squares = 0;
  for (let j = 0; j < a.cols; j++) {
    const difference = a.at(i, j) - (b?.at(i, j) ?? 0);
    squares += difference ** 2;
    da.set(i, j, da.at(i, j) + factor * difference);
    db?.set(i, j, db.at(i, j) - factor * difference);
  }
  return squares;
}

/** How many steps from `first` on are no padding, over the whole batch. */
function realSteps({ steps, batch }: Sequence, lengths: Lengths | undefined, first: number): number {
  let count = 0;
  for (let i = 0; i < batch; i++) count += (lengths?.[i] ?? steps) - first;
  return count;
}

function checkPenalty(what: string, h: Sequence, dh: Sequence, factor: number, lengths: Lengths | undefined): void {
  checkNotNegative(what, { "the factor": factor });
  if (h.steps === 0 || h.batch === 0 || h.steps !== dh.steps || h.batch !== dh.batch || h.width !== dh.width) {
    throw new RangeError(
      `${what}: h is ${h.steps}×${h.batch}×${h.width} and dh ${dh.steps}×${dh.batch}×${dh.width}, expected one shape and at least one step`,
    );
  }
  if (lengths) checkLengths(what, lengths, h.steps, h.batch);
}
