import { checkPositive } from "../math/check-options.js";
import { checkShare, Memory, type Optimizer, pairs } from "./optimizer.js";

/**
 * RMSProp: each weight's step is divided by the root of its recent mean square gradient.
 *
 *     s ← α·s + (1−α)·g²,  θ ← θ − η·g / (√s + ε)
 *     m ← α·m + (1−α)·g,   θ ← θ − η·g / (√(s − m²) + ε)   centred: divided by the deviation
 *
 * @param learningRate η > 0
 * @param alpha α, 0 … 1: the share of the mean that is kept at each step
 * @param epsilon ε > 0
 * @param centered whether the mean gradient is taken off before it is squared
 * @throws when η or ε is not > 0, or α is not in 0 … 1
 * @see Tieleman & Hinton 2012, Lecture 6.5: RMSProp; Graves 2013, Generating sequences with recurrent neural
 *   networks, equations 38–41 (centred); ε stands outside the root, as PyTorch has it
 *
 * @example
 * const weights = { w: matrix([[1]]) };
 * rmsprop({ learningRate: 0.01 }).step(weights, { w: matrix([[2]]) });
 * console.log(weights.w.at(0, 0)); // 0.9: the first step is η/√(1 − α)
 */
export function rmsprop({
  learningRate = 0.01,
  alpha = 0.99,
  epsilon = 1e-8,
  centered = false,
}: {
  learningRate?: number;
  alpha?: number;
  epsilon?: number;
  centered?: boolean;
} = {}): Optimizer {
  checkPositive("rmsprop", { learningRate, epsilon });
  checkShare("rmsprop", { alpha });
  const memory = new Memory("rmsprop", centered ? ["square", "mean"] : ["square"]);
  return {
    name: "rmsprop",
    state: () => memory.state(),
    restore: (state) => memory.restore(state),
    step(weights, gradients, share = 1) {
      memory.step++;
      const rate = share * learningRate;
      for (const [name, w, g] of pairs(weights, gradients)) {
        const s = memory.of("square", name, w).data;
        const m = centered ? memory.of("mean", name, w).data : undefined;
        for (let i = 0, r = 0; i < w.rows; i++) {
          let p = w.offset + i * w.stride;
          let q = g.offset + i * g.stride;
          for (let j = 0; j < w.cols; j++, p++, q++, r++) {
            const slope = g.data[q]!;
            let square = (s[r] = alpha * s[r]! + (1 - alpha) * slope * slope);
            if (m) {
              const mean = (m[r] = alpha * m[r]! + (1 - alpha) * slope);
              // s − m² is never negative but for rounding
              square = Math.max(0, square - mean * mean);
            }
            w.data[p]! -= (rate * slope) / (Math.sqrt(square) + epsilon);
          }
        }
      }
    },
  };
}
