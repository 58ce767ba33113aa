import assert from "node:assert/strict";
import {
  adamw,
  type Checkpoint,
  cosineDecay,
  type Optimizer,
  random,
  rmsprop,
  sgd,
  type TrainingOptions,
  train,
} from "unroll";
import { type ModelWeights, model, noisy, numbersOf, ramps } from "./training.js";

const optimizers: [string, () => Optimizer][] = [
  ["momentum", () => sgd({ momentum: 0.9, nesterov: true })],
  ["rmsprop", () => rmsprop({ centered: true })],
  ["adamw", () => adamw({ learningRate: 0.02 })],
];

/** 3 epochs of 4 batches, the last of them smaller, with noise and evaluations from now on worse. */
const options = (optimizer: Optimizer): TrainingOptions<ModelWeights> => ({
  epochs: 3,
  batchSize: 6,
  bucket: true,
  optimizer,
  schedule: cosineDecay(),
  random: random(3),
  clipNorm: 0.5,
  evaluate: (weights) => Math.abs(weights.readout.W.at(0, 0)),
  evaluateEvery: 2,
});

describe("a checkpoint", () => {
  for (const [name, make] of optimizers) {
    it(`goes on to the same numbers, to the last bit, from whatever step it was made at (${name})`, async () => {
      const checkpoints: Checkpoint<ModelWeights>[] = [];
      const weights = model.init(random(1));
      const whole = await train(noisy, weights, ramps(20), {
        ...options(make()),
        onStep: (_, checkpoint) => checkpoints.push(checkpoint()),
      });
      assert.equal(checkpoints.length, 12);
      for (const resume of checkpoints) {
        const again = model.init(random(9));
        const steps: number[] = [];
        const result = await train(noisy, again, ramps(20), {
          ...options(make()),
          random: random(77),
          resume,
          onStep: ({ step }) => steps.push(step),
        });
        assert.equal(steps.length, 12 - resume.losses.length);
        assert.deepEqual(result.losses, whole.losses);
        assert.deepEqual(result.accuracies, whole.accuracies);
        assert.deepEqual(result.evaluations, whole.evaluations);
        assert.deepEqual(numbersOf(again), numbersOf(weights));
        assert.deepEqual(numbersOf(result.checkpoint.weights), numbersOf(whole.checkpoint.weights));
        assert.deepEqual(result.checkpoint.position, whole.checkpoint.position);
      }
    });
  }

  it("does not change when training goes on, nor when something goes on from it", async () => {
    let kept: Checkpoint<ModelWeights> | undefined;
    let before: unknown;
    const seen = ({ weights, best, optimizer, ...rest }: Checkpoint<ModelWeights>) =>
      JSON.parse(JSON.stringify([numbersOf(weights), numbersOf(best!), numbersOf(optimizer.memory), rest]));
    await train(noisy, model.init(random(1)), ramps(20), {
      ...options(adamw()),
      onStep({ step }, checkpoint) {
        if (step === 4) before = seen((kept = checkpoint()));
      },
    });
    assert.deepEqual(seen(kept!), before);
    await train(noisy, model.init(random(1)), ramps(20), { ...options(adamw()), resume: kept! });
    assert.deepEqual(seen(kept!), before);
  });

  it("of a training that was stopped goes on from its last step, not from its best weights", async () => {
    const abort = new AbortController();
    const weights = model.init(random(1));
    const stopped = await train(noisy, weights, ramps(20), {
      ...options(adamw()),
      signal: abort.signal,
      onStep: ({ step }) => step === 7 && abort.abort(),
    });
    const resumed = await train(noisy, weights, ramps(20), { ...options(adamw()), resume: stopped.checkpoint });
    const whole = await train(noisy, model.init(random(1)), ramps(20), options(adamw()));
    assert.deepEqual([stopped.aborted, stopped.steps, resumed.steps], [true, 7, 12]);
    assert.deepEqual(resumed.losses, whole.losses);
  });

  it("of a training that is done goes on when there are more epochs", async () => {
    const first = await train(noisy, model.init(random(1)), ramps(20), { ...options(adamw()), schedule: () => 1 });
    const more = () => ({ ...options(adamw()), schedule: () => 1, epochs: 4 });
    const resumed = await train(noisy, model.init(random(1)), ramps(20), { ...more(), resume: first.checkpoint });
    const whole = await train(noisy, model.init(random(1)), ramps(20), more());
    assert.deepEqual(resumed.losses, whole.losses);
    const nothing = await train(noisy, model.init(random(1)), ramps(20), { ...more(), resume: whole.checkpoint });
    assert.deepEqual([nothing.steps, nothing.losses], [16, whole.losses]);
  });

  it("is refused by another model, another optimiser and other batches, and then changes nothing", async () => {
    const { checkpoint: resume } = await train(noisy, model.init(random(1)), ramps(20), options(adamw()));
    const weights = model.init(random(2));
    const before = numbersOf(weights);
    const refuses = async (problem: RegExp, over: Partial<TrainingOptions<ModelWeights>>, count = 20) => {
      const attempt = { ...options(adamw()), resume, ...over };
      await assert.rejects(train(noisy, weights, ramps(count), attempt), problem);
      assert.deepEqual(numbersOf(weights), before);
    };
    await refuses(/train: examples was 20 in the checkpoint and is 21, expected the same/, {}, 21);
    await refuses(/train: batchSize was 6 in the checkpoint and is 5/, { batchSize: 5 });
    await refuses(/train: bucket was true in the checkpoint and is false/, { bucket: false });
    await refuses(/train: shuffle was true in the checkpoint and is false/, { shuffle: false });
    await refuses(/sgd: the state is that of adamw/, { optimizer: sgd() });
    const { cell, readout } = resume.weights;
    const wide = { ...cell, b: cell.W };
    await refuses(/train: resume: cell.b is 5×4 float32, the model has 1×4 float32/, {
      resume: { ...resume, weights: { cell: wide, readout } },
    });
    await refuses(/train: resume: there is no cell.W, expected the weights of the same model/, {
      resume: { ...resume, weights: { readout } as ModelWeights },
    });
    await refuses(/train: resume, best weights: the model has no more/, {
      resume: { ...resume, best: { cell, readout, more: readout.b } as ModelWeights },
    });
  });
});
