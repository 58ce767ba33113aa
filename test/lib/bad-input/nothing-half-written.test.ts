import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classifier, loadWeights, random, rnn, saveWeights, zeros } from "unroll";
import { withNaN } from "./refuses.js";

const folder = mkdtempSync(join(tmpdir(), "unroll-half-written-"));
const file = (name: string) => join(folder, `${name}.safetensors`);
const weights = () => classifier(rnn(1, 4), 2).init(random(1));

describe("a file that cannot be made", () => {
  after(() => rmSync(folder, { recursive: true }));

  it("leaves what was there as it was, and nothing half-written beside it", () => {
    saveWeights(file("kept"), weights());
    const before = readFileSync(file("kept"));
    assert.throws(() => saveWeights(file("kept"), { W: withNaN(2, 2) }), /holds NaN/);
    assert.deepEqual(readFileSync(file("kept")), before);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith(".partial")),
      [],
    );
  });

  it("leaves weights that cannot be read into as they were", () => {
    const own = weights();
    saveWeights(file("half"), { ...own, readout: { W: zeros(4, 3, "float32"), b: zeros(1, 3, "float32") } });
    const before = own.cell.W.toRows();
    own.cell.W.set(0, 0, 7);
    assert.throws(() => loadWeights(file("half"), own), /readout.W is 4×3/);
    assert.equal(own.cell.W.at(0, 0), 7);
    assert.notEqual(before[0]![0], 7);
  });
});
