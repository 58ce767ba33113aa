import assert from "node:assert/strict";
import { build, matrix, plot } from "unroll";
import { drawn } from "./drawn.js";

describe("confusion", () => {
  const counts = matrix([
    [9, 1, 0],
    [3, 5, 0],
    [0, 0, 0],
  ]);

  it("shows counts, coloured by the share of the true class; a class without examples is 0", () => {
    const { data, layout } = drawn(plot.confusion(counts, { classes: ["a", "b", "<c>"] }));
    assert.deepEqual(data[0]!.z, [[0.9, 0.1, 0], [0.375, 0.625, 0], [0, 0, 0]]); // biome-ignore format: short lists
    assert.deepEqual(data[0]!.customdata, counts.toRows());
    assert.deepEqual(data[0]!.text[1], ["3<br>38 %", "5<br>63 %", "0<br>0 %"]);
    assert.deepEqual(layout.yaxis.ticktext, ["a", "b", "&lt;c&gt;"]);
    assert.deepEqual([layout.xaxis.title!.text, layout.yaxis.title!.text], ["predicted", "true"]);
  });

  it("tells how many are right, and what is most often taken for what", () => {
    const { text } = drawn(plot.confusion(counts, { classes: ["cat", "dog", "cow"], title: "pets" }));
    assert.equal(
      text,
      "pets — 14 of 18 right, 77.8 %; most often wrong: dog taken for cat (3 of 8), cat taken for dog (1 of 10)",
    );
    assert.equal(drawn(plot.confusion(matrix([[0]]))).text, "no examples");
    assert.equal(drawn(plot.confusion(matrix([[2]]))).text, "2 of 2 right, 100.0 %");
  });

  it("prints counts alone for many classes, and nothing for very many", () => {
    const text = (K: number) => drawn(plot.confusion(build(K, K, () => 1))).data[0]!.text;
    assert.equal(text(15)[0]![0], "1");
    assert.equal(text(30), undefined);
  });

  it("refuses what is not square, no count, or without names", () => {
    assert.throws(() => plot.confusion(build(2, 3, () => 0)), /is 2×3, expected as many rows as columns/);
    assert.throws(() => plot.confusion(build(2, 2, () => 0.5)), /a count is 0.5, expected a whole number ≥ 0/);
    assert.throws(() => plot.confusion(build(2, 2, () => -1)), /a count is -1/);
    assert.throws(() => plot.confusion(counts, { classes: ["a"] }), /1 labels for 3 classes/);
    assert.throws(() => plot.confusion(build(0, 0, () => 0)), /expected at least one class/);
  });
});
