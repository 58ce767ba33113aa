import assert from "node:assert/strict";
import type { CodeCell } from "#kernel/client/notebook.js";
import { Outputs } from "#kernel/client/outputs.js";
import { type Content, createHeader } from "#kernel/wire/messages.js";

const cell = (): CodeCell => ({
  cell_type: "code",
  id: "a",
  metadata: {},
  source: "",
  outputs: [],
  execution_count: null,
});
const message = (type: string, content: Content) => ({
  identities: [],
  header: createHeader(type, "s", "u"),
  parent: {},
  metadata: {},
  content,
  buffers: [],
});

describe("the outputs of a cell", () => {
  const setUp = () => {
    const outputs = new Outputs();
    const target = cell();
    const add = (type: string, content: Content, to = target) => outputs.add(to, message(type, content));
    const write = (text: string, name = "stdout") => add("stream", { name, text });
    const show = (text: string, id?: string, to = target) =>
      add("display_data", { data: { "text/plain": text }, metadata: {}, transient: id ? { display_id: id } : {} }, to);
    return {
      target,
      add,
      write,
      show,
      texts: () => target.outputs.map((o) => ("text" in o ? o.text : "data" in o && o.data["text/plain"])),
    };
  };

  it("merge text that follows text of the same stream, and no other", () => {
    const { target, write, show } = setUp();
    write("a");
    write("b\n");
    write("e", "stderr");
    write("c");
    show("x");
    write("d");
    assert.deepEqual(
      target.outputs.map((o) => (o.output_type === "stream" ? [o.name, o.text] : o.output_type)),
      [["stdout", "ab\n"], ["stderr", "e"], ["stdout", "c"], "display_data", ["stdout", "d"]],
    );
  });

  it("show a line that was overwritten as a terminal does, also when it comes in pieces", () => {
    const { write, texts } = setUp();
    for (const piece of ["done: 8", " %\rdone: 10 %", "\r", "ok", "\nnext\r\n"]) write(piece);
    assert.deepEqual(texts(), ["okne: 10 %\nnext\n"]);
  });

  it("are replaced by an update with their id, in whatever cell they are", () => {
    const { target, add, show } = setUp();
    const other = cell();
    show("old", "id");
    show("old", "id", other);
    show("old", "another");
    add("update_display_data", { data: { "text/plain": "new" }, metadata: { m: 1 }, transient: { display_id: "id" } });
    const shown = (text: string, metadata = {}) => ({
      output_type: "display_data",
      data: { "text/plain": text },
      metadata,
    });
    assert.deepEqual(target.outputs, [shown("new", { m: 1 }), shown("old")]);
    assert.deepEqual(other.outputs, [shown("new", { m: 1 })]);
  });

  it("are cleared at once, or when the next one comes", () => {
    const { add, write, texts } = setUp();
    write("1");
    add("clear_output", { wait: false });
    assert.deepEqual(texts(), []);
    write("2");
    add("clear_output", { wait: true });
    assert.deepEqual(texts(), ["2"]);
    write("3");
    write("4");
    assert.deepEqual(texts(), ["34"]);
  });

  it("keep what a notebook has fields for, and nothing else", () => {
    const { target, add } = setUp();
    add("execute_input", { code: "x", execution_count: 7 });
    add("execute_result", { data: { "text/plain": "1" }, metadata: {}, execution_count: 7, transient: {} });
    add("error", { ename: "E", evalue: "v", traceback: ["t"], extra: 1 });
    add("status", { execution_state: "idle" });
    assert.equal(target.execution_count, 7);
    assert.deepEqual(target.outputs, [
      { output_type: "execute_result", data: { "text/plain": "1" }, metadata: {}, execution_count: 7 },
      { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
    ]);
  });
});
