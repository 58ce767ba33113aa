import { engine } from "../engine/current.js";
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
      const rule = {
        kind: "moments",
        beta1,
        beta2,
        epsilon,
        meanRate: (share * learningRate) / (1 - beta1 ** k),
        squareCorrection: Math.sqrt(1 - beta2 ** k),
        kept: 1 - share * learningRate * weightDecay,
      } as const;
      for (const [name, w, g] of pairs(weights, gradients)) {
        engine().update(rule, w, g, [memory.of("mean", name, w), memory.of("square", name, w)]);
      }
    },
  };
}
