import type { Cell, State, Weights } from "../cells/cell.js";
import { type EmbeddingWeights, embedding } from "../layers/embedding.js";
import { recurrent } from "../layers/recurrent.js";
import { concat } from "../math/affine.js";
import { drawColumns } from "../math/draw.js";
import { add, addInto } from "../math/elementwise.js";
import { copy, type Matrix } from "../math/matrix.js";
import type { Random } from "../math/random.js";
import { type Sequence, stack, unflatten } from "../math/sequence.js";
import { softmax } from "../math/softmax.js";
import { Tokens } from "../math/tokens.js";
import { type WeightTree, zerosLike } from "../math/weights.js";
import type { AttentionMemory, AttentionRead, AttentionReader } from "./attention.js";

/** Which of its states a decoder asks the attention with: the one before a step, or the one that the step has led to. */
export type Asking = "before" | "after";

/** What a decoder consists of, and its weights. */
export interface DecoderParts<W extends Weights, S extends State, Cache> {
  readonly cell: Cell<W, S, Cache>;
  readonly vocabularySize: number;
  readonly weights: { readonly embedding: EmbeddingWeights; readonly cell: W };
  readonly asks: Asking;
}

/** A decoder's walk along a batch of targets, and the way back. */
export interface DecoderWalk<W extends Weights, S extends State> {
  /** What the read-out reads, T×B×H or T×B×(H+D): h_t, with attention h_t ‖ c_t. */
  readonly outputs: Sequence;
  /** Weights of the attention, T×B×S. */
  readonly alignments: Sequence | undefined;
  /** What belongs to the memory is kept for the memory's own `backward`. */
  backward(dOutputs: Sequence): { embedding: EmbeddingWeights; cell: W; dInitialState: S };
}

/** Reads the targets as they are, all at once. */
export function plainWalk<W extends Weights, S extends State, Cache>(
  { cell, vocabularySize, weights }: DecoderParts<W, S, Cache>,
  inputs: Tokens,
  initialState: S,
): DecoderWalk<W, S> {
  const table = embedding(vocabularySize, cell.inputSize).forward(weights.embedding, inputs);
  const run = recurrent(cell).forward(weights.cell, table.y, { initialState });
  return {
    outputs: run.y,
    alignments: undefined,
    backward(dOutputs) {
      const { gradients, dx, dInitialState } = run.backward(dOutputs);
      return { embedding: table.backward(dx).gradients, cell: gradients, dInitialState };
    },
  };
}

/**
 * The same with attention that is asked after each step: as no step waits for a context, the cell runs along the whole
 * target before the first look at the memory.
 */
export function lookingWalk<W extends Weights, S extends State, Cache, A extends WeightTree>(
  parts: DecoderParts<W, S, Cache>,
  inputs: Tokens,
  initialState: S,
  memory: AttentionMemory<A>,
): DecoderWalk<W, S> {
  const { outputs: states, backward } = plainWalk(parts, inputs, initialState);
  const { contexts, weights, backward: backToStates } = memory.readAll(states);
  const H = states.width;
  return {
    outputs: unflatten(concat(states.flat(), contexts.flat()), states.steps),
    alignments: weights,
    backward(dOutputs) {
      const { steps, width } = dOutputs;
      const dContexts = unflatten(copy(dOutputs.flat().columns(H, width)), steps);
      const dStates = add(dOutputs.flat().columns(0, H), backToStates(dContexts).flat());
      return backward(unflatten(dStates, steps));
    },
  };
}

/** One step of a decoder with or without attention. */
export function decoderStep<W extends Weights, S extends State, Cache>(
  { cell, vocabularySize, weights, asks }: DecoderParts<W, S, Cache>,
  ids: Int32Array,
  before: S,
  memory: AttentionReader | undefined,
): { state: S; cache: Cache; output: Matrix; read: AttentionRead | undefined } {
  const early = asks === "before" ? memory?.read(before.h) : undefined;
  const width = cell.inputSize - (early?.context.cols ?? 0);
  const y = embedding(vocabularySize, width)
    .forward(weights.embedding, new Tokens(1, ids.length, ids))
    .y.at(0);
  const { state, cache } = cell.forward(weights.cell, early ? concat(y, early.context) : y, before);
  const read = asks === "before" ? early : memory?.read(state.h);
  return { state, cache, read, output: read ? concat(state.h, read.context) : state.h };
}

/** In training, what the model itself would have said is read now and then: with probability `rate` at each token. */
export interface Sampling {
  readonly rate: number;
  readonly random: Random;
  /** What the model expects, B×V, from a step's output. */
  readonly logits: (output: Matrix) => Matrix;
}

/** Reads the targets, or what the model has drawn in their place, step by step. */
export function steppedWalk<W extends Weights, S extends State, Cache>(
  parts: DecoderParts<W, S, Cache>,
  inputs: Tokens,
  initialState: S,
  { memory, sampling }: { memory: AttentionReader | undefined; sampling: Sampling | undefined },
): DecoderWalk<W, S> {
  const { cell, vocabularySize, weights, asks } = parts;
  const { steps: T, batch: B } = inputs;
  const H = cell.hiddenSize;
  const readIds = new Tokens(T, B);
  const walked: ReturnType<typeof decoderStep<W, S, Cache>>[] = [];
  for (let t = 0, state = initialState; t < T; t++) {
    const said = t > 0 && sampling ? sampled(inputs.at(t), walked[t - 1]!.output, sampling) : inputs.at(t);
    readIds.at(t).set(said);
    walked.push(decoderStep(parts, said, state, memory));
    state = walked[t]!.state;
  }
  const alignments = walked.flatMap(({ read }) => (read ? [read.weights] : []));

  return {
    outputs: stack(walked.map(({ output }) => output)),
    alignments: memory && stack(alignments),
    backward(dOutputs) {
      const gradients = zerosLike(weights.cell);
      const dEmbedded: Matrix[] = [];
      let dState = zerosLike(initialState);
      for (let t = T - 1; t >= 0; t--) {
        const { read, cache } = walked[t]!;
        const dOutput = dOutputs.at(t);
        const dRead = dOutput.columns(H, dOutput.cols); // of the context, by the read-out
        let dh = add(dState.h, dOutput.columns(0, H));
        if (read && asks === "after") dh = add(dh, read.backward(copy(dRead)));
        const step = cell.backward(weights.cell, { ...dState, h: dh }, cache);
        for (const name of Object.keys(gradients)) addInto(gradients[name]!, step.gradients[name]!);
        dState = step.dState;
        if (!read || asks === "after") {
          dEmbedded[t] = step.dx;
          continue;
        }
        const width = step.dx.cols - read.context.cols;
        dEmbedded[t] = step.dx.columns(0, width);
        // the context was read twice, by the cell and by the read-out; its query was the state before
        const dContext = add(step.dx.columns(width, step.dx.cols), dRead);
        dState = { ...dState, h: add(dState.h, read.backward(dContext)) };
      }
      const table = embedding(vocabularySize, dEmbedded[0]!.cols).forward(weights.embedding, readIds);
      return { embedding: table.backward(stack(dEmbedded)).gradients, cell: gradients, dInitialState: dState };
    },
  };
}

/** The true tokens, some of them replaced by draws from what the model expects. */
function sampled(truth: Int32Array, output: Matrix, { rate, random, logits }: Sampling): Int32Array {
  const replaced = Array.from(truth, () => random() < rate);
  if (!replaced.includes(true)) return truth;
  const drawn = drawColumns(softmax(logits(output)), random);
  return truth.map((id, i) => (replaced[i] ? drawn[i]! : id));
}
