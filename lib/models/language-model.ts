import type { Cell, State, Weights } from "../cells/cell.js";
import type { Examples } from "../data/batch.js";
import { type EmbeddingWeights, embedding } from "../layers/embedding.js";
import type { Layer } from "../layers/layer.js";
import { type AnyCell, asLayer } from "../layers/recurrent.js";
import { checkCount } from "../math/check-options.js";
import { addInto } from "../math/elementwise.js";
import { settleWeights } from "../math/long-lived.js";
import { copy, type Matrix } from "../math/matrix.js";
import type { Precision } from "../math/precision.js";
import type { Random } from "../math/random.js";
import { type Sequence, unflatten } from "../math/sequence.js";
import { Tokens } from "../math/tokens.js";
import { copyWeights, type WeightTree } from "../math/weights.js";
import { checkSmoothing } from "../train/cross-entropy.js";
import { sequenceCrossEntropy } from "../train/sequence-cross-entropy.js";
import type { ReadingOptions } from "./classifier.js";
import { type NextTokens, nextTokens } from "./next-tokens.js";
import { targetLogProbability } from "./target-log-probability.js";
import { freeReadout, type TokenReadoutWeights, tiedReadout } from "./token-readout.js";

/** The embedding E (V×D), the weights of the cell or layer, and the read-out. */
export type LanguageModelWeights<W extends WeightTree> = {
  readonly embedding: EmbeddingWeights;
  readonly layer: W;
  readonly readout: TokenReadoutWeights;
};

export interface LanguageModelOptions {
  readonly tied?: boolean;
  readonly labelSmoothing?: number;
  readonly precision?: Precision;
}

export interface LanguageModel<W extends WeightTree, S extends WeightTree> {
  readonly vocabularySize: number;
  readonly precision: Precision;

  init(random: Random): LanguageModelWeights<W>;
  /** What it knows before it has read anything: one row for each of `batch` texts. */
  initialState(batch: number): S;

  /** What it expects after each step, T×B×V. */
  logits(weights: LanguageModelWeights<W>, x: Tokens, options?: ReadingOptions<S>): Sequence;

  /** The output h_t of the layer after each step, T×B×H. */
  states(weights: LanguageModelWeights<W>, x: Tokens, options?: ReadingOptions<S>): Sequence;

  /** The state after the last step: the `initialState` of what comes next. */
  finalState(weights: LanguageModelWeights<W>, x: Tokens, options?: ReadingOptions<S>): S;

  /**
   * Cross-entropy in nats per token, padding left out; the share of tokens that were the most probable; gradients by
   * BPTT through this batch only. On a stream, the final state is the next batch's `initialState`: then the state goes
   * on for ever and gradients go back T steps. `random` is there in training only: dropout draws from it.
   */
  lossAndGradients(
    weights: LanguageModelWeights<W>,
    batch: NextTokens,
    options?: { readonly initialState?: S | undefined; readonly random?: Random | undefined },
  ): {
    loss: number;
    accuracy: number;
    /** How many tokens were predicted. */
    count: number;
    gradients: LanguageModelWeights<W>;
    finalState: S;
    /** For what has made the initial state. */
    dInitialState: S;
  };

  /**
   * e^{nats per token}: among how many equally probable tokens it is as undecided. 1 … about V.
   *
   * @param examples all their tokens count alike
   * @param batchSize how many are read at once: it changes the memory needed, not the result
   * @param stream whether each example goes on where the one before it ended: then they are read one after the other
   */
  perplexity(
    weights: LanguageModelWeights<W>,
    examples: Examples<NextTokens>,
    options?: { batchSize?: number; stream?: boolean },
  ): number;

  /**
   * How probable each text is: log p(x_1 … x_m | x_0) = Σ_t log p(x_t | x_0 … x_{t−1}), B numbers ≤ 0. The first token
   * is what a text begins with, such as `<begin>` or a line break: it is given.
   */
  logProbability(weights: LanguageModelWeights<W>, tokens: Tokens, options?: ReadingOptions<S>): number[];

  /** One step of writing: reads one token for each text and says what it expects next, B×V. */
  step(weights: LanguageModelWeights<W>, ids: Int32Array, state: S): { logits: Matrix; state: S };
}

/**
 * Many to many, one step ahead: reads tokens and expects after each the one that comes next.
 *
 *     h_t = cell(E[x_t], h_{t−1}),  p(x_{t+1} | x_0 … x_t) = softmax(h_t·W_hy + b_y)
 *     p(x_1 … x_m | x_0) = Π_t p(x_t | x_0 … x_{t−1}),  E = −(1/M) Σ_t log p(x_t | x_0 … x_{t−1})
 *
 * @param vocabularySize V: tokens are 0 … V−1
 * @param reader a cell or a layer between embedding and read-out, such as `stacked(lstm(32, 64), dropout(64, 0.2),
 *   lstm(64, 64))`; the embedding is as wide as it reads
 * @param tied whether the read-out is the embedding, W_hy = Eᵀ (Press & Wolf 2017): for a reader that says as many
 *   numbers as it reads
 * @param labelSmoothing of the loss in training, 0 … 1
 * @param precision of the weights: "float32" to train, "float64" to check gradients
 * @throws when V is not a whole number ≥ 1, ε is not in 0 … 1, the reader looks ahead (a bidirectional one would read
 *   the answer), or its
 *   sizes do not allow `tied`; its functions throw when a token is not in the vocabulary or shapes do not fit
 * @see Mikolov et al. 2010, Recurrent neural network based language model
 *
 * @example
 * const model = languageModel(27, rnn(8, 32));
 * const weights = model.init(random(1));
 * const text = new Tokens(4, 1, Int32Array.of(0, 3, 1, 20)); // begins with 0
 * const { loss, gradients } = model.lossAndGradients(weights, nextTokens(text));
 * const [logP] = model.logProbability(weights, text); // −3 · loss
 * const { logits, state } = model.step(weights, Int32Array.of(0), model.initialState(1)); // 1×27
 */
export function languageModel<W extends Weights, S extends State, Cache>(
  vocabularySize: number,
  reader: Cell<W, S, Cache>,
  options?: LanguageModelOptions,
): LanguageModel<W, S>;
export function languageModel<W extends WeightTree, S extends WeightTree>(
  vocabularySize: number,
  reader: Layer<W, S>,
  options?: LanguageModelOptions,
): LanguageModel<W, S>;
export function languageModel(
  vocabularySize: number,
  reader: Layer | AnyCell,
  { tied = false, labelSmoothing = 0, precision = "float32" }: LanguageModelOptions = {},
): LanguageModel<WeightTree, WeightTree> {
  const V = vocabularySize;
  const layer = asLayer(reader);
  checkSmoothing("languageModel", labelSmoothing);
  const table = embedding(V, layer.inputSize);
  check(layer, tied);
  const readout = tied ? tiedReadout(V) : freeReadout(layer.outputSize, V);

  type Options = ReadingOptions<WeightTree> & { readonly random?: Random | undefined };
  const read = (weights: LanguageModelWeights<WeightTree>, x: Tokens, options?: Options) => {
    const embedded = table.forward(weights.embedding, x);
    return { embedded, run: layer.forward(weights.layer, embedded.y, options) };
  };
  const say = ({ readout: own, embedding: { E } }: LanguageModelWeights<WeightTree>, y: Sequence) =>
    unflatten(readout.logits(own, y.flat(), E), y.steps);

  const model: LanguageModel<WeightTree, WeightTree> = {
    vocabularySize,
    precision,

    init(random) {
      const weights = { embedding: table.init(random), layer: layer.init(random), readout: readout.init(random) };
      return settleWeights(weights, precision);
    },

    initialState: (batch) => copyWeights(layer.initialState(batch), precision),
    logits: (weights, x, options) => say(weights, read(weights, x, options).run.y),
    states: (weights, x, options) => read(weights, x, options).run.y,
    finalState: (weights, x, options) => read(weights, x, options).run.finalState,

    lossAndGradients(weights, { x, targets, lengths }, { initialState, random } = {}) {
      const { embedded, run } = read(weights, x, { initialState, lengths, random });
      const logits = say(weights, run.y);
      const { loss, dLogits, count, correct } = sequenceCrossEntropy(logits, targets, { lengths, labelSmoothing });

      const top = readout.backward(weights.readout, run.y.flat(), weights.embedding.E, dLogits.flat());
      const middle = run.backward(unflatten(top.dh, x.steps));
      const bottom = embedded.backward(middle.dx);
      if (top.dE) addInto(bottom.gradients.E, top.dE);
      return {
        loss,
        accuracy: correct / count,
        count,
        gradients: { embedding: bottom.gradients, layer: middle.gradients, readout: top.gradients },
        finalState: run.finalState,
        dInitialState: middle.dInitialState,
      };
    },

    perplexity(weights, examples, { batchSize = 100, stream = false } = {}) {
      checkCount("perplexity", "batchSize", batchSize, 1);
      if (!(examples.count >= 1)) throw new RangeError("perplexity: there are no examples, expected at least one");
      const size = stream ? 1 : batchSize;
      let [nats, tokens] = [0, 0];
      let initialState: WeightTree | undefined;
      for (let first = 0; first < examples.count; first += size) {
        const indices = Int32Array.from({ length: Math.min(size, examples.count - first) }, (_, k) => first + k);
        const { x, targets, lengths } = examples.batch(indices);
        const { run } = read(weights, x, { initialState, lengths });
        const { loss, count } = sequenceCrossEntropy(say(weights, run.y), targets, { lengths });
        if (stream) initialState = run.finalState;
        nats += loss * count;
        tokens += count;
      }
      return Math.exp(nats / tokens);
    },

    logProbability(weights, tokens, { initialState, lengths } = {}) {
      table.forward(weights.embedding, tokens); // the last token is not read, but must be known too
      const next = nextTokens(tokens, { lengths });
      const logits = model.logits(weights, next.x, { initialState, lengths: next.lengths });
      return targetLogProbability(logits, next.targets, next.lengths);
    },

    step(weights, ids, state) {
      const { run } = read(weights, new Tokens(1, ids.length, ids), { initialState: state });
      return { logits: copy(say(weights, run.y).at(0)), state: run.finalState };
    },
  };
  return model;
}

function check(layer: Layer, tied: boolean): void {
  if (layer.looksAhead) {
    throw new TypeError(
      "languageModel: the layer also reads from the end, where the tokens are that it should predict: take one direction only",
    );
  }
  if (tied && layer.inputSize !== layer.outputSize) {
    throw new RangeError(
      `languageModel: a tied read-out needs as many numbers out of the layer as into it, it reads ${layer.inputSize} and says ${layer.outputSize}`,
    );
  }
}
