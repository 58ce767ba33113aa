import assert from "node:assert/strict";
import { type Figure, matrix, plot } from "unroll";
import { drawn } from "./drawn.js";

describe("withSlider", () => {
  const curve = (last: number) => plot.curves([{ name: "loss", y: [1, last] }], { title: `to ${last}` });

  it("shows the first figure, and has a frame and a place of the slider for each", () => {
    const { data, frames, layout } = drawn(plot.withSlider([curve(0), curve(3)], { names: ["a", "b"], by: "epoch" }));
    assert.deepEqual(data[0]!.y, [1, 0]);
    assert.deepEqual(
      frames!.map((frame) => frame.data[0]!.y),
      [[1, 0], [1, 3]], // biome-ignore format: two short lists
    );
    assert.deepEqual(
      layout.sliders[0]!.steps.map(({ label, args }) => [label, args[0]]),
      [
        ["a", ["0"]],
        ["b", ["1"]],
      ],
    );
    assert.equal(layout.updatemenus.length, 1);
  });

  it("keeps the axes still: they reach over all figures", () => {
    const { frames, layout } = drawn(plot.withSlider([curve(0), curve(4)]));
    assert.deepEqual(layout.yaxis.range, [-0.2, 4.2]); // 5 % to each side
    assert.deepEqual([layout.xaxis.range, frames![1]!.layout.yaxis.range], [[-0.05, 1.05], [-0.2, 4.2]]); // biome-ignore format: short
    const spectra = [1, 100].map((s) => plot.spectra([{ name: "W", values: [s, 0] }]));
    assert.deepEqual(drawn(plot.withSlider(spectra)).layout.yaxis.range, [-0.1, 2.1]); // log₁₀, without the 0
    const histograms = [[1, 1, 2], [5]].map((values) => plot.histogram(values, { bins: 2 }));
    assert.deepEqual(drawn(plot.withSlider(histograms)).layout.yaxis.range, [-0.1, 2.1]);
  });

  it("is higher than its figures, by what the slider takes", () => {
    const plain = drawn(curve(0)).layout.height;
    assert.ok(drawn(plot.withSlider([curve(0)])).layout.height > plain + 60);
  });

  it("takes away what one drawing has and the next one has not", () => {
    const graphs = [1, 3].map((steps) => plot.unrolledGraph(Array.from({ length: steps }, () => ({ x: 0, h: 0 }))));
    const { frames } = drawn(plot.withSlider(graphs));
    const arrows = frames!.map(({ layout }) => layout.annotations.map(({ visible }) => visible !== false));
    assert.deepEqual([arrows[0]!.length, arrows[0]!.filter(Boolean).length], [arrows[1]!.length, 2]);
    assert.ok(arrows[1]!.every(Boolean));
  });

  it("leaves no more room below than names of two short lines take", () => {
    const shares = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [String(i), 0.1234]));
    const room = (count: number) => drawn(plot.withSlider([plot.bars(shares(count))])).layout.margin!.b!;
    assert.equal(room(2), room(12));
    assert.ok(room(30) > room(12), "many names lean");
  });

  it("has room for its title above a legend", () => {
    const one = plot.curves([{ name: "a", y: [1] }]);
    const two = plot.curves(["a", "b"].map((name) => ({ name, y: [1] })));
    const room = (figure: Figure) => drawn(plot.withSlider([figure], { title: "T" })).layout.margin!.t;
    assert.deepEqual([room(one), room(two)], [48, 76]);
  });

  it("is told in words: of many the first and the last", () => {
    assert.equal(
      drawn(plot.withSlider([curve(0), curve(3)], { names: ["a", "b"], by: "epoch", title: "T" })).text,
      "T — epoch a: to 0 — loss: from 1 to 0 | epoch b: to 3 — loss: from 1 to 3",
    );
    assert.equal(
      drawn(plot.withSlider([1, 2, 3, 4].map(curve))).text,
      "4 pictures, picture 1 … 4 | picture 1: to 1 — loss: from 1 to 1 | picture 4: to 4 — loss: from 1 to 4",
    );
  });

  it("refuses none, other kinds, sliders in sliders, and names that do not go up", () => {
    assert.throws(() => plot.withSlider([]), /withSlider: expected at least one figure/);
    assert.throws(
      () => plot.withSlider([curve(0), plot.confusion(matrix([[1]]))]),
      /figure 1 has the traces heatmap, the first has scatter: make them alike/,
    );
    assert.throws(() => plot.withSlider([plot.withSlider([curve(0)])]), /figure 0 has a slider of its own/);
    assert.throws(() => plot.withSlider([curve(0)], { names: [] }), /0 labels for 1 figures/);
  });
});
