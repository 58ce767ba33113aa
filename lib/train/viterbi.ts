import type { Lengths } from "../math/lengths.js";
import type { Sequence } from "../math/sequence.js";
import { Tokens } from "../math/tokens.js";
import type { CrfWeights } from "./forward-backward.js";

/**
 * The tag sequence with the highest score, for each sequence of a batch.
 *
 *     δ_1[j] = start[j] + e_1[j],  δ_{t+1}[j] = max_i (δ_t[i] + A[i,j]) + e_{t+1}[j],  best = max_j (δ_T[j] + end[j])
 *
 * Of equal scores the one with the smaller tag wins. At padding the tag is 0.
 *
 * @see Viterbi 1967, Error bounds for convolutional codes and an asymptotically optimum decoding algorithm
 */
export function viterbi(
  { transitions: A, start, end }: CrfWeights,
  emissions: Sequence,
  lengths?: Lengths,
): { tags: Tokens; scores: number[] } {
  const { steps: T, batch: B, width: N } = emissions;
  const tags = new Tokens(T, B);
  const scores: number[] = [];
  for (let b = 0; b < B; b++) {
    const length = lengths ? lengths[b]! : T;
    const e = (t: number, tag: number) => emissions.data[(t * B + b) * N + tag]!;
    let delta = Float64Array.from({ length: N }, (_, j) => start.at(0, j) + e(0, j));
    // from[t·N + j]: the tag before tag j at step t on the best way there
    const from = new Int32Array(length * N);
    for (let t = 1; t < length; t++) {
      const next = new Float64Array(N);
      for (let j = 0; j < N; j++) {
        const best = largest(N, (i) => delta[i]! + A.at(i, j));
        from[t * N + j] = best.at;
        next[j] = best.value + e(t, j);
      }
      delta = next;
    }
    const last = largest(N, (j) => delta[j]! + end.at(0, j));
    if (!Number.isFinite(last.value)) {
      throw new RangeError(`crf.viterbi: the best score of sequence ${b} is ${last.value}, expected finite numbers`);
    }
    scores.push(last.value);
    for (let t = length - 1, tag = last.at; t >= 0; t--) {
      tags.ids[t * B + b] = tag;
      tag = from[t * N + tag]!;
    }
  }
  return { tags, scores };
}

/** The first place 0 … count − 1 of the largest value; NaN if one is. */
function largest(count: number, value: (at: number) => number): { at: number; value: number } {
  let best = { at: 0, value: value(0) };
  for (let at = 1; at < count; at++) {
    const here = value(at);
    if (here > best.value || Number.isNaN(here)) best = { at, value: here };
  }
  return best;
}
