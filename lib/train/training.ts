import type { Batch } from "../data/batch.js";
import type { Random, SeededRandom } from "../math/random.js";
import type { WeightTree } from "../math/weights.js";
import type { Evaluate, Evaluation } from "./best-weights.js";
import type { Optimizer, OptimizerState } from "./optimizer.js";
import type { Schedule } from "./schedule.js";

/** What can be trained: a loss, its gradients, and how much of a batch is right. */
export interface Trainable<W extends WeightTree, B = Batch> {
  lossAndGradients(
    weights: W,
    batch: B,
    /** The trainer's generator: dropout and scheduled sampling draw from it. */
    options?: { readonly random?: Random },
  ): {
    readonly loss: number;
    readonly accuracy: number;
    readonly gradients: W;
    /** How many tokens the batch had, padding left out. */
    readonly count?: number;
  };
}

/** Where training stands after a step. */
export interface TrainingStep {
  /** 1 … steps, counted over all epochs. */
  readonly step: number;
  readonly steps: number;
  /** 1 … epochs. */
  readonly epoch: number;
  readonly epochs: number;
  /** Of this step's batch, before the step. */
  readonly loss: number;
  readonly accuracy: number;
  readonly examplesPerSecond: number;
  /** When the model counts tokens. */
  readonly tokensPerSecond?: number;
  readonly secondsLeft: number;
  /** When this step was followed by an evaluation. */
  readonly evaluation?: number;
}

/** Where training stands after an epoch: the means over its steps. */
export interface TrainingEpoch {
  /** 1 … epochs. */
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Since training began. */
  readonly seconds: number;
  /** The last one, if any was made. */
  readonly evaluation?: number;
}

export interface TrainingOptions<W extends WeightTree = WeightTree> {
  /** How often each example is seen. */
  readonly epochs?: number;
  readonly batchSize?: number;
  /** Puts examples of similar length in one batch, so that there is little padding: needs `examples.lengthOf`. */
  readonly bucket?: boolean;
  /** false: in each epoch the examples come in their own order, as the windows of a stream do. */
  readonly shuffle?: boolean;
  readonly optimizer: Optimizer;
  /** How the learning rate changes on the way; by default it does not. */
  readonly schedule?: Schedule;
  /** Shuffles the examples, anew in each epoch, unless `shuffle` is false, and is what the model draws from. */
  readonly random: SeededRandom;
  /** Changes gradients in place before the optimiser sees them: `(gradients) => clipByNorm(gradients.cell, 1)`. */
  readonly clip?: (gradients: W) => unknown;
  /** Gradients longer than this, all taken as one vector, are shortened to it; after `clip`. */
  readonly clipNorm?: number;
  /** How good the weights are, on examples that are not trained on; once an epoch, or every `evaluateEvery` steps. */
  readonly evaluate?: Evaluate<W>;
  readonly evaluateEvery?: number;
  /** Training stops when so many evaluations, one after the other, have not been better than the best. */
  readonly patience?: number;
  /** Which weights are there when training ends and evaluations were made. */
  readonly keep?: "best" | "last";
  /** Stops training after the step that runs: `new AbortController().signal`. */
  readonly signal?: { readonly aborted: boolean };
  /** Goes on from there, to the same numbers as if training had not stopped; `random` is then not used. */
  readonly resume?: Checkpoint<W>;
  /** @param checkpoint copies all that is needed to go on from this step */
  readonly onStep?: (step: TrainingStep, checkpoint: () => Checkpoint<W>) => void;
  readonly onEpoch?: (epoch: TrainingEpoch, checkpoint: () => Checkpoint<W>) => void | Promise<void>;
}

export interface TrainingResult<W extends WeightTree = WeightTree> {
  /** Whether `signal` stopped it early. */
  readonly aborted: boolean;
  /** Whether `patience` stopped it early. */
  readonly outOfPatience: boolean;
  /** Steps made, with those before the checkpoint that it was resumed from. */
  readonly steps: number;
  readonly seconds: number;
  /** The loss of each step. */
  readonly losses: number[];
  /** The share of each step's batch that was right. */
  readonly accuracies: number[];
  readonly evaluations: readonly Evaluation[];
  /** The best of them. */
  readonly best: Evaluation | undefined;
  /** Where it ended, to go on from. */
  readonly checkpoint: Checkpoint<W>;
}

/** All that training needs to go on as if it had not stopped. It shares no memory with what is trained. */
export interface Checkpoint<W extends WeightTree = WeightTree> {
  readonly weights: W;
  /** The weights of the best evaluation. */
  readonly best: W | undefined;
  readonly optimizer: OptimizerState;
  readonly position: TrainingPosition;
  readonly losses: readonly number[];
  readonly accuracies: readonly number[];
  readonly evaluations: readonly Evaluation[];
}

/** The next step's place, and what the batches were made of. */
export interface TrainingPosition {
  /** 1 … epochs, or epochs + 1 when all are done. */
  readonly epoch: number;
  /** 0 … batches of an epoch − 1. */
  readonly batch: number;
  readonly examples: number;
  readonly batchSize: number;
  readonly bucket: boolean;
  readonly shuffle: boolean;
  /** The generator's state before the epoch's examples were shuffled. */
  readonly randomAtEpoch: readonly number[];
  readonly random: readonly number[];
}
