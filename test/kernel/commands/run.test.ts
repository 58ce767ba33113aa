import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type CodeCell, readNotebook, writeNotebook } from "#kernel/client/notebook.js";
import { folderForTheseTests, HOST } from "../support.js";

const CLI = fileURLToPath(import.meta.resolve("#kernel/cli.js"));

const code = (source: string, index: number): CodeCell => ({
  cell_type: "code",
  id: `c${index}`,
  metadata: {},
  source,
  outputs: [],
  execution_count: null,
});

describe("unroll run", () => {
  const folder = folderForTheseTests();
  const out = join(folder, "out.ipynb");
  const notebook = (...sources: string[]) => {
    const file = join(folder, "a.ipynb");
    writeNotebook(file, { cells: sources.map(code), metadata: {}, nbformat: 4, nbformat_minor: 5 });
    return file;
  };

  function unroll(...parameters: string[]) {
    const child = spawn(process.execPath, [CLI, ...parameters], { stdio: ["ignore", "pipe", "pipe"] });
    const ended = { stdout: "", stderr: "" };
    child.stdout.on("data", (text) => (ended.stdout += text));
    child.stderr.on("data", (text) => (ended.stderr += text));
    const end = once(child, "close").then(([exitCode]) => ({ ...ended, exitCode: exitCode as number }));
    return { child, end };
  }

  it("runs all cells in the notebook's folder, with a line for each", async () => {
    writeFileSync(join(folder, "here.txt"), "found");
    const file = notebook(
      "let n = 2;",
      "",
      "\n// with a comment\nn + 40",
      `import { readFileSync } from "node:fs"; console.log(readFileSync("here.txt", "utf8"))`,
    );
    const { exitCode, stdout, stderr } = await unroll("run", file, "--out", out).end;
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /^\[1\/3\] +\d+\.\d s {2}let n = 2;\n\[2\/3\] +\d+\.\d s {2}\/\/ with a comment\n\[3\/3\] .*\n$/,
    );
    const cells = readNotebook(out).cells as CodeCell[];
    assert.deepEqual(
      cells.map(({ execution_count }) => execution_count),
      [1, null, 2, 3],
    );
    assert.deepEqual(cells[2]!.outputs, [
      { output_type: "execute_result", data: { "text/plain": "42" }, metadata: {}, execution_count: 2 },
    ]);
    assert.deepEqual(cells[3]!.outputs, [{ output_type: "stream", name: "stdout", text: "found\n" }]);
  });

  it("prints the headline number of a lesson as a line", async () => {
    const result = {
      lesson: "00",
      name: "row-wise test accuracy",
      value: 96.4,
      unit: "%",
      expected: [95, 100],
      seconds: 93,
      engine: "reference",
    };
    const file = notebook(
      `${HOST}.show({ "application/vnd.unroll.result+json": ${JSON.stringify(result)}, "text/plain": "…" })`,
    );
    const { stdout } = await unroll("run", file).end;
    assert.equal(stdout, "result: row-wise test accuracy 96.4 % (expected 95 to 100) in 93 s, engine reference\n");
  });

  it("ends with exit code 1 and the error of the cell that fails; what ran is written", async () => {
    const file = notebook("1", "const x = 3;\nthrow new RangeError('too ' + x);", "2");
    const { exitCode, stderr } = await unroll("run", file, "--out", out).end;
    assert.equal(exitCode, 1);
    assert.match(
      stderr,
      /Cell 2 of 3 failed: RangeError: too 3\nRangeError: too 3\n[\s\S]*> 2 \| throw new RangeError\('too ' \+ x\);/,
    );
    const cells = readNotebook(out).cells as CodeCell[];
    assert.deepEqual(
      cells.map(({ outputs }) => outputs.map(({ output_type }) => output_type)),
      [["execute_result"], ["error"], []],
    );
  });

  it("goes on behind errors where it is told to", async () => {
    const file = notebook("throw 1", "2");
    const { exitCode } = await unroll("run", file, "--allow-errors", "--out", out).end;
    assert.equal(exitCode, 0);
    assert.equal((readNotebook(out).cells[1] as CodeCell).outputs.length, 1);
  });

  it("interrupts a cell that takes longer than the timeout", async () => {
    const { exitCode, stderr } = await unroll("run", notebook("1", "while (true);"), "--timeout", "1").end;
    assert.equal(exitCode, 1);
    assert.match(stderr, /Cell 2 of 2 failed: TimeoutError: The cell took longer than 1 s and was interrupted\./);
  });

  it("says it where the kernel dies", async () => {
    const { exitCode, stderr } = await unroll(
      "run",
      notebook("process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})"),
    ).end;
    assert.equal(exitCode, 1);
    assert.match(stderr, /Cell 1 of 1 did not end: The kernel was ended by SIGKILL\./);
  });

  it("ends on Ctrl-C with exit code 130, no process and no file left", async () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    const pidFile = join(folder, "pid");
    const file = notebook(
      `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); while (true);`,
    );
    const { child, end } = unroll("run", file, "--out", join(empty, "out.ipynb"));
    while (!existsSync(pidFile)) await delay(20);
    child.kill("SIGINT");
    const { exitCode } = await end;
    assert.equal(exitCode, 130);
    assert.deepEqual(readdirSync(empty), []);
    const { readFileSync } = await import("node:fs");
    assert.throws(() => process.kill(Number(readFileSync(pidFile, "utf8")), 0), /ESRCH/);
  });

  for (const [name, parameters, problem] of [
    [
      "a notebook that is missing",
      ["run", "none.ipynb"],
      /^Notebook none\.ipynb cannot be read: there is no such file\.\n$/,
    ],
    ["a file that is no notebook", ["run", CLI], /is no notebook: expected JSON, got /],
    ["a timeout that is no number", ["run", "a.ipynb", "--timeout", "soon"], /Expected a number of seconds above 0/],
    ["an unknown command", ["dance"], /unknown command 'dance'/],
    ["an unknown option", ["run", "a.ipynb", "--loud"], /unknown option '--loud'/],
  ] as const)
    it(`answers ${name} with a sentence and an exit code that is not 0`, async () => {
      const { exitCode, stdout, stderr } = await unroll(...parameters).end;
      assert.notEqual(exitCode, 0);
      assert.match(stderr, problem);
      assert.equal(stdout, "");
    });

  it("is listed in the help, and the version is that of the package", async () => {
    const help = await unroll("--help").end;
    assert.match(help.stdout, /run \[options\] <notebooks\.\.\.>/);
    assert.equal(help.exitCode, 0);
    assert.match((await unroll("--version").end).stdout, /^\d+\.\d+\.\d+\n$/);
  });
});
