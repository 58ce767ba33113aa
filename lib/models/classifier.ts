import type { Cell, State, Weights } from "../cells/cell.js";
import { type DenseWeights, dense } from "../layers/dense.js";
import type { Layer } from "../layers/layer.js";
import { type AnyCell, asLayer } from "../layers/recurrent.js";
import { affine, affineBackward } from "../math/affine.js";
import type { Lengths } from "../math/lengths.js";
import { settleWeights } from "../math/long-lived.js";
import type { Matrix } from "../math/matrix.js";
import type { Precision } from "../math/precision.js";
import type { Random } from "../math/random.js";
import { type Sequence, unflatten } from "../math/sequence.js";
import { softmax } from "../math/softmax.js";
import type { Tokens } from "../math/tokens.js";
import type { WeightTree } from "../math/weights.js";
import { softmaxCrossEntropy } from "../train/loss.js";

/** The weights of what reads, under what it is, and the read-out W_hy (H×classes) and b_y (1×classes). */
export type ClassifierWeights<W extends WeightTree, Part extends "cell" | "layer" = "cell"> = {
  readonly [part in Part]: W;
} & { readonly readout: DenseWeights };

export interface ClassifierBatch<X = Sequence> {
  /** T×B×D numbers, or T×B tokens. */
  readonly x: X;
  /** B class numbers. */
  readonly labels: ArrayLike<number>;
  /** How many steps each sequence has, 1 … T; by default T. */
  readonly lengths?: Lengths | undefined;
}

export interface ReadingOptions<S> {
  /** Where reading starts: by default the cell's own initial state. */
  readonly initialState?: S | undefined;
  /** How many steps each sequence has, 1 … T; by default T. */
  readonly lengths?: Lengths | undefined;
}

export interface Classifier<
  W extends WeightTree,
  S extends WeightTree,
  X extends Sequence | Tokens = Sequence,
  Part extends "cell" | "layer" = "cell",
> {
  readonly inputSize: number;
  /** H, how many numbers the read-out reads. */
  readonly hiddenSize: number;
  readonly classes: number;

  init(random: Random): ClassifierWeights<W, Part>;

  /** B×classes, read from what is known after the last step. */
  logits(weights: ClassifierWeights<W, Part>, x: X, options?: ReadingOptions<S>): Matrix;

  /** The probability of each class after each step, T×B×classes: what it would guess if the sequence ended there. */
  everyStep(weights: ClassifierWeights<W, Part>, x: X, options?: ReadingOptions<S>): Sequence;

  /** The output h_t after each step, T×B×H. */
  states(weights: ClassifierWeights<W, Part>, x: X, options?: ReadingOptions<S>): Sequence;

  /** The state after the last step: the `initialState` of what comes next. */
  finalState(weights: ClassifierWeights<W, Part>, x: X, options?: ReadingOptions<S>): S;

  /**
   * Cross-entropy of the batch, the share of it that is right, the gradients by BPTT, and where reading ended.
   * `random` is there in training only: dropout draws from it.
   */
  lossAndGradients(
    weights: ClassifierWeights<W, Part>,
    batch: ClassifierBatch<X>,
    options?: { readonly initialState?: S | undefined; readonly random?: Random | undefined },
  ): { loss: number; accuracy: number; gradients: ClassifierWeights<W, Part>; finalState: S };
}

/** How a classifier looks from inside, where weights may stand under either name. */
type Inside = { readonly [part: string]: WeightTree; readonly readout: DenseWeights };

/**
 * Many to one: reads a sequence, then says which class it belongs to.
 *
 *     h_t = cell(x_t, h_{t−1}),  y = h_T·W_hy + b_y,  p = softmax(y)
 *
 * In place of a cell it takes any layer, such as a stack, a bidirectional one, or one that reads tokens through an
 * embedding; h_T is then the layer's summary. With the cell `feedForward` and sequences of one step it is the ordinary
 * feed-forward classifier.
 *
 * @param reader any cell, or any layer that knows something when it has read all; its weights are called `cell` or `layer`
 * @param classes N ≥ 2
 * @param precision of the weights: "float32" to train, "float64" to check gradients
 * @throws when classes is not a whole number ≥ 2, or the layer has no summary
 *
 * @example
 * const model = classifier(rnn(28, 128), 10);
 * const weights = model.init(random(1));
 * const picture = buildSequence(28, 1, 28, (t, _, j) => (t === j ? 1 : 0), "float32"); // a diagonal stroke
 * const guesses = model.everyStep(weights, picture); // 28×1×10
 *
 * const mood = classifier(stacked(embedding(1000, 16), bidirectional(rnn(16, 32), rnn(16, 32))), 2); // reads Tokens
 */
export function classifier<W extends Weights, S extends State, Cache>(
  reader: Cell<W, S, Cache>,
  classes: number,
  options?: { precision?: Precision },
): Classifier<W, S>;
export function classifier<W extends WeightTree, S extends WeightTree, X extends Sequence | Tokens>(
  reader: Layer<W, S, X>,
  classes: number,
  options?: { precision?: Precision },
): Classifier<W, S, X, "layer">;
export function classifier(
  reader: Layer | AnyCell,
  classes: number,
  { precision = "float32" }: { precision?: Precision } = {},
): Classifier<WeightTree, WeightTree, Sequence, "cell" | "layer"> {
  if (!(Number.isInteger(classes) && classes >= 2)) {
    throw new RangeError(`classifier: there are ${classes} classes, expected a whole number ≥ 2`);
  }
  const layer = asLayer(reader);
  const part = "hiddenSize" in reader ? "cell" : "layer";
  layer.summary(layer.initialState(1)); // a layer that has none says so here
  const H = layer.outputSize;
  const head = dense(H, classes);
  const read = (weights: Inside, x: Sequence, options?: ReadingOptions<WeightTree>) =>
    layer.forward(weights[part]!, x, options);

  const model: Classifier<WeightTree, WeightTree, Sequence, "cell" | "layer"> = {
    inputSize: layer.inputSize,
    hiddenSize: H,
    classes,

    init(random) {
      const readout = head.init(random);
      return settleWeights({ [part]: layer.init(random), readout } as ReturnType<typeof model.init>, precision);
    },

    logits(weights, x, options) {
      const { W, b } = weights.readout;
      return affine(layer.summary(read(weights, x, options).finalState), W, b);
    },

    everyStep(weights, x, options) {
      if (layer.looksAhead) {
        throw new TypeError("classifier: it also reads from the end and so knows nothing before it: ask logits");
      }
      const { W, b } = weights.readout;
      return unflatten(softmax(affine(read(weights, x, options).y.flat(), W, b)), x.steps);
    },

    states: (weights, x, options) => read(weights, x, options).y,
    finalState: (weights, x, options) => read(weights, x, options).finalState,

    lossAndGradients(weights, { x, labels, lengths }, { initialState, random } = {}) {
      const { W, b } = weights.readout;
      const run = layer.forward(weights[part], x, { initialState, lengths, random });
      const { finalState } = run;
      const h = layer.summary(finalState);
      const { loss, dLogits, correct } = softmaxCrossEntropy(affine(h, W, b), labels);
      const { dX: dh, dW, db } = affineBackward(dLogits, h, W);
      const gradients = {
        [part]: run.backward(undefined, layer.summaryBackward(dh)).gradients,
        readout: { W: dW, b: db },
      } as typeof weights;
      return { loss, accuracy: correct / labels.length, gradients, finalState };
    },
  };
  return model;
}
