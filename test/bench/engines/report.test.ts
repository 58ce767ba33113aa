import assert from "node:assert/strict";
import { circumstances, digits, resultTable, sentences, targetOf } from "./report.js";
import type { Result } from "./results.js";

const result = (engine: Result["engine"], node: string | null, medianMs: number, share: number): Result => ({
  shape: "S",
  cell: "lstm",
  task: "train",
  engine,
  threads: 2,
  node,
  medianMs,
  torchMs: 10,
  ratio: medianMs / 10,
  gflops: 500 * share,
  shareOfPeak: share,
});
const measured = [
  result("pytorch", null, 10, 0.2),
  result("tfjs-wasm", "20.20.2", 400, 0.004),
  result("native", "20.20.2", 6.25, 0.4),
  result("simd", "22.1.0", 13, 0.16),
  { ...result("native", "20.20.2", 0.0123, 0.1), shape: "C", task: "generate" } as const,
];

describe("the report of the bench", () => {
  it("is a table with a row for each job, a column for each contestant, and the targets", () => {
    assert.equal(
      resultTable(measured),
      [
        "| ms (over PyTorch's)       | pytorch |   tfjs-wasm | native, Node 20 | simd, Node 22 |    at most |",
        "|---------------------------|--------:|------------:|----------------:|--------------:|-----------:|",
        "| training step, S lstm     |      10 | 400 (40.00) |     6.25 (0.63) |     13 (1.30) | 0.65 · 1.3 |",
        "| writing one token, C lstm |         |             |  0.0123 (0.001) |               |    0.5 · – |",
      ].join("\n"),
    );
  });

  it("has a target for the engines that are meant to be fast, by version of Node.js", () => {
    const at = (engine: Result["engine"], node: string | null) => targetOf({ shape: "C", task: "train", engine, node });
    assert.equal(at("native", "20.20.2"), 0.85);
    assert.equal(at("simd", "20.20.2"), 2.2);
    assert.equal(at("simd", "24.0.0"), 1.6);
    assert.equal(at("reference", "20.20.2"), undefined);
    assert.equal(at("pytorch", null), undefined);
  });

  it("says how near the peak training comes, and how far ahead of TensorFlow.js it is", () => {
    const better = { ...result("native", "20.20.2", 20, 0.6), shape: "L" } as const;
    assert.deepEqual(sentences([...measured, better], { engine: "pytorch", gflops: 500 }), [
      "The largest matrix product ran at 500 GFLOP/s (pytorch). Of that, training got: pytorch 20 %, " +
        "tfjs-wasm 0 %, native, Node 20 40 % … 60 %, simd, Node 22 16 %.",
      "So many times as fast as the layers of TensorFlow.js on wasm (S lstm): native, Node 20 64, simd, Node 22 31.",
    ]);
    assert.deepEqual(sentences([], null), []);
  });

  it("says on what it was measured, when, and with which versions", () => {
    const text = circumstances(
      { rounds: 5, date: new Date("2026-11-24"), load: [0.1, 0.25, 3] },
      measured,
      "PyTorch 2",
    );
    assert.match(text, /^Medians of 5 rounds on 2026-11-24; \d+ × .*, load before 0\.1, 0\.3, 3\.0 over/);
    assert.match(text, /; PyTorch 2; Node\.js 20\.20\.2, 22\.1\.0\. Threads: pytorch 2, /);
  });

  it("writes three digits that count", () => {
    assert.deepEqual([0.01234, 1.006, 12.345, 999.4, 12345.6].map(digits), ["0.0123", "1.01", "12.3", "999", "12346"]);
  });
});
