import type { Lengths } from "../math/lengths.js";
import { logSumExp } from "../math/log-sum-exp.js";
import type { Sequence } from "../math/sequence.js";
import type { Tokens } from "../math/tokens.js";

/**
 * Σ_t log p(target_t) of each text, in nats: B numbers ≤ 0.
 *
 * @param logits T×B×V
 * @param targets T×B
 * @param lengths how many targets of each text count; by default T
 */
export function targetLogProbability(logits: Sequence, targets: Tokens, lengths?: Lengths): number[] {
  const { steps: T, batch: B, width: V, data } = logits;
  return Array.from({ length: B }, (_, i) => {
    let sum = 0;
    for (let t = 0; t < (lengths?.[i] ?? T); t++) {
      const start = (t * B + i) * V;
      const z = data.subarray(start, start + V);
      sum += z[targets.at(t)[i]!]! - logSumExp(z);
    }
    return sum;
  });
}
