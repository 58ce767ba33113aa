import assert from "node:assert/strict";
import { plot } from "unroll";
import { drawn } from "./drawn.js";

describe("firing", () => {
  it("lays a text out in lines, broken where it breaks and where a line is full", () => {
    const { data } = drawn(plot.firing("ab\ncdefg", [0, 0.123, -1, 1, 0, 0, 0, 0.5], { columns: 4 }));
    assert.deepEqual(data[0]!.text, [["a", "b", "↵"], ["c", "d", "e", "f"], ["g"]]);
    assert.deepEqual(data[0]!.z, [[0, 0.12, -1], [1, 0, 0, 0], [0.5]]);
  });

  it("counts code points, and writes what Plotly would read as HTML", () => {
    const { data } = drawn(plot.firing("<é😀&", [0, 0, 0, 0]));
    assert.deepEqual(data[0]!.text, [["&lt;", "é", "😀", "&amp;"]]);
  });

  it("takes characters as a vocabulary has cut them", () => {
    assert.deepEqual(drawn(plot.firing(["é", "fi"], [0, 1])).data[0]!.z, [[0, 1]]);
  });

  it("says where the neuron fires most and least", () => {
    const { text } = drawn(plot.firing('a "b" c', [-0.9, -0.8, 0.2, 1, 0.1, -0.7, -1], { title: "quotes" }));
    assert.equal(
      text,
      "quotes — 7 characters; above 0.5 at 14 %, below −0.5 at 57 % of them; " +
        'highest at “a "[b]" c” (1), lowest at “a "b" [c]” (-1)',
    );
  });

  it("is small: less than 50 kB for 2,000 characters", () => {
    const text = "abcdefghij".repeat(200);
    const values = [...text].map((_, t) => Math.sin(t));
    assert.ok(drawn(plot.firing(text, values)).bytes < 50_000);
  });

  it("refuses no text, values that do not go up, NaN, and lines of no length", () => {
    assert.throws(() => plot.firing("", []), /firing: expected at least one character/);
    assert.throws(() => plot.firing("abc", [1]), /firing: 1 values for 3 characters, expected one for each/);
    assert.throws(() => plot.firing("a", [Number.NaN]), /firing: number 0 is NaN/);
    assert.throws(() => plot.firing("a", [0], { columns: 0 }), /columns is 0, expected 1, 2, 3/);
  });
});
