import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type CodeCell, readNotebook, writeNotebook } from "#kernel/client/notebook.js";
import { codeCell, notebookOf, PLOTLY } from "../../support/notebooks.js";
import { folderForTheseTests, HOST } from "../support.js";

const CLI = fileURLToPath(import.meta.resolve("#kernel/cli.js"));

describe("unroll run with several notebooks", function () {
  this.timeout(60_000); // several kernels start at the same time
  const folder = folderForTheseTests();
  const notebook = (name: string, ...sources: string[]) => {
    const file = join(folder, `${name}.ipynb`);
    writeNotebook(file, notebookOf(...sources.map((source) => codeCell(source))));
    return file;
  };

  // a test that fails must leave nothing behind either
  const running = new Set<ChildProcess>();
  afterEach(() => {
    for (const { pid } of running) process.kill(-pid!, "SIGKILL");
  });

  /** In a group of its own, as a terminal starts it: Ctrl-C reaches all of it. */
  function unroll(...parameters: string[]) {
    const child = spawn(process.execPath, [CLI, "run", ...parameters], {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      // no pictures of plots: a browser takes its time
      env: { ...process.env, CHROME_PATH: join(folder, "none") },
    });
    running.add(child);
    child.once("close", () => running.delete(child));
    const ended = { stdout: "", stderr: "" };
    child.stdout.on("data", (text) => (ended.stdout += text));
    child.stderr.on("data", (text) => (ended.stderr += text));
    const end = once(child, "close").then(([exitCode]) => ({ ...ended, exitCode: exitCode as number }));
    return { child, end };
  }

  const written = (file: string) =>
    `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(file)}, String(process.pid));`;
  const waitFor = (file: string) =>
    `import { existsSync } from "node:fs"; while (!existsSync(${JSON.stringify(file)})) await new Promise((r) => setTimeout(r, 20));`;

  it("runs as many at the same time as --jobs says, and begins each line with the notebook's name", async () => {
    const [here, there] = [join(folder, "here"), join(folder, "there")];
    const a = notebook("a", written(here), waitFor(there), "1");
    const b = notebook("b", written(there), waitFor(here), "2");
    const out = join(folder, "out");
    const { exitCode, stderr } = await unroll(a, b, "--jobs", "2", "--out", `${out}/`).end;
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(readdirSync(out).sort(), ["a.ipynb", "b.ipynb"]);
    const lines = stderr.trim().split("\n");
    for (const name of ["a", "b"])
      assert.deepEqual(
        lines.filter((line) => line.startsWith(`${name}: `)).map((line) => /\[\d\/\d\]/.exec(line)?.[0]),
        ["[1/3]", "[2/3]", "[3/3]"],
      );
  });

  it("runs the others where one fails or cannot be read, writes all that ran, and ends with exit code 1", async () => {
    const out = join(folder, "failed");
    mkdirSync(out);
    const files = [
      notebook("bad", "throw new RangeError('no')", "1"),
      join(folder, "none.ipynb"),
      notebook("good", "2"),
    ];
    const { exitCode, stderr } = await unroll(...files, "--out", out).end;
    assert.equal(exitCode, 1);
    assert.match(stderr, /^bad: Cell 1 of 2 failed: RangeError: no$/m);
    assert.match(stderr, /^none: Notebook .*none\.ipynb cannot be read: there is no such file\.$/m);
    assert.deepEqual(readdirSync(out).sort(), ["bad.ipynb", "good.ipynb"]);
    const outputs = (name: string) => (readNotebook(join(out, name)).cells[0] as CodeCell).outputs[0]?.output_type;
    assert.deepEqual([outputs("bad.ipynb"), outputs("good.ipynb")], ["error", "execute_result"]);
  });

  it("stops all on Ctrl-C: exit code 130, no process left, none begun, and nothing written but what had ended", async () => {
    const out = join(folder, "stopped");
    const done = notebook("done", "1");
    const pids = ["one", "two"].map((name) => join(folder, `${name}.pid`));
    const endless = pids.map((file, index) => notebook(`endless${index}`, `${written(file)} while (true);`));
    const never = join(folder, "never");
    const { child, end } = unroll(
      done,
      ...endless,
      notebook("later", written(never)),
      "--jobs",
      "2",
      "--to",
      "html",
      "--out",
      `${out}/`,
    );
    while (!pids.every((file) => existsSync(file)) || !existsSync(join(out, "done.html"))) await delay(20);
    process.kill(-child.pid!, "SIGINT");
    const { exitCode, stderr } = await end;
    assert.equal(exitCode, 130);
    assert.doesNotMatch(stderr, /^later/m);
    assert.deepEqual(readdirSync(out).sort(), ["done.html", "done.ipynb"]);
    assert.equal(existsSync(never), false);
    for (const file of pids) assert.throws(() => process.kill(Number(readFileSync(file, "utf8")), 0), /ESRCH/);
  });

  it("writes a page beside the notebook with --to html, and leaves the notebook alone", async () => {
    const plot = { [PLOTLY]: { data: [{ y: [1, 3, 2] }] }, "text/plain": "a line" };
    const file = notebook("page", `${HOST}.show(${JSON.stringify(plot)}); console.log("<shown>")`);
    const before = readFileSync(file, "utf8");
    const { exitCode, stderr } = await unroll(file, "--to", "html").end;
    assert.equal(exitCode, 0, stderr);
    const page = readFileSync(join(folder, "page.html"), "utf8");
    assert.match(page, /<title>page<\/title>/);
    assert.match(page, /data-figure="0"[\s\S]*&lt;shown&gt;/);
    assert.equal(readFileSync(file, "utf8"), before);
  });

  it("refuses a number of jobs that is none, and a format that it does not know", async () => {
    const file = notebook("x", "1");
    for (const jobs of ["0", "1.5", "many"])
      assert.match((await unroll(file, "--jobs", jobs).end).stderr, /Expected a whole number from 1 on/);
    assert.match((await unroll(file, "--to", "pdf").end).stderr, /Allowed choices are html/);
  });
});
