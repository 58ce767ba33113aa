import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { Codec } from "#kernel/wire/frames.js";
import { type Content, createHeader, type Message } from "#kernel/wire/messages.js";
import { kernelForTheseTests } from "../support.js";

describe("comms", () => {
  const kernel = kernelForTheseTests();
  let heard: Message[];
  let stop: () => void;
  beforeEach(() => {
    heard = [];
    stop = kernel.client.listen((message, channel) => channel === "iopub" && heard.push(message));
  });
  afterEach(() => stop());

  const open = (id: string, target: string, data: Content = {}) =>
    kernel.client.send("shell", "comm_open", { comm_id: id, target_name: target, data });
  const send = (id: string, data: Content) => kernel.client.send("shell", "comm_msg", { comm_id: id, data });
  function sendBytes(id: string, data: Content, bytes: Uint8Array): string {
    const { connection } = kernel.client.process;
    const header = createHeader("comm_msg", "test", "test");
    const message = { header, content: { comm_id: id, data }, buffers: [bytes] };
    kernel.client.sendFrames("shell", new Codec(connection.key, connection.hash).encode(message));
    return header.msg_id;
  }

  const of = (type: string) => heard.filter(({ header }) => header.msg_type === type);

  /** Resolves with the messages that answer `parent`, when the kernel is done with it. */
  async function over(parent: string): Promise<Message[]> {
    const answers = () => heard.filter((message) => message.parent.msg_id === parent);
    while (!answers().some(({ content }) => content.execution_state === "idle")) await delay(5);
    return answers();
  }

  async function listed(target?: string): Promise<Content> {
    const content = target === undefined ? {} : { target_name: target };
    return (await kernel.client.request("shell", "comm_info_request", content)).content.comms as Content;
  }

  it("opened to a target that a cell has registered reach it, and its answers come back", async () => {
    await kernel.run(`Jupyter.comms.register("echo", (comm, data) => {
      comm.send({ hello: data.name });
      comm.onMessage((message) => comm.send({ echo: message.n }));
    });`);
    await over(open("e1", "echo", { name: "Ada" }));
    await over(send("e1", { n: 1 }));
    assert.deepEqual(
      of("comm_msg").map(({ content }) => content),
      [
        { comm_id: "e1", data: { hello: "Ada" } },
        { comm_id: "e1", data: { echo: 1 } },
      ],
    );
  });

  it("bring messages in order, each answered under its own parent", async () => {
    await over(open("e2", "echo", {}));
    const parents = Array.from({ length: 50 }, (_, n) => send("e2", { n }));
    await over(parents.at(-1)!);
    const echoes = of("comm_msg").filter(({ content }) => "echo" in (content.data as Content));
    assert.deepEqual(
      echoes.map(({ content, parent }) => [(content.data as Content).echo, parent.msg_id]),
      parents.map((id, n) => [n, id]),
    );
  });

  it("what a handler prints, shows and throws belongs to the message, also later", async () => {
    await kernel.run(`Jupyter.comms.register("loud", (comm) => comm.onMessage((text) => {
      console.log(text); display("shown");
      setTimeout(() => console.log("later"), 50);
      throw new RangeError("in a handler");
    }));`);
    await over(open("l1", "loud"));
    const id = send("l1", "said" as unknown as Content);
    const types = (await over(id)).map(({ header }) => header.msg_type);
    assert.deepEqual(types, ["status", "stream", "display_data", "error", "status"]);
    while (!of("stream").some(({ content }) => content.text === "later\n")) await delay(5);
    assert.ok(of("stream").every(({ parent }) => parent.msg_id === id));
    const [{ content }] = of("error") as [Message];
    assert.equal(content.evalue, "in a handler");
    assert.match((content.traceback as string[]).join("\n"), /> 4 \| +throw new RangeError/);
  });

  it("reach a cell that awaits them", async () => {
    const ran = kernel.run(`const click = new Promise<number>((resolve) =>
      Jupyter.comms.register("button", (comm) => comm.onMessage((data) => resolve(data.x))));
      console.log("waiting"); await click`);
    while (of("stream").length === 0) await delay(5);
    open("b1", "button");
    send("b1", { x: 7 });
    assert.equal((await ran).result, "7");
  });

  it("sent right behind the cell that registers their target find it", async () => {
    const ran = kernel.run(`await new Promise((r) => setTimeout(r, 50));
      Jupyter.comms.register("soon", (comm) => comm.onMessage((data) => comm.send({ got: data.n })));`);
    const opening = open("s1", "soon");
    await over(send("s1", { n: 3 }));
    await ran;
    assert.deepEqual(
      (await over(opening)).map(({ header }) => header.msg_type),
      ["status", "status"],
    );
    assert.deepEqual(of("comm_msg").at(-1)?.content, { comm_id: "s1", data: { got: 3 } });
  });

  it("to a target that nobody registers are closed, at once or when the cells that wait have run", async () => {
    await over(open("n1", "nobody"));
    const ran = kernel.run("await new Promise((r) => setTimeout(r, 50));");
    await over(open("n2", "nobody"));
    await ran;
    assert.deepEqual(
      of("comm_close").map(({ content }) => content.comm_id),
      ["n1", "n2"],
    );
    assert.deepEqual(await listed("nobody"), {});
  });

  it("are opened by a cell, with data, metadata and bytes", async () => {
    await kernel.run(`const mine = Jupyter.comms.open("front", { a: 1 }, [new Uint8Array([1, 2]), new Float32Array([1])], { metadata: { version: "2.1.0" } });
      mine.onMessage((data, [bytes]) => mine.send({ sum: data.add + bytes![0]! }));`);
    const [opened] = of("comm_open") as [Message];
    assert.deepEqual(
      [opened.content.target_name, opened.content.data, opened.metadata],
      ["front", { a: 1 }, { version: "2.1.0" }],
    );
    assert.deepEqual(
      opened.buffers.map((buffer) => [...buffer]),
      [
        [1, 2],
        [0, 0, 128, 63], // 1 as IEEE 754 float32, little-endian
      ],
    );
    const id = opened.content.comm_id as string;
    await over(sendBytes(id, { add: 5 }, new Uint8Array([10])));
    assert.deepEqual(of("comm_msg").at(-1)?.content, { comm_id: id, data: { sum: 15 } });
  });

  it("are listed while they are open, by target", async () => {
    await over(open("i1", "echo"));
    assert.deepEqual((await listed("echo")).i1, { target_name: "echo" });
    assert.ok("i1" in (await listed()));
    assert.ok(!("i1" in (await listed("front"))));
    await over(kernel.client.send("shell", "comm_close", { comm_id: "i1", data: {} }));
    assert.ok(!("i1" in (await listed())));
  });

  it("are closed by either side, and say so", async () => {
    await kernel.run(`const seen: unknown[] = []; let last: Jupyter.Comm | undefined;
      Jupyter.comms.register("door", (comm) => { last = comm; comm.onClose((data) => seen.push(data)); });`);
    await over(open("d1", "door"));
    await over(kernel.client.send("shell", "comm_close", { comm_id: "d1", data: { bye: 1 } }));
    assert.equal((await kernel.run("[seen, last!.isOpen]")).result, "[ [ { bye: 1 } ], false ]");
    assert.match(String(((await kernel.run("last!.send({})")).reply as { evalue?: string }).evalue), /door is closed/);
    await over(open("d2", "door"));
    await kernel.run("last!.close({ see: 'you' }); last!.close();");
    assert.deepEqual(
      of("comm_close").map(({ content }) => content),
      [{ comm_id: "d2", data: { see: "you" } }],
    );
  });

  it("whose handler hangs are interrupted, and the kernel goes on", async () => {
    await kernel.run(
      `Jupyter.comms.register("stuck", (comm) => comm.onMessage(() => { console.log("in it"); while (true); }));`,
    );
    await over(open("h1", "stuck"));
    const id = send("h1", {});
    while (!of("stream").some(({ parent }) => parent.msg_id === id)) await delay(5);
    await kernel.client.interrupt();
    await over(id);
    assert.equal((await kernel.run("1")).result, "1");
  });

  it("are refused once their target is registered no more", async () => {
    const ran = kernel.run(`console.log("still there"); await new Promise((r) => setTimeout(r));
      for (const end = Date.now() + 200; Date.now() < end; ); // the first comm is on its way
      Jupyter.comms.unregister("echo");`);
    while (of("stream").length === 0) await delay(5);
    await over(open("u1", "echo"));
    await ran;
    await over(open("u2", "echo"));
    assert.deepEqual(
      of("comm_close").map(({ content }) => content.comm_id),
      ["u1", "u2"],
    );
  });
});
