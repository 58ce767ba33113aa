import assert from "node:assert/strict";
import { build, matrix, plot } from "unroll";
import { drawn } from "./drawn.js";

describe("trajectory", () => {
  const way = matrix([
    [0, 0],
    [3, 4],
    [3, 5],
  ]);

  it("is a line with dots coloured by time, and marks for its start and its end", () => {
    const [line, ends] = drawn(plot.trajectory([{ points: way }])).data;
    assert.deepEqual([line!.x, line!.y, line!.marker.color], [[0, 3, 3], [0, 4, 5], [0, 1, 2]]); // biome-ignore format: short
    assert.deepEqual([ends!.x, ends!.y, ends!.text], [[0, 3], [0, 5], ["start", "end"]]); // biome-ignore format: short
    assert.deepEqual(ends!.marker.symbol, ["circle-open", "square-open"]);
  });

  it("takes plain arrays, in three dimensions too", () => {
    const { data, layout } = drawn(plot.trajectory([{ points: [[1, 2, 3], Float32Array.of(4, 5, 6)] }]));
    assert.equal(data[0]!.type, "scatter3d");
    assert.deepEqual(data[0]!.z, [3, 6]);
    assert.ok(layout.scene);
  });

  it("takes states of any width with a projection", () => {
    const states = build(4, 10, (t, unit) => t * unit);
    const { data } = drawn(plot.trajectory([{ points: states }], { project: (h) => [h[1]!, h[2]!] }));
    assert.deepEqual(data[0]!.y, [0, 2, 4, 6]);
  });

  it("keeps what an eye can see of its numbers, however small they are", () => {
    const { data } = drawn(plot.trajectory([{ points: [[0.000123456, 1e-20], [0.0005, 0]] }])); // biome-ignore format: short
    assert.deepEqual([data[0]!.x, data[0]!.y], [[0.0001235, 0.0005], [0, 0]]); // biome-ignore format: short
  });

  it("draws several, with names and what was read", () => {
    const { data, layout, text } = drawn(
      plot.trajectory(
        [
          { name: "<a>", points: way, tokens: ["x", " ", "<s>"] },
          { name: "b", points: way },
        ],
        { axes: ["one", "two"], step: "word" },
      ),
    );
    assert.equal(layout.showlegend, true);
    assert.deepEqual(data[0]!.text, ["word 0 “x”", "word 1 “␣”", "word 2 “&lt;s&gt;”"]);
    assert.equal(layout.xaxis.title!.text, "one");
    assert.match(text, /^<a>: 3 words from \(0, 0\) to \(3, 5\), a way of 6; b: 3 words/); // 5 + 1
  });

  it("refuses none, other widths, missing tokens and NaN", () => {
    assert.throws(() => plot.trajectory([]), /expected at least one sequence/);
    assert.throws(() => plot.trajectory([{ points: [] }]), /"state": expected at least one point/);
    assert.throws(() => plot.trajectory([{ points: build(2, 5, () => 0) }]), /points of 5 numbers, expected 2 or 3/);
    assert.throws(() => plot.trajectory([{ points: [[1, 2], [1]] }]), /1 numbers at point 1, expected 2/);
    assert.throws(() => plot.trajectory([{ points: way, tokens: ["a"] }]), /1 labels for 3 points/);
    assert.throws(() => plot.trajectory([{ points: [[0, Number.NaN]] }]), /point 0: number 1 is NaN/);
    assert.throws(() => plot.trajectory([{ points: way }], { axes: ["x"] }), /1 labels for 2 axes/);
  });
});
