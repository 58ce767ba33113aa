import assert from "node:assert/strict";
import { adam, classifier, linearDecay, matrix, random, rnn, sgd, train } from "unroll";
import { ramps } from "./ramps.js";

describe("linearDecay", () => {
  it("falls in a straight line from 1 to where it is told", () => {
    const steps = [1, 2, 3, 4];
    assert.deepEqual(
      steps.map((step) => linearDecay()(step, 4)),
      [1, 0.75, 0.5, 0.25],
    );
    assert.deepEqual(
      steps.map((step) => linearDecay({ to: 0.5 })(step, 4)),
      [1, 0.875, 0.75, 0.625],
    );
  });

  it("refuses an end that is not in 0 … 1", () => {
    assert.throws(() => linearDecay({ to: 2 }), /to is 2, expected a number from 0 to 1/);
    assert.throws(() => linearDecay({ to: Number.NaN }), /to is NaN/);
  });
});

describe("a schedule", () => {
  it("scales the step of an optimiser", () => {
    const moved = (optimizer: ReturnType<typeof sgd>, share: number) => {
      const w = matrix([[0]]);
      optimizer.step({ w }, { w: matrix([[-2]]) }, share);
      return w.at(0, 0);
    };
    assert.equal(moved(sgd({ learningRate: 0.5 }), 0.25), 0.25);
    const [whole, half] = [moved(adam({ learningRate: 0.5 }), 1), moved(adam({ learningRate: 0.5 }), 0.5)];
    assert.ok(Math.abs(whole / half - 2) < 1e-12);
  });

  it("is asked for the share of each step while training", async () => {
    const asked: [number, number][] = [];
    const model = classifier(rnn(1, 2), 2);
    await train(model, model.init(random(1)), ramps(6), {
      batchSize: 2,
      optimizer: sgd(),
      random: random(1),
      schedule: (step, steps) => {
        asked.push([step, steps]);
        return 1;
      },
    });
    assert.deepEqual(asked, [
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });
});
