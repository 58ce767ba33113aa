import { engine } from "../engine/current.js";
import { checkChoice } from "../math/check-options.js";
import { scaleInto } from "../math/elementwise.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import { allocate, widest } from "../math/precision.js";
import { product } from "../math/product.js";
import { Sequence, stack, unflatten } from "../math/sequence.js";
import { type Attention, attentionBy, type Keys } from "./attention.js";
import { checkAttentionSizes, selectSequences, stepsOf } from "./attention-steps.js";

/** W is Q×D. */
export type GeneralAttentionWeights = { W: Matrix };
/** There is nothing to learn in the score. */
export type DotAttentionWeights = Record<never, never>;

/**
 * Attention whose score is the product of query and memory.
 *
 *     "dot"      e_s = qᵀ·k_s            where Q = D
 *     "scaled"   e_s = qᵀ·k_s / √D       where Q = D: scores keep their size, however wide the vectors are
 *     "general"  e_s = qᵀ·W·k_s
 *     α = softmax(e),  c = Σ_s α_s·k_s
 *
 * The products W·k_s are computed once for a memory, however often it is looked at.
 *
 * @param querySize Q, the width of a query, such as a decoder's state
 * @param memorySize D, the width of a step of the memory, such as an encoder's output
 * @param score "dot", "scaled" or "general"
 * @returns the attention; W starts evenly spread over ±1/√Q
 * @throws when a size is not a whole number ≥ 1, there is no such score, Q and D differ where they must not, or later
 *   query, memory or lengths
 *   have another shape
 * @see Luong, Pham & Manning 2015, Effective approaches to attention-based neural machine translation, equation 8;
 *   scaled: Vaswani et al. 2017, Attention is all you need, equation 1
 *
 * @example
 * const attention = multiplicativeAttention(6, 6, { score: "scaled" });
 * const memory = buildSequence(7, 2, 6, (s, i, j) => Math.sin(s + i + j)); // 7 steps, 2 sequences
 * const { context } = attention.attend({}, build(2, 6, () => 0.5), memory); // 2×6
 */
export function multiplicativeAttention(
  querySize: number,
  memorySize: number,
  options?: { score?: "general" },
): Attention<GeneralAttentionWeights>;
export function multiplicativeAttention(
  querySize: number,
  memorySize: number,
  options: { score: "dot" | "scaled" },
): Attention<DotAttentionWeights>;
export function multiplicativeAttention(
  querySize: number,
  memorySize: number,
  { score = "general" }: { score?: "dot" | "scaled" | "general" } = {},
): Attention<GeneralAttentionWeights> | Attention<DotAttentionWeights> {
  const name = "multiplicativeAttention";
  checkAttentionSizes(name, { querySize, memorySize });
  checkChoice(name, "score", score, ["dot", "scaled", "general"]);
  if (score === "general") {
    return attentionBy({
      name,
      querySize,
      memorySize,
      init: (random) => ({
        W: build(querySize, memorySize, () => (2 * random() - 1) / Math.sqrt(querySize)),
      }),
      keys: generalKeys,
    });
  }
  if (querySize !== memorySize) {
    throw new RangeError(
      `${name}: the score "${score}" multiplies a query of ${querySize} numbers with steps of ${memorySize}: make them equally wide, or take the score "general"`,
    );
  }
  const scale = score === "scaled" ? 1 / Math.sqrt(memorySize) : 1;
  return attentionBy({
    name,
    querySize,
    memorySize,
    init: () => ({}),
    keys: (_, memory) => dotKeys(memory, scale),
  });
}

/** The score of plain products, with which the two others are made. */
function dotKeys(memory: Sequence, scale: number): Keys<DotAttentionWeights> {
  const { steps: T, batch: B, width } = memory;
  const sentBack: { query: Matrix; dProducts: Matrix }[] = [];

  return {
    score(query) {
      const scores = zeros(B, T, widest(query.precision, memory.precision));
      const of = (m: Matrix, i: number) => m.rowRange(i, i + 1);
      for (let i = 0; i < B; i++) {
        engine().product(of(query, i), stepsOf(memory, i), of(scores, i), { transposeB: true });
      }
      scaleInto(scores, scale);
      return {
        scores,
        backward(dScores) {
          const dProducts = build(B, T, (i, s) => scale * dScores.at(i, s), dScores.precision);
          sentBack.push({ query, dProducts });
          const dQuery = zeros(B, width, widest(dScores.precision, memory.precision));
          for (let i = 0; i < B; i++) engine().product(of(dProducts, i), stepsOf(memory, i), of(dQuery, i));
          return dQuery;
        },
      };
    },

    scoreAll(queries) {
      const { steps, width: Q } = queries;
      const scores = new Sequence(steps, B, T, allocate(steps * B * T, widest(queries.precision, memory.precision)));
      for (let i = 0; i < B; i++) {
        engine().product(stepsOf(queries, i), stepsOf(memory, i), stepsOf(scores, i), { transposeB: true });
      }
      scaleInto(scores.flat(), scale);
      return {
        scores,
        backward(dScores) {
          const dProducts = new Sequence(
            steps,
            B,
            T,
            dScores.data.map((value) => scale * value),
          );
          for (let t = 0; t < steps; t++) sentBack.push({ query: queries.at(t), dProducts: dProducts.at(t) });
          const precision = widest(dScores.precision, memory.precision);
          const dQueries = new Sequence(steps, B, Q, allocate(steps * B * Q, precision));
          for (let i = 0; i < B; i++) engine().product(stepsOf(dProducts, i), stepsOf(memory, i), stepsOf(dQueries, i));
          return dQueries;
        },
      };
    },

    select: (indices) => dotKeys(selectSequences(memory, indices), scale),

    backward() {
      const dMemory = new Sequence(T, B, width, allocate(T * B * width, memory.precision));
      if (sentBack.length === 0) return { gradients: {}, dMemory };
      const queries = stack(sentBack.map(({ query }) => query)); //           reads×B×D
      const dProducts = stack(sentBack.map((score) => score.dProducts)); //   reads×B×T
      for (let i = 0; i < B; i++) {
        engine().product(stepsOf(dProducts, i), stepsOf(queries, i), stepsOf(dMemory, i), { transposeA: true });
      }
      return { gradients: {}, dMemory };
    },
  };
}

/** qᵀ·W·k_s is the plain product of q with W·k_s. */
function generalKeys({ W }: GeneralAttentionWeights, memory: Sequence): Keys<GeneralAttentionWeights> {
  const projected = unflatten(product(memory.flat(), W, { transposeB: true }), memory.steps); // T×B×Q
  const dot = dotKeys(projected, 1);
  return {
    ...dot,
    backward() {
      const dProjected = dot.backward().dMemory.flat();
      return {
        gradients: { W: product(dProjected, memory.flat(), { transposeA: true }) },
        dMemory: unflatten(product(dProjected, W), memory.steps),
      };
    },
  };
}
