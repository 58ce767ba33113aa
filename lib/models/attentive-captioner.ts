import type { Cell, State, Weights } from "../cells/cell.js";
import { type DenseWeights, dense } from "../layers/dense.js";
import { dropout as dropoutLayer } from "../layers/dropout.js";
import { type EmbeddingWeights, embedding } from "../layers/embedding.js";
import type { ImageStack } from "../layers/image-stack.js";
import type { ByLayer } from "../layers/stacked.js";
import { affine, affineBackward, columnSums } from "../math/affine.js";
import { checkChoice } from "../math/check-options.js";
import { add } from "../math/elementwise.js";
import { settleWeights } from "../math/long-lived.js";
import { build, copy, type Matrix } from "../math/matrix.js";
import type { Precision } from "../math/precision.js";
import type { Random } from "../math/random.js";
import { type Sequence, unflatten } from "../math/sequence.js";
import type { WeightTree } from "../math/weights.js";
import { checkSmoothing } from "../train/cross-entropy.js";
import { sequenceCrossEntropy } from "../train/sequence-cross-entropy.js";
import type { Attention } from "./attention.js";
import type { CaptionerBatch } from "./captioner.js";
import type { Decoder } from "./decoder.js";
import type { WritingState } from "./encoder-decoder.js";
import { type BridgeWeights, bridge } from "./encoder-decoder-bridge.js";
import { checkParts, checkVocabulary } from "./encoder-decoder-checks.js";
import { type Asking, decoderStep, lookingWalk, steppedWalk } from "./encoder-decoder-walk.js";
import { nextTokens } from "./next-tokens.js";
import { cellsOf, gridsOf } from "./picture-cells.js";
import type { TargetVocabulary } from "./sequence-pairs.js";

export type AttentiveCaptionerWeights<W extends Weights, A extends WeightTree> = {
  encoder: ByLayer;
  /** What is added to each cell of the grid, so that the writer knows where it lies: 1×(S·D). */
  place: { P: Matrix };
  bridge: BridgeWeights;
  embedding: EmbeddingWeights;
  cell: W;
  attention: A;
  readout: DenseWeights;
};

export interface AttentiveCaptioner<W extends Weights, S extends State, A extends WeightTree> {
  /** How many numbers a picture has. */
  readonly inputSize: number;
  readonly vocabularySize: number;

  init(random: Random): AttentiveCaptionerWeights<W, A>;

  /** Where in the picture it looks for each word of the caption: (T−1)×B×S, each row a distribution over the cells. */
  alignments(weights: AttentiveCaptionerWeights<W, A>, batch: CaptionerBatch): Sequence;

  /**
   * Cross-entropy in nats per token with teacher forcing, padding left out; the share of tokens that were the most
   * probable; the gradients; and how many tokens were predicted. `random` is there in training only: dropout draws from it.
   */
  lossAndGradients(
    weights: AttentiveCaptionerWeights<W, A>,
    batch: CaptionerBatch,
    options?: { readonly random?: Random | undefined },
  ): { loss: number; accuracy: number; count: number; gradients: AttentiveCaptionerWeights<W, A> };

  /** Looks at the pictures, B×pixels, and is ready to write: B captions begin with the begin token. */
  start(weights: AttentiveCaptionerWeights<W, A>, images: Matrix): Decoder<WritingState<S>>;
}

/**
 * One to many, with a look back: the writer looks at a part of the picture before each word.
 *
 *     a_1 … a_S = encoder(image)                the cells of a grid, D numbers each
 *     k_s = a_s + place_s,  s_0 = (a_1 ‖ … ‖ a_S)·W + b for each part of the cell's state
 *     c_t = attention(h_{t−1}, k)
 *     s_t = cell(E[y_{t−1}] ‖ c_t, s_{t−1})
 *     p(y_t | y_0 … y_{t−1}, image) = softmax((h_t ‖ c_t)·W + b)
 *
 * It is the encoder–decoder with a picture in the place of the source: where that one's source has words, this one's has
 * the cells of a grid. A cell does not say where it lies, so a learned vector for each place is added; these start evenly
 * spread over ±2, so that places can be told apart from the first step on. With `asks: "after"` the query is h_t and the
 * cell reads E[y_{t−1}] alone, as in `encoderDecoder`: in training all looks are taken together, much faster.
 *
 * @param encoder from a picture to a grid of cells, such as `imageStack` makes it
 * @param decoder the cell that writes. Its inputSize is the width of its embedding, plus that of a grid's cell where the
 *   attention is asked before the step
 * @param target the tokens that are written, with begin and end
 * @param attention with querySize the decoder's hiddenSize and memorySize the channels of the grid
 * @param asks which state the attention is asked with: "before" the step, or "after" it
 * @param dropout of what the read-out reads, in training: 0 … below 1
 * @param labelSmoothing of the loss, 0 … 1
 * @param precision of the weights: "float32" to train, "float64" to check gradients
 * @throws when sizes do not fit together, or the vocabulary has no begin or end; its functions throw when pictures and
 *   captions do not fit together
 * @see Xu et al. 2015, Show, attend and tell: soft attention, equations 4, 5 and 13. There s_0 comes from the mean of the
 *   cells; here from all of them side by side, which also says what is where
 *
 * @example
 * const eye = imageStack({ height: 8, width: 8, channels: 1 }, (image) => convolution(image, { filters: 6, kernel: 4, stride: 4 }));
 * const words = { size: 9, special: { begin: 1, end: 2 } };
 * const model = attentiveCaptioner(eye, lstm(5 + 6, 12), words, additiveAttention(12, 6, 8));
 * const weights = model.init(random(1));
 * const [caption] = greedy(model.start(weights, build(1, 64, () => 0.5, "float32")), { begin: 1, end: 2, maxLength: 4 });
 * console.log(caption.attention?.cols); // 4: the cells of a 2×2 grid
 */
export function attentiveCaptioner<W extends Weights, S extends State, Cache, A extends WeightTree>(
  encoder: ImageStack,
  decoder: Cell<W, S, Cache>,
  target: TargetVocabulary,
  attention: Attention<A>,
  {
    asks = "before",
    dropout = 0,
    labelSmoothing = 0,
    precision = "float32",
  }: { asks?: Asking; dropout?: number; labelSmoothing?: number; precision?: Precision } = {},
): AttentiveCaptioner<W, S, A> {
  type Own = AttentiveCaptionerWeights<W, A>;
  const name = "attentiveCaptioner";
  checkSmoothing(name, labelSmoothing);
  checkChoice(name, "asks", asks, ["before", "after"]);
  checkVocabulary(target, name);
  const grid = encoder.outputShape;
  const [H, D, V, cells] = [decoder.hiddenSize, grid.channels, target.size, grid.height * grid.width];
  checkParts({ outputSize: D }, decoder, { attention, asks }, name);
  const width = decoder.inputSize - (asks === "before" ? D : 0);
  const toState = bridge(cells * D, decoder);
  const masked = dropoutLayer(H + D, dropout);
  const parts = (weights: Own) => ({ cell: decoder, asks, vocabularySize: V, weights });

  function look(weights: Own, images: Matrix, random?: Random) {
    if (images.cols !== encoder.inputSize || images.rows < 1) {
      throw new RangeError(
        `${name}: the images are ${images.rows}×${images.cols}, expected at least one row of ${encoder.inputSize} pixels`,
      );
    }
    const seen = encoder.forward(weights.encoder, unflatten(copy(images), 1), { random });
    const memory = attention.remember(weights.attention, cellsOf(seen.y, weights.place.P, grid));
    return { seen, memory, initialState: toState.forward(weights.bridge, seen.y.flat()) };
  }

  function predict(weights: Own, { images, target: captions, targetLengths }: CaptionerBatch, random?: Random) {
    if (captions.batch !== images.rows) {
      throw new RangeError(`${name}: ${captions.batch} captions for ${images.rows} images, expected one for each`);
    }
    const { x, targets, lengths } = nextTokens(captions, { lengths: targetLengths });
    const looked = look(weights, images, random);
    const { memory, initialState } = looked;
    const walk =
      asks === "after"
        ? lookingWalk(parts(weights), x, initialState, memory)
        : steppedWalk(parts(weights), x, initialState, { memory, sampling: undefined });
    const outputs = masked.forward({}, walk.outputs, { random });
    return { ...looked, walk, outputs, targets, lengths };
  }

  return {
    inputSize: encoder.inputSize,
    vocabularySize: V,

    init(random) {
      const weights: Own = {
        encoder: encoder.init(random),
        place: { P: build(1, cells * D, () => 4 * random() - 2) },
        bridge: toState.init(random),
        embedding: embedding(V, width).init(random),
        cell: decoder.init(random),
        attention: attention.init(random),
        readout: dense(H + D, V).init(random),
      };
      return settleWeights(weights, precision);
    },

    alignments: (weights, batch) => predict(weights, batch).walk.alignments!,

    lossAndGradients(weights, batch, { random } = {}) {
      const { seen, memory, walk, outputs, targets, lengths } = predict(weights, batch, random);
      const { W, b } = weights.readout;
      const logits = unflatten(affine(outputs.y.flat(), W, b), targets.steps);
      const { loss, dLogits, count, correct } = sequenceCrossEntropy(logits, targets, { labelSmoothing, lengths });

      const { dX, dW, db } = affineBackward(dLogits.flat(), outputs.y.flat(), W);
      const back = walk.backward(outputs.backward(unflatten(dX, targets.steps)).dx!);
      const looked = memory.backward();
      const start = toState.backward(weights.bridge, seen.y.flat(), back.dInitialState);
      const dCells = gridsOf(looked.dMemory);
      const gradients: Own = {
        encoder: seen.backward(unflatten(add(dCells.flat(), start.dSummary), 1)).gradients,
        place: { P: columnSums(dCells.flat()) },
        bridge: start.gradients,
        embedding: back.embedding,
        cell: back.cell,
        attention: looked.gradients,
        readout: { W: dW, b: db },
      };
      return { loss, accuracy: correct / count, count, gradients };
    },

    start(weights, images) {
      const { initialState, memory } = look(weights, images);
      return {
        initialState: { cell: initialState, source: build(images.rows, 1, (i) => i) },
        step(state, ids) {
          const rows = memory.select(Array.from({ length: ids.length }, (_, n) => state.source.at(n, 0)));
          const { state: cell, output, read } = decoderStep(parts(weights), ids, state.cell, rows);
          const { W, b } = weights.readout;
          return { logits: affine(output, W, b), state: { cell, source: state.source }, attention: read!.weights };
        },
      };
    },
  };
}
