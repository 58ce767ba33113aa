import assert from "node:assert/strict";
import { plot } from "unroll";
import { drawn } from "./drawn.js";

describe("gradientNorms", () => {
  const falling = Array.from({ length: 11 }, (_, k) => 0.5 ** k);

  it("are lines over the distance in time, on a logarithmic axis", () => {
    const { data, layout } = drawn(
      plot.gradientNorms([
        { name: "tanh RNN", norms: falling },
        { name: "LSTM", norms: falling.map(() => 1), band: { low: falling, high: falling.map(() => 2) } },
      ]),
    );
    assert.equal(layout.yaxis.type, "log");
    assert.deepEqual(
      data.map(({ name, fill }) => name ?? fill ?? "edge"),
      ["tanh RNN", "edge", "tonexty", "LSTM"],
    );
    assert.deepEqual(data[0]!.x.slice(0, 3), [0, 1, 2]);
    assert.equal(data[0]!.y[10], 0.0009766); // 0.5¹⁰, four digits
  });

  it("say by which factor a gradient shrinks each step, and where it has become 0", () => {
    const { text } = drawn(
      plot.gradientNorms(
        [
          { name: "RNN", norms: falling },
          { name: "float32", norms: [1, 0.1, 0, 0] },
          { name: "none", norms: [0, 0] },
        ],
        { title: "reach", step: "character" },
      ),
    );
    assert.equal(
      text,
      "reach — RNN: from 1 to 0.000977 over 10 characters, × 0.5 a character; " +
        "float32: from 1 to 0.1 over 1 character, × 0.1 a character, exactly 0 from distance 2; none: 0 at every distance",
    );
  });

  it("refuse none, no norms, NaN and negative norms", () => {
    assert.throws(() => plot.gradientNorms([]), /gradientNorms: expected at least one cell, got none/);
    assert.throws(() => plot.gradientNorms([{ name: "a", norms: [] }]), /"a": expected at least one norm/);
    assert.throws(() => plot.gradientNorms([{ name: "a", norms: [1, Number.NaN] }]), /"a": number 1 is NaN/);
    assert.throws(() => plot.gradientNorms([{ name: "a", norms: [1, -2] }]), /"a" has -2 at 1, a norm is at least 0/);
  });
});
