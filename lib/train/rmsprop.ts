import { engine } from "../engine/current.js";
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
  const kinds = centered ? ["square", "mean"] : ["square"];
  const memory = new Memory("rmsprop", kinds);
  return {
    name: "rmsprop",
    state: () => memory.state(),
    restore: (state) => memory.restore(state),
    step(weights, gradients, share = 1) {
      memory.step++;
      const rule = { kind: "rmsprop", rate: share * learningRate, alpha, epsilon } as const;
      for (const [name, w, g] of pairs(weights, gradients)) {
        engine().update(
          rule,
          w,
          g,
          kinds.map((kind) => memory.of(kind, name, w)),
        );
      }
    },
  };
}
