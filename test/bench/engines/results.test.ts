import assert from "node:assert/strict";
import { median } from "../median.js";
import type { Contestant } from "./line-up.js";
import { Player } from "./player.js";
import { peakOf, resultsOf } from "./results.js";
import { jobs, LARGE_PRODUCT } from "./shapes.js";

const contestant = (engine: Contestant["engine"], node: string | null): Contestant => ({
  engine,
  node,
  threads: 2,
  about: "",
  command: [],
  player: new Player([]),
});
const [torch, native, simd] = [
  contestant("pytorch", null),
  contestant("native", "20.20.2"),
  contestant("simd", "22.1.0"),
];
const [job] = jobs(["S"], ["lstm"], ["train"]);

describe("the results of the bench", () => {
  it("are medians of the rounds", () => {
    assert.equal(median([9, 1, 2]), 2);
    assert.equal(median([9, 1, 2, 4]), 3);
    assert.ok(Number.isNaN(median([])));
  });

  it("set each beside PyTorch and the peak", () => {
    const turns = new Map([
      [torch, [8, 12, 10]],
      [native, [5, 5, 90]],
    ]);
    const [first, second] = resultsOf(job!, turns, 500);
    assert.equal(first?.ratio, 1);
    assert.equal(first?.node, null);
    // S with an LSTM is 0.8079 · 10⁹ operations (shapes.test.ts says which): in 5 ms 161.6 · 10⁹ a second
    assert.deepEqual(second, {
      shape: "S",
      cell: "lstm",
      task: "train",
      engine: "native",
      threads: 2,
      node: "20.20.2",
      medianMs: 5,
      torchMs: 10,
      ratio: 0.5,
      gflops: 161.6,
      shareOfPeak: 0.3232,
    });
  });

  it("are there without PyTorch and without a peak, and for as many rounds as there were", () => {
    const turns = new Map([
      [native, [5]],
      [simd, []],
    ]);
    const results = resultsOf(job!, turns, null);
    assert.equal(results.length, 1);
    assert.deepEqual([results[0]?.torchMs, results[0]?.ratio, results[0]?.shareOfPeak], [null, null, null]);
  });

  it("know the fastest large product as the peak", () => {
    const turns = new Map([
      [torch, [20, 20, 21]],
      [native, [10, 11, 10]],
      [simd, []],
    ]);
    assert.deepEqual(peakOf(LARGE_PRODUCT, turns), { engine: "native", gflops: 2 * 1.024 ** 3 * 100 });
    assert.equal(peakOf(LARGE_PRODUCT, new Map()), null);
  });
});
