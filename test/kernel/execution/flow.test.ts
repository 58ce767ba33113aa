import assert from "node:assert/strict";
import { Flow } from "#kernel/execution/flow.js";
import type { FromMain } from "#kernel/execution/link.js";

const line = (length: number): FromMain => ({ op: "stream", cell: 1, name: "stdout", text: "x".repeat(length) });

describe("the flow of messages between two threads", () => {
  it("counts what is posted and taken in memory that both have", () => {
    const main = new Flow();
    const io = new Flow(main.counts);
    for (const message of [line(10), line(4096), { op: "interrupted", turn: 1 } as const]) {
      main.posted(message);
      io.taken(message);
    }
    assert.deepEqual([...main.counts], [4, 4]); // 1 each, and 1 more for 4,096 characters
  });

  it("begins anew when it is settled, whatever was lost on the way", () => {
    const flow = new Flow();
    for (let i = 0; i < 900; i++) flow.posted(line(1));
    flow.settle();
    for (let i = 0; i < 900; i++) flow.posted(line(1)); // would wait for ever behind 1,000
    assert.deepEqual([...flow.counts], [1800, 900]);
  });

  it("goes on where its counts run over", () => {
    const flow = new Flow(new Int32Array(new SharedArrayBuffer(8)).fill(2 ** 31 - 1));
    flow.posted(line(1));
    flow.taken(line(1));
    flow.posted(line(1));
    assert.deepEqual([...flow.counts], [2 - 2 ** 31 - 1, -(2 ** 31)]);
  });

  it("lets text of one stream pass, and slows down a run of messages", () => {
    const flow = new Flow();
    const timeOf = (message: (i: number) => FromMain) => {
      const begin = performance.now();
      for (let i = 0; i < 5000; i++) {
        flow.posted(message(i));
        flow.taken(message(i));
      }
      return performance.now() - begin;
    };
    const both = timeOf((i) => ({ ...line(1), name: i % 2 ? "stdout" : "stderr" }) as FromMain);
    assert.ok(both > 250, `${both} ms`); // 10 a millisecond: 500 ms, but for the 200 ms that may be made up for
  });
});
