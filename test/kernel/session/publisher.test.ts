import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { Publisher } from "#kernel/session/publisher.js";
import { Codec } from "#kernel/wire/frames.js";
import { createHeader } from "#kernel/wire/messages.js";

describe("text that is published", () => {
  const codec = new Codec("", "sha256");
  const texts: string[] = [];
  const publisher = new Publisher(codec, (_, frames) => {
    const message = codec.decode(frames.map((frame) => Buffer.from(frame)));
    if (message?.header.msg_type === "stream") texts.push(String(message.content.text));
  });
  const [first, second] = [createHeader("execute_request", "s", "u"), createHeader("execute_request", "s", "u")];
  const much = "x".repeat(1_200_000);

  it("is collected for a moment, and the longer the more its cell has printed", async () => {
    publisher.stream("stdout", much, first); // more than is ever collected: it goes at once
    for (const text of ["a", "b"]) publisher.stream("stdout", text, first);
    await delay(100);
    assert.deepEqual(texts, [much]); // 1.2 million characters: 600 ms
    publisher.status("idle", first);
    assert.deepEqual(texts, [much, "ab"]);
  });

  it("of the next cell has to wait for a moment only", async () => {
    texts.length = 0;
    publisher.stream("stdout", "soon", second);
    while (texts.length === 0) await delay(5);
    assert.deepEqual(texts, ["soon"]);
  });
});
