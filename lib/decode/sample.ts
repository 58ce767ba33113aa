import { drawColumns } from "../math/draw.js";
import type { Random } from "../math/random.js";
import type { WeightTree } from "../math/weights.js";
import type { Decoder } from "../models/decoder.js";
import type { Hypothesis, WritingOptions } from "./hypothesis.js";
import { type SamplingOptions, samplingProbabilities } from "./sampling-probabilities.js";
import { write } from "./write.js";

/**
 * Draws each token by its probability, at a temperature, among the most probable ones: see `samplingProbabilities`.
 *
 * @param decoder what writes: a text for each row of its initial state
 * @param random a seeded generator: the same seed writes the same texts
 * @returns a text for each row; its log probability is the decoder's own, whatever temperature it was drawn at
 * @throws when an option is out of range, there is nothing to begin with, or a logit is not a number
 *
 * @example
 * const model = encoderDecoder(stacked(embedding(9, 4), gru(4, 8)), gru(4, 8), { size: 9, special: { begin: 1, end: 2 } });
 * const decoder = model.start(model.init(random(1)), new Tokens(3, 1, Int32Array.of(4, 5, 6)));
 * const [text] = sample(decoder, { begin: 1, end: 2, maxLength: 6, temperature: 0.8, topP: 0.9, random: random(2) });
 * console.log(text.tokens);
 */
export function sample<S extends WeightTree>(
  decoder: Decoder<S>,
  {
    random,
    temperature = 1,
    topK,
    topP = 1,
    ...writing
  }: WritingOptions & SamplingOptions & { readonly random: Random },
): Hypothesis[] {
  return write("sample", decoder, writing, (logits) =>
    drawColumns(samplingProbabilities(logits, { temperature, topK, topP }), random),
  );
}
