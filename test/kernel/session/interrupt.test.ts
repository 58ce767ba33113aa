import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { kernelForTheseTests } from "../support.js";

describe("an interrupt", () => {
  const kernel = kernelForTheseTests();
  before(() =>
    kernel.run("let kept = 0; let steps = 0; const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));"),
  );

  for (const [name, code] of [
    ["an endless loop", "kept++; console.log('on'); while (true) steps++;"],
    ["a promise that never comes", "kept++; console.log('on'); await new Promise(() => {});"],
    ["a loop behind an await", "kept++; await sleep(1); console.log('on'); while (true) steps++;"],
    ["a loop that awaits nothing", "kept++; console.log('on'); while (true) { await null; steps++; }"],
    ["a loop that awaits timers", "kept++; console.log('on'); while (true) { await sleep(1); steps++; }"],
    [
      "a loop that awaits immediates",
      "kept++; console.log('on'); while (true) { await new Promise((r) => setImmediate(r)); steps++; }",
    ],
    [
      "a loop that awaits files",
      "import { stat } from 'node:fs/promises'; kept++; console.log('on'); while (true) { await stat('.'); steps++; }",
    ],
    ["an interval", "kept++; console.log('on'); setInterval(() => steps++, 1); await new Promise(() => {});"],
    [
      "a loop in a timer",
      "kept++; setTimeout(() => { console.log('on'); while (true) steps++; }, 1); await new Promise(() => {});",
    ],
    [
      "a loop in process.nextTick",
      "kept++; process.nextTick(() => { console.log('on'); while (true) steps++; }); await new Promise(() => {});",
    ],
    [
      "a loop in a microtask",
      "kept++; queueMicrotask(() => { console.log('on'); while (true) steps++; }); await new Promise(() => {});",
    ],
    [
      "a loop that catches everything",
      "kept++; console.log('on'); while (true) { try { while (true) steps++; } catch {} finally { kept = -1; } }",
    ],
    [
      "a wait for shared memory",
      "kept++; console.log('on'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
    ],
    [
      "the rendering of a result",
      "kept++; ({ [Symbol.for('Jupyter.display')]() { console.log('on'); while (true) steps++; } })",
    ],
  ] as const)
    it(`ends ${name}, and nothing of the cell goes on; variables are kept`, async () => {
      const before = Number((await kernel.run("kept")).result);
      const ran = await kernel.runAndInterrupt(code);
      assert.deepEqual(ran.types, ["stream", "error"]);
      assert.equal((ran.reply as { ename?: string }).ename, "KeyboardInterrupt");
      assert.equal((await kernel.run("kept")).result, String(before + 1));
      const steps = (await kernel.run("steps")).result;
      await delay(20);
      assert.equal((await kernel.run("steps")).result, steps);
    });

  for (const [name, code] of [
    ["prints lines", "for (let i = 0; ; i++) console.log('line', i);"],
    ["prints to both streams in turn", "for (;;) { console.log('o'); console.error('e'); }"],
    ["prints a million characters at a time", "for (;;) console.log('x'.repeat(1e6));"],
    ["shows things", "for (;;) display('x');"],
  ] as const)
    it(`ends a loop that ${name} without end, and the memory stays small`, async () => {
      const running = kernel.run(code);
      await delay(500); // unbridled, it would have hundreds of thousands of messages on their way by then
      await kernel.client.interrupt();
      assert.equal(((await running).reply as { ename?: string }).ename, "KeyboardInterrupt");
      const megabytes = Number((await kernel.run("process.memoryUsage().rss / 1e6")).result);
      assert.ok(megabytes < 500, `${megabytes} MB`); // a kernel that has done little takes 180
    });

  it("ends a cell that waits for a program", async function () {
    if (process.platform !== "linux") this.skip(); // only there the kernel finds the program
    const start = Date.now();
    const ran = await kernel.runAndInterrupt(
      "import { execSync } from 'node:child_process'; console.log('on'); execSync('sleep 100; sleep 100');",
    );
    assert.equal((ran.reply as { ename?: string }).ename, "KeyboardInterrupt");
    assert.ok(Date.now() - start < 50_000, "it has waited for the program");
  });

  it("ends a training of the library, whose weights are kept and trained further", async () => {
    await kernel.run(`import { adam, classifier, inARow, liveTraining, mnist, random, rnn, train } from "unroll";
      const model = classifier(rnn(28, 8), 10);
      const weights = model.init(random(1));
      const first = weights.readout.W.data[0];
      const pictures = inARow(mnist().train.slice(0, 200), 1);`);
    const ran = await kernel.runAndInterrupt(`await train(model, weights, pictures, { epochs: 1e6, optimizer: adam(),
      random: random(2), onEpoch: ({ epoch }) => console.log("epoch", epoch) });`);
    assert.equal((ran.reply as { ename?: string }).ename, "KeyboardInterrupt");
    assert.equal((await kernel.run("weights.readout.W.data[0] !== first")).result, "true");
    const again = await kernel.run(
      "await train(model, weights, pictures, { epochs: 1, optimizer: adam(), random: random(3) }); 'trained'",
    );
    assert.equal(again.result, "'trained'");
  });

  it("ends prompt and confirm as well", async () => {
    for (const code of [`prompt("?")`, `confirm("?")`]) {
      const reply = await kernel.client.execute(code, { onInput: () => kernel.client.interrupt().then(() => "late") });
      assert.equal((reply as { ename?: string }).ename, "KeyboardInterrupt", code);
    }
  });

  it("ends the expressions of a request, and cells that are silent", async () => {
    const endless = "(() => { console.log('on'); while (true); })()";
    const silent = kernel.client.execute("while (true);", { silent: true });
    await delay(100);
    await kernel.client.interrupt();
    assert.equal((await silent).status, "error");
    const { reply } = await kernel.runAndInterrupt("1", { userExpressions: { endless } });
    const { endless: ended } = reply.user_expressions as Record<string, { ename?: string }>;
    assert.deepEqual([reply.status, ended?.ename], ["ok", "KeyboardInterrupt"]);
  });

  it("ends callbacks that start themselves again", async () => {
    for (const start of ["process.nextTick", "queueMicrotask", "setImmediate", "Promise.resolve().then"]) {
      const ran = await kernel.runAndInterrupt(
        `let turns = 0; const again = () => { if (turns++ === 100) console.log("on"); void ${start}(again); }; again(); await new Promise(() => {});`,
      );
      assert.equal((ran.reply as { ename?: string }).ename, "KeyboardInterrupt", start);
      const turns = (await kernel.run("turns")).result;
      await delay(20);
      assert.equal((await kernel.run("turns")).result, turns, start);
    }
  });

  it("ends input that waits, and a late answer is not taken for the next question", async () => {
    const interrupted = kernel.client.execute(`(globalThis as any).input("?")`, {
      onInput: async () => {
        await kernel.client.interrupt();
        return "late";
      },
    });
    assert.equal(((await interrupted) as { ename?: string }).ename, "KeyboardInterrupt");
    const next = await kernel.run(`(globalThis as any).input("?")`, { onInput: () => delay(20, "right") });
    assert.equal(next.result, "'right'");
  });

  it("leaves no immediates behind that would keep the kernel spinning", async () => {
    await kernel.runAndInterrupt(
      "for (let i = 0; i < 5; i++) setImmediate(() => { console.log('on'); while (true); }); await new Promise(() => {});",
    );
    await delay(10);
    assert.equal(
      (await kernel.run("process.getActiveResourcesInfo().filter((name) => name === 'Immediate').length")).result,
      "0",
    );
  });

  it("works many times in a row", async () => {
    for (let i = 0; i < 10; i++) {
      const ran = await kernel.runAndInterrupt(
        i % 2 ? "console.log('on'); while (true);" : "console.log('on'); await new Promise(() => {})",
      );
      assert.equal((ran.reply as { ename?: string }).ename, "KeyboardInterrupt");
    }
    assert.equal((await kernel.run("1 + 1")).result, "2");
  });

  it("that comes twice ends one cell only", async () => {
    const running = kernel.client.execute("while (true);");
    await delay(50);
    await Promise.all([kernel.client.interrupt(), kernel.client.interrupt()]);
    assert.equal((await running).status, "error");
    assert.equal((await kernel.run("await sleep(30); 5")).result, "5");
  });

  it("while no cell runs does no harm to the next, and stops what earlier cells left running", async () => {
    await kernel.client.interrupt();
    assert.equal((await kernel.run("1")).result, "1");
    await kernel.run("setTimeout(() => { while (true); }, 10); 0");
    await delay(50);
    await kernel.client.interrupt();
    assert.equal((await kernel.run("2")).result, "2");
  });

  it("at any moment around the start and the end of a cell leaves the kernel able to run the next", async () => {
    for (let wait = 0; wait < 20; wait++) {
      const running = kernel.client.execute(`for (let i = 0; i < 1e6; i++) steps++; await sleep(${wait % 4});`);
      await delay(wait);
      await kernel.client.interrupt();
      await running;
      assert.equal((await kernel.run("7")).result, "7");
    }
  });
});

describe("an interrupt while async hooks are active", () => {
  const kernel = kernelForTheseTests();
  before(() =>
    kernel.run(`
      import { AsyncLocalStorage, createHook } from "node:async_hooks";
      import { stat } from "node:fs/promises";
      const storage = new AsyncLocalStorage<number>();
      createHook({ init() {}, before() {}, after() {}, promiseResolve() {} }).enable();
      let kept = 0;`),
  );

  for (const [name, code] of [
    ["a loop", "console.log('on'); while (true);"],
    ["a loop behind an await", "await null; console.log('on'); while (true);"],
    ["a loop that awaits nothing", "console.log('on'); while (true) await null;"],
    ["a loop that awaits files", "console.log('on'); while (true) await stat('.');"],
    ["a loop in a timer", "setTimeout(() => { console.log('on'); while (true); }, 1); await new Promise(() => {});"],
    [
      "a loop in process.nextTick",
      "process.nextTick(() => { console.log('on'); while (true); }); await new Promise(() => {});",
    ],
    [
      "a function with a value in an AsyncLocalStorage",
      "await storage.run(1, async () => { await null; console.log('on', storage.getStore()); while (true); });",
    ],
  ] as const)
    it(`ends ${name}, many times, and the kernel lives`, async () => {
      for (let i = 1; i <= 20; i++) {
        const ran = await kernel.runAndInterrupt(code);
        assert.deepEqual(ran.types, ["stream", "error"]);
        assert.equal(
          (
            await kernel.run(
              `kept = ${i}; await storage.run(kept, async () => { await null; return storage.getStore(); })`,
            )
          ).result,
          String(i),
        );
      }
    });
});

describe("an interrupt while a cell is compiled", () => {
  const kernel = kernelForTheseTests();

  it("ends the cell, which does not run; the next one does", async () => {
    await kernel.run("process.title = 'before';");
    let interrupt = () => {};
    const isTaken = new Promise<void>((resolve) => {
      interrupt = resolve;
    });
    const cell = kernel.client.execute(`process.title = "run"; [${"1,".repeat(50_000)}].length`, {
      onMessage: ({ header }) => header.msg_type === "execute_input" && interrupt(),
    });
    await isTaken;
    await kernel.client.interrupt();
    assert.equal(((await cell) as { ename?: string }).ename, "KeyboardInterrupt");
    assert.equal((await kernel.run("process.title")).result, "'before'");
  });
});
