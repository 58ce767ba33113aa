import { clipByNorm, globalNorm } from "../bptt/clip.js";
import type { Batch, Examples } from "../data/batch.js";
import { checkChoice, checkNotNegative } from "../math/check-options.js";
import { restoreRandom } from "../math/random.js";
import { copyWeights, type WeightTree } from "../math/weights.js";
import { BestWeights } from "./best-weights.js";
import { epochBatches } from "./epoch-batches.js";
import { checkBatch, checkGradients } from "./finite-step.js";
import { Pace } from "./pace.js";
import { checkResumable, checkSameWeights, replaceWeights } from "./resume.js";
import type { Checkpoint, Trainable, TrainingOptions, TrainingResult } from "./training.js";

export type { Trainable, TrainingEpoch, TrainingOptions, TrainingResult, TrainingStep } from "./training.js";

/** How long training may hold the thread before timers and abort signals get a turn. */
const BREATH_MILLISECONDS = 50;

/**
 * Trains a model on mini-batches; the weights are changed in place.
 *
 * When evaluations are made, the weights at the end are those of the best one, also when it was stopped early, unless
 * `keep` is "last". A training that goes on from a checkpoint has the same losses to the last bit as one that never
 * stopped, if the model remembers nothing but its weights.
 *
 * @param model computes loss and gradients
 * @param weights what is trained
 * @param examples what it is trained on
 * @returns whether it was stopped, the steps made, the loss and accuracy of each, the evaluations, and where it ended
 * @throws when model, weights, examples, optimiser or generator is missing; when the data, the loss or a gradient is
 *   not finite: the sentence names step and tensor, and the weights are
 *   as they were before that step; when a checkpoint is not of this model, optimiser and data
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
export async function train<W extends WeightTree, B = Batch>(
  model: Trainable<W, B>,
  weights: W,
  examples: Examples<B>,
  options: TrainingOptions<W>,
): Promise<TrainingResult<W>> {
  checkGiven(model, weights, examples, options);
  const { epochs = 1, batchSize = 100, bucket = false, shuffle = true } = options;
  const { optimizer, schedule, clip, clipNorm, signal, resume } = options;
  checkCounts(examples.count, { ...options, epochs, batchSize });
  checkChoice("train", "keep", options.keep ?? "best", ["best", "last"]);
  const stepsPerEpoch = Math.ceil(examples.count / batchSize);
  const steps = epochs * stepsPerEpoch;
  const { evaluateEvery = stepsPerEpoch, patience = Number.POSITIVE_INFINITY, keep = "best" } = options;

  const batching = { examples: examples.count, batchSize, bucket, shuffle };
  if (resume) goOn(resume, weights, optimizer, batching);
  const losses = [...(resume?.losses ?? [])];
  const accuracies = [...(resume?.accuracies ?? [])];
  const best = new BestWeights(options.evaluate, resume);
  let { epoch, batch: next } = resume?.position ?? { epoch: 1, batch: 0 };
  let random = resume ? restoreRandom(resume.position.randomAtEpoch) : options.random;
  const pace = new Pace();
  let lastBreath = performance.now();
  let randomAtEpoch = random.state();

  const checkpoint = (): Checkpoint<W> => ({
    weights: copyWeights(weights),
    best: best.copy(),
    optimizer: optimizer.state(),
    position: { epoch, batch: next, ...batching, randomAtEpoch, random: random.state() },
    losses: [...losses],
    accuracies: [...accuracies],
    evaluations: [...best.evaluations],
  });
  const end = (how: { aborted?: boolean; outOfPatience?: boolean }): TrainingResult<W> => {
    const [seconds, reached] = [pace.seconds, checkpoint()];
    if (keep === "best") best.putInto(weights);
    return {
      aborted: false,
      outOfPatience: false,
      ...how,
      steps: losses.length,
      seconds,
      losses,
      accuracies,
      evaluations: best.evaluations,
      best: best.best,
      checkpoint: reached,
    };
  };

  while (epoch <= epochs) {
    const now = epoch;
    const batches = epochBatches(examples, batchSize, random, { bucket, shuffle });
    // only what was stopped within an epoch begins one at another batch than the first
    if (resume && next > 0) random = restoreRandom(resume.position.random);

    while (epoch === now) {
      if (performance.now() - lastBreath > BREATH_MILLISECONDS) {
        await breath();
        lastBreath = performance.now();
      }
      if (signal?.aborted) return end({ aborted: true });

      const step = losses.length + 1;
      const indices = batches[next]!;
      const batch = examples.batch(indices);
      checkBatch(step, batch);
      const { loss, accuracy, gradients, count } = model.lossAndGradients(weights, batch, { random });
      checkGradients(step, loss, globalNorm(gradients), gradients, weights);
      clip?.(gradients);
      if (clipNorm !== undefined) clipByNorm(gradients, clipNorm);
      const share = schedule?.(step, steps);
      if (share !== undefined) checkNotNegative("train", { [`the schedule's share at step ${step}`]: share });
      optimizer.step(weights, gradients, share);

      losses.push(loss);
      accuracies.push(accuracy);
      if (++next === stepsPerEpoch) {
        [epoch, next] = [epoch + 1, 0];
        randomAtEpoch = random.state();
      }
      const evaluation = step % evaluateEvery === 0 ? await best.evaluate(step, weights) : undefined;
      const standing = {
        step,
        steps,
        epoch: now,
        epochs,
        loss,
        accuracy,
        ...pace.after(steps - step, indices.length, count),
      };
      options.onStep?.({ ...standing, evaluation }, checkpoint);
      if (best.waited >= patience && epoch === now) return end({ outOfPatience: true });
    }
    await options.onEpoch?.(
      {
        epoch: now,
        epochs,
        loss: mean(losses.slice(-stepsPerEpoch)),
        accuracy: mean(accuracies.slice(-stepsPerEpoch)),
        seconds: pace.seconds,
        evaluation: best.evaluations.at(-1)?.value,
      },
      checkpoint,
    );
    if (best.waited >= patience) return end({ outOfPatience: true });
  }
  return end({});
}

/** What no default can stand for, and a notebook may leave out or mix up. */
function checkGiven(model: unknown, weights: unknown, examples: unknown, options: unknown): void {
  const has = (value: unknown, method: string) =>
    typeof (value as Record<string, unknown> | null | undefined)?.[method] === "function";
  const fail = (what: string, expected: string): never => {
    throw new TypeError(`train: ${what}, expected ${expected}`);
  };
  const { optimizer, random, resume } = (options ?? {}) as Partial<TrainingOptions>;
  if (!has(model, "lossAndGradients")) fail("the model has no lossAndGradients", "one such as classifier makes");
  if (typeof weights !== "object" || weights === null)
    fail(`the weights are ${weights}`, "those of model.init(random)");
  if (!has(examples, "batch")) fail("the examples have no batch", "a data set such as asRows(mnist().train)");
  if (!has(optimizer, "step")) fail("there is no optimizer", "one such as { optimizer: adam() }");
  if (!has(random, "state") && !resume) fail("there is no seeded random", "one such as { random: random(1) }");
}

/** Puts weights and optimiser where a checkpoint has them. */
function goOn<W extends WeightTree>(
  resume: Checkpoint<W>,
  weights: W,
  optimizer: TrainingOptions<W>["optimizer"],
  batching: Parameters<typeof checkResumable>[1],
): void {
  checkResumable(resume, batching);
  checkSameWeights("train: resume", weights, resume.weights);
  if (resume.best) checkSameWeights("train: resume, best weights", weights, resume.best);
  optimizer.restore(resume.optimizer);
  replaceWeights("train: resume", weights, resume.weights);
}

function checkCounts(
  count: number,
  {
    epochs,
    batchSize,
    evaluateEvery,
    patience,
  }: Pick<TrainingOptions, "epochs" | "batchSize" | "evaluateEvery" | "patience">,
): void {
  if (!(count >= 1)) throw new RangeError("train: there are no examples, expected at least one");
  for (const [name, value] of Object.entries({ epochs, batchSize, evaluateEvery, patience })) {
    if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
      throw new RangeError(`train: ${name} is ${value}, expected a whole number ≥ 1`);
    }
  }
}

/** Lets the event loop go round once. */
const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
