import assert from "node:assert/strict";
import { takesPart } from "./line-up.js";
import { gigaOperations, jobs, LARGE_PRODUCT, SHAPES } from "./shapes.js";

describe("what the bench measures", () => {
  it("is training at every shape and writing at C, for each cell", () => {
    const all = jobs(["XS", "S", "C", "L", "P"], ["rnn", "lstm", "gru"], ["train", "generate"]);
    assert.equal(all.length, 5 * 3 + 3);
    const writing = all.filter(({ task }) => task === "generate");
    assert.deepEqual(
      writing.map(({ shape, cell, T, B, I, H, outputs }) => [shape, cell, T, B, I, H, outputs]),
      ["rnn", "lstm", "gru"].map((cell) => ["C", cell, 1, 1, 96, 256, 96]),
    );
  });

  it("counts the operations of the products", () => {
    assert.equal(gigaOperations(LARGE_PRODUCT), (2 * 1024 ** 3) / 1e9);

    // S with an LSTM: 28·64 rows; input twice, the state three times, ten classes of 64 rows three times
    const [rows, width] = [28 * 64, 4 * 128];
    const S = 2 * rows * 28 * width * 2 + 2 * rows * 128 * width * 3 + 2 * 64 * 128 * 10 * 3;
    assert.equal(gigaOperations({ ...SHAPES.S, task: "train", cell: "lstm" }), S / 1e9);

    // one step of C with a GRU, forward only
    const step = { ...SHAPES.C, T: 1, B: 1, task: "generate", cell: "gru" } as const;
    assert.equal(gigaOperations(step), (2 * (96 + 256) * 3 * 256 + 2 * 256 * 96) / 1e9);
  });

  it("leaves the large shapes to those that are fast, unless the reference engine is asked for by name", () => {
    const L = { ...SHAPES.L, task: "train", cell: "lstm" } as const;
    const who = (named: boolean) =>
      (["native", "simd", "reference", "tfjs-wasm"] as const).filter((engine) => takesPart({ engine }, L, named));
    assert.deepEqual(who(false), ["native", "simd"]);
    assert.deepEqual(who(true), ["native", "simd", "reference"]);
  });
});
