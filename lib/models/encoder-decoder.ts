import type { Cell, State, Weights } from "../cells/cell.js";
import { type DenseWeights, dense } from "../layers/dense.js";
import { dropout as dropoutLayer } from "../layers/dropout.js";
import { type EmbeddingWeights, embedding } from "../layers/embedding.js";
import type { Layer, LayerRun, NoState } from "../layers/layer.js";
import { affine, affineBackward } from "../math/affine.js";
import { checkChoice } from "../math/check-options.js";
import type { Lengths } from "../math/lengths.js";
import { settleWeights } from "../math/long-lived.js";
import { build, type Matrix } from "../math/matrix.js";
import type { Precision } from "../math/precision.js";
import type { Random } from "../math/random.js";
import { type Sequence, unflatten } from "../math/sequence.js";
import type { Tokens } from "../math/tokens.js";
import type { WeightTree } from "../math/weights.js";
import { checkSmoothing } from "../train/cross-entropy.js";
import { sequenceCrossEntropy } from "../train/sequence-cross-entropy.js";
import type { Attention, AttentionMemory } from "./attention.js";
import type { Decoder } from "./decoder.js";
import { type BridgeWeights, bridge } from "./encoder-decoder-bridge.js";
import { checkPairs, checkParts, checkSampling, checkVocabulary } from "./encoder-decoder-checks.js";
import { type Asking, decoderStep, lookingWalk, plainWalk, steppedWalk } from "./encoder-decoder-walk.js";
import type { SequencePairs, TargetVocabulary } from "./sequence-pairs.js";
import { targetLogProbability } from "./target-log-probability.js";

export type EncoderDecoderWeights<E extends WeightTree, W extends Weights, A extends WeightTree> = {
  encoder: E;
  bridge: BridgeWeights;
  embedding: EmbeddingWeights;
  cell: W;
  /** Nothing, where there is no attention. */
  attention: A;
  readout: DenseWeights;
};

/** The cell's state of each text that is being written, and which source (0 … B−1) it is made from, N×1. */
export type WritingState<S> = { cell: S; source: Matrix };

export interface EncoderDecoder<E extends WeightTree, W extends Weights, S extends State, A extends WeightTree> {
  readonly vocabularySize: number;
  /** The tokens that a target begins and ends with. */
  readonly begin: number;
  readonly end: number;

  init(random: Random): EncoderDecoderWeights<E, W, A>;

  /** What it expects at each step when it has read the source and the true target so far: (T−1)×B×V, for target[1 … T−1]. */
  logits(weights: EncoderDecoderWeights<E, W, A>, batch: SequencePairs): Sequence;

  /** How probable each target is, log p(target[1 … T−1] | source) in nats: B numbers ≤ 0. */
  logProbability(weights: EncoderDecoderWeights<E, W, A>, batch: SequencePairs): number[];

  /** Where in the source it looks at each of these steps: (T−1)×B×S, each row a distribution. */
  alignments(weights: EncoderDecoderWeights<E, W, A>, batch: SequencePairs): Sequence;

  /**
   * Cross-entropy in nats per token, the share of tokens that were the most probable, the gradients, and how many tokens
   * were predicted. With `sampling`, what the model itself would have said is read in place of the truth with this
   * probability at each token (no gradient passes through the choice). `random` is there in training only: sampling
   * and dropout draw from it.
   */
  lossAndGradients(
    weights: EncoderDecoderWeights<E, W, A>,
    batch: SequencePairs,
    options?: { readonly random?: Random | undefined; readonly sampling?: number },
  ): { loss: number; accuracy: number; gradients: EncoderDecoderWeights<E, W, A>; count: number };

  /** Reads the sources, S×B, and is ready to write: B texts begin with the begin token. */
  start(
    weights: EncoderDecoderWeights<E, W, A>,
    source: Tokens,
    options?: { readonly lengths?: Lengths | undefined },
  ): Decoder<WritingState<S>>;
}

/**
 * Many to many, lengths free: one network reads a text, another one writes what shall be made of it.
 *
 *     k_1 … k_S = encoder(source),  s_0 = summary·W + b for each part of the state
 *     c_t = attention(h_{t−1}, k)
 *     s_t = cell(E[y_{t−1}] ‖ c_t, s_{t−1})
 *     p(y_t | y_0 … y_{t−1}, source) = softmax((h_t ‖ c_t)·W + b)
 *
 * The attention's query is the state before the step, and its context goes into the cell, as Bahdanau has it. With `asks:
 * "after"`, Luong's form, the query is h_t, and the cell reads E[y_{t−1}] alone: no step waits for a context, so that in
 * training the cell runs along whole targets and all looks are taken together, several times as fast. Without attention,
 * c_t is left out: all that is known of the source is s_0. In training the true y_{t−1} is read (teacher forcing), or what
 * the model has drawn (scheduled sampling).
 *
 * @param encoder a layer that reads tokens, such as `stacked(embedding(50, 8), bidirectional(gru(8, 16), gru(8, 16)))`
 * @param decoder the cell that writes. Its inputSize is the width of its embedding, plus that of the context where the
 *   attention is asked before the step
 * @param target the tokens that are written
 * @param attention with querySize the decoder's hiddenSize and memorySize the encoder's outputSize
 * @param asks which state the attention is asked with: "before" the step, or "after" it
 * @param dropout of what the read-out reads, in training: 0 … below 1
 * @param labelSmoothing of the loss, 0 … 1
 * @param precision of the weights: "float32" to train, "float64" to check gradients
 * @throws when sizes do not fit together or the vocabulary has no begin or end; its functions throw when a target does
 *   not begin and end with these, a token is not in the vocabulary, lengths do not fit, or there is no pair
 * @see Sutskever, Vinyals & Le 2014, Sequence to sequence learning with neural networks; Cho et al. 2014, Learning phrase
 *   representations using RNN encoder-decoder; Bahdanau, Cho & Bengio 2015, Neural machine translation by jointly
 *   learning to align and translate; Bengio et al. 2015, Scheduled sampling
 *
 * @example
 * const encoder = stacked(embedding(20, 8), gru(8, 16));
 * const model = encoderDecoder(encoder, gru(8 + 16, 16), { size: 20, special: { begin: 1, end: 2 } }, {
 *   attention: additiveAttention(16, 16, 12),
 * });
 * const weights = model.init(random(1));
 * const source = new Tokens(3, 1, Int32Array.of(5, 6, 7));
 * const target = new Tokens(4, 1, Int32Array.of(1, 7, 6, 2));
 * const { loss } = model.lossAndGradients(weights, { source, target }); // about log 20
 * const [written] = greedy(model.start(weights, source), { begin: 1, end: 2, maxLength: 10 });
 */
export function encoderDecoder<
  E extends WeightTree,
  R extends WeightTree,
  W extends Weights,
  S extends State,
  Cache,
  A extends WeightTree = NoState,
>(
  encoder: Layer<E, R, Tokens>,
  decoder: Cell<W, S, Cache>,
  target: TargetVocabulary,
  {
    attention,
    asks = "before",
    dropout = 0,
    labelSmoothing = 0,
    precision = "float32",
  }: {
    attention?: Attention<A>;
    asks?: Asking;
    dropout?: number;
    labelSmoothing?: number;
    precision?: Precision;
  } = {},
): EncoderDecoder<E, W, S, A> {
  type Own = EncoderDecoderWeights<E, W, A>;
  checkSmoothing("encoderDecoder", labelSmoothing);
  checkChoice("encoderDecoder", "asks", asks, ["before", "after"]);
  const { begin, end } = checkVocabulary(target);
  const V = target.size;
  const [H, D] = [decoder.hiddenSize, attention?.memorySize ?? 0];
  const width = decoder.inputSize - (asks === "before" ? D : 0);
  checkParts(encoder, decoder, { attention, asks });
  const toState = bridge(encoder.outputSize, decoder);
  const masked = dropoutLayer(H + D, dropout);
  const parts = (weights: Own) => ({ cell: decoder, vocabularySize: V, weights, asks });
  const readout = ({ readout: { W, b } }: Own, output: Matrix) => affine(output, W, b);

  /** Reads the sources: the way back, the decoder's initial state, and the memory where there is attention. */
  function read(weights: Own, source: Tokens, lengths: Lengths | undefined, random?: Random): Reading<E, R, S, A> {
    const run = encoder.forward(weights.encoder, source, { lengths, random });
    const summary = encoder.summary(run.finalState);
    const memory = attention?.remember(weights.attention, run.y, { lengths });
    return { run, summary, initialState: toState.forward(weights.bridge, summary), memory };
  }

  function predict(weights: Own, batch: SequencePairs, random?: Random, rate = 0) {
    checkPairs(batch, { size: V, begin, end });
    checkSampling(rate, random);
    const reading = read(weights, batch.source, batch.sourceLengths, random);
    const inputs = batch.target.slice(0, batch.target.steps - 1);
    const sampling = random && rate > 0 ? { rate, random, logits: (h: Matrix) => readout(weights, h) } : undefined;
    const { initialState, memory } = reading;
    const waits = sampling || (memory && asks === "before");
    const walk = waits
      ? steppedWalk(parts(weights), inputs, initialState, { memory, sampling })
      : memory
        ? lookingWalk(parts(weights), inputs, initialState, memory)
        : plainWalk(parts(weights), inputs, initialState);
    const outputs = masked.forward({}, walk.outputs, { random });
    return { reading, walk, outputs, logits: unflatten(readout(weights, outputs.y.flat()), inputs.steps) };
  }

  return {
    vocabularySize: V,
    begin,
    end,

    init(random) {
      const weights: Own = {
        encoder: encoder.init(random),
        bridge: toState.init(random),
        embedding: embedding(V, width).init(random),
        cell: decoder.init(random),
        attention: attention?.init(random) ?? ({} as A),
        readout: dense(H + D, V).init(random),
      };
      return settleWeights(weights, precision);
    },

    logits: (weights, batch) => predict(weights, batch).logits,

    logProbability(weights, batch) {
      const { targets, lengths } = expected(batch);
      return targetLogProbability(predict(weights, batch).logits, targets, lengths);
    },

    alignments(weights, batch) {
      const { alignments } = predict(weights, batch).walk;
      if (alignments) return alignments;
      throw new RangeError(
        "encoderDecoder: without attention there are no alignments: make the model with { attention }",
      );
    },

    lossAndGradients(weights, batch, { random, sampling = 0 } = {}) {
      const { reading, walk, outputs, logits } = predict(weights, batch, random, sampling);
      const { targets, lengths } = expected(batch);
      const options = { labelSmoothing, ...(lengths && { lengths }) };
      const { loss, dLogits, count, correct } = sequenceCrossEntropy(logits, targets, options);

      const { dX, dW, db } = affineBackward(dLogits.flat(), outputs.y.flat(), weights.readout.W);
      const back = walk.backward(outputs.backward(unflatten(dX, dLogits.steps)).dx!);
      const memory = reading.memory?.backward();
      const start = toState.backward(weights.bridge, reading.summary, back.dInitialState);
      const encoded = reading.run.backward(memory?.dMemory, encoder.summaryBackward(start.dSummary));
      const gradients: Own = {
        encoder: encoded.gradients,
        bridge: start.gradients,
        embedding: back.embedding,
        cell: back.cell,
        attention: memory?.gradients ?? ({} as A),
        readout: { W: dW, b: db },
      };
      return { loss, accuracy: correct / count, gradients, count };
    },

    start(weights, source, { lengths } = {}) {
      const { initialState, memory } = read(weights, source, lengths);
      return {
        initialState: { cell: initialState, source: build(source.batch, 1, (i) => i) },
        step(state, ids) {
          const rows = memory?.select(Array.from({ length: ids.length }, (_, n) => state.source.at(n, 0)));
          const { state: cell, output, read: seen } = decoderStep(parts(weights), ids, state.cell, rows);
          return { logits: readout(weights, output), state: { cell, source: state.source }, attention: seen?.weights };
        },
      };
    },
  };
}

/** What is to be said: all of a target but its first token. */
function expected({ target, targetLengths }: SequencePairs): { targets: Tokens; lengths: number[] | undefined } {
  return {
    targets: target.slice(1, target.steps),
    lengths: targetLengths && Array.from(targetLengths, (length) => length - 1),
  };
}

interface Reading<E extends WeightTree, R extends WeightTree, S, A extends WeightTree> {
  readonly run: LayerRun<E, R>;
  readonly summary: Matrix;
  readonly initialState: S;
  readonly memory: AttentionMemory<A> | undefined;
}
