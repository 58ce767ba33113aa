import assert from "node:assert/strict";
import { kernelForTheseTests } from "../support.js";

describe("streams", () => {
  const kernel = kernelForTheseTests();

  it("lose nothing of 100,000 lines from one synchronous loop, in order and in batches, and the cell ends", async () => {
    const ran = await kernel.run("for (let i = 0; i < 100_000; i++) console[i % 1000 ? 'log' : 'error']('line', i)");
    const all = ran.contents("stream").map(({ text }) => text);
    assert.equal(all.join(""), Array.from({ length: 100_000 }, (_, i) => `line ${i}\n`).join(""));
    assert.equal(ran.text("stderr"), Array.from({ length: 100 }, (_, i) => `line ${1000 * i}\n`).join(""));
    assert.ok(ran.contents("stream").length < 1000, `${ran.contents("stream").length} messages`);
    assert.equal(ran.reply.status, "ok");
  });

  it("bring ten million characters in one line", async () => {
    const ran = await kernel.run("console.log('x'.repeat(10_000_000))");
    assert.equal(ran.text("stdout").length, 10_000_001); // and the line's end
  });

  it("keep stdout and stderr in the order in which they were written", async () => {
    const ran = await kernel.run("for (let i = 0; i < 500; i++) { console.log('o', i); console.error('e', i); }");
    const all = ran.contents("stream").map(({ name, text }) => `${name}: ${text}`);
    assert.deepEqual(all, Array.from({ length: 500 }, (_, i) => [`stdout: o ${i}\n`, `stderr: e ${i}\n`]).flat());
  });

  it("take bytes, characters cut in two, encodings and callbacks as Node's streams do", async () => {
    const ran = await kernel.run(`
      const bytes = Buffer.from("ü€😀");
      for (const byte of bytes) process.stdout.write(Uint8Array.of(byte));
      process.stdout.write("4142", "hex");
      await new Promise<void>((r) => process.stdout.write("!", () => r()));
      process.stderr.write("e");`);
    assert.equal(ran.text("stdout"), "ü€😀AB!"); // 0x41 and 0x42 are A and B
    assert.equal(ran.text("stderr"), "e");
  });

  it("come before the result and the end of their cell", async () => {
    const ran = await kernel.run("console.log('text'); 1");
    assert.deepEqual(ran.types, ["stream", "execute_result"]);
    assert.equal(ran.messages.at(-1)?.content.execution_state, "idle");
  });

  it("show Node's warnings in the cell, not on the kernel's own stderr", async () => {
    const ran = await kernel.run("process.emitWarning('careful'); await new Promise((r) => setTimeout(r, 5));");
    assert.equal(ran.text("stderr"), "Warning: careful\n");
  });
});
