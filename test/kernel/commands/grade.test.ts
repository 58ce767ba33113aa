import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Notebook, writeNotebook } from "#kernel/client/notebook.js";
import { code, notebook, solutions } from "../../exercises/sample/source.js";
import { folderForTheseTests } from "../support.js";

const CLI = fileURLToPath(import.meta.resolve("#kernel/cli.js"));

function unroll(...parameters: string[]) {
  const child = spawn(process.execPath, [CLI, ...parameters], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = { stdout: "", stderr: "" };
  child.stdout.on("data", (text) => (ended.stdout += text));
  child.stderr.on("data", (text) => (ended.stderr += text));
  const end = once(child, "close").then(([exitCode]) => ({ ...ended, exitCode: exitCode as number }));
  return { child, end, ended };
}

describe("unroll grade, validate and release", function () {
  this.timeout(60_000);
  const folder = folderForTheseTests();
  const out = join(folder, "out");
  const submitted = join(folder, "submitted");
  const submit = (path: string, content: Notebook) => {
    mkdirSync(join(submitted, path, ".."), { recursive: true });
    writeNotebook(join(submitted, path), content);
  };
  const grade = (...parameters: string[]) =>
    unroll("grade", submitted, "--assignment", "sample", "--out", out, ...parameters);

  it("writes a table, and for each student a result and a page", async () => {
    submit("ada/sample/sample.ipynb", notebook(solutions));
    submit("alan.ipynb", notebook());
    submit(".ipynb_checkpoints/alan-checkpoint.ipynb", notebook(solutions));
    writeFileSync(join(submitted, "notes.txt"), "nothing");
    const { exitCode, stdout, stderr } = await grade("--jobs", "1").end;
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout.trim(), join(out, "grades.csv"));
    assert.match(stderr, /\[1\/2\] ada: 100 of 100 points/);
    assert.match(readFileSync(join(out, "grades.csv"), "utf8"), /^ada,100,100,30,30,20,20,\r\nalan,0,100,0,0,0,0,\r$/m);
    assert.deepEqual(readdirSync(join(out, "students")).sort(), ["ada.html", "ada.json", "alan.html", "alan.json"]);
  });

  it("skips what is graded already, unless the notebook has changed", async () => {
    submit("alan.ipynb", notebook({ "rnn-step": solutions["rnn-step"] }));
    const { stderr } = await grade("--jobs", "1", "--gradescope").end;
    assert.match(stderr, /ada: 100 of 100 points \(graded before\)/);
    assert.match(stderr, /alan: 30 of 100 points \(\d/);
    const { score, tests } = JSON.parse(readFileSync(join(out, "students", "alan.gradescope.json"), "utf8"));
    assert.equal(score, 30);
    assert.equal(tests.length, 6);
  });

  it("follows no link: it could lead to somebody else's work", async () => {
    symlinkSync(join(submitted, "ada", "sample", "sample.ipynb"), join(submitted, "copy.ipynb"));
    const { stderr } = await grade().end;
    assert.match(stderr, /\[2\/2\]/);
  });

  it("leaves nothing half done where Ctrl-C ends it, and goes on later", async () => {
    const slow = notebook(solutions);
    slow.cells.unshift(code("slow", "for (;;) {}"));
    for (const name of ["slow-1", "slow-2", "slow-3"]) submit(`${name}.ipynb`, slow);
    const { child, end, ended } = grade("--jobs", "1");
    while (!ended.stderr.includes("alan")) await once(child.stderr, "data");
    child.kill("SIGINT");
    const { exitCode, stderr } = await end;
    assert.equal(exitCode, 130);
    assert.match(stderr, /Interrupted: 2 of 5 are graded/);
    assert.ok(!existsSync(join(out, "students", "slow-1.json")));
    assert.match((await grade().end).stderr, /\[5\/5\]/);
  });

  it("says in one sentence what is missing", async () => {
    assert.match(
      (await unroll("grade", submitted, "--assignment", "none", "--out", out).end).stderr,
      /^There is no assignment "none"/,
    );
    const empty = join(folder, "empty");
    mkdirSync(empty);
    assert.match(
      (await unroll("grade", empty, "--assignment", "sample", "--out", out).end).stderr,
      /^There are no notebooks/,
    );
  });

  it("tells a student what passes, and nothing of what is hidden", async () => {
    const file = join(folder, "sample.ipynb");
    writeNotebook(file, notebook({ "rnn-step": solutions["rnn-step"] }));
    const { exitCode, stdout } = await unroll("validate", file).end;
    assert.equal(exitCode, 1);
    assert.match(stdout, /✓ One step forward: one example/);
    assert.match(stdout, /✗ Probabilities: three scores: expected a list of 3, got a list of 0/);
    assert.doesNotMatch(stdout, /large scores/);
    writeNotebook(file, notebook(solutions));
    assert.equal((await unroll("validate", file).end).exitCode, 0);
  });

  it("gives out the students' notebook, but over no file", async () => {
    const to = join(folder, "released");
    const { stdout } = await unroll("release", "sample", "--to", to).end;
    assert.equal(stdout.trim(), join(to, "sample.ipynb"));
    const again = await unroll("release", "sample", "--to", to).end;
    assert.equal(again.exitCode, 1);
    assert.match(again.stderr, /is there already, and may hold somebody's work/);
  });
});
