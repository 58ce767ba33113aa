import { tanh, tanhSlope } from "../math/activation.js";
import { add, addInto, mul } from "../math/elementwise.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import { widest } from "../math/precision.js";
import { product } from "../math/product.js";
import { type Sequence, unflatten } from "../math/sequence.js";
import { zerosLike } from "../math/weights.js";
import { type Attention, attentionBy, type KeyReader, type Keys } from "./attention.js";
import { checkAttentionSizes, selectSequences } from "./attention-steps.js";

/** W_q is Q×A, W_k is D×A, v is A×1. */
export type AdditiveAttentionWeights = { W_q: Matrix; W_k: Matrix; v: Matrix };

/**
 * Attention whose score is a small network of its own.
 *
 *     e_s = vᵀ·tanh(q·W_q + k_s·W_k),  α = softmax(e),  c = Σ_s α_s·k_s
 *
 * The products k_s·W_k are computed once for a memory, however often it is looked at.
 *
 * @param querySize Q, the width of a query, such as a decoder's state
 * @param memorySize D, the width of a step of the memory, such as an encoder's output
 * @param width A, how many units the score has
 * @returns the attention; its weights start evenly spread over ±1/√(rows)
 * @throws when a size is not a whole number ≥ 1, or later query, memory or lengths have another shape
 * @see Bahdanau, Cho & Bengio 2015, Neural machine translation by jointly learning to align and translate, A.1.2
 *
 * @example
 * const attention = additiveAttention(4, 6, 5);
 * const weights = attention.init(random(1));
 * const memory = buildSequence(7, 2, 6, (s, i, j) => Math.sin(s + i + j)); // 7 steps, 2 sequences
 * const read = attention.attend(weights, build(2, 4, () => 0.5), memory, { lengths: [7, 3] });
 * console.log(read.weights.toRows()[1]); // three numbers that sum to 1, then zeros
 */
export function additiveAttention(
  querySize: number,
  memorySize: number,
  width: number,
): Attention<AdditiveAttentionWeights> {
  checkAttentionSizes("additiveAttention", { querySize, memorySize, width });
  return attentionBy({
    name: "additiveAttention",
    querySize,
    memorySize,
    init(random) {
      const evenly = (rows: number, cols: number) => build(rows, cols, () => (2 * random() - 1) / Math.sqrt(rows));
      return { W_q: evenly(querySize, width), W_k: evenly(memorySize, width), v: evenly(width, 1) };
    },
    keys: keysOf,
  });
}

function keysOf(weights: AdditiveAttentionWeights, memory: Sequence): Keys<AdditiveAttentionWeights> {
  const K = unflatten(product(memory.flat(), weights.W_k), memory.steps); // T×B×A
  const { W_q, v } = zerosLike(weights);
  const dK = zeros(memory.steps * memory.batch, K.width, K.precision);
  return {
    ...readerOf(weights, K, ({ query, u, dScores, dZ, dQ }) => {
      addInto(v, product(u, dScores, { transposeA: true }));
      addInto(W_q, product(query, dQ, { transposeA: true }));
      addInto(dK, dZ);
    }),
    backward() {
      const W_k = product(memory.flat(), dK, { transposeA: true });
      const dMemory = unflatten(product(dK, weights.W_k, { transposeB: true }), memory.steps);
      return { gradients: { W_q, W_k, v }, dMemory };
    },
  };
}

/** What a score sends back: query B×Q, u and dZ (T·B)×A, dScores (T·B)×1, dQ B×A. */
type SentBack = Record<"query" | "u" | "dScores" | "dZ" | "dQ", Matrix>;

function readerOf(weights: AdditiveAttentionWeights, K: Sequence, keep: (sent: SentBack) => void): KeyReader {
  const { W_q, v } = weights;
  const T = K.steps;
  return {
    score(query) {
      const u = tanh(addToEachStep(K, product(query, W_q))); // (T·B)×A
      return {
        scores: columnToRows(product(u, v), T), //              B×T
        backward(dRows) {
          const dScores = rowsToColumn(dRows);
          const dZ = mul(product(dScores, v, { transposeB: true }), tanhSlope(u));
          const dQ = sumOfSteps(unflatten(dZ, T));
          keep({ query, u, dScores, dZ, dQ });
          return product(dQ, W_q, { transposeB: true });
        },
      };
    },
    select: (indices) => readerOf(weights, selectSequences(K, indices), keep),
  };
}

/** q_i is added to each step of sequence i: T×B×A and B×A → (T·B)×A. */
function addToEachStep(K: Sequence, q: Matrix): Matrix {
  const sum = zeros(K.steps * K.batch, K.width, widest(K.precision, q.precision));
  for (let p = 0, r = 0; p < K.data.length; p++, r = r + 1 === q.data.length ? 0 : r + 1) {
    sum.data[p] = K.data[p]! + q.data[r]!;
  }
  return sum;
}

/** T×B×A → B×A. */
function sumOfSteps(x: Sequence): Matrix {
  return Array.from({ length: x.steps }, (_, t) => x.at(t)).reduce(add);
}

/** A number for each step of each sequence, in the order of a sequence (T·B)×1, as B rows of T. */
function columnToRows(column: Matrix, T: number): Matrix {
  const B = column.rows / T;
  return build(B, T, (i, s) => column.at(s * B + i, 0), column.precision);
}

function rowsToColumn(rows: Matrix): Matrix {
  const { rows: B, cols: T } = rows;
  return build(T * B, 1, (p) => rows.at(p % B, Math.floor(p / B)), rows.precision);
}
