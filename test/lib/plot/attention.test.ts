import assert from "node:assert/strict";
import { build, matrix, plot, softmax } from "unroll";
import { drawn } from "./drawn.js";

describe("attention", () => {
  const weights = matrix([
    [0.9, 0.1, 0],
    [0.17, 0.834, -0],
  ]);
  const tokens = { source: ["the", "cat", "</s>"], target: ["le", "chat"] };

  it("has target tokens down, the first on top, and source tokens across", () => {
    const { data, layout } = drawn(plot.attention(weights, tokens));
    assert.deepEqual(data[0]!.z, [[0.9, 0.1, 0], [0.17, 0.83, 0]]); // biome-ignore format: two short lists
    assert.deepEqual(layout.xaxis.ticktext, ["the", "cat", "&lt;/s&gt;"]);
    assert.deepEqual([layout.yaxis.ticktext, layout.yaxis.range], [["le", "chat"], [1.5, -0.5]]); // biome-ignore format: short
  });

  it("tells the mouse and the reader who looks at whom", () => {
    const { data, text } = drawn(plot.attention(weights, tokens));
    assert.equal(data[0]!.hovertemplate, "“%{y}” looks at “%{x}”: %{z}<extra></extra>");
    assert.equal(text, "“le” looks at “the” (0.90), “chat” looks at “cat” (0.83)");
  });

  it("tells of the first twelve tokens only", () => {
    const many = softmax(build(15, 2, () => 0));
    const target = Array.from({ length: 15 }, (_, i) => String(i));
    assert.match(
      drawn(plot.attention(many, { source: ["a", "b"], target })).text,
      /“11” looks at “a” \(0.50\), and 3 more$/,
    );
  });

  it("refuses tokens that do not go up and what no softmax gives", () => {
    assert.throws(
      () => plot.attention(weights, { ...tokens, source: ["the"] }),
      /1 labels for 3 columns of source tokens/,
    );
    assert.throws(() => plot.attention(weights, { ...tokens, target: [] }), /0 labels for 2 rows of target tokens/);
    assert.throws(
      () =>
        plot.attention(
          build(2, 3, () => 2),
          tokens,
        ),
      /a weight is 2, expected 0 … 1/,
    );
    assert.throws(
      () =>
        plot.attention(
          build(2, 3, () => Number.NaN),
          tokens,
        ),
      /a weight is NaN/,
    );
    assert.throws(
      () =>
        plot.attention(
          build(0, 0, () => 0),
          { source: [], target: [] },
        ),
      /expected at least one weight/,
    );
  });
});
