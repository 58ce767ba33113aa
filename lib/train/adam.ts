import { moments } from "./moments.js";
import type { Optimizer } from "./optimizer.js";

/**
 * Adam: each weight has a step size of its own, from running means of its gradient and its square.
 *
 *     m ← β₁·m + (1−β₁)·g          v ← β₂·v + (1−β₂)·g²
 *     θ ← θ − η · (m/(1−β₁ᵏ)) / (√(v/(1−β₂ᵏ)) + ε)     at step k = 1, 2, …
 *
 * @param learningRate η > 0
 * @param beta1 β₁, 0 … 1
 * @param beta2 β₂, 0 … 1
 * @param epsilon ε > 0
 * @throws when η or ε is not > 0, or a β is not in 0 … 1; later when it is used for a second model with other shapes
 * @see Kingma & Ba 2015, Adam: a method for stochastic optimization, algorithm 1
 *
 * @example
 * const weights = { w: matrix([[1]]) };
 * adam({ learningRate: 0.1 }).step(weights, { w: matrix([[2]]) });
 * console.log(weights.w.at(0, 0)); // 0.9: the first step is η in the direction of the gradient
 */
export function adam({
  learningRate = 1e-3,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
}: {
  learningRate?: number;
  beta1?: number;
  beta2?: number;
  epsilon?: number;
} = {}): Optimizer {
  return moments("adam", { learningRate, beta1, beta2, epsilon, weightDecay: 0 });
}
