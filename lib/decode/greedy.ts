import { argmax } from "../math/softmax.js";
import type { WeightTree } from "../math/weights.js";
import type { Decoder } from "../models/decoder.js";
import type { Hypothesis, WritingOptions } from "./hypothesis.js";
import { write } from "./write.js";

/**
 * Writes the most probable token, each time.
 *
 *     y_t = argmax_y p(y | y_0 … y_{t−1})
 *
 * @param decoder what writes: a text for each row of its initial state
 * @returns a text for each row
 * @throws when maxLength is not a whole number ≥ 1, there is nothing to begin with, or a logit is not a number
 *
 * @example
 * const model = encoderDecoder(stacked(embedding(9, 4), gru(4, 8)), gru(4, 8), { size: 9, special: { begin: 1, end: 2 } });
 * const decoder = model.start(model.init(random(1)), new Tokens(3, 2, Int32Array.of(4, 5, 6, 7, 8, 8)));
 * const [first, second] = greedy(decoder, { begin: 1, end: 2, maxLength: 6 });
 * console.log(first.tokens, first.logProbability);
 */
export function greedy<S extends WeightTree>(decoder: Decoder<S>, options: WritingOptions): Hypothesis[] {
  return write("greedy", decoder, options, argmax);
}
