import { checkCount } from "../math/check-options.js";
import type { Random } from "../math/random.js";
import type { WeightTree } from "../math/weights.js";
import type { Trainable } from "../train/trainer.js";
import type { SequencePairs } from "./sequence-pairs.js";

/** What can be trained with what it has drawn itself in place of the truth. */
export interface Samples<W extends WeightTree> {
  lossAndGradients(
    weights: W,
    batch: SequencePairs,
    options?: { readonly random?: Random | undefined; readonly sampling?: number },
  ): { loss: number; accuracy: number; gradients: W; count: number };
}

/**
 * An encoder–decoder trained to go on from its own words: at each token it reads, with a probability that may grow with
 * the steps of training, what it has drawn itself in place of the truth. A network that has only ever read the truth has
 * never seen its own mistakes.
 *
 * Bengio et al.'s schedules for ε = 1 − rate: a line, εᵢ = kⁱ with k < 1, and k/(k + e^{i/k}) with k ≥ 1.
 *
 * @param model the encoder–decoder; it shares its weights
 * @param rate the probability 0 … 1, or a function of the training step 1, 2, …
 * @param step how many steps have been made before, where a training goes on
 * @returns what `train` takes
 * @throws when a rate is not in 0 … 1, or there is no random to draw from
 * @see Bengio et al. 2015, Scheduled sampling for sequence prediction with recurrent neural networks, section 2.4
 *
 * @example
 * const model = encoderDecoder(stacked(embedding(9, 4), gru(4, 8)), gru(4, 8), { size: 9, special: { begin: 1, end: 2 } });
 * const k = 100;
 * const training = scheduledSampling(model, (step) => 1 - k / (k + Math.exp(step / k)));
 * const pair = { source: new Tokens(1, 1, Int32Array.of(5)), target: new Tokens(3, 1, Int32Array.of(1, 5, 2)) };
 * const { loss } = training.lossAndGradients(model.init(random(1)), pair, { random: random(2) });
 */
export function scheduledSampling<W extends WeightTree>(
  model: Samples<W>,
  rate: number | ((step: number) => number),
  { step = 0 }: { step?: number } = {},
): Trainable<W, SequencePairs> {
  checkCount("scheduledSampling", "step", step, 0);
  if (typeof rate === "number") checkRate(rate);
  return {
    lossAndGradients(weights, batch, { random } = {}) {
      step++;
      const sampling = typeof rate === "number" ? rate : rate(step);
      checkRate(sampling);
      return model.lossAndGradients(weights, batch, { random, sampling });
    },
  };
}

function checkRate(rate: number): void {
  if (!(rate >= 0 && rate <= 1)) {
    throw new RangeError(`scheduledSampling: the rate is ${rate}, expected a probability from 0 to 1`);
  }
}
