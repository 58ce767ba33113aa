import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { Codec } from "#kernel/wire/frames.js";
import { type Content, createHeader, type Message } from "#kernel/wire/messages.js";
import { kernelForTheseTests } from "../support.js";

const BOX = `tryText({ title: "Echo", label: "Any text", examples: ["a"], answer: (text) => text + "!" });`;

describe("a box that a cell has shown", () => {
  const kernel = kernelForTheseTests();
  let heard: Message[];
  let stop: () => void;
  beforeEach(() => {
    heard = [];
    stop = kernel.client.listen((message, channel) => channel === "iopub" && heard.push(message));
  });
  afterEach(() => stop());

  /** Sends a message as JupyterLab does, and resolves with what it is answered with when the kernel is done. */
  async function said(type: string, content: Content, more: { metadata?: Content; buffers?: Uint8Array[] } = {}) {
    const { connection } = kernel.client.process;
    const header = createHeader(type, "test", "test");
    kernel.client.sendFrames("shell", new Codec(connection.key, connection.hash).encode({ header, content, ...more }));
    const answers = () => heard.filter(({ parent }) => parent.msg_id === header.msg_id);
    while (!answers().some((answer) => answer.content.execution_state === "idle")) await delay(5);
    return answers();
  }

  /** Runs a cell of the notebook. @returns the names under which its boxes are asked */
  async function run(code: string, cellId: string): Promise<string[]> {
    const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
    const shown = await said("execute_request", content, { metadata: { cellId } });
    const errors = shown.filter(({ header }) => header.msg_type === "error");
    assert.deepEqual(
      errors.map((error) => error.content.evalue),
      [],
    );
    return shown
      .map((message) => (message.content.data as Content | undefined)?.["application/vnd.unroll.try+json"] as Content)
      .filter((content) => content !== undefined)
      .map(({ box }) => String(box));
  }

  const open = (id: string, box: string) => said("comm_open", { comm_id: id, target_name: box, data: {} });
  const ask = async (id: string, data: Content, ...buffers: Uint8Array[]) =>
    (await said("comm_msg", { comm_id: id, data }, { buffers }))
      .filter(({ header }) => header.msg_type === "comm_msg")
      .map(({ content }) => content.data);
  const closed = () =>
    heard.filter(({ header }) => header.msg_type === "comm_close").map(({ content }) => content.comm_id);

  it("is answered while no cell runs, each of its views for itself", async () => {
    const [box] = (await run(`import { tryDrawing, tryText } from "unroll";\n${BOX}`, "one")) as [string];
    await open("a", box);
    await open("b", box);
    assert.deepEqual(await ask("a", { ask: 1, text: "Hi" }), [{ to: 1, shown: [{ "text/plain": "Hi!" }] }]);
    assert.deepEqual(await ask("b", { ask: 1, text: "Ho" }), [{ to: 1, shown: [{ "text/plain": "Ho!" }] }]);
    assert.deepEqual(closed(), []);
  });

  it("sees what later cells have assigned, and says in one sentence what has failed", async () => {
    const code = `let sign = "?"; tryText({ title: "t", label: "l", examples: ["a"], answer: (text) => {
      if (text === "b") throw new RangeError("no b\\nat all");
      return text + sign;
    } });`;
    await open("c", (await run(code, "two"))[0]!);
    await run('sign = ".";', "three");
    assert.deepEqual(await ask("c", { ask: 1, text: "a" }), [{ to: 1, shown: [{ "text/plain": "a." }] }]);
    assert.deepEqual(await ask("c", { ask: 2, text: "b" }), [{ to: 2, error: "no b" }]);
    assert.equal((await kernel.run("1 + 1")).result, "2");
  });

  it("is answered after the cell that runs, where that awaits nothing", async () => {
    await open("d", (await run(BOX, "four"))[0]!);
    const running = kernel.run('console.log("begins"); for (const end = Date.now() + 300; Date.now() < end; );');
    while (!heard.some(({ header }) => header.msg_type === "stream")) await delay(5);
    const answer = ask("d", { ask: 1, text: "x" });
    await running;
    assert.deepEqual(await answer, [{ to: 1, shown: [{ "text/plain": "x!" }] }]);
  });

  it("gets bytes, as a canvas sends them", async () => {
    const code = `tryDrawing({ title: "t", examples: [build(28, 28, () => 1)], answer: (digit) => digit.rows + "×" + digit.cols });`;
    await open("e", (await run(`import { build } from "unroll";\n${code}`, "five"))[0]!);
    const [answer] = (await ask("e", { ask: 1, side: 4 }, new Uint8Array(16).fill(255))) as [Content];
    assert.deepEqual(answer.shown, [{ "text/plain": "28×28" }]);
  });

  it("is closed when its cell is run again, and the new one is answered", async () => {
    const [before, other] = [await run(BOX, "six"), await run(BOX, "seven")].flat() as [string, string];
    await open("f", before);
    await open("g", other);
    const [after] = (await run(BOX, "six")) as [string];
    assert.deepEqual(closed(), ["f"]);
    await open("h", before);
    assert.deepEqual(closed(), ["f", "h"]);
    await open("i", after);
    for (const id of ["g", "i"])
      assert.deepEqual(await ask(id, { ask: 1, text: id }), [{ to: 1, shown: [{ "text/plain": `${id}!` }] }]);
  });

  it("is not closed by a cell of another place, or of a front end that names none", async () => {
    await open("j", (await run(BOX, "eight"))[0]!);
    await run("1;", "nine");
    await kernel.run(BOX);
    assert.deepEqual(closed(), []);
  });

  it("has no answer where the kernel is interrupted, and goes on", async () => {
    const code = `tryText({ title: "t", label: "l", examples: ["a"], answer: (text) => {
      if (text === "for ever") { console.log("in it"); while (true); }
      return text;
    } });`;
    await open("k", (await run(code, "ten"))[0]!);
    const asked = ask("k", { ask: 1, text: "for ever" });
    while (!heard.some(({ content }) => content.text === "in it\n")) await delay(5);
    await kernel.client.interrupt();
    assert.deepEqual(await asked, []);
    assert.deepEqual(await ask("k", { ask: 2, text: "b" }), [{ to: 2, shown: [{ "text/plain": "b" }] }]);
  });
});
