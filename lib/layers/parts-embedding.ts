import { build, type Matrix, zeros } from "../math/matrix.js";
import { kindOf } from "../math/precision.js";
import { normal, type Random } from "../math/random.js";
import { unflatten } from "../math/sequence.js";
import { TokenParts } from "../math/token-parts.js";
import type { EmbeddingWeights } from "./embedding.js";
import type { Layer, NoState } from "./layer.js";
import { stateless } from "./stateless.js";

/**
 * A vector for each token: the sum of the vectors of its parts, such as a word's endings.
 *
 *     y_t = Σ_k E[part_k(t)],  ∂E/∂E[p] = Σ over all places where part p stands
 *
 * In training a token may lose its first part, with probability `forget`: part 0 takes its place, the number that stands
 * for what is unknown. So the network learns to do without it, and is prepared for tokens that it has never met.
 *
 * @param size V: parts are 0 … V−1
 * @param width D, how many numbers a token becomes
 * @param partCount K, how many parts a token has
 * @param forget 0 ≤ forget < 1
 * @returns a layer that reads `TokenParts`, the first one of a stack; E starts normally distributed with deviation
 *   1/√(D·K), so that sums have length 1 on average
 * @throws when a size is not a whole number ≥ 1, `forget` is not in 0 … 1, or later a part is not in the table
 * @see Bojanowski et al. 2017, Enriching word vectors with subword information
 *
 * @example
 * const parts = wordParts([["the", "cat", "walks"]]);
 * const layer = partsEmbedding(parts.size, 8, parts.partCount);
 * const { y } = layer.forward(layer.init(random(1)), parts.encode([["the", "dog", "talks"]]).tokens); // 3×1×8
 */
export function partsEmbedding(
  size: number,
  width: number,
  partCount: number,
  { forget = 0 }: { forget?: number } = {},
): Layer<EmbeddingWeights, NoState, TokenParts> {
  const [V, D, K] = [size, width, partCount];
  if (![V, D, K].every((n) => Number.isInteger(n) && n > 0)) {
    throw new RangeError(
      `partsEmbedding: ${V} parts of ${D} numbers, ${K} a token, are no table, all must be whole numbers ≥ 1`,
    );
  }
  if (!(forget >= 0 && forget < 1)) {
    throw new RangeError(`partsEmbedding: forget is ${forget}, expected a number from 0 to below 1`);
  }
  return {
    ...stateless("partsEmbedding"),
    inputSize: V,
    outputSize: D,
    init: (random) => ({ E: build(V, D, () => normal(random) / Math.sqrt(D * K)) }),

    forward({ E }, tokens, { random } = {}) {
      check(tokens, V, K);
      const parts = random && forget > 0 ? withoutSome(tokens, forget, random) : tokens.parts;
      const y = zeros(tokens.ids.length, D, E.precision);
      eachPart(parts, K, (part, row) => addRow(E, part, y, row));
      return {
        y: unflatten(y, tokens.steps),
        finalState: {},
        backward(dy) {
          const dE = zeros(V, D, E.precision);
          const rows = dy?.flat();
          if (rows) eachPart(parts, K, (part, row) => addRow(rows, row, dE, part));
          return { gradients: { E: dE }, dx: undefined, dInitialState: {} };
        },
      };
    },
  };
}

/** The parts, but some tokens without their first one. */
function withoutSome({ ids, parts, partCount }: TokenParts, forget: number, random: Random): Int32Array {
  const kept = parts.slice();
  for (let row = 0; row < ids.length; row++) if (random() < forget) kept[row * partCount] = 0;
  return kept;
}

function eachPart(parts: Int32Array, K: number, visit: (part: number, row: number) => void): void {
  for (let at = 0; at < parts.length; at++) visit(parts[at]!, Math.floor(at / K));
}

/** Adds a row of one matrix to a row of another. */
function addRow(from: Matrix, row: number, to: Matrix, toRow: number): void {
  const [source, target] = [from.data, to.data];
  const [start, toStart] = [from.offset + row * from.stride, to.offset + toRow * to.stride];
  for (let d = 0; d < from.cols; d++) target[toStart + d]! += source[start + d]!;
}

function check(tokens: TokenParts, V: number, K: number): void {
  if (!(tokens instanceof TokenParts)) {
    throw new TypeError(
      `partsEmbedding: it reads TokenParts, got ${kindOf(tokens)}: let wordParts(…).encode make them`,
    );
  }
  const { parts, partCount, batch } = tokens;
  if (partCount !== K) {
    throw new RangeError(`partsEmbedding: the tokens have ${partCount} parts, the layer was made for ${K}`);
  }
  const at = parts.findIndex((part) => part >= V);
  if (at < 0) return;
  const token = Math.floor(at / K);
  throw new RangeError(
    `partsEmbedding: part ${parts[at]} at step ${Math.floor(token / batch)} of sequence ${token % batch} is not in the table, expected 0 … ${V - 1}`,
  );
}
