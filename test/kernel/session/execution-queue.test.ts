import assert from "node:assert/strict";
import { kernelForTheseTests } from "../support.js";

describe("cells that are sent at once", () => {
  const kernel = kernelForTheseTests();

  it("run one after the other, in order", async () => {
    const ran = await Promise.all(
      ["let n = 1; n", "n *= 5; n", "await null; n += 2; n"].map((code) => kernel.run(code)),
    );
    assert.deepEqual(
      ran.map(({ result }) => result),
      ["1", "5", "7"],
    );
  });

  it("behind one that fails are aborted, and do not run", async () => {
    const [, aborted, too] = await Promise.all([kernel.run("throw 1"), kernel.run("n = 100"), kernel.run("n = 200")]);
    assert.deepEqual([aborted!.reply.status, too!.reply.status], ["aborted", "aborted"]);
    assert.deepEqual(aborted!.types, []);
    assert.deepEqual(aborted!.reply, { status: "aborted" }); // no number: the cell has not run
    assert.equal((await kernel.run("n")).result, "7");
  });

  it("behind one that fails hear of it after the failure, in the order in which they were sent", async () => {
    const replies: string[] = [];
    const sent = ["throw 1", "2", "3"].map(async (code) => {
      await kernel.run(code);
      replies.push(code);
    });
    await Promise.all(sent);
    assert.deepEqual(replies, ["throw 1", "2", "3"]);
  });

  it("right after a failure was told, run", async () => {
    let next: Promise<unknown> | undefined;
    await kernel.client.execute("throw 1", {
      onMessage: ({ header }) => {
        if (header.msg_type === "error") next = kernel.run("n + 1").then(({ result }) => result);
      },
    });
    assert.equal(await next, "8");
  });

  it("behind one that fails run on where the front end wants it", async () => {
    const [failed, next] = await Promise.all([kernel.run("throw 1", { stopOnError: false }), kernel.run("n")]);
    assert.deepEqual([failed!.reply.status, next!.result], ["error", "7"]);
  });

  it("behind one that is interrupted are aborted", async () => {
    const running = kernel.runAndInterrupt("console.log('on'); while (true);");
    const waiting = kernel.run("n = 300");
    assert.equal((await running).reply.status, "error");
    assert.equal((await waiting).reply.status, "aborted");
    assert.equal((await kernel.run("n")).result, "7");
  });
});

describe("an execute request", () => {
  const kernel = kernelForTheseTests();

  it("is answered by busy, the code, the result, the reply and idle, each naming its request", async () => {
    const ran = await kernel.run("1 + 1");
    assert.deepEqual(
      ran.messages.map(({ header, content }) => content.execution_state ?? header.msg_type),
      ["busy", "execute_input", "execute_result", "idle"],
    );
    assert.equal(new Set(ran.messages.map(({ parent }) => parent.msg_id)).size, 1);
    const { execution_count } = ran.reply;
    assert.deepEqual(ran.contents("execute_input"), [{ code: "1 + 1", execution_count }]);
    assert.deepEqual(ran.contents("execute_result"), [{ execution_count, data: { "text/plain": "2" }, metadata: {} }]);
    assert.deepEqual(ran.reply, { status: "ok", execution_count, user_expressions: {}, payload: [] });
  });

  it("counts cells, but neither silent ones nor those that the history shall not keep", async () => {
    const first = (await kernel.run("1")).reply.execution_count!;
    await kernel.run("2", { silent: true });
    assert.equal((await kernel.run("3", { storeHistory: false })).reply.execution_count, first + 1);
    assert.equal((await kernel.run("4")).reply.execution_count, first + 1);
  });

  it("that is silent publishes nothing but busy and idle, whatever the cell does", async () => {
    const ran = await kernel.run("console.log('x'); let quiet = 3; quiet", { silent: true });
    assert.deepEqual(
      ran.messages.map(({ content }) => content.execution_state),
      ["busy", "idle"],
    );
    const failed = await kernel.run("throw new Error('x')", { silent: true });
    assert.deepEqual([failed.types, failed.reply.status], [[], "error"]);
    assert.equal((await kernel.run("quiet")).result, "3");
  });

  it("may ask for the values of expressions, each with its own outcome", async () => {
    const { reply } = await kernel.run("const width = 28;", {
      userExpressions: {
        area: "width * width",
        wrong: "width.foo",
        thrown: "(() => { throw new Error('no') })()",
        nothing: "undefined",
      },
    });
    const { area, wrong, thrown, nothing } = reply.user_expressions as Record<string, Record<string, unknown>>;
    assert.deepEqual(area, { status: "ok", data: { "text/plain": "784" }, metadata: {} });
    assert.deepEqual([wrong!.status, wrong!.ename], ["error", "TypeScriptError"]);
    assert.deepEqual([thrown!.status, thrown!.ename, thrown!.evalue], ["error", "Error", "no"]);
    assert.deepEqual(nothing!.data, { "text/plain": "undefined" });
  });

  it("without code is an empty cell", async () => {
    const { content } = await kernel.client.request("shell", "execute_request", {});
    assert.equal(content.status, "ok");
  });
});
