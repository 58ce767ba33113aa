import assert from "node:assert/strict";
import { Worker } from "node:worker_threads";
import type { Block, Engine } from "unroll";
import { EngineUnavailable } from "unroll/engine/engine.js";
import { bind, type Library, loadKoffi } from "unroll/engine/native/binding.js";
import { cachedLibrary } from "unroll/engine/native/library-cache.js";
import { engineOf, openNative } from "unroll/engine/native/native.js";
import { selfTest } from "unroll/engine/native/self-test.js";
import { skip } from "../../../support/needs.js";
import { dense, signed } from "../framed.js";
import { draw } from "../recurrence-behaviour.js";

describe("the native engine's threads", () => {
  let library: Library;
  let engine: Engine;

  before(function () {
    this.timeout(120_000);
    try {
      engine = openNative();
      library = bind(loadKoffi(), cachedLibrary().path);
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      skip(this, `There is no native engine: ${error.message}.`);
    }
  });

  /** A bit of everything that is large enough to be split. */
  function compute(by: Engine): unknown[] {
    const next = signed(7);
    const [A, B, C] = [dense(123, 77, next), dense(77, 95, next), dense(123, 95, next)];
    by.product(A, B, C);
    const sums = dense(1, 95, next);
    by.columnSums(C, sums);
    const gradient = dense(123, 95, next);
    const { correct } = by.softmaxCrossEntropy(C, new Int32Array(123), gradient);
    const runs = (["rnn", "lstm", "gru"] as const).map((kind) => {
      const { task, dh, dFinalState } = draw({ kind, T: 7, B: 37, D: 21, H: 53, lengths: true }, 8);
      const run = by.recurrence(task)!;
      const { dW, db, dx, dInitialState } = run.backward(dh, dFinalState);
      return [run.h, run.finalState, dW, db, dx, dInitialState];
    });
    return [C.data, sums.data, gradient.data, correct, ...runs];
  }

  it("give the same bits as one thread, how ever many they are", () => {
    const alone = compute(engineOf(library, 1, ""));
    for (const threads of [2, 3, 5]) assert.deepEqual(compute(engineOf(library, threads, "")), alone);
  });

  it("are as many as UNROLL_THREADS says, which must be a whole number", () => {
    const before = process.env.UNROLL_THREADS;
    try {
      process.env.UNROLL_THREADS = "3";
      const three = openNative();
      assert.equal(three.threads, 3);
      assert.match(three.describe(), /3 threads/);
      process.env.UNROLL_THREADS = "many";
      assert.throws(openNative, /UNROLL_THREADS is "many", expected a whole number from 1 to 64/);
    } finally {
      if (before === undefined) delete process.env.UNROLL_THREADS;
      else process.env.UNROLL_THREADS = before;
    }
  });

  it("serve JavaScript threads that compute at once, and outlive them", async () => {
    const source = `
      const { parentPort, workerData } = require("node:worker_threads");
      import(workerData.native).then(({ openNative }) => {
        const engine = openNative();
        const block = (rows, cols) => ({ rows, cols, data: new Float32Array(rows * cols).fill(1), offset: 0, stride: cols });
        const [A, B, C] = [block(90, 80), block(80, 70), block(90, 70)];
        let wrong = 0;
        for (let k = 0; k < 300; k++) {
          C.data.fill(0);
          engine.product(A, B, C);
          wrong += C.data.filter((sum) => sum !== 80).length;
        }
        parentPort.postMessage(wrong);
      });`;
    const native = import.meta.resolve("unroll/engine/native/native.js");
    const workers = [1, 2].map(() => new Worker(source, { eval: true, workerData: { native } }));
    const answers = workers.map(
      (worker) =>
        new Promise((resolve, reject) => {
          worker.once("message", resolve).once("error", reject);
        }),
    );
    const expected = compute(engine);
    let isDone = false;
    const both = Promise.all(answers).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      assert.deepEqual(compute(engine), expected);
      await new Promise(setImmediate);
    }
    assert.deepEqual(await both, [0, 0]);
    await Promise.all(workers.map((worker) => worker.terminate()));
    assert.deepEqual(compute(engine), expected);
  }).timeout(60_000);
});

describe("the native engine", () => {
  let engine: Engine;

  before(function () {
    this.timeout(120_000);
    try {
      engine = openNative();
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      skip(this, `There is no native engine: ${error.message}.`);
    }
  });

  const block = (rows: number, cols: number): Block => dense(rows, cols, () => 1);

  it("reads and writes nothing outside of the arrays that it is given", () => {
    const [A, B, C] = [block(3, 4), block(4, 5), block(3, 5)];
    const outside = /does not fit into an array of 15 numbers/;
    for (const wrong of [
      { offset: 1 },
      { stride: 6 },
      { offset: -1 },
      { offset: 0.5 },
      { stride: -5 },
      { stride: 4 },
    ]) {
      assert.throws(() => engine.product(A, B, { ...C, ...wrong }), outside, JSON.stringify(wrong));
    }
    assert.throws(() => engine.map("tanh", C, { ...C, rows: 4 }), /expected blocks of one size/);
    assert.throws(
      () => engine.gather(B, Int32Array.of(0, 4), block(2, 5)),
      /the id 4 is in no row of the table, expected 0 … 3/,
    );
    assert.throws(() => engine.scatterAdd(block(1, 5), Int32Array.of(-1), B), /the id -1 is in no row/);
    assert.throws(() => engine.softmaxCrossEntropy(C, Int32Array.of(0, 5, 0), block(3, 5)), /3 targets below 5/);
  });

  it("says which part of a recurrence does not fit", () => {
    const { task, dh } = draw({ kind: "lstm", T: 3, B: 2, D: 4, H: 5 }, 1);
    assert.throws(
      () => engine.recurrence({ ...task, x: task.x.subarray(1) }),
      /x has 23 numbers, for a lstm of T×B×D×H = 3×2×4×5/,
    );
    assert.throws(() => engine.recurrence({ ...task, lengths: Int32Array.of(3, 4) }), /a length is outside of 1 … 3/);
    assert.throws(() => engine.recurrence({ ...task, initialState: [block(2, 5)] }), /the state has 1 parts/);
    assert.throws(() => engine.recurrence(task)!.backward(dh.subarray(1), undefined), /dh has 29 numbers/);
  });

  it("leaves float64 to the reference engine, and sequences of it to the steps", () => {
    const { task } = draw({ kind: "gru", T: 3, B: 2, D: 4, H: 5 }, 1);
    assert.equal(engine.recurrence({ ...task, b: { ...task.b, data: Float64Array.from(task.b.data) } }), undefined);
  });

  it("fails its self-test when a single kernel is wrong", () => {
    selfTest(engine);
    const wrong: Partial<Engine>[] = [
      {
        product(A, B, C, options) {
          engine.product(A, B, C, { ...options, accumulate: false });
        },
      },
      { map: (f, x, y) => engine.map(f === "sigmoid" ? "tanh" : f, x, y) },
      { recurrence: (task) => engine.recurrence({ ...task, lengths: undefined }) },
      {
        recurrence(task) {
          const run = engine.recurrence(task)!;
          return {
            ...run,
            h: run.h,
            backward: (dh, dState) => ({ ...run.backward(dh, dState), dx: new Float32Array(135) }),
          };
        },
      },
    ];
    for (const part of wrong) {
      assert.throws(
        () => selfTest({ ...engine, ...part }),
        /^EngineUnavailable: the compiled library is wrong: its \w+/,
      );
    }
  });
});
