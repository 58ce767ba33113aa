import assert from "node:assert/strict";
import { plot } from "unroll";
import { drawn } from "./drawn.js";

describe("sum", () => {
  const terms = [
    { name: "step 1", values: [0.1, -0.3] },
    { name: "step <2>", values: [0.4, 0.2] },
  ];

  it("stacks the terms of each sum, and marks what they come to", () => {
    const { data, layout, text } = drawn(plot.sum(terms, { names: ["w", "u"], title: "two" }));
    assert.equal(layout.barmode, "relative");
    assert.deepEqual([data[0]!.y, data[1]!.y], [[0.1, -0.3], [0.4, 0.2]]); // biome-ignore format: short lists
    assert.deepEqual([data[2]!.y, layout.xaxis.ticktext], [[0.5, -0.1], ["w<br>0.5", "u<br>−0.1"]]); // biome-ignore format: short lists
    assert.equal(data[1]!.name, "step &lt;2&gt;");
    assert.equal(text, "two — w: 0.1 (step 1) + 0.4 (step <2>) = 0.5; u: -0.3 (step 1) + 0.2 (step <2>) = -0.1");
  });

  it("colours many terms by their order", () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ name: String(i), values: [i] }));
    const { data } = drawn(plot.sum(many, { names: ["all"] }));
    assert.equal(new Set(data.slice(0, 9).map(({ marker }) => marker.color)).size, 9);
  });

  it("refuses no terms, no sums, NaN, and terms of another length", () => {
    assert.throws(() => plot.sum([], { names: ["a"] }), /sum: expected at least one term/);
    assert.throws(() => plot.sum([{ name: "a", values: [] }], { names: [] }), /sum: expected at least one sum/);
    assert.throws(() => plot.sum([{ name: "a", values: [Number.NaN] }], { names: ["w"] }), /"a": number 0 is NaN/);
    assert.throws(() => plot.sum(terms, { names: ["w"] }), /"step 1" has 2 values for 1 sums, expected one for each/);
  });
});
