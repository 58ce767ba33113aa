import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { Message } from "#kernel/wire/messages.js";
import { kernelForTheseTests } from "../support.js";

describe("output that comes after its cell has ended", () => {
  const kernel = kernelForTheseTests();

  /** For each text that is printed: the cell that it was sent to. */
  async function cellsOf(texts: string[], run: () => Promise<void>): Promise<Record<string, string | undefined>> {
    const found: Record<string, string | undefined> = {};
    const stop = kernel.client.listen(({ header, parent, content }: Message) => {
      if (header.msg_type === "stream")
        for (const line of String(content.text).trim().split("\n")) found[line] = parent.msg_id;
    });
    await run();
    while (!texts.every((text) => text in found)) await delay(5);
    stop();
    return found;
  }

  for (const [name, code] of [
    ["a timer", "setTimeout(() => console.log('late'), 200)"],
    ["an immediate behind a timer", "setTimeout(() => setImmediate(() => console.log('late')), 200)"],
    ["a promise", "void new Promise((r) => setTimeout(r, 200)).then(() => console.log('late'))"],
    [
      "an async function that awaits a file",
      "void (async () => { await new Promise((r) => setTimeout(r, 200)); await import('node:fs').then((fs) => fs.promises.stat('.')); console.log('late'); })()",
    ],
    [
      "node:timers/promises",
      "import { setTimeout as sleep } from 'node:timers/promises'; void sleep(200).then(() => console.log('late'))",
    ],
    ["a microtask behind a timer", "setTimeout(() => queueMicrotask(() => console.log('late')), 200)"],
  ] as const)
    it(`goes to the cell that started it: ${name}`, async () => {
      const found = await cellsOf(["early", "late", "other"], async () => {
        await kernel.run(`console.log('early'); ${code}; 0`);
        await kernel.run("console.log('other')");
      });
      assert.equal(found.late, found.early);
      assert.notEqual(found.late, found.other);
    });

  it("goes to the last cell where nobody can tell", async () => {
    const found = await cellsOf(["last", "event"], async () => {
      await kernel.run(
        "process.once('SIGUSR2', () => console.log('event')); setTimeout(() => process.kill(process.pid, 'SIGUSR2'), 100); 0",
      );
      await kernel.run("console.log('last')");
    });
    assert.equal(found.event, found.last);
  });

  it("leaves timers as they are: this, arguments, intervals that are cleared, and their promises", async () => {
    const ran = await kernel.run(`
      import { promisify } from "node:util";
      const seen: unknown[] = [];
      const timer = setTimeout(function (this: unknown, ...rest: unknown[]) { seen.push(this === timer, ...rest); }, 1, "a", "b");
      let ticks = 0;
      await new Promise<void>((r) => { const every = setInterval(() => { if (++ticks === 3) { clearInterval(every); r(); } }, 1); });
      seen.push(ticks, await promisify(setTimeout)(1, "later"), typeof timer.unref);
      seen`);
    assert.equal(ran.result, "[ true, 'a', 'b', 3, 'later', 'function' ]");
  });
});
