import assert from "node:assert/strict";
import type { Readable } from "zeromq";
import { receive } from "#kernel/wire/receive.js";

describe("the messages of a socket", () => {
  it("come in order, and let timers run though there is always another one", async () => {
    async function* endless() {
      for (let n = 0; ; n++) yield [Buffer.from([n % 256])];
    }
    let isOver = false;
    setTimeout(() => {
      isOver = true;
    }, 30);
    let count = 0;
    for await (const [frame] of receive(endless() as unknown as Readable)) {
      assert.equal(frame![0], count++ % 256);
      if (isOver) return;
    }
  });
});
