import assert from "node:assert/strict";
import type { Content } from "#kernel/wire/messages.js";
import { kernelForTheseTests } from "../support.js";

describe("requests beside execution", () => {
  const kernel = kernelForTheseTests();

  it("kernel_info says who the kernel is and what it speaks", async () => {
    const info = await kernel.client.kernelInfo();
    const language = info.language_info as Content;
    assert.deepEqual(
      [info.status, info.protocol_version, info.implementation, language.name, language.file_extension],
      ["ok", "5.4", "unroll", "typescript", ".ts"],
    );
    assert.match(String(info.banner), /TypeScript \d+\.\d+/);
    for (const { text, url } of info.help_links as { text: string; url: string }[])
      assert.ok(text.length > 0 && URL.canParse(url), `${text}: ${url}`);
    // none of the protocol's optional features: no debugger, no subshells
    assert.deepEqual([info.supported_features, info.debugger], [[], false]);
  });

  it("completion offers typed members, with their kinds", async () => {
    await kernel.run("const digits = [3, 1, 4];");
    const reply = await kernel.client.complete("digits.toS");
    assert.deepEqual([reply.status, reply.cursor_start, reply.cursor_end], ["ok", 7, 10]);
    assert.ok((reply.matches as string[]).includes("toSorted"));
    const kinds = (reply.metadata as Content)._jupyter_types_experimental as Content[];
    assert.equal(kinds.find(({ text }) => text === "toSorted")?.type, "method");
  });

  it("completion counts the cursor in code points, not in UTF-16 units", async () => {
    const code = `"😀😀"; digits.toS; 1`;
    const cursor = [...`"😀😀"; digits.toS`].length;
    const reply = await kernel.client.complete(code, cursor);
    assert.deepEqual([reply.cursor_start, reply.cursor_end], [cursor - 3, cursor]);
    assert.ok((reply.matches as string[]).includes("toSorted"));
  });

  it("completion knows modules, what they export, and members of globals", async () => {
    const at = async (code: string, mark: string) => {
      const reply = await kernel.client.complete(code, [...code.slice(0, code.indexOf(mark) + mark.length)].length);
      const replaced = [...code].slice(reply.cursor_start as number, reply.cursor_end as number).join("");
      return { matches: reply.matches as string[], replaced };
    };
    const modules = await at(`import * as fs from "node:fs`, "node:fs");
    assert.ok(modules.matches.includes("node:fs/promises"), String(modules.matches));
    assert.equal(modules.replaced, "node:fs");
    const names = await at(`import { readFileS } from "node:fs";`, "readFileS");
    assert.deepEqual(names, { matches: ["readFileSync"], replaced: "readFileS" });
    const members = await at("Jupyter.comms.", "comms.");
    assert.deepEqual(members.matches, ["open", "register", "unregister"]);
    assert.deepEqual(await at(`"😀"; const o = { alpha: { beta: 1 } }; o.alpha.b`, "o.alpha.b"), {
      matches: ["beta"],
      replaced: "b",
    });
  });

  it("inspection tells more at the second level: parameters, examples, and where it is declared", async () => {
    const ask = async (detail: 0 | 1) =>
      String(((await kernel.client.inspect("progress", 3, { detail })).data as Content)["text/plain"]);
    const [brief, full] = [await ask(0), await ask(1)];
    assert.doesNotMatch(brief, /adding|Declared/);
    assert.match(full, /```typescript\nfor \(const n of progress[\s\S]*\nDeclared in .*globals\.d\.cts:\d+$/);
    assert.ok(full.startsWith(brief));
  });

  it("inspection tells the signature inside of a call, also behind astral characters", async () => {
    const code = `"😀"; Math.max(1, `;
    const reply = await kernel.client.inspect(code, [...code].length);
    assert.match(String((reply.data as Content)["text/plain"]), /^max\(\.\.\.values: number\[\]\): number/);
  });

  it("inspection tells type and documentation, and that nothing was found where nothing is", async () => {
    const reply = await kernel.client.inspect("digits.map", 8);
    assert.equal(reply.found, true);
    assert.match(
      String((reply.data as Content)["text/plain"]),
      /map<U>\(.*callback[\s\S]*Calls a defined callback function/,
    );
    assert.match(String((reply.data as Content)["text/markdown"]), /^```typescript\n/);
    const nothing = await kernel.client.inspect("   ", 1);
    assert.deepEqual(nothing, { status: "ok", found: false, data: {}, metadata: {} });
  });

  it("is_complete tells whole code from code that goes on, with an indent, and from wrong code", async () => {
    assert.deepEqual(await kernel.client.isComplete("1 + 1"), { status: "complete" });
    assert.deepEqual(await kernel.client.isComplete("function f() {"), { status: "incomplete", indent: "  " });
    assert.deepEqual(await kernel.client.isComplete("let let = ;)"), { status: "invalid" });
  });

  it("history gives the last cells, a range of them, and those that match a pattern", async () => {
    await kernel.run("'first'");
    await kernel.run("'second'");
    await kernel.run("'second'");
    const ask = async (content: Content) =>
      (await kernel.client.request("shell", "history_request", content)).content.history as unknown[][];
    assert.deepEqual(
      (await ask({ hist_access_type: "tail", n: 2 })).map((entry) => entry[2]),
      ["'second'", "'second'"],
    );
    const [[, line]] = (await ask({ hist_access_type: "search", pattern: "*f?rst*" })) as [[number, number]];
    assert.deepEqual(await ask({ hist_access_type: "range", session: 0, start: line, stop: line + 1 }), [
      [1, line, "'first'"],
    ]);
    assert.equal((await ask({ hist_access_type: "search", pattern: "*second*", unique: true })).length, 1);
    assert.deepEqual((await ask({ hist_access_type: "tail", n: 1, output: true }))[0]?.[2], ["'second'", null]);
  });

  it("comm_info knows of no comms, and one that is opened to an unknown target is closed", async () => {
    const { content } = await kernel.client.request("shell", "comm_info_request", {});
    assert.deepEqual(content, { status: "ok", comms: {} });
    const closed = new Promise((resolve) => {
      const stop = kernel.client.listen(({ header, content }) => {
        if (header.msg_type !== "comm_close") return;
        stop();
        resolve(content.comm_id);
      });
    });
    kernel.client.send("shell", "comm_open", { comm_id: "c1", target_name: "nobody", data: {} });
    assert.equal(await closed, "c1");
  });

  it("debugging is refused as the Debug Adapter Protocol wants it", async () => {
    const { content } = await kernel.client.request("control", "debug_request", {
      seq: 4,
      type: "request",
      command: "attach",
    });
    assert.deepEqual([content.success, content.request_seq, content.command], [false, 4, "attach"]);
  });

  it("an unknown request is answered with an error", async () => {
    const { header, content } = await kernel.client.request("shell", "moon_request", {});
    assert.deepEqual([header.msg_type, content.status, content.ename], ["moon_reply", "error", "UnknownRequest"]);
  });

  it("all are answered while a cell computes, and the kernel still counts as busy", async () => {
    let state: unknown;
    const stop = kernel.client.listen(({ header, content }) => {
      if (header.msg_type === "status") state = content.execution_state;
    });
    const running = kernel.client.execute("while (true);");
    await kernel.client.heartbeat();
    assert.equal((await kernel.client.complete("digits.toS")).status, "ok");
    assert.equal((await kernel.client.inspect("digits")).found, true);
    assert.equal((await kernel.client.kernelInfo()).status, "ok");
    // the answer comes with idle, and behind it the running cell's busy: one more message is sure to be behind that
    await kernel.client.request("control", "kernel_info_request");
    while (state !== "busy") await new Promise((resolve) => setTimeout(resolve, 5));
    await kernel.client.interrupt();
    await running;
    stop();
  });
});
