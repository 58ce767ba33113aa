import { checkLengths, type Lengths } from "../math/lengths.js";
import { build, type Matrix } from "../math/matrix.js";
import { allocate } from "../math/precision.js";
import type { Random } from "../math/random.js";
import { Sequence } from "../math/sequence.js";
import type { Tokens } from "../math/tokens.js";
import { zerosLike } from "../math/weights.js";
import { type CrfWeights, forwardBackward, transitionFactors } from "./forward-backward.js";
import { viterbi } from "./viterbi.js";

export type { CrfWeights } from "./forward-backward.js";

/** A layer of tag scores over a network's emissions. */
export interface Crf {
  readonly tags: number;

  /** Numbers from −0.1 to 0.1. */
  init(random: Random): CrfWeights;

  /**
   * The loss: −log p(tags), the mean over the sequences of the batch, in nats.
   *
   * @param emissions T×B×N, how well each tag fits each step: the logits of a network
   * @param tags T×B, the true ones; at padding any number
   * @returns the loss, dEmissions T×B×N with zeros at padding, and the gradients of the weights
   */
  negativeLogLikelihood(
    weights: CrfWeights,
    emissions: Sequence,
    tags: Tokens,
    options?: { lengths?: Lengths },
  ): { loss: number; dEmissions: Sequence; gradients: CrfWeights };

  /**
   * The best tags of each sequence, and how they score.
   *
   * @returns T×B tags, 0 at padding; B scores
   */
  viterbi(
    weights: CrfWeights,
    emissions: Sequence,
    options?: { lengths?: Lengths },
  ): { tags: Tokens; scores: number[] };
}

/**
 * A linear-chain conditional random field: scores whole sequences of tags, so that neighbours must fit.
 *
 *     s(y) = start[y_1] + Σ_t emission_t[y_t] + Σ_t transitions[y_t, y_{t+1}] + end[y_T]
 *     p(y) = e^{s(y)} / Σ_{y'} e^{s(y')},  E = (1/B) Σ_i −log p(y_i)
 *
 * The sum over all N^T sequences is taken by the forward–backward algorithm in log space, in T·N² steps; the gradient of
 * a score is how probable its use is, less how often the truth uses it.
 *
 * @param tags N ≥ 1
 * @throws when tags is not a whole number ≥ 1; its functions throw when shapes or lengths do not fit, a number is not
 *   finite, or a tag is not one of 0 … N−1
 * @see Lafferty, McCallum & Pereira 2001, Conditional random fields; Lample et al. 2016, Neural architectures for named
 *   entity recognition, section 2.2
 *
 * @example
 * const field = crf(3);
 * const weights = field.init(random(1));
 * const emissions = buildSequence(4, 2, 3, (t, _, tag) => (t % 3 === tag ? 2 : 0)); // 0, 1, 2, 0 fit best
 * const { loss } = field.negativeLogLikelihood(weights, emissions, new Tokens(4, 2));
 * console.log(loss > 0, Array.from(field.viterbi(weights, emissions).tags.at(1))); // true [1, 1]
 */
export function crf(tags: number): Crf {
  if (!(Number.isInteger(tags) && tags >= 1)) {
    throw new RangeError(`crf: there are ${tags} tags, expected a whole number ≥ 1`);
  }
  const N = tags;
  return {
    tags,

    init(random) {
      const score = () => 0.2 * random() - 0.1;
      return { transitions: build(N, N, score), start: build(1, N, score), end: build(1, N, score) };
    },

    negativeLogLikelihood(weights, emissions, truth, { lengths } = {}) {
      check("negativeLogLikelihood", N, weights, emissions, lengths);
      const { steps: T, batch: B } = emissions;
      checkTags(N, emissions, truth, lengths);
      const gradients = zerosLike(weights);
      const dEmissions = new Sequence(T, B, N, allocate(T * B * N, emissions.precision));
      const factors = transitionFactors(weights);
      let loss = 0;
      for (let i = 0; i < B; i++) {
        const length = lengths ? lengths[i]! : T;
        const y = Int32Array.from({ length }, (_, t) => truth.ids[t * B + i]!);
        const gradient = { gradients, dEmissions, factor: 1 / B };
        const { logZ } = forwardBackward(weights, factors, emissions, i, length, gradient);
        loss += (logZ - score(weights, emissions, i, y)) / B;
        addScoreGradient(gradients, dEmissions, i, y, -1 / B);
      }
      return { loss, dEmissions, gradients };
    },

    viterbi(weights, emissions, { lengths } = {}) {
      check("viterbi", N, weights, emissions, lengths);
      return viterbi(weights, emissions, lengths);
    },
  };
}

/** s(y) of sequence i. */
function score({ transitions, start, end }: CrfWeights, emissions: Sequence, i: number, y: Int32Array): number {
  const { batch: B, width: N } = emissions;
  const last = y.length - 1;
  let sum = start.at(0, y[0]!) + end.at(0, y[last]!);
  for (let t = 0; t <= last; t++) {
    sum += emissions.data[(t * B + i) * N + y[t]!]!;
    if (t < last) sum += transitions.at(y[t]!, y[t + 1]!);
  }
  return sum;
}

/** Adds factor · ∂s(y)/∂(weights and emissions): `factor` at each score that y uses. */
function addScoreGradient(gradients: CrfWeights, dE: Sequence, i: number, y: Int32Array, factor: number): void {
  const { batch: B, width: N } = dE;
  const bump = (A: Matrix, row: number, col: number) => A.set(row, col, A.at(row, col) + factor);
  const last = y.length - 1;
  bump(gradients.start, 0, y[0]!);
  bump(gradients.end, 0, y[last]!);
  for (let t = 0; t <= last; t++) {
    dE.data[(t * B + i) * N + y[t]!]! += factor;
    if (t < last) bump(gradients.transitions, y[t]!, y[t + 1]!);
  }
}

function check(what: string, N: number, weights: CrfWeights, emissions: Sequence, lengths?: Lengths): void {
  const { steps: T, batch: B, width } = emissions;
  if (width !== N || T === 0 || B === 0) {
    throw new RangeError(`crf.${what}: emissions are ${T}×${B}×${width}, expected T×B×${N} with T and B ≥ 1`);
  }
  for (const [name, rows] of [
    ["transitions", N],
    ["start", 1],
    ["end", 1],
  ] as const) {
    const { rows: found, cols } = weights[name];
    if (found !== rows || cols !== N) {
      throw new RangeError(`crf.${what}: ${name} is ${found}×${cols}, expected ${rows}×${N}`);
    }
  }
  if (lengths) checkLengths(`crf.${what}`, lengths, T, B);
}

function checkTags(N: number, { steps: T, batch: B }: Sequence, tags: Tokens, lengths?: Lengths): void {
  if (tags.steps !== T || tags.batch !== B) {
    throw new RangeError(
      `crf.negativeLogLikelihood: tags are ${tags.steps}×${tags.batch}, expected ${T}×${B} as the emissions`,
    );
  }
  tags.ids.forEach((tag, at) => {
    const [t, i] = [Math.floor(at / B), at % B];
    if (tag >= N && !(lengths && t >= lengths[i]!)) {
      throw new RangeError(
        `crf.negativeLogLikelihood: tag ${tag} at step ${t} of sequence ${i} is not one of 0 … ${N - 1}`,
      );
    }
  });
}
