import assert from "node:assert/strict";
import { adam, random, sgd, type TrainingOptions, train } from "unroll";
import { type ModelWeights, model, numbersOf, ramps } from "./training.js";

/** Says the numbers one after the other, and keeps what the weights were each time. */
function script(values: number[]) {
  const seen: unknown[] = [];
  const evaluate = (weights: ModelWeights): number => values[seen.push(numbersOf(weights)) - 1]!;
  return { seen, evaluate };
}

/** 2 steps an epoch. */
const options = (over: Partial<TrainingOptions<ModelWeights>>): TrainingOptions<ModelWeights> => ({
  epochs: 5,
  batchSize: 10,
  optimizer: adam({ learningRate: 0.05 }),
  random: random(2),
  ...over,
});

describe("training with evaluations", () => {
  it("evaluates once an epoch and ends with the best weights", async () => {
    const { seen, evaluate } = script([5, 3, 4, 3, 6]);
    const weights = model.init(random(1));
    const result = await train(model, weights, ramps(20), options({ evaluate }));
    assert.deepEqual(
      result.evaluations,
      [5, 3, 4, 3, 6].map((value, i) => ({ step: 2 * (i + 1), value })),
    );
    assert.deepEqual(result.best, { step: 4, value: 3 });
    assert.deepEqual(numbersOf(weights), seen[1]);
    assert.deepEqual(numbersOf(result.checkpoint.weights), seen[4]);
    assert.deepEqual([result.steps, result.outOfPatience, result.aborted], [10, false, false]);
  });

  it("keeps the last weights when it is told to", async () => {
    const { seen, evaluate } = script([1, 2, 3, 4, 5]);
    const weights = model.init(random(1));
    await train(model, weights, ramps(20), options({ evaluate, keep: "last" }));
    assert.deepEqual(numbersOf(weights), seen[4]);
  });

  it("takes the higher of two values for the better one when it is told to, and waits for a promise", async () => {
    const { seen, evaluate } = script([1, 3, 2, 3, 1]);
    const weights = model.init(random(1));
    const metric = async (w: ModelWeights) => evaluate(w);
    const { best } = await train(model, weights, ramps(20), options({ evaluate: { metric, better: "higher" } }));
    assert.deepEqual(best, { step: 4, value: 3 });
    assert.deepEqual(numbersOf(weights), seen[1]);
  });

  it("stops when its patience is at an end, after it has told of the epoch, with the best weights", async () => {
    const { seen, evaluate } = script([4, 2, 2, 3, 1]);
    const weights = model.init(random(1));
    const epochs: (number | undefined)[] = [];
    const onEpoch = ({ evaluation }: { evaluation?: number }) => void epochs.push(evaluation);
    const result = await train(model, weights, ramps(20), options({ evaluate, patience: 2, onEpoch }));
    assert.deepEqual([result.outOfPatience, result.steps, epochs], [true, 8, [4, 2, 2, 3]]);
    assert.deepEqual(numbersOf(weights), seen[1]);
  });

  it("stops within an epoch when it evaluates more often", async () => {
    const { evaluate } = script([1, 2, 3, 4]);
    const told: (number | undefined)[] = [];
    const result = await train(
      model,
      model.init(random(1)),
      ramps(20),
      options({ evaluate, evaluateEvery: 1, patience: 2, onStep: ({ evaluation }) => told.push(evaluation) }),
    );
    assert.deepEqual([result.steps, told], [3, [1, 2, 3]]);
  });

  it("ends with the best weights when it is stopped, and with the last when nothing was evaluated yet", async () => {
    for (const [stopAt, expected] of [
      [5, 2],
      [1, 1],
    ] as const) {
      const { evaluate } = script([2, 3, 4, 5, 6]);
      const abort = new AbortController();
      const after: unknown[] = [];
      const weights = model.init(random(1));
      const result = await train(model, weights, ramps(20), {
        ...options({ evaluate, signal: abort.signal }),
        onStep({ step }) {
          after[step] = numbersOf(weights);
          if (step === stopAt) abort.abort();
        },
      });
      assert.deepEqual([result.aborted, result.steps], [true, stopAt]);
      assert.deepEqual(numbersOf(weights), after[expected]);
    }
  });

  it("takes ∞ for a bad value, and refuses one that is not a number", async () => {
    const { evaluate } = script([Number.POSITIVE_INFINITY, 7, Number.POSITIVE_INFINITY, 8, 9]);
    const { best } = await train(model, model.init(random(1)), ramps(20), options({ evaluate }));
    assert.deepEqual(best, { step: 4, value: 7 });
    await assert.rejects(
      train(model, model.init(random(1)), ramps(20), options({ evaluate: () => Number.NaN })),
      /train: the evaluation after step 2 is NaN, expected a number: look at evaluate/,
    );
    await assert.rejects(train(model, model.init(random(1)), ramps(20), options({ patience: 0 })), /patience is 0/);
    await assert.rejects(
      train(model, model.init(random(1)), ramps(20), options({ evaluateEvery: 0.5 })),
      /evaluateEvery is/,
    );
  });

  it("hands gradients to `clip` before they are clipped by their norm and used", async () => {
    const weights = model.init(random(1));
    const before = numbersOf(weights);
    const clip = ({ cell, readout }: ModelWeights) => {
      for (const m of [cell.W, cell.b, readout.W, readout.b]) m.data.fill(0);
      readout.b.set(0, 0, 8);
    };
    await train(
      model,
      weights,
      ramps(10),
      options({ epochs: 1, optimizer: sgd({ learningRate: 1 }), clip, clipNorm: 2 }),
    );
    const b = weights.readout.b.at(0, 0);
    weights.readout.b.set(0, 0, b + 2);
    assert.deepEqual(numbersOf(weights), before);
  });
});
