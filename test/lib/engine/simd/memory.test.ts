import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { openMachine } from "unroll/engine/simd/machine.js";
import { openMemory } from "unroll/engine/simd/memory.js";
import { recurrenceOn } from "unroll/engine/simd/recurrence.js";
import { openSimd } from "unroll/engine/simd/simd.js";
import { draw } from "../recurrence-behaviour.js";

const MB = 1 << 20;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What the collector has found is given back in a later turn of the event loop. */
async function collect(): Promise<void> {
  collectGarbage();
  await new Promise((resolve) => setTimeout(resolve, 10));
}

describe("the memory of the simd engine", () => {
  it("gives back what nobody can see any more", async () => {
    const memory = openMemory(true);
    for (let round = 0; round < 40; round++) {
      for (let i = 0; i < 8; i++) memory.allocate(MB / 4);
      await collect();
    }
    assert.ok(memory.bytes <= 64 * MB, `${memory.bytes / MB} MiB after 320 MiB one after the other`);
  });

  it("keeps what is seen through a part of it", async () => {
    const memory = openMemory(true);
    const part = memory.allocate(1000)!.fill(5).subarray(100, 200);
    await collect();
    for (let i = 0; i < 100; i++) memory.allocate(1000)!.fill(i);
    assert.ok(part.every((value) => value === 5));
  });

  it("leaves arrays where they are when it grows", () => {
    const memory = openMemory(true);
    const first = memory.allocate(1000)!.fill(3);
    const before = memory.bytes;
    const second = memory.allocate(20 * MB)!;
    assert.ok(memory.bytes > before);
    assert.ok(first.every((value) => value === 3) && second.every((value) => value === 0));
    memory.floats()[memory.addressOf(first)! / 4] = 9;
    assert.equal(first[0], 9);
  });

  it("joins what was given back", () => {
    const memory = openMemory(true);
    const places = Array.from({ length: 12 }, () => memory.reserve(MB)!);
    for (const k of [3, 1, 5, 2, 4, 0, 7, 11, 9, 10, 8, 6]) memory.release(places[k]!);
    const before = memory.bytes;
    assert.equal(memory.reserve(12 * MB), places[0]);
    assert.equal(memory.bytes, before);
  });

  it("has an end, where it gives ordinary arrays and leaves sequences to the cells", () => {
    const memory = openMemory(true);
    assert.equal(memory.reserve(2 ** 30), undefined);
    assert.equal(memory.allocate(2 ** 28), undefined);
    const engine = openSimd({ threads: 1 });
    const { task } = draw({ kind: "lstm", T: 1, B: 1, D: 1, H: 4000 }, 1);
    assert.equal(engine.recurrence({ ...task, steps: 40_000, x: new Float32Array(40_000) }), undefined);
    assert.ok(engine.recurrence(draw({ kind: "gru", T: 3, B: 2, D: 2, H: 5 }, 1).task));
  });

  it("does not grow over 10,000 steps of many shapes", () => {
    const machine = openMachine({ instructions: undefined, threads: 2, shared: true });
    const recurrence = recurrenceOn(machine);
    const tasks = Array.from({ length: 50 }, (_, k) => {
      const kind = (["rnn", "lstm", "gru"] as const)[k % 3]!;
      return draw({ kind, T: 1 + (k % 5), B: 1 + (k % 13), D: 3, H: 4 + (k % 11) }, k);
    });
    let after100 = 0;
    for (let step = 0; step < 10_000; step++) {
      const { task, dh } = tasks[step % tasks.length]!;
      const run = recurrence(task)!;
      if (step % 7) run.backward(dh, undefined);
      if (step === 100) after100 = machine.memory.bytes;
    }
    assert.equal(machine.memory.bytes, after100);
  });
});
