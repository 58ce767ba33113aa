import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createContext, runInContext } from "node:vm";
import type { Worker } from "node:worker_threads";
import type { Engine } from "unroll";
import { openSimd } from "unroll/engine/simd/simd.js";
import { dense, signed } from "../framed.js";
import { draw } from "../recurrence-behaviour.js";

/** Work for many threads: all that comes of a product, of a sequence there and back, and of sums of columns. */
function work(engine: Engine): Float32Array[] {
  const next = signed(3);
  const [A, B, C] = [dense(129, 200, next), dense(200, 131, next), dense(129, 131, () => 0)];
  const sums = dense(1, 131, () => 0);
  engine.product(A, B, C);
  engine.columnSums(C, sums);
  const { task, dh, dFinalState } = draw({ kind: "lstm", T: 12, B: 37, D: 19, H: 53, lengths: true }, 5);
  const run = engine.recurrence(task)!;
  const back = run.backward(dh, dFinalState);
  return [C.data as Float32Array, sums.data as Float32Array, run.h, back.dW, back.db, back.dx, ...back.dInitialState];
}

describe("the threads of the simd engine", () => {
  const started: { worker: Worker; online: Promise<unknown> }[] = [];
  const remember = (worker: Worker) =>
    started.push({ worker, online: new Promise((resolve) => worker.once("online", resolve)) });
  let expected: Float32Array[];

  before(() => {
    process.on("worker", remember);
    expected = work(openSimd({ threads: 1 }));
  });
  beforeEach(() => void started.splice(0));
  after(() => void process.off("worker", remember));

  /** Until Node.js has reported the workers that were made. */
  const told = () => new Promise((resolve) => setImmediate(resolve));

  /** An engine whose workers are up. */
  async function openWith(threads: number): Promise<{ engine: Engine; workers: Worker[] }> {
    const engine = openSimd({ threads });
    work(engine);
    await told();
    await Promise.all(started.map(({ online }) => online));
    return { engine, workers: started.splice(0).map(({ worker }) => worker) };
  }

  for (const threads of [2, 3, 5, 8]) {
    it(`give with ${threads} the same bits as one alone`, async () => {
      const { engine } = await openWith(threads);
      for (let i = 0; i < 20; i++) assert.deepEqual(work(engine), expected);
    });
  }

  it("are started when there is the first work for them", async () => {
    const engine = openSimd({ threads: 3 });
    engine.product(
      dense(8, 8, () => 1),
      dense(8, 8, () => 1),
      dense(8, 8, () => 0),
    );
    await told();
    assert.equal(started.length, 0);
    work(engine);
    await told();
    assert.equal(started.length, 2);
  });

  it("are as many as UNROLL_THREADS says", async () => {
    const before = process.env.UNROLL_THREADS;
    try {
      process.env.UNROLL_THREADS = "1";
      const engine = openSimd();
      assert.deepEqual(work(engine), expected);
      await told();
      assert.equal(engine.threads, 1);
      assert.equal(started.length, 0);
      process.env.UNROLL_THREADS = "5";
      assert.equal(openSimd().threads, 5);
      process.env.UNROLL_THREADS = "many";
      assert.throws(() => openSimd(), /UNROLL_THREADS is "many": it must be a whole number from 1 to 64/);
    } finally {
      if (before === undefined) delete process.env.UNROLL_THREADS;
      else process.env.UNROLL_THREADS = before;
    }
  });

  it("are named when one has died, and the others go on", async () => {
    const { engine, workers } = await openWith(3);
    await workers[0]!.terminate();
    assert.match(engine.describe(), /, 2 threads, .*\(worker thread 1 has ended, so it goes on with 2 threads\)/);
    assert.deepEqual(work(engine), expected);
    await workers[1]!.terminate();
    assert.match(engine.describe(), /, 1 thread, .*\(worker thread 2 has ended, so it goes on with 1 thread\)/);
    assert.deepEqual(work(engine), expected);
    assert.equal(engine.threads, 1);
  });

  it("do not keep a call waiting for ever when one dies in the middle", async () => {
    for (let round = 0; round < 3; round++) {
      const { engine, workers } = await openWith(2);
      void workers[0]!.terminate();
      for (let i = 0; i < 200; i++) {
        try {
          assert.deepEqual(work(engine), expected);
        } catch (error) {
          assert.match(
            (error as Error).message,
            /^simd: worker thread 1 does not answer any more, so it goes on with 1 /,
          );
        }
      }
      assert.deepEqual(work(engine), expected);
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(engine.threads, 1);
    }
  });

  it("work on after the calling one was interrupted anywhere", async () => {
    const { engine } = await openWith(3);
    const context = createContext({ loop: () => work(engine) });
    for (let i = 0; i < 40; i++) {
      assert.throws(
        () => runInContext("for (;;) loop()", context, { timeout: 5 + (i % 7) }),
        (error: NodeJS.ErrnoException) => error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT",
      );
      assert.deepEqual(work(engine), expected);
    }
  });

  it("end with the process, and say nothing", () => {
    const script = `
      import { openSimd } from "unroll/engine/simd/simd.js";
      const engine = openSimd({ threads: 4 });
      const block = (rows, cols) => ({ rows, cols, data: new Float32Array(rows * cols).fill(1), offset: 0, stride: cols });
      const C = block(200, 300);
      for (let i = 0; i < 50; i++) engine.product(block(200, 100), block(100, 300), C);
      console.log(C.data[59999]);`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      timeout: 60_000,
    });
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "100\n", stderr: "" });
  });
});
