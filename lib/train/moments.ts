import { checkPositive } from "../math/check-options.js";
import { checkShare, Memory, type Optimizer, pairs } from "./optimizer.js";

/** What adam and adamw have in common. */
export interface MomentOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The share of each weight, times the learning rate, that a step takes away. */
  readonly weightDecay: number;
}

/** Steps from running means of each gradient and its square: `adam`, and with weight decay `adamw`. */
export function moments(name: string, options: MomentOptions): Optimizer {
  const { learningRate, beta1, beta2, epsilon, weightDecay } = options;
  checkPositive(name, { learningRate, epsilon });
  checkShare(name, { beta1, beta2 });
  const memory = new Memory(name, ["mean", "square"]);
  return {
    name,
    state: () => memory.state(),
    restore: (state) => memory.restore(state),
    step(weights, gradients, share = 1) {
      const k = ++memory.step;
      const meanRate = (share * learningRate) / (1 - beta1 ** k);
      const squareCorrection = Math.sqrt(1 - beta2 ** k);
      const kept = 1 - share * learningRate * weightDecay;
      for (const [name, w, g] of pairs(weights, gradients)) {
        const m = memory.of("mean", name, w).data;
        const v = memory.of("square", name, w).data;
        for (let i = 0, r = 0; i < w.rows; i++) {
          let p = w.offset + i * w.stride;
          let q = g.offset + i * g.stride;
          for (let j = 0; j < w.cols; j++, p++, q++, r++) {
            const slope = g.data[q]!;
            const mean = (m[r] = beta1 * m[r]! + (1 - beta1) * slope);
            const square = (v[r] = beta2 * v[r]! + (1 - beta2) * slope * slope);
            w.data[p] = kept * w.data[p]! - (meanRate * mean) / (Math.sqrt(square) / squareCorrection + epsilon);
          }
        }
      }
    },
  };
}
