import assert from "node:assert/strict";
import { Codec } from "#kernel/wire/frames.js";
import { createHeader, type Message } from "#kernel/wire/messages.js";
import { kernelForTheseTests } from "../support.js";

describe("what a kernel gets that is no proper message", () => {
  const kernel = kernelForTheseTests();

  /** Everything that the kernel sends until it has answered the next proper request, but for that answer. */
  async function answersTo(send: () => void): Promise<Message[]> {
    const heard: Message[] = [];
    const stop = kernel.client.listen((message) => heard.push(message));
    send();
    const { parent } = await kernel.client.request("shell", "kernel_info_request");
    stop();
    return heard.filter((message) => message.parent.msg_id !== parent.msg_id);
  }

  const signed = (type: string, content: object | string, key = kernel.client.process.connection.key) =>
    new Codec(key, "sha256").encode({ header: createHeader(type, "s", "u"), content: content as string });

  it("has no effect and no answer if its signature is wrong", async () => {
    const frames = signed("execute_request", { code: "globalThis.forged = true" }, "wrong key");
    assert.deepEqual(await answersTo(() => kernel.client.sendFrames("shell", frames)), []);
    assert.equal((await kernel.run("'forged' in globalThis")).result, "false");
  });

  it("runs once if it is sent twice", async () => {
    await kernel.run("var runs = 0;");
    const frames = signed("execute_request", { code: "runs++" });
    kernel.client.sendFrames("shell", frames);
    kernel.client.sendFrames("shell", frames);
    assert.equal((await kernel.run("runs")).result, "1");
  });

  it("has no answer if frames are missing, or are no JSON", async () => {
    const good = signed("kernel_info_request", {});
    const junk: (Uint8Array | string)[][] = [
      [""],
      ["<IDS|MSG>"],
      good.slice(0, 4),
      [...good.slice(0, 5), "{"],
      signed("kernel_info_request", "[1]"),
      signed("kernel_info_request", "not json"),
      [Buffer.alloc(100_000, 1)],
    ];
    const send = () => {
      for (const channel of ["shell", "control", "stdin"] as const)
        for (const frames of junk) kernel.client.sendFrames(channel, frames);
    };
    assert.deepEqual(await answersTo(send), []);
  });

  it("does no harm if its content has the wrong types", async () => {
    for (const type of [
      "execute",
      "complete",
      "inspect",
      "is_complete",
      "history",
      "comm_info",
      "debug",
      "interrupt",
    ]) {
      const content = {
        code: 7,
        cursor_pos: "x",
        user_expressions: 3,
        hist_access_type: [],
        n: "many",
        pattern: {},
        detail_level: "high",
      };
      const { header } = await kernel.client.request("shell", `${type}_request`, content);
      assert.equal(header.msg_type, `${type}_reply`);
    }
    assert.equal((await kernel.run("1 + 1")).result, "2");
  });

  it("is passed over if nobody knows its type", async () => {
    for (const type of ["nonsense", "input_reply", "comm_msg", "comm_close"]) kernel.client.send("shell", type, {});
    kernel.client.send("stdin", "input_reply", { value: "for nobody" });
    assert.equal((await kernel.run("1 + 1")).result, "2");
  });
});
