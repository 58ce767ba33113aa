import assert from "node:assert/strict";
import { buildSequence, plot } from "unroll";
import { drawn } from "./drawn.js";

describe("gates", () => {
  // units of sequence 1: 0.25 and 0.75 at first, both 1 then
  const forget = buildSequence(2, 2, 2, (t, row, unit) => (row === 0 ? 0 : t === 1 ? 1 : 0.25 + unit / 2));
  const update = buildSequence(2, 2, 2, () => 0.2);

  it("show the mean of each gate, a row for each, the first on top, in per cent", () => {
    const { data, layout } = drawn(plot.gates({ f: forget, u: update }, { row: 1, tokens: ["a", "a"] }));
    assert.deepEqual(data[0]!.z, [[50, 100], [20, 20]]); // biome-ignore format: two short lists
    assert.deepEqual(layout.yaxis.ticktext, ["f", "u"]);
    assert.ok(layout.yaxis.range![0]! > layout.yaxis.range![1]!);
    assert.deepEqual([layout.xaxis.tickvals, layout.xaxis.ticktext], [[0, 1], ["a", "a"]]); // biome-ignore format: short
  });

  it("show every unit, a map for each gate, when asked for", () => {
    const { data, layout } = drawn(plot.gates({ f: forget, u: update }, { row: 1, show: "units" }));
    assert.deepEqual(data[0]!.z, [[25, 100], [75, 100]]); // biome-ignore format: two short lists
    assert.deepEqual([data[0]!.yaxis, data[1]!.yaxis, layout.yaxis2!.title!.text], ["y", "y2", "u"]);
    assert.ok(layout.yaxis.domain![0]! > layout.yaxis2!.domain![1]!);
  });

  it("are told in words", () => {
    const { text } = drawn(
      plot.gates({ f: forget }, { row: 1, tokens: ["x", "y"], step: "character", title: "gates" }),
    );
    assert.equal(
      text,
      "gates — f: open to 75 % on average over 2 characters, most at “y” (character 1, 100 %), least at “x” (character 0, 50 %)",
    );
  });

  it("write tokens as they stand, with signs for what cannot be seen, and count them where there are too many", () => {
    const of = (tokens: string[]) =>
      drawn(plot.gates({ f: buildSequence(tokens.length, 1, 1, () => 0.5) }, { tokens })).layout.xaxis.ticktext;
    assert.deepEqual(of(["<unk>", "\n", " ", "&"]), ["&lt;unk&gt;", "↵", "␣", "&amp;"]);
    assert.equal(of(new Array<string>(100).fill("a"))!.length, 100);
    assert.equal(of(new Array<string>(101).fill("a")), undefined);
    assert.equal(of(new Array<string>(61).fill("word")), undefined);
  });

  it("take less than 100 kB for 200 steps of 128 units", () => {
    const gate = buildSequence(200, 1, 128, (t, _, unit) => (1 + Math.sin(t + unit)) / 2);
    assert.ok(drawn(plot.gates({ f: gate }, { show: "units" })).bytes < 100_000);
  });

  it("refuse none, other shapes, rows that are not there, tokens that do not go up, and what no sigmoid gives", () => {
    assert.throws(() => plot.gates({}), /gates: expected at least one gate/);
    assert.throws(
      () => plot.gates({ f: forget, u: update.slice(0, 1) }),
      /"u" has 1 steps of 2 units, expected 2 steps/,
    );
    assert.throws(() => plot.gates({ f: forget }, { row: 2 }), /"f": there is no row 2, the batch has 0 … 1/);
    assert.throws(() => plot.gates({ f: forget }, { tokens: ["a"] }), /1 labels for 2 steps/);
    assert.throws(() => plot.gates({ f: buildSequence(1, 1, 1, () => -0.5) }), /"f" holds -0.5, expected 0 … 1/);
    assert.throws(() => plot.gates({ f: buildSequence(1, 1, 1, () => Number.NaN) }), /"f" holds NaN/);
  });
});
