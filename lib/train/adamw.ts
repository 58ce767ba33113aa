import { checkNotNegative } from "../math/check-options.js";
import { moments } from "./moments.js";
import type { Optimizer } from "./optimizer.js";

/**
 * Adam with weight decay beside it: each step first takes the same share of every weight away.
 *
 *     θ ← θ − η·λ·θ,  then Adam's step
 *
 * As a term of the loss (L2) the decay would be divided by √v, and weights with large gradients would hardly decay.
 *
 * @param learningRate η > 0
 * @param weightDecay λ ≥ 0
 * @param beta1 β₁, 0 … 1
 * @param beta2 β₂, 0 … 1
 * @param epsilon ε > 0
 * @throws when η or ε is not > 0, λ is not ≥ 0, or a β is not in 0 … 1; later when it is used for a second model
 * @see Loshchilov & Hutter 2019, Decoupled weight decay regularization, algorithm 2 (λ times η, as PyTorch has it)
 *
 * @example
 * const weights = { w: matrix([[1]]) };
 * adamw({ learningRate: 0.1, weightDecay: 0.5 }).step(weights, { w: matrix([[2]]) });
 * console.log(weights.w.at(0, 0)); // 0.85: 5 % decay, then η in the direction of the gradient
 */
export function adamw({
  learningRate = 1e-3,
  weightDecay = 0.01,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
}: {
  learningRate?: number;
  weightDecay?: number;
  beta1?: number;
  beta2?: number;
  epsilon?: number;
} = {}): Optimizer {
  checkNotNegative("adamw", { weightDecay });
  return moments("adamw", { learningRate, beta1, beta2, epsilon, weightDecay });
}
