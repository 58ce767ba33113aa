import { bptt } from "../bptt/bptt.js";
import { unroll } from "../bptt/unroll.js";
import type { Cell, State, Weights } from "../cells/cell.js";
import type { Batch } from "../data/batch.js";
import { affine, affineBackward } from "../math/affine.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import type { Precision } from "../math/precision.js";
import type { Random } from "../math/random.js";
import { type Sequence, stack } from "../math/sequence.js";
import { argmax, softmax } from "../math/softmax.js";
import { copyWeights } from "../math/weights.js";
import { softmaxCrossEntropy } from "../train/loss.js";

/** The cell's weights, and the read-out W_hy (H×classes) and b_y (1×classes). */
export type ClassifierWeights<W extends Weights> = { cell: W; readout: { W: Matrix; b: Matrix } };

export interface ReadingOptions<S> {
  /** Where reading starts: by default the cell's own initial state. */
  readonly initialState?: S;
  /** Present only in training: what dropout draws from. */
  readonly random?: Random;
}

export interface Classifier<W extends Weights, S extends State> {
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly classes: number;

  init(random: Random): ClassifierWeights<W>;

  /** B×classes, read from the last step. */
  logits(weights: ClassifierWeights<W>, x: Sequence, options?: ReadingOptions<S>): Matrix;

  /** The probability of each class after each step, T×B×classes: what it would guess if the sequence ended there. */
  everyStep(weights: ClassifierWeights<W>, x: Sequence, options?: ReadingOptions<S>): Sequence;

  /** The output h_t after each step, T×B×H. */
  states(weights: ClassifierWeights<W>, x: Sequence, options?: ReadingOptions<S>): Sequence;

  /** The state after the last step: the `initialState` of what comes next. */
  finalState(weights: ClassifierWeights<W>, x: Sequence, options?: ReadingOptions<S>): S;

  /** Cross-entropy of the batch, the share of it that is right, the gradients by BPTT, and where reading ended. */
  lossAndGradients(
    weights: ClassifierWeights<W>,
    batch: Batch,
    options?: ReadingOptions<S>,
  ): { loss: number; accuracy: number; gradients: ClassifierWeights<W>; finalState: S };
}

/**
 * Many to one: reads a sequence, then says which class it belongs to.
 *
 *     h_t = cell(x_t, h_{t−1}),  y = h_T·W_hy + b_y,  p = softmax(y)
 *
 * With the cell `feedForward` and sequences of one step it is the ordinary feed-forward classifier.
 *
 * @param cell any cell
 * @param classes N ≥ 2
 * @param precision of the weights: "float32" to train, "float64" to check gradients
 * @throws when classes is not a whole number ≥ 2
 *
 * @example
 * const model = classifier(rnn(28, 128), 10);
 * const weights = model.init(random(1));
 * const picture = buildSequence(28, 1, 28, (t, _, j) => (t === j ? 1 : 0), "float32"); // a diagonal stroke
 * const guesses = model.everyStep(weights, picture); // 28×1×10
 */
export function classifier<W extends Weights, S extends State, Cache>(
  cell: Cell<W, S, Cache>,
  classes: number,
  { precision = "float32" }: { precision?: Precision } = {},
): Classifier<W, S> {
  if (!(Number.isInteger(classes) && classes >= 2)) {
    throw new RangeError(`classifier: there are ${classes} classes, expected a whole number ≥ 2`);
  }
  const H = cell.hiddenSize;
  const readout = (weights: ClassifierWeights<W>, h: Matrix) => affine(h, weights.readout.W, weights.readout.b);

  return {
    inputSize: cell.inputSize,
    hiddenSize: H,
    classes,

    init(random) {
      const bound = 1 / Math.sqrt(H);
      const W = build(H, classes, () => bound * (2 * random() - 1));
      const weights: ClassifierWeights<W> = { cell: cell.init(random), readout: { W, b: zeros(1, classes) } };
      return copyWeights(weights, precision);
    },

    logits(weights, x, options) {
      return readout(weights, unroll(cell, weights.cell, x, options).finalState.h);
    },

    everyStep(weights, x, options) {
      const { states } = unroll(cell, weights.cell, x, options);
      return stack(states.map(({ h }) => softmax(readout(weights, h))));
    },

    states(weights, x, options) {
      return stack(unroll(cell, weights.cell, x, options).states.map(({ h }) => h));
    },

    finalState(weights, x, options) {
      return unroll(cell, weights.cell, x, options).finalState;
    },

    lossAndGradients(weights, { x, labels }, options) {
      const run = unroll(cell, weights.cell, x, options);
      const { finalState } = run;
      const { h } = finalState;
      const { loss, dLogits, probabilities } = softmaxCrossEntropy(readout(weights, h), labels);
      const right = argmax(probabilities).filter((guess, i) => guess === labels[i]).length;

      const { dX: dh, dW, db } = affineBackward(dLogits, h, weights.readout.W);
      const dhAtSteps: Matrix[] = [];
      dhAtSteps[x.steps - 1] = dh;
      const { gradients } = bptt(cell, weights.cell, run, dhAtSteps);
      return { loss, accuracy: right / x.batch, gradients: { cell: gradients, readout: { W: dW, b: db } }, finalState };
    },
  };
}
