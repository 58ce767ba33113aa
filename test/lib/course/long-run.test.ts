import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { longRun, type StoredRun, saveWeights, storedRun, storedWeights, zeros } from "unroll";
import { withFakeHost } from "../display/fake-host.js";

const stored: StoredRun = {
  run: "99-slow",
  name: "right, <pixel> by pixel",
  value: 97.123,
  unit: "%",
  expected: [95, 100],
  baseline: { name: "guessing", value: 10 },
  published: { source: "Ada 1843", value: 98.9 },
  data: "MNIST",
  curve: { x: "epoch", y: "right, %", lines: [{ name: "held out", x: [1, 2], y: [90, 97] }] },
  settings: { cell: "LSTM", units: 128 },
  command: "npm run lessons -- 99-slow --full",
  minutes: 23.456,
  engine: "native",
  threads: 2,
  date: "2026-11-25",
  node: "v20.20.2",
  processor: "2 × a processor",
};

describe("longRun", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unroll-long-run-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const store = (value: unknown) => writeFileSync(join(folder, "99-slow.json"), JSON.stringify(value));

  it("shows what is stored, marked as such for tools and for people, and its curve", () =>
    withFakeHost((shown) => {
      store(stored);
      longRun("99-slow", { folder });
      const [card, curve] = shown.map(({ bundle }) => bundle);
      const json = card!["application/vnd.unroll.result+json"] as Record<string, unknown>;
      assert.deepEqual(json.stored, { command: "npm run lessons -- 99-slow --full", minutes: 23.5 });
      assert.deepEqual([json.value, json.unit, json.expected, json.engine], [97.123, "%", [95, 100], "native"]);
      const words = card!["text/plain"] as string;
      assert.match(words, /^stored from a longer run: right, <pixel> by pixel: 97.12 % \(guessing: 10 % · published: /);
      assert.match(words, /published: 98.9 % \(Ada 1843\) · 23.5 minutes on 2026-11-25 · MNIST · engine native, 2 thr/);
      assert.match(
        words,
        /Node.js v20.20.2, 2 × a processor · cell LSTM, units 128; npm run lessons -- 99-slow --full/,
      );
      assert.match(card!["text/html"] as string, /right, &lt;pixel&gt; by pixel: <b[^>]*>97.12 %<\/b>/);
      assert.match(curve!["text/plain"] as string, /held out: from 90 to 97 over epoch 1 … 2/);
    }));

  it("says with which command it is made where nothing is stored", () =>
    withFakeHost((shown) => {
      longRun("99-slow", { folder });
      const { bundle } = shown[0]!;
      assert.match(
        bundle["text/plain"] as string,
        /^Nothing is stored .* npm run lessons -- 99-slow --full makes it.$/,
      );
      assert.equal("application/vnd.unroll.result+json" in bundle, false);
    }));

  it("refuses a file that holds something else", () => {
    for (const other of ["{", { ...stored, run: "98-other" }, { run: "99-slow" }]) {
      store(other);
      assert.throws(() => longRun("99-slow", { folder }), /is no result of 99-slow, make it anew: npm run lessons/);
    }
  });

  it("gives lessons the stored numbers and weights, and undefined where there are none", () => {
    assert.equal(storedRun("99-slow", { folder }), undefined);
    const weights = { W: zeros(2, 2) };
    assert.equal(storedWeights("99-slow", weights, { folder }), undefined);
    store(stored);
    saveWeights(join(folder, "99-slow.safetensors"), { W: zeros(2, 2).columns(0, 2) });
    assert.deepEqual(storedRun("99-slow", { folder }), stored);
    assert.equal(storedWeights("99-slow", weights, { folder }), weights);
  });
});
