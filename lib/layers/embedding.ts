import { engine } from "../engine/current.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import { kindOf } from "../math/precision.js";
import { normal } from "../math/random.js";
import { unflatten } from "../math/sequence.js";
import { Tokens } from "../math/tokens.js";
import type { Layer, NoState } from "./layer.js";
import { stateless } from "./stateless.js";

/** E is V×D: a row for each token. */
export type EmbeddingWeights = { E: Matrix };

/**
 * A vector for each token, learned like any weight.
 *
 *     y_t = E[token_t],  ∂E/∂E[k] = Σ over all places where token k stands
 *
 * @param vocabularySize V: tokens are 0 … V−1
 * @param width D, how many numbers a token becomes
 * @returns a layer that reads `Tokens`, the first one of a stack; E starts normally distributed with deviation 1/√D, so
 *   that vectors have length 1 on average
 * @throws when a size is not a whole number ≥ 1, or later a token is not in the vocabulary
 * @see Bengio et al. 2003, A neural probabilistic language model
 *
 * @example
 * const layer = embedding(50, 8);
 * const weights = layer.init(random(1));
 * const { y } = layer.forward(weights, new Tokens(5, 2)); // 5×2×8
 */
export function embedding(vocabularySize: number, width: number): Layer<EmbeddingWeights, NoState, Tokens> {
  const [V, D] = [vocabularySize, width];
  if (!(Number.isInteger(V) && Number.isInteger(D) && V > 0 && D > 0)) {
    throw new RangeError(`embedding: ${V} tokens of ${D} numbers are no table, both must be whole numbers ≥ 1`);
  }
  return {
    ...stateless("embedding"),
    inputSize: V,
    outputSize: D,
    init: (random) => ({ E: build(V, D, () => normal(random) / Math.sqrt(D)) }),

    forward({ E }, tokens) {
      if (!(tokens instanceof Tokens)) {
        throw new TypeError(`embedding: it reads Tokens, got ${kindOf(tokens)}: give it token numbers, T×B`);
      }
      checkKnown(tokens, V);
      const { steps, ids } = tokens;
      const y = zeros(ids.length, D, E.precision);
      engine().gather(E, ids, y);
      return {
        y: unflatten(y, steps),
        finalState: {},
        backward(dy) {
          const dE = zeros(V, D, E.precision);
          if (dy) engine().scatterAdd(dy.flat(), ids, dE);
          return { gradients: { E: dE }, dx: undefined, dInitialState: {} };
        },
      };
    },
  };
}

function checkKnown({ ids, batch }: Tokens, V: number): void {
  const place = ids.findIndex((id) => id >= V);
  if (place < 0) return;
  throw new RangeError(
    `embedding: token ${ids[place]} at step ${Math.floor(place / batch)} of sequence ${place % batch} is not in the vocabulary, expected 0 … ${V - 1}`,
  );
}
