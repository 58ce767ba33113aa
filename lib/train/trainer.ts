import { clipByNorm, globalNorm } from "../bptt/clip.js";
import type { Batch, Examples } from "../data/batch.js";
import { permutation, type Random } from "../math/random.js";
import type { WeightTree } from "../math/weights.js";
import { checkBatch, checkGradients } from "./finite-step.js";
import type { Optimizer } from "./optimizer.js";
import type { Schedule } from "./schedule.js";

/** What can be trained: a loss, its gradients, and how much of a batch is right. */
export interface Trainable<W extends WeightTree> {
  lossAndGradients(weights: W, batch: Batch): { loss: number; accuracy: number; gradients: W };
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
  readonly secondsLeft: number;
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
}

export interface TrainingOptions {
  /** How often each example is seen. */
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly optimizer: Optimizer;
  /** How the learning rate changes on the way; by default it does not. */
  readonly schedule?: Schedule;
  /** Shuffles the examples, anew in each epoch. */
  readonly random: Random;
  /** Gradients longer than this are shortened to it. */
  readonly clipNorm?: number;
  /** Stops training after the step that runs: `new AbortController().signal`. */
  readonly signal?: { readonly aborted: boolean };
  readonly onStep?: (step: TrainingStep) => void;
  readonly onEpoch?: (epoch: TrainingEpoch) => void | Promise<void>;
}

export interface TrainingResult {
  /** Whether `signal` stopped it early; the weights are those of the last whole step. */
  readonly aborted: boolean;
  /** Steps made. */
  readonly steps: number;
  readonly seconds: number;
  /** The loss of each step. */
  readonly losses: number[];
  /** The share of each step's batch that was right. */
  readonly accuracies: number[];
}

/** How long training may hold the thread before timers and abort signals get a turn. */
const BREATH_MILLISECONDS = 50;

/**
 * Trains a model on mini-batches; the weights are changed in place.
 *
 * @param model computes loss and gradients
 * @param weights what is trained
 * @param examples what it is trained on
 * @returns whether it was stopped, the steps made, and the loss and accuracy of each
 * @throws when the data, the loss or a gradient is not finite: the sentence names step and tensor, and the weights are
 *   as they were before that step
 *
 * @example
 * const model = classifier(rnn(1, 8), 2);
 * const weights = model.init(random(1));
 * const ramps: Examples = { // class 1 rises, class 0 falls
 *   count: 64,
 *   batch: (indices) => ({
 *     x: buildSequence(5, indices.length, 1, (t, i) => (indices[i] % 2 ? t : -t) / 5, "float32"),
 *     labels: Array.from(indices, (i) => i % 2),
 *   }),
 * };
 * const { losses } = await train(model, weights, ramps, { epochs: 5, batchSize: 8, optimizer: adam(), random: random(2) });
 * console.log(losses.length); // 40
 */
export async function train<W extends WeightTree>(
  model: Trainable<W>,
  weights: W,
  examples: Examples,
  { epochs = 1, batchSize = 100, optimizer, schedule, random, clipNorm, signal, onStep, onEpoch }: TrainingOptions,
): Promise<TrainingResult> {
  checkCounts(examples.count, epochs, batchSize);
  const stepsPerEpoch = Math.ceil(examples.count / batchSize);
  const steps = epochs * stepsPerEpoch;
  const losses: number[] = [];
  const accuracies: number[] = [];
  const begin = performance.now();
  const seconds = () => (performance.now() - begin) / 1000;
  let lastBreath = begin;
  let seen = 0;

  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = permutation(random, examples.count);
    for (let first = 0; first < examples.count; first += batchSize) {
      if (performance.now() - lastBreath > BREATH_MILLISECONDS) {
        await breath();
        lastBreath = performance.now();
      }
      if (signal?.aborted) return { aborted: true, steps: losses.length, seconds: seconds(), losses, accuracies };

      const step = losses.length + 1;
      const indices = order.subarray(first, first + batchSize);
      const batch = examples.batch(indices);
      checkBatch(step, batch);
      const { loss, accuracy, gradients } = model.lossAndGradients(weights, batch);
      checkGradients(step, loss, globalNorm(gradients), gradients, weights);
      if (clipNorm !== undefined) clipByNorm(gradients, clipNorm);
      optimizer.step(weights, gradients, schedule?.(step, steps));

      losses.push(loss);
      accuracies.push(accuracy);
      seen += indices.length;
      const examplesPerSecond = seen / Math.max(seconds(), 1e-9);
      const secondsLeft = (epochs * examples.count - seen) / examplesPerSecond;
      onStep?.({ step, steps, epoch, epochs, loss, accuracy, examplesPerSecond, secondsLeft });
    }
    await onEpoch?.({
      epoch,
      epochs,
      loss: mean(losses.slice(-stepsPerEpoch)),
      accuracy: mean(accuracies.slice(-stepsPerEpoch)),
      seconds: seconds(),
    });
  }
  return { aborted: false, steps: losses.length, seconds: seconds(), losses, accuracies };
}

function checkCounts(count: number, epochs: number, batchSize: number): void {
  if (count < 1) throw new RangeError("train: there are no examples, expected at least one");
  for (const [name, value] of Object.entries({ epochs, batchSize })) {
    if (!(Number.isInteger(value) && value > 0)) {
      throw new RangeError(`train: ${name} is ${value}, expected a whole number ≥ 1`);
    }
  }
}

/** Lets the event loop go round once. */
const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
