import type { Cell, State, Weights } from "../cells/cell.js";
import { type DenseWeights, dense } from "../layers/dense.js";
import { affine, affineBackward } from "../math/affine.js";
import { add, addInto } from "../math/elementwise.js";
import type { Matrix } from "../math/matrix.js";
import type { Random } from "../math/random.js";
import type { Sequence } from "../math/sequence.js";
import type { Tokens } from "../math/tokens.js";
import { copyWeights, zerosLike } from "../math/weights.js";
import { softmaxCrossEntropy } from "../train/loss.js";

/** The cell's weights, and the read-out W_hy (H×N) and b_y (1×N). */
export type RecurrentModelWeights<W extends Weights> = { cell: W; readout: DenseWeights };

/** What the way back through one step needs: the cell's own cache, and the h that was read out. */
export type StepCache<Cache> = { readonly cell: Cache; readonly h: Matrix };

/**
 * A recurrent network in the words of the lecture: `recurrentFn` is called for each input, `forward` for a sequence,
 * `cellFnBackward` goes back through one step, `bptt` through all of them.
 *
 *     state_t = cell(x_t, state_{t−1}),   y_t = h_t·W_hy + b_y,   E = Σ_t E_t,   E_t = cross-entropy(softmax(y_t), target_t)
 *
 * E_t is the mean over the batch. It does with loops to be read what `unroll` and `bptt`, the functions, do for
 * training; the gradients are those of E as it stands, neither clipped nor divided by T.
 *
 * @param cell any cell: in the lecture the vanilla RNN, the LSTM, the GRU
 * @param weights the cell's, and those of the read-out; `RecurrentModel.create` draws some
 * @throws when the read-out has another height than the cell's h
 * @see Gouws & Klein 2017, Gated recurrent models, Deep Learning Indaba: lecture and practical 4
 *
 * @example
 * const model = RecurrentModel.create(rnn(8, 4), 2, random(1));
 * const sequence = buildSequence(5, 1, 8, (t) => Math.sin(t));
 * const targets = new Tokens(5, 1, Int32Array.of(1, 0, 0, 1, 0));
 * const { outputs, finalState, loss } = model.forward(sequence, model.initialState(1), { targets });
 * const { gradients } = model.bptt(sequence, targets, model.initialState(1));
 * console.log(outputs.length, finalState.h.cols, loss, gradients.readout.W.rows); // 5 4 … 4
 */
export class RecurrentModel<W extends Weights, S extends State, Cache> {
  readonly cell: Cell<W, S, Cache>;
  readonly weights: RecurrentModelWeights<W>;

  constructor(cell: Cell<W, S, Cache>, weights: RecurrentModelWeights<W>) {
    const { W, b } = weights.readout;
    if (W.rows !== cell.hiddenSize || b.rows !== 1 || b.cols !== W.cols) {
      throw new RangeError(
        `RecurrentModel: W_hy is ${W.rows}×${W.cols} and b_y ${b.rows}×${b.cols}, expected ${cell.hiddenSize}×N and 1×N`,
      );
    }
    this.cell = cell;
    this.weights = weights;
  }

  /**
   * A model with random weights; those of the read-out are evenly spread over ±1/√H.
   *
   * @param outputSize N, the width of y
   * @throws when outputSize is not a whole number ≥ 1
   */
  static create<W extends Weights, S extends State, Cache>(
    cell: Cell<W, S, Cache>,
    outputSize: number,
    random: Random,
  ): RecurrentModel<W, S, Cache> {
    if (!(Number.isInteger(outputSize) && outputSize >= 1)) {
      throw new RangeError(`RecurrentModel: outputSize is ${outputSize}, expected a whole number ≥ 1`);
    }
    const readout = dense(cell.hiddenSize, outputSize).init(random);
    return new RecurrentModel(cell, { cell: cell.init(random), readout });
  }

  /** The state of a network that has seen nothing. */
  initialState(batch: number): S {
    return copyWeights(this.cell.initialState(batch), this.weights.readout.W.precision);
  }

  /** One step: (x_t, state_{t−1}) → y_t and state_t. x is B×D, y is B×N. */
  recurrentFn(x: Matrix, prevState: S): { y: Matrix; state: S; cache: StepCache<Cache> } {
    const { state, cache } = this.cell.forward(this.weights.cell, x, prevState);
    const y = affine(state.h, this.weights.readout.W, this.weights.readout.b);
    return { y, state, cache: { cell: cache, h: state.h } };
  }

  /**
   * All steps of a sequence, one after the other.
   *
   * @param sequence T×B×D, T ≥ 1
   * @param initialState state_{−1}
   * @param targets the class that y_t should be, T×B: with them there is a loss, E = Σ_t E_t in nats
   * @throws when there is no step, or the targets have another shape
   */
  forward(
    sequence: Sequence,
    initialState: S,
    options: { targets: Tokens },
  ): { outputs: Matrix[]; finalState: S; caches: StepCache<Cache>[]; loss: number };
  forward(
    sequence: Sequence,
    initialState?: S,
    options?: { targets?: Tokens },
  ): { outputs: Matrix[]; finalState: S; caches: StepCache<Cache>[]; loss?: number };
  forward(
    sequence: Sequence,
    initialState: S = this.initialState(sequence.batch),
    { targets }: { targets?: Tokens } = {},
  ): { outputs: Matrix[]; finalState: S; caches: StepCache<Cache>[]; loss?: number } {
    this.checkSequence(sequence, targets);
    const outputs: Matrix[] = [];
    const caches: StepCache<Cache>[] = [];
    let state = initialState;
    let loss = 0;
    for (let t = 0; t < sequence.steps; t++) {
      const step = this.recurrentFn(sequence.at(t), state);
      state = step.state;
      outputs.push(step.y);
      caches.push(step.cache);
      if (targets) loss += softmaxCrossEntropy(step.y, targets.at(t)).loss;
    }
    return { outputs, finalState: state, caches, ...(targets && { loss }) };
  }

  /**
   * Back through one step: from E_t, and from all that later steps have to say about state_t, to this step's part of
   * the gradients and to what it has to say about state_{t−1}.
   *
   * @param y y_t, as `recurrentFn` returned it
   * @param target the class that each of the B rows should be
   * @param dStateNext ∂E/∂state_t of the later steps
   */
  cellFnBackward(
    y: Matrix,
    target: ArrayLike<number>,
    dStateNext: S,
    cache: StepCache<Cache>,
  ): { gradients: RecurrentModelWeights<W>; dState: S; dx: Matrix } {
    const { dLogits: dy } = softmaxCrossEntropy(y, target);
    const { dX: dh, dW, db } = affineBackward(dy, cache.h, this.weights.readout.W);
    const dState = { ...dStateNext, h: add(dStateNext.h, dh) };
    const step = this.cell.backward(this.weights.cell, dState, cache.cell);
    return { gradients: { cell: step.gradients, readout: { W: dW, b: db } }, dState: step.dState, dx: step.dx };
  }

  /**
   * Back-propagation through time: forward over the sequence, then back through it, adding up what each step says
   * about the weights they share.
   *
   * @param sequence T×B×D, T ≥ 1
   * @param targets the class that y_t should be, T×B
   * @param initialState state_{−1}
   * @returns the gradients of E = Σ_t E_t, E itself, and the final state, to go on from
   * @throws when there is no step, or the targets have another shape
   */
  bptt(
    sequence: Sequence,
    targets: Tokens,
    initialState: S = this.initialState(sequence.batch),
  ): { gradients: RecurrentModelWeights<W>; loss: number; finalState: S; dInitialState: S } {
    const { outputs, finalState, caches, loss } = this.forward(sequence, initialState, { targets });
    const gradients = zerosLike(this.weights);
    let dState = zerosLike(finalState);
    for (let t = sequence.steps - 1; t >= 0; t--) {
      const step = this.cellFnBackward(outputs[t]!, targets.at(t), dState, caches[t]!);
      dState = step.dState;
      addInto(gradients.readout.W, step.gradients.readout.W);
      addInto(gradients.readout.b, step.gradients.readout.b);
      for (const name of Object.keys(gradients.cell)) addInto(gradients.cell[name]!, step.gradients.cell[name]!);
    }
    return { gradients, loss, finalState, dInitialState: dState };
  }

  private checkSequence({ steps, batch, width }: Sequence, targets: Tokens | undefined): void {
    if (steps === 0 || batch === 0) {
      throw new RangeError(
        `RecurrentModel: the sequence is ${steps}×${batch}×${width}, expected at least one step and one row`,
      );
    }
    if (targets && (targets.steps !== steps || targets.batch !== batch)) {
      throw new RangeError(
        `RecurrentModel: the targets are ${targets.steps}×${targets.batch}, expected ${steps}×${batch}: one for each output`,
      );
    }
  }
}
