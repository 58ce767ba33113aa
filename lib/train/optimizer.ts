import { checkSameShape, type Matrix, zeros } from "../math/matrix.js";
import { flatten, type WeightTree } from "../math/weights.js";

/** Changes weights, in place, so that the loss falls. It belongs to one model: it may remember earlier gradients. */
export interface Optimizer {
  readonly name: string;
  /** @param share of the learning rate that this step is made with, as a schedule gives it */
  step(weights: WeightTree, gradients: WeightTree, share?: number): void;
}

/**
 * Gradient descent on mini-batches (stochastic gradient descent).
 *
 *     θ ← θ − η·g
 *
 * @param learningRate η > 0
 * @throws when η is not > 0
 * @see Robbins & Monro 1951, A stochastic approximation method
 *
 * @example
 * const weights = { w: matrix([[1]]) };
 * sgd({ learningRate: 0.1 }).step(weights, { w: matrix([[2]]) });
 * console.log(weights.w.at(0, 0)); // 0.8
 */
export function sgd({ learningRate = 0.1 }: { learningRate?: number } = {}): Optimizer {
  checkRate("sgd", learningRate);
  return {
    name: "sgd",
    step(weights, gradients, share = 1) {
      const rate = share * learningRate;
      for (const [, w, g] of pairs(weights, gradients)) {
        for (let i = 0; i < w.rows; i++) {
          let p = w.offset + i * w.stride;
          let q = g.offset + i * g.stride;
          for (let j = 0; j < w.cols; j++) w.data[p++]! -= rate * g.data[q++]!;
        }
      }
    },
  };
}

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
 * @throws when η is not > 0, and later when it is used for a second model with other shapes
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
  checkRate("adam", learningRate);
  const means = new Map<string, Matrix>();
  const squares = new Map<string, Matrix>();
  let k = 0;
  return {
    name: "adam",
    step(weights, gradients, share = 1) {
      k++;
      const meanRate = (share * learningRate) / (1 - beta1 ** k);
      const squareCorrection = Math.sqrt(1 - beta2 ** k);
      for (const [name, w, g] of pairs(weights, gradients)) {
        const m = remembered(means, name, w);
        const v = remembered(squares, name, w);
        for (let i = 0, r = 0; i < w.rows; i++) {
          let p = w.offset + i * w.stride;
          let q = g.offset + i * g.stride;
          for (let j = 0; j < w.cols; j++, p++, q++, r++) {
            const slope = g.data[q]!;
            const mean = beta1 * m.data[r]! + (1 - beta1) * slope;
            const square = beta2 * v.data[r]! + (1 - beta2) * slope * slope;
            m.data[r] = mean;
            v.data[r] = square;
            w.data[p]! -= (meanRate * mean) / (Math.sqrt(square) / squareCorrection + epsilon);
          }
        }
      }
    },
  };
}

function checkRate(name: string, learningRate: number): void {
  if (!(learningRate > 0)) throw new RangeError(`${name}: learningRate is ${learningRate}, expected a number > 0`);
}

/** Each weight with its name and its gradient. */
function pairs(weights: WeightTree, gradients: WeightTree): [name: string, weight: Matrix, gradient: Matrix][] {
  const flat = flatten(gradients);
  return Object.entries(flatten(weights)).map(([name, weight]) => {
    const gradient = flat[name];
    if (!gradient) throw new RangeError(`optimizer: there is no gradient for ${name}`);
    checkSameShape(`optimizer: ${name} and its gradient`, weight, gradient);
    return [name, weight, gradient];
  });
}

/** What the optimiser keeps for a weight; zeros at first. */
function remembered(memory: Map<string, Matrix>, name: string, weight: Matrix): Matrix {
  let kept = memory.get(name);
  if (!kept) memory.set(name, (kept = zeros(weight.rows, weight.cols, weight.precision)));
  checkSameShape(`optimizer: ${name} and what is remembered of it (an optimiser belongs to one model)`, weight, kept);
  return kept;
}
