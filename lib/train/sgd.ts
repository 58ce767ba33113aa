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
  const memory = new Memory("sgd", momentum > 0 ? ["velocity"] : []);
  return {
    name: "sgd",
    state: () => memory.state(),
    restore: (state) => memory.restore(state),
    step(weights, gradients, share = 1) {
      memory.step++;
      const rate = share * learningRate;
      for (const [name, w, g] of pairs(weights, gradients)) {
        const v = momentum > 0 ? memory.of("velocity", name, w).data : undefined;
        for (let i = 0, r = 0; i < w.rows; i++) {
          let p = w.offset + i * w.stride;
          let q = g.offset + i * g.stride;
          for (let j = 0; j < w.cols; j++, p++, q++, r++) {
            let direction = g.data[q]!;
            if (v) {
              const velocity = (v[r] = momentum * v[r]! + direction);
              direction = nesterov ? direction + momentum * velocity : velocity;
            }
            w.data[p]! -= rate * direction;
          }
        }
      }
    },
  };
}
