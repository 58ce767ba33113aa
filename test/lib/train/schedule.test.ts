import assert from "node:assert/strict";
import {
  adam,
  after,
  classifier,
  cosineDecay,
  exponentialDecay,
  inverseSquareRoot,
  linearDecay,
  linearWarmup,
  matrix,
  random,
  rnn,
  type Schedule,
  sgd,
  stepDecay,
  train,
} from "unroll";
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

const shares = (schedule: Schedule, steps: number) => Array.from({ length: steps }, (_, k) => schedule(k + 1, steps));

describe("schedules", () => {
  it("fall as the cosine does, from 1 to where they are told", () => {
    // ½(1 + cos(πk/4)) for k = 0 … 3
    const known = [1, (1 + Math.SQRT1_2) / 2, 0.5, (1 - Math.SQRT1_2) / 2];
    for (const [k, share] of shares(cosineDecay(), 4).entries()) assert.ok(Math.abs(share - known[k]!) < 1e-15);
    assert.equal(cosineDecay({ to: 0.2 })(1, 10), 1);
    assert.ok(Math.abs(cosineDecay({ to: 0.2 })(11, 10) - 0.2) < 1e-15);
  });

  it("fall in steps", () => {
    assert.deepEqual(shares(stepDecay({ every: 2, factor: 0.5 }), 5), [1, 1, 0.5, 0.5, 0.25]);
  });

  it("fall by the same part at each step", () => {
    assert.deepEqual(shares(exponentialDecay({ factor: 0.5 }), 4), [1, 0.5, 0.25, 0.125]);
  });

  it("rise and fall with the root, as the Transformer's does", () => {
    // Vaswani et al. 2017, equation 3, divided by its largest value: d^−½·min(k^−½, k·4^−1.5) / (d^−½·4^−½)
    shares(inverseSquareRoot({ warmup: 4 }), 16).forEach((share, i) => {
      const k = i + 1;
      assert.ok(Math.abs(share - Math.min(k ** -0.5, k * 4 ** -1.5) / 4 ** -0.5) < 1e-15);
    });
  });

  it("rise in a straight line and stay", () => {
    assert.deepEqual(shares(linearWarmup(4), 6), [0.25, 0.5, 0.75, 1, 1, 1]);
  });

  it("begin where a warm-up ends", () => {
    assert.deepEqual(shares(after(linearWarmup(2), linearDecay()), 6), [0.5, 1, 1, 0.75, 0.5, 0.25]);
  });

  it("refuse numbers that are out of range", () => {
    assert.throws(() => cosineDecay({ to: -1 }), /cosineDecay: to is -1, expected a number from 0 to 1/);
    assert.throws(() => stepDecay({ every: 0 }), /stepDecay: every is 0, expected a whole number ≥ 1/);
    assert.throws(() => stepDecay({ every: 1, factor: 2 }), /stepDecay: factor is 2, expected a number > 0 and ≤ 1/);
    assert.throws(() => exponentialDecay({ factor: 0 }), /exponentialDecay: factor is 0/);
    assert.throws(() => inverseSquareRoot({ warmup: 1.5 }), /inverseSquareRoot: warmup is 1.5/);
    assert.throws(() => linearWarmup(Number.NaN), /linearWarmup: warmupSteps is NaN/);
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
