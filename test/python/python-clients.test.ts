import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { needsJupyter, venvPython } from "../support/needs.js";
import { projectFolder } from "../support/project.js";

interface Cell {
  count: number | null;
  outputs: Record<string, unknown>[];
}

type Message = Record<string, unknown>;

/** What scenarios.py prints. */
interface Results {
  notebook: Cell[];
  notebook_error: Cell[];
  kernel_info: Message;
  error_reply: { status: string; ename: string; evalue: string; traceback: string[]; execution_count: number };
  queue: { statuses: string[]; right_after: string };
  queue_that_goes_on: string[];
  lines: Message;
  late_output: string;
  silent: Message;
  counts: number[];
  expressions: Message;
  input_answered: { asked: Message[]; value: string };
  input_refused: string;
  displays: Message[];
  complete: Message;
  complete_behind_astral: Message;
  inspect: { texts: [string, string]; nothing: Message };
  is_complete: Message[];
  history: { tail: unknown[][]; range: unknown[][]; search: unknown[][]; line: number };
  comms: { unknown: Message[]; open: Message; echo: Message[]; left: Message };
  debugger: Message;
  welcome: Message;
  connection_file: Message;
  unsigned: Message;
  interrupt_loop: Message;
  interrupt_await: Message;
  interrupt_flood: Message;
  while_busy: Message;
  restart: { before: string; works: string };
  end: { reply: Message; ended: boolean };
}

describe("Jupyter's own Python clients", function () {
  this.timeout(180_000);
  let results: Results;

  before(async function () {
    needsJupyter(this);
    // Nothing of the user's own Jupyter: the kernel must be found in the environment itself.
    const home = mkdtempSync(join(tmpdir(), "unroll-python-"));
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("JUPYTER")));
    const script = join(projectFolder, "test", "python", "scenarios.py");
    const { stdout } = await promisify(execFile)(venvPython, ["-B", script], {
      env: { ...env, JUPYTER_DATA_DIR: home, JUPYTER_CONFIG_DIR: home, JUPYTER_RUNTIME_DIR: home },
      cwd: join(projectFolder, "notebooks"),
    });
    rmSync(home, { recursive: true });
    results = JSON.parse(stdout) as Results;
  });

  it("run a notebook and get its streams, results and displays", () => {
    const [first, second, third] = results.notebook;
    assert.deepEqual(first, { count: 1, outputs: [] });
    assert.equal(second?.count, 2);
    assert.deepEqual(second?.outputs, [
      { output_type: "stream", name: "stdout", text: "to stdout\n" },
      { output_type: "stream", name: "stderr", text: "to stderr\n" },
      { output_type: "execute_result", execution_count: 2, data: { "text/plain": "[ 1, 4, 9 ]" }, metadata: {} },
    ]);
    assert.deepEqual(third?.outputs, [{ output_type: "display_data", data: { "text/plain": "shown" }, metadata: {} }]);
  });

  it("get an error as an output with its name, message and traceback", () => {
    const [failed, next] = results.notebook_error;
    const { traceback, ...error } = failed?.outputs[0] ?? {};
    assert.deepEqual(error, { output_type: "error", ename: "RangeError", evalue: "seven is too much" });
    assert.match((traceback as string[]).join("\n"), /seven is too much/);
    assert.equal(next?.count, 2, "with allow_errors the next cell runs");
  });

  it("get an error in the reply as well", () => {
    const { status, ename, evalue, traceback } = results.error_reply;
    assert.deepEqual({ status, ename, evalue }, { status: "error", ename: "TypeError", evalue: "no" });
    assert.ok(Array.isArray(traceback) && traceback.length > 0);
  });

  it("are told who the kernel is", () => {
    const { banner, help_links, ...info } = results.kernel_info;
    assert.match(String(banner), /TypeScript \d/);
    assert.ok((help_links as unknown[]).length > 0);
    assert.deepEqual(info, {
      status: "ok",
      protocol_version: "5.4",
      implementation: "unroll",
      supported_features: [],
      debugger: false,
      language: { name: "typescript", mimetype: "text/typescript", file_extension: ".ts" },
    });
  });

  it("see queued cells aborted after an error, and the next one run", () => {
    assert.deepEqual(results.queue, { statuses: ["error", "aborted", "aborted"], right_after: "42" });
  });

  it("see queued cells run after an error with stop_on_error=False", () => {
    assert.deepEqual(results.queue_that_goes_on, ["error", "ok"]);
  });

  it("get 100,000 lines of one loop, all and in order, in batches", () => {
    assert.deepEqual(results.lines, { status: "ok", whole: true, batches: true });
  });

  it("get output that comes late under the cell that started it", () => {
    assert.equal(results.late_output, "late\n");
  });

  it("hear nothing of a silent cell, which runs", () => {
    assert.deepEqual(results.silent, { reply: "ok", published: [], kept: "5" });
  });

  it("count neither silent cells nor those that the history shall not keep", () => {
    assert.deepEqual(results.counts, [0, 1, 1, 1]); // the number that a cell would have had is free for the next
  });

  it("get the values of user expressions, each with its own outcome", () => {
    assert.deepEqual(results.expressions, { area: ["ok", { "text/plain": "784" }], wrong: ["error", null] });
  });

  it("are asked for input, and the cell goes on with the answers", () => {
    assert.deepEqual(results.input_answered, {
      asked: ["Name? ", "Town? "].map((prompt) => ({ prompt, password: false })),
      value: "'AdaAda'",
    });
  });

  it("are not asked with allow_stdin=False: the cell is told so", () => {
    assert.match(results.input_refused, /front end takes no input/);
  });

  it("get updates of a display, and its clearing", () => {
    const shown = (text: string) => ({
      data: { "text/plain": text },
      metadata: {},
      transient: { display_id: "d" },
    });
    assert.deepEqual(results.displays, [
      { type: "display_data", ...shown("1") },
      { type: "update_display_data", ...shown("2") },
      { type: "clear_output", wait: false },
      { type: "clear_output", wait: true },
    ]);
  });

  it("complete a member", () => {
    assert.deepEqual(results.complete, { matches: ["startsWith"], cursor_start: 4, cursor_end: 11 });
  });

  it("complete behind astral characters, which Python counts once", () => {
    assert.deepEqual(results.complete_behind_astral, { matches: ["startsWith"], cursor_start: 5, cursor_end: 12 });
  });

  it("inspect a name at both levels, and nothing", () => {
    const [brief, full] = results.inspect.texts;
    assert.match(brief, /^function progress\([\s\S]*A progress bar/);
    assert.ok(full.startsWith(brief) && /Declared in .*globals\.d\.cts:\d+$/.test(full));
    assert.deepEqual(results.inspect.nothing, { status: "ok", found: false, data: {}, metadata: {} });
  });

  it("tell code that is complete, incomplete and invalid", () => {
    assert.deepEqual(results.is_complete, [
      { status: "complete" },
      { status: "incomplete", indent: "  " },
      { status: "invalid" },
    ]);
  });

  it("read the history: its tail, a range and what matches a pattern", () => {
    const { line, ...history } = results.history;
    const [first, second, third] = ["'first'", "'second'", "'third'"].map((code, index) => [1, line - 2 + index, code]);
    assert.deepEqual(history, { tail: [second, third], range: [first, second], search: [first] });
  });

  it("open comms: one to nobody is closed, one to a cell's target brings messages both ways", () => {
    assert.deepEqual(results.comms, {
      unknown: [{ type: "comm_close", comm_id: "n", data: {} }],
      open: { e: { target_name: "echo" } },
      echo: [{ type: "comm_msg", comm_id: "e", data: { back: 3 } }],
      left: {},
    });
  });

  it("are refused a debugger", () => {
    const { message, ...refusal } = results.debugger;
    assert.match(String(message), /no debugger/);
    assert.deepEqual(refusal, { type: "response", request_seq: 4, success: false, command: "attach" });
  });

  it("are welcomed when they subscribe", () => {
    assert.deepEqual(results.welcome, { topics: [""], type: "iopub_welcome", subscription: "" });
  });

  it("keep the key in a file that its owner alone can read, and the sockets on this machine", () => {
    assert.deepEqual(results.connection_file, { mode: "0o600", ip: "127.0.0.1" });
  });

  it("with another key have no answer and no effect", () => {
    assert.deepEqual(results.unsigned, { answered: false, forged: "false" });
  });

  for (const [name, key] of [
    ["an endless loop", "interrupt_loop"],
    ["a promise that never comes", "interrupt_await"],
    ["a loop that prints without end", "interrupt_flood"],
  ] as const)
    it(`interrupt ${name} and find the variables as it left them`, () => {
      assert.deepEqual(results[key], { ename: "KeyboardInterrupt", kept: "8" });
    });

  it("get completion, inspection and heartbeats while a cell computes", () => {
    assert.deepEqual(results.while_busy, { matches: ["toSorted"], inspected: true, beating: true });
  });

  it("restart the kernel, which then knows nothing and works", () => {
    assert.deepEqual(results.restart, { before: "'undefined'", works: "5" });
  });

  it("shut the kernel down: the flag comes back, and the process ends", () => {
    assert.deepEqual(results.end, { reply: { status: "ok", restart: true }, ended: true });
  });
});
