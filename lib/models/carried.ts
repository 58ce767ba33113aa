import type { State, Weights } from "../cells/cell.js";
import type { Trainable } from "../train/trainer.js";
import type { Classifier, ClassifierWeights } from "./classifier.js";

/**
 * A classifier trained to begin with something in mind: every second batch starts with the state in which the batch
 * before it ended, the others with the initial state. Gradients end at the start of a batch.
 *
 * Trained only from the initial state, a network that reads one sequence after another has never met the state in
 * which it finds itself when the second one begins.
 *
 * @param model the classifier; it shares its weights
 *
 * @example
 * const model = classifier(rnn(28, 8), 10);
 * const weights = model.init(random(1));
 * const examples = asRows(mnist().train.slice(0, 200));
 * await train(carried(model), weights, examples, { optimizer: adam(), random: random(2) });
 */
export function carried<W extends Weights, S extends State>(model: Classifier<W, S>): Trainable<ClassifierWeights<W>> {
  let last: S | undefined;
  return {
    lossAndGradients(weights, batch, options) {
      const initialState = last?.h.rows === batch.x.batch ? last : undefined;
      const result = model.lossAndGradients(weights, batch, { ...options, ...(initialState && { initialState }) });
      last = initialState ? undefined : result.finalState;
      return result;
    },
  };
}
