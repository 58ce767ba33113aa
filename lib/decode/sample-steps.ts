import { drawColumns } from "../math/draw.js";
import type { Random } from "../math/random.js";
import { softmax } from "../math/softmax.js";
import type { WeightTree } from "../math/weights.js";
import type { Decoder } from "../models/decoder.js";
import { beginnings, checkLogits, type WritingOptions } from "./hypothesis.js";
import { checkSampling, type SamplingOptions, samplingProbabilities } from "./sampling-probabilities.js";

/** A token that was just written, and what could have stood in its place. */
export interface SampledToken {
  readonly token: number;
  /** p of each token as the decoder has it, whatever temperature was drawn at: V numbers. */
  readonly probabilities: Float64Array;
  /** How undecided the decoder was, −Σ_j p_j·log p_j in nats: 0 … log V. */
  readonly entropy: number;
}

/**
 * Writes one text token by token, as `sample` does, and hands out each token when it is drawn: to show a text while it
 * grows, or to stop it when it has said enough.
 *
 * @param decoder what writes: its initial state has one row
 * @param random a seeded generator: the same seed writes the text that `sample` writes
 * @throws when an option is out of range or the decoder writes several texts; later when a logit is not a number
 *
 * @example
 * const model = languageModel(5, rnn(4, 8));
 * const decoder = asDecoder(model, model.init(random(1)), model.initialState(1));
 * for (const { token, entropy } of sampleSteps(decoder, { begin: 0, maxLength: 3, random: random(2) })) {
 *   console.log(token, entropy); // three times
 * }
 */
export function sampleSteps<S extends WeightTree>(
  decoder: Decoder<S>,
  options: WritingOptions & SamplingOptions & { readonly random: Random },
): Generator<SampledToken, void> {
  const first = beginnings("sampleSteps", decoder.initialState, options);
  if (first.length !== 1) {
    throw new RangeError(`sampleSteps: the decoder's initial state has ${first.length} rows, expected one: one text`);
  }
  checkSampling(options);
  return drawn(decoder, first, options);
}

function* drawn<S extends WeightTree>(
  { initialState, step }: Decoder<S>,
  first: Int32Array,
  { end, maxLength, random, ...sampling }: WritingOptions & SamplingOptions & { readonly random: Random },
): Generator<SampledToken, void> {
  let [state, ids] = [initialState, first];
  for (let n = 0; n < maxLength; n++) {
    const next = step(state, ids);
    checkLogits("sampleSteps", next.logits, 1);
    state = next.state;
    ids = drawColumns(samplingProbabilities(next.logits, sampling), random);
    const probabilities = Float64Array.from(softmax(next.logits).toRows()[0]!);
    const entropy = probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
    yield { token: ids[0]!, probabilities, entropy };
    if (ids[0] === end) return;
  }
}
