import { checkCount } from "../math/check-options.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import { ContextCounts } from "./context-counts.js";
import type { DecoderStep } from "./decoder.js";

/** The last tokens of each text that is being written, N×(n − 1), the newest last; −1 where there was none yet. */
export type NGramState = { readonly last: Matrix };

export interface NGram {
  /** n: it looks at n − 1 tokens. */
  readonly order: number;
  readonly vocabularySize: number;
  /** How many different contexts it has counted, the empty one included. */
  readonly contexts: number;

  /** p(token | context): only the last n − 1 tokens of the context count, and it may be shorter. */
  probability(context: ArrayLike<number>, token: number): number;

  /** p(· | context) for all V tokens: they sum to 1. */
  probabilities(context: ArrayLike<number>): Float64Array;

  /**
   * Cross-entropy in nats per token, −(1/M) Σ log p(x_t | x_{t−n+1} … x_{t−1}); `perplexity` makes the perplexity of it.
   *
   * @param from the first token that counts; those before it are only context
   */
  nats(ids: ArrayLike<number>, options?: { from?: number }): number;

  /** Before the first token: `asDecoder(nGram, {}, nGram.initialState(1))` writes. */
  initialState(batch: number): NGramState;

  /** One step of writing: reads one token for each text; its logits are log p of what comes next, N×V. */
  step(weights: object, ids: Int32Array, state: NGramState): DecoderStep<NGramState>;
}

/**
 * The language model that counts: what followed the last n − 1 tokens in a text, mixed with what followed fewer.
 *
 *     p_k(x | h) = (c(h, x) + u(h)·p_{k−1}(x | h')) / (c(h) + u(h)),   p_0(x) = 1/V
 *
 * h are the last k − 1 tokens and h' the same without the oldest; c counts, and u(h) is how many different tokens
 * followed h: where many did, a new one is likely (Witten & Bell's interpolation). A context that was never seen leaves
 * the word to the shorter one. Nothing is trained and nothing is tuned: the baseline of every language model.
 *
 * @param ids the text as token numbers
 * @param order n ≥ 1
 * @param vocabularySize V: tokens are 0 … V−1
 * @throws when n or V is not a whole number ≥ 1, the text is empty, or a token is not 0 … V−1
 * @see Witten & Bell 1991, The zero-frequency problem, method C; Chen & Goodman 1999, An empirical study of smoothing
 *   techniques for language modeling, equation 7
 *
 * @example
 * const text = characterVocabulary("to be or not to be");
 * const model = nGram(text.encode("to be or not to be"), { order: 3, vocabularySize: text.size });
 * console.log(model.probability(text.encode("to "), text.id("b")) > 0.4); // true: the only thing that came
 * console.log(perplexity(model.nats(text.encode("to not be")))); // about 5
 */
export function nGram(
  ids: ArrayLike<number>,
  { order, vocabularySize }: { readonly order: number; readonly vocabularySize: number },
): NGram {
  checkCount("nGram", "order", order, 1);
  checkCount("nGram", "vocabularySize", vocabularySize, 1);
  if (ids.length === 0) throw new RangeError("nGram: the text is empty, expected at least one token");
  const V = vocabularySize;
  const longest = order - 1;
  checkTokens(ids, V);
  const counts = new ContextCounts(V);
  for (let place = 0; place < ids.length; place++) counts.add(ids, place, longest);

  const mixed = (nodes: readonly number[], token: number): number =>
    nodes.reduce((p, node) => {
      const types = counts.types(node);
      return (counts.count(node, token) + types * p) / (counts.total(node) + types);
    }, 1 / V);
  const all = (context: ArrayLike<number>): Float64Array => {
    const nodes = counts.walk(context, context.length, longest);
    return Float64Array.from({ length: V }, (_, token) => mixed(nodes, token));
  };

  return {
    order,
    vocabularySize,
    contexts: counts.size,

    probability(context, token) {
      checkTokens(context, V);
      checkTokens([token], V);
      return mixed(counts.walk(context, context.length, longest), token);
    },

    probabilities(context) {
      checkTokens(context, V);
      return all(context);
    },

    nats(text, { from = 0 } = {}) {
      checkTokens(text, V);
      checkCount("nGram", "from", from, 0);
      if (from >= text.length) {
        throw new RangeError(`nGram: the text has ${text.length} tokens, expected at least one behind ${from}`);
      }
      let sum = 0;
      for (let place = from; place < text.length; place++) {
        sum -= Math.log(mixed(counts.walk(text, place, longest), text[place]!));
      }
      return sum / (text.length - from);
    },

    initialState(batch) {
      checkCount("nGram", "batch", batch, 1);
      // a matrix has at least one column; what a model of order 1 remembers, it does not look at
      return { last: build(batch, Math.max(1, longest), () => -1) };
    },

    step(_, ids, { last }) {
      checkTokens(ids, V);
      if (ids.length !== last.rows) {
        throw new RangeError(`nGram: ${ids.length} tokens for ${last.rows} texts, expected one for each`);
      }
      const state = build(last.rows, last.cols, (i, j) => (j === last.cols - 1 ? ids[i]! : last.at(i, j + 1)));
      const logits = zeros(ids.length, V);
      ids.forEach((_, i) => {
        const context = Array.from({ length: last.cols }, (_, j) => state.at(i, j)).filter((id) => id >= 0);
        all(context).forEach((p, j) => {
          logits.set(i, j, Math.log(p));
        });
      });
      return { logits, state: { last: state } };
    },
  };
}

function checkTokens(ids: ArrayLike<number>, vocabularySize: number): void {
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (!(Number.isInteger(id) && id >= 0 && id < vocabularySize)) {
      throw new RangeError(`nGram: token ${i} is ${id}, expected a whole number 0 … ${vocabularySize - 1}`);
    }
  }
}
