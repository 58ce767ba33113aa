import assert from "node:assert/strict";
import {
  accuracy,
  adam,
  classifier,
  copyWeights,
  type Examples,
  flatten,
  globalNorm,
  matrix,
  permutation,
  random,
  rnn,
  sgd,
  subtract,
  type Trainable,
  type TrainingEpoch,
  type TrainingStep,
  train,
  zeros,
} from "unroll";
import { ramps } from "./ramps.js";

const model = classifier(rnn(1, 6), 2);
const snapshot = (weights: ReturnType<typeof model.init>) => Object.values(flatten(weights)).map((m) => m.toRows());

describe("train", () => {
  it("learns a task that can be learned", async () => {
    const weights = model.init(random(1));
    const before = accuracy(model, weights, ramps(64));
    const options = { epochs: 10, batchSize: 8, optimizer: adam({ learningRate: 0.01 }), random: random(2) };
    const { losses, accuracies, aborted, steps } = await train(model, weights, ramps(64), options);
    assert.deepEqual([steps, losses.length, accuracies.length, aborted], [80, 80, 80, false]);
    assert.ok(losses.at(-1)! < 0.1 * losses[0]!, `${losses[0]} → ${losses.at(-1)}`);
    assert.equal(accuracies.at(-1), 1);
    assert.ok(before < 1);
    assert.equal(accuracy(model, weights, ramps(64)), 1);
  });

  it("has the same losses to the last bit for the same seeds, and others for others", async () => {
    const losses = async (seed: number) => {
      const options = { epochs: 2, batchSize: 7, optimizer: adam(), random: random(seed), clipNorm: 0.5 };
      return (await train(model, model.init(random(1)), ramps(40), options)).losses;
    };
    assert.deepEqual(await losses(5), await losses(5));
    assert.notDeepEqual(await losses(5), await losses(6));
  });

  it("shows each example once an epoch, in a new order each time, and a smaller last batch", async () => {
    const seen: number[][] = [];
    const examples = ramps(10);
    const spy: Examples = {
      count: 10,
      batch(indices) {
        seen.push(Array.from(indices));
        return examples.batch(indices);
      },
    };
    await train(model, model.init(random(1)), spy, { epochs: 2, batchSize: 4, optimizer: adam(), random: random(1) });
    assert.deepEqual(
      seen.map((batch) => batch.length),
      [4, 4, 2, 4, 4, 2],
    );
    const epochs = [seen.slice(0, 3).flat(), seen.slice(3).flat()];
    assert.notDeepEqual(epochs[0], epochs[1]);
    for (const order of epochs)
      assert.deepEqual(
        order.sort((a, b) => a - b),
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      );
  });

  it("clips gradients before the optimiser sees them", async () => {
    const weights = model.init(random(1));
    const before = copyWeights(weights);
    const options = { batchSize: 8, optimizer: sgd({ learningRate: 1 }), random: random(2), clipNorm: 1e-3 };
    await train(model, weights, ramps(8), options);
    const [was, is] = [flatten(before), flatten(weights)];
    const moved = Object.fromEntries(Object.keys(is).map((name) => [name, subtract(is[name]!, was[name]!)]));
    // one step of plain descent at rate 1 moves the weights by the clipped gradient; float32 rounds its end
    assert.ok(Math.abs(globalNorm(moved) - 1e-3) < 1e-6, `${globalNorm(moved)}`);
  });

  it("tells where it stands after each step and each epoch", async () => {
    const steps: TrainingStep[] = [];
    const epochs: TrainingEpoch[] = [];
    const { losses } = await train(model, model.init(random(1)), ramps(10), {
      epochs: 2,
      batchSize: 5,
      optimizer: adam(),
      random: random(1),
      onStep: (step) => steps.push(step),
      onEpoch: async (epoch) => {
        epochs.push(epoch);
      },
    });
    assert.deepEqual(
      steps.map(({ step, steps, epoch, epochs }) => [step, steps, epoch, epochs]),
      [
        [1, 4, 1, 2],
        [2, 4, 1, 2],
        [3, 4, 2, 2],
        [4, 4, 2, 2],
      ],
    );
    assert.ok(steps.every((s) => s.examplesPerSecond > 0 && s.secondsLeft >= 0));
    assert.equal(steps.at(-1)!.secondsLeft, 0);
    assert.equal(epochs[1]!.loss, (losses[2]! + losses[3]!) / 2);
  });

  it("hands its generator to the model, and counts tokens when the model does", async () => {
    const drawn: number[] = [];
    const generator = random(4);
    const steps: TrainingStep[] = [];
    const drawing: Trainable<ReturnType<typeof model.init>> = {
      lossAndGradients(weights, batch, options) {
        drawn.push(options!.random!());
        return { ...model.lossAndGradients(weights, batch), count: 35 };
      },
    };
    await train(drawing, model.init(random(1)), ramps(14), {
      batchSize: 7,
      optimizer: adam(),
      random: generator,
      onStep: (step) => steps.push(step),
    });
    const again = random(4);
    permutation(again, 14);
    assert.deepEqual(drawn, [again(), again()]);
    assert.equal(generator(), again());
    // 35 tokens for 7 examples
    for (const s of steps) assert.ok(Math.abs(s.tokensPerSecond! / s.examplesPerSecond - 5) < 1e-9);
  });

  it("trains on batches of any kind", async () => {
    const w = { w: zeros(1, 1) };
    const mean: Trainable<typeof w, number[]> = {
      lossAndGradients({ w }, values) {
        const error = w.at(0, 0) - values.reduce((a, b) => a + b) / values.length;
        return { loss: error ** 2, accuracy: 0, gradients: { w: matrix([[2 * error]]) } };
      },
    };
    const numbers: Examples<number[]> = { count: 4, batch: (indices) => Array.from(indices, (i) => 1 + i) };
    await train(mean, w, numbers, { epochs: 100, batchSize: 4, optimizer: sgd(), random: random(1) });
    assert.ok(Math.abs(w.w.at(0, 0) - 2.5) < 1e-6);
  });

  it("stops at a matrix of a batch that is not finite", async () => {
    const bad = {
      ...ramps(4),
      batch: (indices: ArrayLike<number>) => ({ ...ramps(4).batch(indices), y: matrix([[1, Number.NaN]]) }),
    };
    await assert.rejects(
      train(model, model.init(random(1)), bad, { optimizer: sgd(), random: random(1) }),
      /at step 1 the data y holds NaN \(row 0, column 1\): expected finite numbers, look at the data/,
    );
  });

  it("stops after the step that runs when it is told to, with the weights of that step", async () => {
    const weights = model.init(random(1));
    const abort = new AbortController();
    let after: number[][][] = [];
    const result = await train(model, weights, ramps(64), {
      epochs: 100,
      batchSize: 8,
      optimizer: adam(),
      random: random(2),
      signal: abort.signal,
      onStep({ step }) {
        if (step !== 13) return;
        abort.abort();
        after = snapshot(weights);
      },
    });
    assert.deepEqual([result.aborted, result.steps], [true, 13]);
    assert.deepEqual(snapshot(weights), after);
  });

  it("lets timers run while it trains, so that one can stop it", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 1);
    const endless = { epochs: 1_000_000, batchSize: 64, optimizer: adam(), random: random(2), signal: abort.signal };
    assert.equal((await train(model, model.init(random(1)), ramps(64), endless)).aborted, true);
  });

  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`stops at data that is ${value}, names the place, and leaves the weights as they were`, async () => {
      const weights = model.init(random(1));
      let before = snapshot(weights);
      const options = {
        batchSize: 1,
        optimizer: adam(),
        random: Object.assign(() => 0.999999, { state: () => [1, 2, 3, 4] }),
        onStep: () => (before = snapshot(weights)),
      };
      await assert.rejects(
        train(model, weights, ramps(6, { example: 3, value }), options),
        new RegExp(`train: at step 4 the data x holds ${value} \\(time step 2, row 0 of the batch, column 0\\)`),
      );
      assert.deepEqual(snapshot(weights), before);
    });
  }

  it("stops when a weight is not a number, and names it", async () => {
    const weights = model.init(random(1));
    weights.readout.W.set(2, 1, Number.NaN);
    const before = copyWeights(weights);
    await assert.rejects(
      train(model, weights, ramps(4), { optimizer: sgd(), random: random(1) }),
      /train: at step 1 the weight readout.W holds NaN at row 2, column 1: expected finite numbers, lower the learning rate/,
    );
    assert.deepEqual(snapshot(weights), snapshot(before));
  });

  it("stops when a gradient is not finite, and names it", async () => {
    const broken: typeof model = {
      ...model,
      lossAndGradients(weights, batch) {
        const step = model.lossAndGradients(weights, batch);
        step.gradients.cell.b.set(0, 4, Number.NaN);
        return step;
      },
    };
    const weights = model.init(random(1));
    const before = snapshot(weights);
    await assert.rejects(
      train(broken, weights, ramps(4), { optimizer: sgd(), random: random(1) }),
      /at step 1 the gradient of cell.b holds NaN at row 0, column 4/,
    );
    assert.deepEqual(snapshot(weights), before);
  });

  it("refuses what cannot be trained on", async () => {
    const options = { optimizer: sgd(), random: random(1) };
    const weights = model.init(random(1));
    await assert.rejects(train(model, weights, ramps(0), options), /there are no examples/);
    await assert.rejects(train(model, weights, ramps(4), { ...options, epochs: 0 }), /epochs is 0, expected a whole/);
    await assert.rejects(train(model, weights, ramps(4), { ...options, batchSize: 2.5 }), /batchSize is 2.5/);
  });
});
