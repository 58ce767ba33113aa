import type { WeightTree } from "../math/weights.js";
import type { Decoder, DecoderStep } from "../models/decoder.js";

/** What writes one token at a time: a language model, or a captioner. */
export interface Steps<W, S extends WeightTree> {
  step(weights: W, ids: Int32Array, state: S): DecoderStep<S>;
}

/**
 * A language model or a captioner, with its weights and what it has read, as something that can write.
 *
 * @param model whatever has `step(weights, ids, state)`
 * @param initialState one row for each text that is to be written; the first token that is read is not yet in it
 *
 * @example
 * // 0, 1, 2, 0, 1, 2, …
 * const counting = { step: (_: object, ids: Int32Array, state: { h: Matrix }) => ({
 *   logits: build(ids.length, 3, (i, j) => (j === (ids[i] + 1) % 3 ? 5 : 0)),
 *   state,
 * }) };
 * const decoder = asDecoder(counting, {}, { h: zeros(1, 1) });
 * console.log(greedy(decoder, { begin: 0, maxLength: 4 })[0].tokens); // [1, 2, 0, 1]
 */
export function asDecoder<W, S extends WeightTree>(model: Steps<W, S>, weights: W, initialState: S): Decoder<S> {
  return { initialState, step: (state, ids) => model.step(weights, ids, state) };
}
