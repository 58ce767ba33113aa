import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Block, Engine, UpdateRule } from "unroll";
import { draw, type Shape } from "./recurrence-behaviour.js";

const rule: UpdateRule = {
  kind: "moments",
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  meanRate: 0.01,
  squareCorrection: 0.5,
  kept: 1,
};

/** A small model and its training, in kernels: an LSTM that says a class at each step. */
function model(engine: Engine, { T, B, H, ...rest }: Omit<Shape, "kind">, seed: number) {
  const { task } = draw({ ...rest, T, B, H, kind: "lstm" }, seed);
  const own = (block: Block): Block => {
    const data = engine.allocate(block.rows * block.cols);
    for (let i = 0; i < block.rows; i++) {
      const from = block.offset + i * block.stride;
      data.set(block.data.subarray(from, from + block.cols), i * block.cols);
    }
    return { ...block, data, offset: 0, stride: block.cols };
  };
  const [W, readout] = [own(task.W), own({ ...task.W, rows: H, cols: 3 })];
  const memory = [W, W].map(({ rows, cols }) => ({ ...W, data: engine.allocate(rows * cols) }));
  const targets = Int32Array.from({ length: T * B }, (_, i) => (i % 4) - 1);

  return {
    weights: W.data,
    step(): number {
      const run = engine.recurrence({ ...task, W });
      const h = zeros(T * B, H);
      if (run) h.data.set(run.h);
      const [logits, dLogits, dh] = [zeros(T * B, 3), zeros(T * B, 3), zeros(T * B, H)];
      engine.product(h, readout, logits);
      const { loss } = engine.softmaxCrossEntropy(logits, targets, dLogits);
      engine.product(dLogits, readout, dh, { transposeB: true });
      const dW = zeros(W.rows, W.cols);
      if (run) dW.data.set(run.backward(dh.data, undefined).dW);
      engine.update(rule, W, dW, memory);
      return loss;
    },
  };
}

function zeros(rows: number, cols: number): Block & { data: Float32Array } {
  return { rows, cols, data: new Float32Array(rows * cols), offset: 0, stride: cols };
}

/** What training leaves behind it. */
export function endures(engine: () => Engine): void {
  it("trains two models in turn as each alone", () => {
    const [one, other] = [
      { T: 6, B: 9, D: 5, H: 17, lengths: true },
      { T: 4, B: 3, D: 2, H: 8 },
    ] as const;
    const train = (...models: ReturnType<typeof model>[]) => {
      for (let k = 0; k < 20; k++) for (const { step } of models) step();
      return models.map(({ weights }) => weights.slice());
    };
    const [alone] = train(model(engine(), one, 1));
    const [second] = train(model(engine(), other, 2));
    assert.deepEqual(train(model(engine(), one, 1), model(engine(), other, 2)), [alone, second]);
  });

  it("makes 10,000 steps without memory growth", () => {
    const { step } = model(engine(), { T: 2, B: 2, D: 4, H: 16 }, 3);
    for (let k = 0; k < 1000; k++) step();
    const before = memory();
    for (let k = 0; k < 10_000; k++) step();
    const after = memory();
    // a step's gradient alone has 5 kB: 50 MB in all if they stayed
    assert.ok(after.arrays - before.arrays < 4e6, `arrays: from ${before.arrays} to ${after.arrays} bytes`);
    assert.ok(after.process - before.process < 40e6, `process: from ${before.process} to ${after.process} bytes`);
  }).timeout(60_000);
}

/** What is held, after a collection of what is not. */
function memory(): { arrays: number; process: number } {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { arrayBuffers, rss } = process.memoryUsage();
  return { arrays: arrayBuffers, process: rss };
}
