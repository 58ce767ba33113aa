import type { Cell, State, Weights } from "../cells/cell.js";
import { type DenseWeights, dense } from "../layers/dense.js";
import type { Layer } from "../layers/layer.js";
import { type AnyCell, asLayer } from "../layers/recurrent.js";
import type { Lengths } from "../math/lengths.js";
import { settleWeights } from "../math/long-lived.js";
import type { Precision } from "../math/precision.js";
import type { Random } from "../math/random.js";
import type { Sequence } from "../math/sequence.js";
import { argmax } from "../math/softmax.js";
import { Tokens } from "../math/tokens.js";
import type { WeightTree } from "../math/weights.js";
import { type CrfWeights, crf } from "../train/crf.js";
import { sequenceCrossEntropy } from "../train/sequence-cross-entropy.js";
import type { ReadingOptions } from "./classifier.js";

/** The weights of the cell or layer, the read-out (H×N and 1×N), and with a CRF the scores of neighbouring tags. */
export type TaggerWeights<W extends WeightTree> =
  | { readonly layer: W; readonly readout: DenseWeights }
  | { readonly layer: W; readonly readout: DenseWeights; readonly crf: CrfWeights };

export interface TaggerBatch<X = Sequence> {
  /** T×B×D numbers, or T×B tokens. */
  readonly x: X;
  /** T×B tags 0 … N−1; at padding any number. */
  readonly targets: Tokens;
  /** How many steps each sequence has, 1 … T; by default T. */
  readonly lengths?: Lengths | undefined;
}

export interface TaggerOptions {
  /** Whether a conditional random field judges the tags of a sequence together. */
  readonly crf?: boolean;
  readonly precision?: Precision;
}

export interface Tagger<W extends WeightTree, S extends WeightTree, X extends Sequence | Tokens = Sequence> {
  readonly inputSize: number;
  /** N. */
  readonly tagCount: number;

  init(random: Random): TaggerWeights<W>;

  /** How well each tag fits each step, T×B×N. Without a CRF the softmax of these are the tags' probabilities. */
  emissions(weights: TaggerWeights<W>, x: X, options?: ReadingOptions<S>): Sequence;

  /** The most probable tag of each step, or with a CRF the most probable sequence of tags: T×B, 0 at padding. */
  tags(weights: TaggerWeights<W>, x: X, options?: ReadingOptions<S>): Tokens;

  /**
   * The loss in nats per tag, or with a CRF per sequence of tags; the share of tags that are right, padding left out;
   * the gradients by BPTT. `random` is there in training only: dropout draws from it.
   */
  lossAndGradients(
    weights: TaggerWeights<W>,
    batch: TaggerBatch<X>,
    options?: { readonly random?: Random | undefined },
  ): {
    loss: number;
    accuracy: number;
    /** How many tags were to be found. */
    count: number;
    gradients: TaggerWeights<W>;
  };
}

/**
 * Many to many of the same length: a tag for each step, such as a word's part of speech.
 *
 *     e_t = y_t·W_hy + b_y,  p(tag_t) = softmax(e_t)                       each tag for itself, or
 *     p(tags) ∝ exp(Σ_t e_t[tag_t] + Σ_t transitions[tag_t, tag_{t+1}])    with a CRF: neighbours must fit
 *
 * A bidirectional layer lets each tag depend on what comes behind it.
 *
 * @param reader a cell or a layer
 * @param tags N, how many tags there are, ≥ 2
 * @param crf whether a conditional random field stands on top
 * @param precision of the weights: "float32" to train, "float64" to check gradients
 * @throws when N is not a whole number ≥ 2; its functions throw when shapes do not fit, or a target is not a tag
 * @see Huang, Xu & Yu 2015, Bidirectional LSTM-CRF models for sequence tagging
 *
 * @example
 * const model = tagger(stacked(embedding(500, 16), bidirectional(rnn(16, 32), rnn(16, 32))), 12, { crf: true });
 * const weights = model.init(random(1));
 * const tags = model.tags(weights, new Tokens(7, 2), { lengths: [7, 4] }); // 7×2
 */
export function tagger<W extends Weights, S extends State, Cache>(
  reader: Cell<W, S, Cache>,
  tags: number,
  options?: TaggerOptions,
): Tagger<W, S>;
export function tagger<W extends WeightTree, S extends WeightTree, X extends Sequence | Tokens>(
  reader: Layer<W, S, X>,
  tags: number,
  options?: TaggerOptions,
): Tagger<W, S, X>;
export function tagger(
  reader: Layer | AnyCell,
  tags: number,
  { crf: withCrf = false, precision = "float32" }: TaggerOptions = {},
): Tagger<WeightTree, WeightTree> {
  if (!(Number.isInteger(tags) && tags >= 2)) {
    throw new RangeError(`tagger: there are ${tags} tags, expected a whole number ≥ 2`);
  }
  const layer = asLayer(reader);
  const head = dense(layer.outputSize, tags);
  const field = withCrf ? crf(tags) : undefined;

  const model: Tagger<WeightTree, WeightTree> = {
    inputSize: layer.inputSize,
    tagCount: tags,

    init(random) {
      const weights = { layer: layer.init(random), readout: head.init(random) };
      return settleWeights(field ? { ...weights, crf: field.init(random) } : weights, precision);
    },

    emissions: (weights, x, options) => head.forward(weights.readout, layer.forward(weights.layer, x, options).y).y,

    tags(weights, x, options) {
      const emissions = model.emissions(weights, x, options);
      return field
        ? field.viterbi(ofCrf(weights), emissions, { lengths: options?.lengths }).tags
        : best(emissions, options?.lengths);
    },

    lossAndGradients(weights, { x, targets, lengths }, { random } = {}) {
      const run = layer.forward(weights.layer, x, { lengths, random });
      const top = head.forward(weights.readout, run.y);
      const back = (dEmissions: Sequence) => {
        const { gradients: readout, dx } = top.backward(dEmissions);
        return { layer: run.backward(dx).gradients, readout };
      };
      if (!field) {
        const { loss, dLogits, count, correct } = sequenceCrossEntropy(top.y, targets, { lengths });
        return { loss, accuracy: correct / count, count, gradients: back(dLogits) };
      }
      const scores = ofCrf(weights);
      const { loss, dEmissions, gradients } = field.negativeLogLikelihood(scores, top.y, targets, { lengths });
      const { right, count } = agreement(field.viterbi(scores, top.y, { lengths }).tags, targets, lengths);
      return { loss, accuracy: right / count, count, gradients: { ...back(dEmissions), crf: gradients } };
    },
  };
  return model;
}

function ofCrf(weights: TaggerWeights<WeightTree>): CrfWeights {
  if ("crf" in weights) return weights.crf;
  throw new TypeError("tagger: the weights have no crf: they are of a tagger without one, make one of the same kind");
}

/** The tag with the largest logit at each step, 0 at padding. */
function best(emissions: Sequence, lengths: Lengths | undefined): Tokens {
  const { steps, batch } = emissions;
  const tags = argmax(emissions.flat());
  if (lengths) for (let k = 0; k < tags.length; k++) if (Math.floor(k / batch) >= lengths[k % batch]!) tags[k] = 0;
  return new Tokens(steps, batch, tags);
}

/** How many tags there are to find, and how many are found. */
function agreement({ ids, batch }: Tokens, targets: Tokens, lengths: Lengths | undefined) {
  let [right, count] = [0, 0];
  ids.forEach((tag, k) => {
    if (lengths && Math.floor(k / batch) >= lengths[k % batch]!) return;
    count++;
    if (tag === targets.ids[k]) right++;
  });
  return { right, count };
}
