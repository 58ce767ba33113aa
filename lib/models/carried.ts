import type { Random } from "../math/random.js";
import type { Sequence } from "../math/sequence.js";
import type { Tokens } from "../math/tokens.js";
import { flatten, type WeightTree } from "../math/weights.js";
import type { Trainable } from "../train/trainer.js";

/** A model that can start in a state, and says in which it ended. */
export interface Stateful<W extends WeightTree, S extends WeightTree, B> {
  lossAndGradients(
    weights: W,
    batch: B,
    options?: { readonly initialState?: S | undefined; readonly random?: Random | undefined },
  ): ReturnType<Trainable<W, B>["lossAndGradients"]> & { readonly finalState: S };
}

/**
 * A model trained to begin with something in mind: every second batch starts with the state in which the batch before
 * it ended, the others with the initial state. Gradients end at the start of a batch.
 *
 * Trained only from the initial state, a network that reads one sequence after another has never met the state in
 * which it finds itself when the second one begins.
 *
 * With `stream`, every batch starts where the batch before it ended: truncated BPTT over a text that is cut into windows
 * of T steps, the state carried for ever, gradients for T steps. Its batches come in order, from
 * `train(carried(model, { stream: true }), weights, languageModelStream(…), { shuffle: false, batchSize: 1, … })`; the
 * first one of an epoch starts where the last one of the epoch before it ended.
 *
 * @param model a classifier or a language model; it shares its weights
 * @param stream whether each batch goes on where the one before it ended; a batch of another size starts anew
 *
 * @example
 * const model = classifier(rnn(28, 8), 10);
 * const weights = model.init(random(1));
 * const examples = asRows(mnist().train.slice(0, 200));
 * await train(carried(model), weights, examples, { optimizer: adam(), random: random(2) });
 */
export function carried<W extends WeightTree, S extends WeightTree, B extends { readonly x: Sequence | Tokens }>(
  model: Stateful<W, S, B>,
  { stream = false }: { readonly stream?: boolean } = {},
): Trainable<W, B> {
  let last: S | undefined;
  return {
    lossAndGradients(weights, batch, options) {
      const fits = last && Object.values(flatten(last))[0]?.rows === batch.x.batch;
      const initialState = fits ? last : undefined;
      const result = model.lossAndGradients(weights, batch, { ...options, initialState });
      last = initialState && !stream ? undefined : result.finalState;
      return result;
    },
  };
}
