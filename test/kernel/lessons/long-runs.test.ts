import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { leftToDo, longRunScripts, runLongRun } from "#kernel/lessons/long-runs.js";
import { projectFolder } from "../../support/project.js";

/** Trains for 40 steps on a picture that says its class; waits a little in each, so that it can be interrupted. */
const SCRIPT = `
import { adam, buildSequence, classifier, random, rnn, startLongRun } from "unroll";
import { pause } from "./shared.js";

const run = startLongRun("99-slow", { settings: { units: 4 as number } });
const model = classifier(rnn(1, 4), 2);
const batch = (indices: ArrayLike<number>) => ({
  x: buildSequence(3, indices.length, 1, (_, i) => indices[i]! % 2, "float32"),
  labels: Array.from(indices, (i) => i % 2),
});
const options = { epochs: 10, batchSize: 4, optimizer: adam(), random: random(2), onStep: pause };
const { losses } = await run.train(model, model.init(random(1)), { count: 16, batch }, options);
run.record({ name: "last loss", value: losses.at(-1)!, unit: "nats", expected: [0, 1] });
`;
const SHARED = "export const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);\n";

describe("longer runs", () => {
  let folder: string;
  const file = (name: string) => join(folder, "long-runs", name);
  beforeEach(() => {
    folder = mkdtempSync(join(projectFolder, "test", "dist", "long-runs-")); // within the project, to find the library
    mkdirSync(join(folder, "long-runs"));
    writeFileSync(file("99-slow.ts"), SCRIPT);
    writeFileSync(file("shared.ts"), SHARED);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are the scripts with a lesson's number, chosen by the beginnings of their names", () => {
    writeFileSync(file("98-other.ts"), "");
    assert.deepEqual(
      longRunScripts(folder).map(({ name }) => name),
      ["98-other", "99-slow"],
    );
    assert.deepEqual(
      longRunScripts(folder, ["99"]).map(({ name }) => name),
      ["99-slow"],
    );
    assert.throws(() => longRunScripts(folder, ["97"]), /There is no longer run 97; there are 98-other, 99-slow\./);
    assert.deepEqual(longRunScripts(join(folder, "nowhere")), []);
  });

  it("are all made, but where one was stopped only what has no result yet", () => {
    const names = ["97-done", "98-stopped", "99-slow"];
    for (const name of names.slice(0, 2)) writeFileSync(file(`${name}.ts`), "");
    writeFileSync(file("97-done.json"), "{}");
    const left = () => leftToDo(longRunScripts(folder)).map(({ name }) => name);
    assert.deepEqual(left(), names);
    writeFileSync(file("98-stopped.unfinished.json"), "{}");
    assert.deepEqual(left(), ["98-stopped", "99-slow"]);
  });

  it("keep a checkpoint when they are interrupted, and the same command goes on to a result", async function () {
    this.timeout(60_000);
    const [script] = longRunScripts(folder);
    // in a process of its own, as the command is, which gets the interrupt
    const module = pathToFileURL(join(projectFolder, "kernel", "dist", "lessons", "long-runs.js")).href;
    const code =
      `import { longRunScripts, runLongRun } from ${JSON.stringify(module)};` +
      `process.exitCode = await runLongRun(${JSON.stringify(folder)}, longRunScripts(${JSON.stringify(folder)})[0]);`;
    const command = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    command.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (/step \d+ of 40/.test(text)) command.kill("SIGINT");
    });
    const exit = await new Promise((resolve) => command.on("exit", resolve));
    assert.match(said, /99-slow: stopped after step \d+, .* the same command goes on from there/);
    assert.equal(exit, 130);
    assert.ok(longRunScripts(folder)[0]!.isUnfinished);
    assert.equal(existsSync(script!.result), false);

    assert.equal(await runLongRun(folder, script!), 0);
    assert.equal(longRunScripts(folder)[0]!.isUnfinished, false);
    const stored = JSON.parse(readFileSync(script!.result, "utf8")) as { command: string; value: number };
    assert.equal(stored.command, "npm run lessons -- 99-slow --full");
    assert.ok(stored.value < 1);
  });

  it("end with another code where the script fails", async function () {
    this.timeout(20_000);
    writeFileSync(file("99-slow.ts"), "process.exit(7);");
    assert.equal(await runLongRun(folder, longRunScripts(folder)[0]!), 7);
  });
});
