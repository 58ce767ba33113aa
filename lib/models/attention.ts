import { engine } from "../engine/current.js";
import { mul } from "../math/elementwise.js";
import { checkLengths, type Lengths } from "../math/lengths.js";
import { checkSameShape, copyInto, type Matrix, zeros } from "../math/matrix.js";
import { allocate, widest } from "../math/precision.js";
import type { Random } from "../math/random.js";
import { Sequence, stack, unflatten } from "../math/sequence.js";
import { softmax } from "../math/softmax.js";
import type { WeightTree } from "../math/weights.js";
import { selectSequences, stepsOf } from "./attention-steps.js";

/** One look at the memory. */
export interface AttentionRead {
  /** Σ_s weights_s·memory_s, B×D. */
  readonly context: Matrix;
  /** B×T: a row sums to 1 over the real steps of its sequence and is 0 at padding. */
  readonly weights: Matrix;
  /** ∂E/∂context → ∂E/∂query; what belongs to the memory is kept for the memory's own `backward`. */
  backward(dContext: Matrix): Matrix;
}

/** A look for each step of a sequence of queries, all at once. */
export interface AttentionReads {
  /** T'×B×D. */
  readonly contexts: Sequence;
  /** T'×B×T. */
  readonly weights: Sequence;
  /** ∂E/∂contexts → ∂E/∂queries, T'×B×Q; what belongs to the memory is kept for the memory's own `backward`. */
  backward(dContexts: Sequence): Sequence;
}

/** A batch of sequences ready to be looked at, many times: what does not depend on the query is computed once. */
export interface AttentionReader {
  /** @param query B×Q, one for each sequence */
  read(query: Matrix): AttentionRead;
  /** Some of the sequences, in this order, an index as often as it is named. */
  select(indices: ArrayLike<number>): AttentionReader;
}

/** The same with a way back, for training. */
export interface AttentionMemory<W extends WeightTree> extends AttentionReader {
  /** The same as `read` at each step, where all queries are known before the first look. @param queries T'×B×Q */
  readAll(queries: Sequence): AttentionReads;
  /** What all reads have sent back: gradients of the weights and of the sequences, T×B×D. */
  backward(): { gradients: W; dMemory: Sequence };
}

export interface AttentionOptions {
  /** How many steps of each sequence are real, 1 … T; by default T. */
  readonly lengths?: Lengths | undefined;
}

/**
 * A look back at a whole sequence with a question in mind: a mean of its steps, weighted by how well each answers.
 *
 *     e_s = score(q, k_s),  α = softmax(e) over the real steps,  c = Σ_s α_s·k_s
 *
 * Kinds of attention differ in the score: see `additiveAttention` and `multiplicativeAttention`.
 */
export interface Attention<W extends WeightTree = WeightTree> {
  /** Q, the width of a query. */
  readonly querySize: number;
  /** D, the width of a step of the memory and of the context. */
  readonly memorySize: number;

  init(random: Random): W;

  /** @param memory T×B×D, such as the outputs of an encoder */
  remember(weights: W, memory: Sequence, options?: AttentionOptions): AttentionMemory<W>;

  /** A single look, query B×Q, at a memory T×B×D. Who looks more often calls `remember` once. */
  attend(
    weights: W,
    query: Matrix,
    memory: Sequence,
    options?: AttentionOptions,
  ): {
    context: Matrix;
    weights: Matrix;
    backward(dContext: Matrix): { dQuery: Matrix; dMemory: Sequence; gradients: W };
  };
}

/** How well each step of a memory answers a query: what one kind of attention differs from another in. */
export interface Scoring<W extends WeightTree> {
  readonly name: string;
  readonly querySize: number;
  readonly memorySize: number;
  init(random: Random): W;
  keys(weights: W, memory: Sequence): Keys<W>;
}

/** A memory as a score sees it. */
export interface KeyReader {
  /** B×Q → B×T, and ∂E/∂scores → ∂E/∂query. */
  score(query: Matrix): { scores: Matrix; backward(dScores: Matrix): Matrix };
  select(indices: ArrayLike<number>): KeyReader;
}

export interface Keys<W extends WeightTree> extends KeyReader {
  /** T'×B×Q → T'×B×T and the way back, where a score has a faster way than step by step. */
  scoreAll?(queries: Sequence): { scores: Sequence; backward(dScores: Sequence): Sequence };
  /** What all scores have sent back. */
  backward(): { gradients: W; dMemory: Sequence };
}

/** Attention with a given score. */
export function attentionBy<W extends WeightTree>(scoring: Scoring<W>): Attention<W> {
  const { name, querySize, memorySize } = scoring;

  function remember(weights: W, memory: Sequence, { lengths }: AttentionOptions = {}): AttentionMemory<W> {
    if (memory.width !== memorySize || memory.steps === 0 || memory.batch === 0) {
      throw new RangeError(
        `${name}: the memory is ${memory.steps}×${memory.batch}×${memory.width}, expected at least one step and one sequence of memorySize ${memorySize}`,
      );
    }
    if (lengths) checkLengths(name, lengths, memory.steps, memory.batch);
    const keys = scoring.keys(weights, memory);
    const sentBack: SentBack[] = [];
    const reader = readerOf(name, querySize, keys, memory, lengths, (sent) => sentBack.push(sent));
    return {
      ...reader,
      readAll: (queries) =>
        readAll({ name, querySize, keys, reader, memory, lengths, keep: (sent) => sentBack.push(sent) }, queries),
      backward() {
        const { gradients, dMemory } = keys.backward();
        addContexts(dMemory, sentBack);
        return { gradients, dMemory };
      },
    };
  }

  return {
    querySize,
    memorySize,
    init: scoring.init,
    remember,
    attend(weights, query, memory, options) {
      const remembered = remember(weights, memory, options);
      const read = remembered.read(query);
      return {
        context: read.context,
        weights: read.weights,
        backward: (dContext) => ({ dQuery: read.backward(dContext), ...remembered.backward() }),
      };
    },
  };
}

interface SentBack {
  /** B×T. */
  readonly weights: Matrix;
  /** B×D. */
  readonly dContext: Matrix;
}

function readerOf(
  name: string,
  querySize: number,
  keys: KeyReader,
  memory: Sequence,
  lengths: Lengths | undefined,
  keep: (sent: SentBack) => void,
): AttentionReader {
  const { steps: T, batch: B, width: D } = memory;
  const lengthOf = (i: number) => lengths?.[i] ?? T;
  const real = (row: Matrix, i: number) => row.rowRange(i, i + 1).columns(0, lengthOf(i));
  const realSteps = (i: number) => stepsOf(memory, i).rowRange(0, lengthOf(i));

  return {
    read(query) {
      if (query.rows !== B || query.cols !== querySize) {
        throw new RangeError(
          `${name}: the query is ${query.rows}×${query.cols}, expected ${B}×${querySize}: one row for each sequence of the memory, querySize columns`,
        );
      }
      const { scores, backward } = keys.score(query);
      const weights = zeros(B, T, scores.precision);
      const context = zeros(B, D, widest(scores.precision, memory.precision));
      for (let i = 0; i < B; i++) {
        copyInto(real(weights, i), softmax(real(scores, i)));
        engine().product(real(weights, i), realSteps(i), context.rowRange(i, i + 1));
      }
      return {
        context,
        weights,
        backward(dContext) {
          checkSameShape(`${name}: the context and its gradient`, context, dContext);
          keep({ weights, dContext });
          const dWeights = zeros(B, T, widest(dContext.precision, memory.precision));
          for (let i = 0; i < B; i++) {
            engine().product(dContext.rowRange(i, i + 1), realSteps(i), real(dWeights, i), { transposeB: true });
          }
          return backward(throughSoftmax(weights, dWeights));
        },
      };
    },

    select(indices) {
      const chosen = lengths && Array.from(indices, lengthOf);
      return readerOf(name, querySize, keys.select(indices), selectSequences(memory, indices), chosen, keep);
    },
  };
}

interface AllAtOnce {
  readonly name: string;
  readonly querySize: number;
  readonly keys: Keys<WeightTree>;
  readonly reader: AttentionReader;
  readonly memory: Sequence;
  readonly lengths: Lengths | undefined;
  readonly keep: (sent: SentBack) => void;
}

function readAll(
  { name, querySize, keys, reader, memory, lengths, keep }: AllAtOnce,
  queries: Sequence,
): AttentionReads {
  const { steps: T, batch: B, width: D } = memory;
  const { steps } = queries;
  if (steps === 0 || queries.batch !== B || queries.width !== querySize) {
    throw new RangeError(
      `${name}: the queries are ${steps}×${queries.batch}×${queries.width}, expected at least one step of ${B}×${querySize}: one row for each sequence of the memory, querySize columns`,
    );
  }
  if (!keys.scoreAll) return oneByOne(reader, queries);
  const { scores, backward } = keys.scoreAll(queries);
  const precision = widest(scores.precision, memory.precision);
  const weights = new Sequence(steps, B, T, allocate(steps * B * T, scores.precision));
  const contexts = new Sequence(steps, B, D, allocate(steps * B * D, precision));
  const real = (x: Sequence, i: number) => stepsOf(x, i).columns(0, lengths?.[i] ?? T);
  const realSteps = (i: number) => stepsOf(memory, i).rowRange(0, lengths?.[i] ?? T);
  for (let i = 0; i < B; i++) {
    copyInto(real(weights, i), softmax(real(scores, i)));
    engine().product(real(weights, i), realSteps(i), stepsOf(contexts, i));
  }
  return {
    contexts,
    weights,
    backward(dContexts) {
      checkSameShape(`${name}: the contexts and their gradients`, contexts.flat(), dContexts.flat());
      for (let t = 0; t < steps; t++) keep({ weights: weights.at(t), dContext: dContexts.at(t) });
      const dWeights = new Sequence(
        steps,
        B,
        T,
        allocate(steps * B * T, widest(dContexts.precision, memory.precision)),
      );
      for (let i = 0; i < B; i++) {
        engine().product(stepsOf(dContexts, i), realSteps(i), real(dWeights, i), { transposeB: true });
      }
      return backward(unflatten(throughSoftmax(weights.flat(), dWeights.flat()), steps));
    },
  };
}

function oneByOne(reader: AttentionReader, queries: Sequence): AttentionReads {
  const reads = Array.from({ length: queries.steps }, (_, t) => reader.read(queries.at(t)));
  return {
    contexts: stack(reads.map(({ context }) => context)),
    weights: stack(reads.map(({ weights }) => weights)),
    backward: (dContexts) => stack(reads.map((read, t) => read.backward(dContexts.at(t)))),
  };
}

/** ∂E/∂k_s += Σ_reads α_s·∂E/∂c: one product for each sequence, over all reads. */
function addContexts(dMemory: Sequence, sentBack: readonly SentBack[]): void {
  if (sentBack.length === 0) return;
  const weights = stack(sentBack.map((sent) => sent.weights)); //   reads×B×T
  const dContext = stack(sentBack.map((sent) => sent.dContext)); // reads×B×D
  for (let i = 0; i < dMemory.batch; i++) {
    const options = { transposeA: true, accumulate: true };
    engine().product(stepsOf(weights, i), stepsOf(dContext, i), stepsOf(dMemory, i), options);
  }
}

/** ∂E/∂e = α∗(∂E/∂α − Σ_s α_s·∂E/∂α_s), row by row. */
function throughSoftmax(weights: Matrix, dWeights: Matrix): Matrix {
  const dScores = mul(weights, dWeights);
  for (let i = 0; i < dScores.rows; i++) {
    let sum = 0;
    for (let s = 0; s < dScores.cols; s++) sum += dScores.at(i, s);
    for (let s = 0; s < dScores.cols; s++) dScores.set(i, s, dScores.at(i, s) - sum * weights.at(i, s));
  }
  return dScores;
}
