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

/** What scenarios.py prints. */
interface Results {
  notebook: Cell[];
  notebook_error: Cell[];
  error_reply: { status: string; ename: string; evalue: string; traceback: string[]; execution_count: number };
  queue: { statuses: string[]; right_after: string };
  complete: { matches: string[]; cursor_start: number; cursor_end: number };
  interrupt: { status: string; kept: string };
  restart: { before: string; works: string };
  ended: boolean;
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
    const { stdout } = await promisify(execFile)(venvPython, [script], {
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

  it("see queued cells aborted after an error, and the next one run", () => {
    assert.deepEqual(results.queue, { statuses: ["error", "aborted", "aborted"], right_after: "42" });
  });

  it("complete a member", () => {
    assert.deepEqual(results.complete, { matches: ["startsWith"], cursor_start: 4, cursor_end: 11 });
  });

  it("interrupt an endless loop and find the variables as it left them", () => {
    assert.deepEqual(results.interrupt, { status: "error", kept: "8" });
  });

  it("restart the kernel, which then knows nothing and works", () => {
    assert.deepEqual(results.restart, { before: "'undefined'", works: "5" });
  });

  it("shut the kernel down, and its process ends", () => {
    assert.equal(results.ended, true);
  });
});
