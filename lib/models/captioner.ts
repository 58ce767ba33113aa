import { type DenseWeights, dense } from "../layers/dense.js";
import type { Layer } from "../layers/layer.js";
import { type AnyCell, asLayer } from "../layers/recurrent.js";
import { tanh, tanhSlope } from "../math/activation.js";
import { affine, affineBackward } from "../math/affine.js";
import { mul } from "../math/elementwise.js";
import type { Lengths } from "../math/lengths.js";
import { settleWeights } from "../math/long-lived.js";
import { copy, copyInto, type Matrix, zeros } from "../math/matrix.js";
import type { Random } from "../math/random.js";
import { unflatten } from "../math/sequence.js";
import type { Tokens } from "../math/tokens.js";
import { flatten, mapWeights, type WeightTree } from "../math/weights.js";
import type { LanguageModel, LanguageModelWeights } from "./language-model.js";
import { nextTokens } from "./next-tokens.js";

/** The image's encoder, the way from its code to the writer's state (F×S and 1×S), and the writer. */
export type CaptionerWeights<W extends WeightTree> = {
  readonly encoder: WeightTree;
  readonly start: DenseWeights;
  readonly writer: LanguageModelWeights<W>;
};

export interface CaptionerBatch {
  /** B×pixels. */
  readonly images: Matrix;
  /** T×B tokens, from `<begin>` to `<end>`. */
  readonly target: Tokens;
  /** How many tokens each caption has, both marks counted, 2 … T; by default T. */
  readonly targetLengths?: Lengths | undefined;
}

export interface Captioner<W extends WeightTree, S extends WeightTree> {
  /** How many numbers an image has. */
  readonly inputSize: number;
  readonly vocabularySize: number;

  init(random: Random): CaptionerWeights<W>;

  /** What the writer knows before its first token: one row for each image. */
  start(weights: CaptionerWeights<W>, images: Matrix): S;

  /** One step of writing: reads one token for each caption and says what it expects next, B×V. */
  step(weights: CaptionerWeights<W>, ids: Int32Array, state: S): { logits: Matrix; state: S };

  /**
   * Cross-entropy in nats per token with teacher forcing: after the true tokens so far, the true next one. Padding is
   * left out; the gradients go through the writer into the image's encoder. `random` is there in training only.
   */
  lossAndGradients(
    weights: CaptionerWeights<W>,
    batch: CaptionerBatch,
    options?: { readonly random?: Random | undefined },
  ): {
    loss: number;
    accuracy: number;
    /** How many tokens were predicted. */
    count: number;
    gradients: CaptionerWeights<W>;
  };
}

/**
 * One to many: looks at an image once, then writes about it.
 *
 *     a = encoder(image),  state_0 = tanh(a·W_s + b_s),  p(x_1 … x_m | image, x_0) = Π_t p(x_t | state_0, x_0 … x_{t−1})
 *
 * All parts of the writer's state start from the image: h and c of an LSTM, and of all layers of a stack.
 *
 * @param encoder a layer or a cell from an image (B×pixels, read as one step) to a code of F numbers: `feedForward(784,
 *   64)`, or convolutions with a feed-forward cell on top
 * @param writer the language model that writes; it gives the precision of the weights
 * @throws when the writer has no state; its functions throw when images, captions and state do not fit together
 * @see Vinyals, Toshev, Bengio & Erhan 2015, Show and tell; a state that starts from the image: Xu et al. 2015, Show,
 *   attend and tell, section 3.1.2
 *
 * @example
 * const model = captioner(feedForward(784, 64), languageModel(30, rnn(16, 32)));
 * const weights = model.init(random(1));
 * const images = build(2, 784, () => 0.5, "float32");
 * const { logits, state } = model.step(weights, Int32Array.of(1, 1), model.start(weights, images)); // 2×30
 */
export function captioner<W extends WeightTree, S extends WeightTree>(
  encoder: Layer | AnyCell,
  writer: LanguageModel<W, S>,
): Captioner<W, S> {
  const eye = asLayer(encoder);
  const blank = writer.initialState(1);
  const stateSize = Object.values(flatten(blank)).reduce((sum, { cols }) => sum + cols, 0);
  if (stateSize === 0) {
    throw new TypeError("captioner: the writer has no state that could start from the image: give it a recurrent cell");
  }
  const bridge = dense(eye.outputSize, stateSize);

  const look = (weights: CaptionerWeights<W>, images: Matrix, random?: Random) => {
    if (images.cols !== eye.inputSize || images.rows < 1) {
      throw new RangeError(
        `captioner: the images are ${images.rows}×${images.cols}, expected at least one row of ${eye.inputSize} pixels`,
      );
    }
    const seen = eye.forward(weights.encoder, unflatten(copy(images), 1), { random });
    const code = seen.y.at(0);
    const state = tanh(affine(code, weights.start.W, weights.start.b));
    return { seen, code, state };
  };

  return {
    inputSize: eye.inputSize,
    vocabularySize: writer.vocabularySize,

    init(random) {
      const own = settleWeights({ encoder: eye.init(random), start: bridge.init(random) }, writer.precision);
      return { ...own, writer: writer.init(random) };
    },

    start: (weights, images) => partsOf(blank, look(weights, images).state),
    step: (weights, ids, state) => writer.step(weights.writer, ids, state),

    lossAndGradients(weights, { images, target, targetLengths }, { random } = {}) {
      if (target.batch !== images.rows) {
        throw new RangeError(`captioner: ${target.batch} captions for ${images.rows} images, expected one for each`);
      }
      const { seen, code, state } = look(weights, images, random);
      const initialState = partsOf(blank, state);
      const written = writer.lossAndGradients(weights.writer, nextTokens(target, { lengths: targetLengths }), {
        initialState,
        random,
      });

      const dState = mul(sideBySide(written.dInitialState, state), tanhSlope(state));
      const { dX: dCode, dW, db } = affineBackward(dState, code, weights.start.W);
      return {
        loss: written.loss,
        accuracy: written.accuracy,
        count: written.count,
        gradients: {
          encoder: seen.backward(unflatten(dCode, 1)).gradients,
          start: { W: dW, b: db },
          writer: written.gradients,
        },
      };
    },
  };
}

/** The columns of one matrix as a tree of the form of `blank`. */
function partsOf<S extends WeightTree>(blank: S, all: Matrix): S {
  let col = 0;
  return mapWeights(blank, ({ cols }) => copy(all.columns(col, (col += cols))));
}

/** The reverse: a tree's matrices as columns of one, shaped as `all`. */
function sideBySide(parts: WeightTree, { rows, cols, precision }: Matrix): Matrix {
  const result = zeros(rows, cols, precision);
  let col = 0;
  for (const part of Object.values(flatten(parts))) copyInto(result.columns(col, (col += part.cols)), part);
  return result;
}
