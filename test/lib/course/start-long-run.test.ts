import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adam, classifier, flatten, random, rnn, startLongRun, storedRun, storedWeights } from "unroll";
import { LongRunReport } from "unroll/course/long-run-report.js";
import { ramps } from "../train/ramps.js";

const model = classifier(rnn(1, 4), 2);
const settings = { units: 4 };

describe("startLongRun", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unroll-long-run-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Three epochs of four steps; `stopAt` sends what Ctrl-C sends when that step is done. */
  async function go({ stopAt, stage }: { stopAt?: number; stage?: string } = {}) {
    const run = startLongRun("99-ramps", { settings, folder, saveEverySeconds: 1e-9 });
    const weights = model.init(random(1));
    const trained = await run.train(model, weights, ramps(32), {
      ...{ epochs: 3, batchSize: 8, optimizer: adam(), random: random(2), ...(stage && { stage }) },
      onStep: ({ step }) => {
        if (step === stopAt) process.emit("SIGINT");
      },
    });
    return { run, weights, trained };
  }

  it("goes on where it was stopped, to the same losses and weights as if it had not been", async () => {
    const whole = await go();
    whole.run.record({ name: "n", value: 1, unit: "", expected: [0, 1] });
    await assert.rejects(go({ stopAt: 5 }), {
      name: "LongRunStopped",
      message:
        /^99-ramps: stopped after step 5, 0.0 minutes in all; .* goes on from there: npm run lessons -- 99-ramps --full/,
    });
    assert.deepEqual(readdirSync(folder).sort(), [
      "99-ramps.json",
      "99-ramps.unfinished.json",
      "99-ramps.unfinished.safetensors",
    ]);
    const again = await go();
    assert.deepEqual(again.trained.losses, whole.trained.losses);
    assert.deepEqual(
      Object.values(flatten(again.weights)).map(({ data }) => [...data]),
      Object.values(flatten(whole.weights)).map(({ data }) => [...data]),
    );
  });

  it("listens to signals only while it trains", async () => {
    const before = process.listenerCount("SIGINT");
    await go();
    assert.equal(process.listenerCount("SIGINT"), before);
  });

  it("stores result, settings, command, minutes and machine, with the weights, and takes the checkpoints away", async () => {
    const { run, weights } = await go({ stage: "small pictures" });
    assert.ok(existsSync(join(folder, "99-ramps.small-pictures.unfinished.safetensors")));
    const curve = { x: "epoch", y: "right, %", lines: [{ name: "held out", x: [1], y: [98.96000000000001] }] };
    const stored = run.record({ name: "right", value: 97, unit: "%", expected: [95, 100], curve }, { weights });
    assert.deepEqual(readdirSync(folder).sort(), ["99-ramps.json", "99-ramps.safetensors"]);
    assert.deepEqual(storedRun("99-ramps", { folder }), JSON.parse(JSON.stringify(stored)));
    assert.deepEqual(stored.settings, settings);
    assert.deepEqual(stored.curve?.lines, [{ name: "held out", x: [1], y: [98.96] }]);
    assert.equal(stored.command, "npm run lessons -- 99-ramps --full");
    assert.equal(stored.node, process.version);
    assert.ok(stored.minutes > 0 && stored.minutes < 1);
    const others = model.init(random(3));
    assert.deepEqual([...storedWeights("99-ramps", others, { folder })!.cell.W.data], [...weights.cell.W.data]);
  });

  it("counts the minutes before the interruption, too", async () => {
    await assert.rejects(go({ stopAt: 5 }));
    const notes = join(folder, "99-ramps.unfinished.json");
    const { seconds } = JSON.parse(readFileSync(notes, "utf8")) as { seconds: number };
    const { run } = await go();
    const { minutes } = run.record({ name: "n", value: 1, unit: "", expected: [0, 1] });
    assert.ok(60 * minutes > seconds);
  });

  it("refuses to go on with other settings, and to train twice under one name", async () => {
    await assert.rejects(go({ stopAt: 5 }));
    assert.throws(
      () => startLongRun("99-ramps", { settings: { units: 5 }, folder }),
      /had the settings \{"units":4\}, these are \{"units":5\}; remove .*99-ramps.unfinished.json to begin anew/,
    );
    const { run, weights } = await go();
    const twice = run.train(model, weights, ramps(32), { optimizer: adam(), random: random(2) });
    await assert.rejects(twice, /99-ramps trains twice, give each time its own stage/);
  });
});

describe("the report of a longer run", () => {
  const at = (step: number, evaluation?: number) => ({
    ...{ step, steps: 12, epoch: 1, epochs: 3, loss: 0.5, accuracy: 0.75, examplesPerSecond: 1, secondsLeft: 3723 },
    ...(evaluation !== undefined && { evaluation }),
  });
  function written(isTTY: boolean): [LongRunReport, string[]] {
    const lines: string[] = [];
    return [new LongRunReport("99-ramps", { isTTY, write: (text) => lines.push(text) }), lines];
  }

  it("writes over its line in a terminal, and keeps those of evaluations and of the end", () => {
    const [report, lines] = written(true);
    report.step(at(1));
    report.step(at(2)); // too soon
    report.step(at(3, 0.876));
    report.step(at(12));
    report.end();
    assert.deepEqual(lines, [
      "\r\u001b[K99-ramps: step 1 of 12, epoch 1 of 3 · loss 0.5000 · right 75.0 % · 1:02:03 left",
      "\r\u001b[K99-ramps: step 3 of 12, epoch 1 of 3 · loss 0.5000 · right 75.0 % · evaluation 0.876 · 1:02:03 left\n",
      "\r\u001b[K99-ramps: step 12 of 12, epoch 1 of 3 · loss 0.5000 · right 75.0 % · 1:02:03 left\n",
    ]);
  });

  it("writes whole lines into a file, and leaves an open line of a terminal when it ends", () => {
    const [report, lines] = written(false);
    report.step(at(1));
    report.end();
    assert.match(lines.join(""), /^99-ramps: step 1 of 12, .* left\n$/);
    const [onTerminal, shown] = written(true);
    onTerminal.step(at(1));
    onTerminal.end();
    assert.equal(shown.at(-1), "\n");
  });
});
