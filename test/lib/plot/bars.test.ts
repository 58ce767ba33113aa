import assert from "node:assert/strict";
import { normal, plot, random } from "unroll";
import { drawn } from "./drawn.js";

describe("bars", () => {
  const values = { "tanh RNN": 0.16123, LSTM: 0.003 };

  it("stand side by side with their names and values below them", () => {
    const { data, layout } = drawn(plot.bars(values));
    assert.deepEqual(data[0]!.y, [0.1612, 0.003]);
    assert.deepEqual(layout.xaxis.ticktext, ["tanh RNN<br>0.161", "LSTM<br>0.003"]);
  });

  it("have lines for the baseline and for what is published", () => {
    const { layout, text } = drawn(plot.bars(values, { y: "error", baseline: 0.167, published: 0.01 }));
    assert.deepEqual(
      layout.shapes.map(({ y0, name }) => [y0, name]),
      [
        [0.167, "baseline: 0.167"],
        [0.01, "published: 0.01"],
      ],
    );
    assert.equal(text, "error: tanh RNN 0.161, LSTM 0.003; baseline 0.167, published 0.01");
  });

  it("refuse none, NaN, and deviations of nothing", () => {
    assert.throws(() => plot.bars({}), /bars: expected at least one value/);
    assert.throws(() => plot.bars({ a: Number.NaN }), /bars: number 0 is NaN/);
    assert.throws(() => plot.bars({ a: 1 }, { baseline: Number.NaN }), /bars: the lines: number 0 is NaN/);
    assert.throws(() => plot.bars({ a: 1 }, { deviations: { b: 1 } }), /a deviation for "b" and no value/);
  });
});

describe("histogram", () => {
  it("counts values in ranges of one width, the largest in the last", () => {
    const { data } = drawn(plot.histogram([0, 0.1, 1, 2, 4], { bins: 4 }));
    assert.deepEqual([data[0]!.x, data[0]!.y], [[0.5, 1.5, 2.5, 3.5], [2, 1, 1, 1]]); // biome-ignore format: two short lists
  });

  it("is small however many values there are, and tells their mean and deviation", () => {
    const draw = random(1);
    const { bytes, text } = drawn(plot.histogram(Float32Array.from({ length: 100_000 }, () => normal(draw))));
    assert.ok(bytes < 3_000);
    assert.match(text, /^100000 values from -\d.* mean -?0.00\d+, standard deviation (1|0.99\d)$/);
  });

  it("of one value that is always the same has it in one bar", () => {
    assert.deepEqual(drawn(plot.histogram([3, 3], { bins: 2 })).data[0]!.y, [2, 0]);
  });

  it("refuses none, NaN and no bins", () => {
    assert.throws(() => plot.histogram([]), /expected at least one value/);
    assert.throws(() => plot.histogram([Number.NaN]), /number 0 is NaN/);
    assert.throws(() => plot.histogram([1], { bins: 0 }), /bins is 0, expected 1, 2, 3/);
  });
});
