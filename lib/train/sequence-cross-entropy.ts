import { scaleInto } from "../math/elementwise.js";
import { checkLengths, type Lengths } from "../math/lengths.js";
import { zeros } from "../math/matrix.js";
import { type Sequence, unflatten } from "../math/sequence.js";
import type { Tokens } from "../math/tokens.js";
import { checkSmoothing, crossEntropy } from "./cross-entropy.js";

export interface SequenceCrossEntropyOptions {
  /** How many steps of each sequence are real; what lies behind counts for nothing. */
  readonly lengths?: Lengths;
  /** ε, 0 … 1. */
  readonly labelSmoothing?: number;
  /** How much a token of each class counts: N numbers ≥ 0, for rare classes more. */
  readonly classWeights?: ArrayLike<number>;
}

/**
 * Softmax and cross-entropy at each step of a sequence: the loss of language models and taggers.
 *
 *     E = (1/M) Σ_{t,i real} −log p_ti[target_ti],  M the number of real tokens
 *
 * With class weights w the mean is a weighted one: each token counts w[target], and M is the sum of these. Label
 * smoothing is that of `softmaxCrossEntropy`; both together are as PyTorch has them.
 *
 * @param logits T×B×N
 * @param targets T×B class numbers 0 … N−1; at padding any number
 * @returns the loss (mean nats per real token), dLogits T×B×N with zeros at padding, how many tokens are real, and of
 *   how many the largest logit (the first of equal ones) is the target's
 * @throws when shapes or lengths do not fit, a target is not a class, or an option is out of range
 *
 * @example
 * const logits = buildSequence(3, 2, 4, () => 0);
 * const { loss, count } = sequenceCrossEntropy(logits, new Tokens(3, 2), { lengths: [3, 1] });
 * console.log(loss, count); // log 4 = 1.386…, 4
 */
export function sequenceCrossEntropy(
  logits: Sequence,
  targets: Tokens,
  { lengths, labelSmoothing = 0, classWeights }: SequenceCrossEntropyOptions = {},
): { loss: number; dLogits: Sequence; count: number; correct: number } {
  const { steps: T, batch: B, width: N } = logits;
  check(logits, targets, { lengths, labelSmoothing, classWeights });
  const counted = Int32Array.from(targets.ids, (id, row) =>
    lengths && Math.floor(row / B) >= lengths[row % B]! ? -1 : id,
  );
  let [mass, count] = [0, 0];
  counted.forEach((target, row) => {
    if (target >= N) {
      throw new RangeError(
        `sequenceCrossEntropy: target ${target} at step ${Math.floor(row / B)} of sequence ${row % B} is not a class, expected 0 … ${N - 1}`,
      );
    }
    if (target < 0) return;
    mass += classWeights ? classWeights[target]! : 1;
    count++;
  });
  if (mass === 0)
    throw new RangeError("sequenceCrossEntropy: all tokens have class weight 0, expected one that counts");
  const gradient = zeros(T * B, N, logits.precision);
  const { loss, correct } = crossEntropy(logits.flat(), counted, gradient, { labelSmoothing, classWeights });
  scaleInto(gradient, 1 / mass);
  return { loss: loss / mass, dLogits: unflatten(gradient, T), count, correct };
}

function check(logits: Sequence, targets: Tokens, options: SequenceCrossEntropyOptions): void {
  const { steps: T, batch: B, width: N } = logits;
  const { lengths, labelSmoothing = 0, classWeights } = options;
  if (T * B * N === 0 || targets.steps !== T || targets.batch !== B) {
    throw new RangeError(
      `sequenceCrossEntropy: logits are ${T}×${B}×${N} and targets ${targets.steps}×${targets.batch}, expected T×B×N and T×B, none of them 0`,
    );
  }
  if (lengths) checkLengths("sequenceCrossEntropy", lengths, T, B);
  checkSmoothing("sequenceCrossEntropy", labelSmoothing);
  if (!classWeights) return;
  if (classWeights.length !== N) {
    throw new RangeError(`sequenceCrossEntropy: there are ${classWeights.length} class weights for ${N} classes`);
  }
  for (let j = 0; j < N; j++) {
    const weight = classWeights[j]!;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`sequenceCrossEntropy: the weight of class ${j} is ${weight}, expected a number ≥ 0`);
    }
  }
}
