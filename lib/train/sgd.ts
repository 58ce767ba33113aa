import { engine } from "../engine/current.js";
import { checkPositive } from "../math/check-options.js";
import { checkShare, Memory, type Optimizer, pairs } from "./optimizer.js";

/**
 * Gradient descent on mini-batches (stochastic gradient descent), with momentum if wanted: a ball that rolls.
 *
 *     θ ← θ − η·g                      without momentum
 *     v ← μ·v + g,  θ ← θ − η·v        with momentum μ
 *     v ← μ·v + g,  θ ← θ − η·(g + μ·v)  with Nesterov's look ahead
 *
 * @param learningRate η > 0
 * @param momentum μ, 0 … 1: the share of its speed that the ball keeps
 * @param nesterov whether the gradient counts as if it had been taken where the momentum leads
 * @throws when η is not > 0, μ is not in 0 … 1, or `nesterov` has no momentum to look along
 * @see Robbins & Monro 1951, A stochastic approximation method; Sutskever et al. 2013, On the importance of
 *   initialization and momentum in deep learning (in the form of PyTorch, where η is outside v)
 *
 * @example
 * const weights = { w: matrix([[1]]) };
 * sgd({ learningRate: 0.1 }).step(weights, { w: matrix([[2]]) });
 * console.log(weights.w.at(0, 0)); // 0.8
 */
export function sgd({
  learningRate = 0.1,
  momentum = 0,
  nesterov = false,
}: {
  learningRate?: number;
  momentum?: number;
  nesterov?: boolean;
} = {}): Optimizer {
  checkPositive("sgd", { learningRate });
  checkShare("sgd", { momentum });
  if (nesterov && momentum === 0) throw new RangeError("sgd: nesterov needs a momentum > 0, it is 0");
  const kinds = momentum > 0 ? ["velocity"] : [];
  const memory = new Memory("sgd", kinds);
  return {
    name: "sgd",
    state: () => memory.state(),
    restore: (state) => memory.restore(state),
    step(weights, gradients, share = 1) {
      memory.step++;
      const rule = { kind: "momentum", rate: share * learningRate, momentum, nesterov } as const;
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
