import { engine } from "../engine/current.js";
import { columnSums } from "../math/affine.js";
import { checkCount } from "../math/check-options.js";
import { checkLengths, type Lengths } from "../math/lengths.js";
import { settleWeights } from "../math/long-lived.js";
import { type Matrix, zeros } from "../math/matrix.js";
import type { Precision } from "../math/precision.js";
import type { Random } from "../math/random.js";
import type { Tokens } from "../math/tokens.js";
import { softmaxCrossEntropy } from "../train/loss.js";
import type { ClassifierBatch } from "./classifier.js";

/** W is V×N, what each token says for each class; b is 1×N. */
export type BagOfWordsWeights = { readonly W: Matrix; readonly b: Matrix };

/** Logistic regression on the tokens of a text, whatever their order. */
export interface BagOfWords {
  readonly vocabularySize: number;
  readonly classes: number;

  /** All weights are 0: every class is as probable as the others. */
  init(random?: Random): BagOfWordsWeights;

  /** B×classes. */
  logits(weights: BagOfWordsWeights, x: Tokens, options?: { readonly lengths?: Lengths | undefined }): Matrix;

  /** Cross-entropy of the batch, the share of it that is right, and the gradients. */
  lossAndGradients(
    weights: BagOfWordsWeights,
    batch: ClassifierBatch<Tokens>,
  ): { loss: number; accuracy: number; gradients: BagOfWordsWeights };
}

/**
 * A text as the bag of its words: logistic regression (softmax regression, with more than two classes), the baseline that
 * knows which words there are, and nothing of their order.
 *
 *     logits = b + Σ_{t ≤ length} W[token_t],   p = softmax(logits)
 *
 * @param vocabularySize V: tokens are 0 … V−1
 * @param classes N ≥ 2
 * @param precision of the weights: "float32" to train, "float64" to check gradients
 * @throws when a size is out of its range; later when a token is not in the vocabulary
 *
 * @example
 * const model = bagOfWords(5, 2);
 * const batch = { x: new Tokens(2, 2, Int32Array.of(1, 2, 3, 3)), labels: [0, 1], lengths: [2, 2] };
 * const { loss } = model.lossAndGradients(model.init(), batch);
 * console.log(loss); // ln 2 = 0.693: it knows nothing yet
 */
export function bagOfWords(
  vocabularySize: number,
  classes: number,
  { precision = "float32" }: { precision?: Precision } = {},
): BagOfWords {
  checkCount("bagOfWords", "vocabularySize", vocabularySize, 1);
  checkCount("bagOfWords", "classes", classes, 2);
  const [V, N] = [vocabularySize, classes];

  function logits({ W, b }: BagOfWordsWeights, x: Tokens, { lengths }: { lengths?: Lengths | undefined } = {}): Matrix {
    const { steps, batch, ids } = x;
    if (lengths) checkLengths("bagOfWords", lengths, steps, batch);
    const unknown = ids.find((id) => id >= V);
    if (unknown !== undefined) {
      throw new RangeError(`bagOfWords: token ${unknown} is not in the vocabulary, expected 0 … ${V - 1}`);
    }
    const sums = zeros(batch, N, W.precision);
    for (let i = 0; i < batch; i++) {
      for (let j = 0; j < N; j++) {
        let sum = b.at(0, j);
        for (let t = 0; t < (lengths?.[i] ?? steps); t++) sum += W.at(ids[t * batch + i]!, j);
        sums.set(i, j, sum);
      }
    }
    return sums;
  }

  return {
    vocabularySize,
    classes,
    logits,
    init: () => settleWeights({ W: zeros(V, N, precision), b: zeros(1, N, precision) }, precision),

    lossAndGradients(weights, { x, labels, lengths }) {
      const { loss, dLogits, correct } = softmaxCrossEntropy(logits(weights, x, { lengths }), labels);
      const { steps, batch, ids } = x;
      const said = zeros(steps * batch, N, dLogits.precision); // what each place says, 0 in the padding
      for (let r = 0; r < said.rows; r++) {
        const i = r % batch;
        if (Math.floor(r / batch) >= (lengths?.[i] ?? steps)) continue;
        for (let j = 0; j < N; j++) said.set(r, j, dLogits.at(i, j));
      }
      const W = zeros(V, N, dLogits.precision);
      engine().scatterAdd(said, ids, W);
      return { loss, accuracy: correct / labels.length, gradients: { W, b: columnSums(dLogits) } };
    },
  };
}
