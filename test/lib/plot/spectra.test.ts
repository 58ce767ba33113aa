import assert from "node:assert/strict";
import { plot } from "unroll";
import { drawn } from "./drawn.js";

describe("spectra", () => {
  const two = [
    { name: "1", values: [0.5, 1.25, 0.8] },
    { name: "10", values: [4, 0.001] },
  ];

  it("are sorted, largest first, over their rank", () => {
    const { data, layout } = drawn(plot.spectra(two, { by: "k =" }));
    assert.deepEqual([data[0]!.x, data[0]!.y], [[1, 2, 3], [1.25, 0.8, 0.5]]); // biome-ignore format: two short lists
    assert.deepEqual([data[0]!.name, data[1]!.name], ["k = 1", "k = 10"]);
    assert.equal(layout.yaxis.type, "log");
  });

  it("are columns of marks, one for each matrix, when asked for", () => {
    const { data, layout } = drawn(plot.spectra(two, { as: "columns", by: "distance" }));
    assert.deepEqual(data[1]!.x, [1, 1]);
    assert.equal(data[1]!.mode, "markers");
    assert.deepEqual(layout.xaxis.ticktext, ["1", "10"]);
  });

  it("have a line at 1, where a gradient keeps its length", () => {
    assert.equal(drawn(plot.spectra(two)).layout.shapes[0]!.y0, 1);
  });

  it("are told in words", () => {
    const { text } = drawn(plot.spectra([...two, { name: "one", values: [2] }], { by: "k =" }));
    assert.equal(
      text,
      "k = 1: 3 values from 1.25 to 0.5, 1 above 1; k = 10: 2 values from 4 to 0.001, 1 above 1; k = one: one value, 2, 1 above 1",
    );
  });

  it("have as many colours as there are matrices", () => {
    const many = Array.from({ length: 12 }, (_, k) => ({ name: String(k), values: [k] }));
    const colours = drawn(plot.spectra(many)).data.map(({ marker }) => marker.color);
    assert.equal(new Set(colours).size, 12);
  });

  it("refuse none, empty ones, and what is no singular value", () => {
    assert.throws(() => plot.spectra([]), /expected at least one matrix/);
    assert.throws(() => plot.spectra([{ name: "W", values: [] }]), /"W": expected at least one singular value/);
    assert.throws(() => plot.spectra([{ name: "W", values: [1, -1] }]), /"W" has -1, a singular value is at least 0/);
    assert.throws(() => plot.spectra([{ name: "W", values: [Number.NaN] }]), /"W": number 0 is NaN/);
  });
});
