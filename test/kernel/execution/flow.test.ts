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

  const timeOf = (flow: Flow, messages: FromMain[]) => {
    const begin = performance.now();
    for (const message of messages) {
      flow.taken(message); // as if the other thread were always quicker
      flow.posted(message);
    }
    return performance.now() - begin;
  };

  it("lets 100,000 lines pass, and slows down what no front end can read", () => {
    const lines = Array.from({ length: 100_000 }, () => line(11));
    assert.ok(timeOf(new Flow(), lines) < 1000);
    const more = Array.from({ length: 100 }, () => line(20_000));
    const time = timeOf(new Flow(), more);
    assert.ok(time > 1000, `${time} ms`); // 400 characters a millisecond behind the first 1.5 million of 2 million: 1,250 ms
  });

  it("slows down a run of messages that cannot be collected", () => {
    const messages = Array.from(
      { length: 5000 },
      (_, i): FromMain => ({ ...line(1), name: i % 2 ? "stdout" : "stderr" }) as FromMain,
    );
    const time = timeOf(new Flow(), messages);
    assert.ok(time > 250, `${time} ms`); // 10 a millisecond behind the first 2,000 of 5,000: 300 ms
  });

  it("waits a second at most behind one long text", () => {
    const time = timeOf(new Flow(), [line(10_000_000)]);
    assert.ok(time > 900 && time < 3000, `${time} ms`);
  });
});
