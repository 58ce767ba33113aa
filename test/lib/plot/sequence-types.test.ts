import assert from "node:assert/strict";
import { plot } from "unroll";
import { drawn } from "./drawn.js";

describe("sequenceTypes", () => {
  it("are five, with their inputs, states and outputs", () => {
    const { data, text } = drawn(plot.sequenceTypes());
    const count = (what: string) => data[1]!.hovertext.filter((word) => word.startsWith(what)).length;
    assert.deepEqual([count("input"), count("state"), count("output")], [11, 15, 11]); // 1+1+3+3+3, 1+3+3+5+3, 1+3+1+3+3
    assert.equal(
      text,
      "one to one: 1 input, 1 output; one to many: 1 input, 3 outputs; many to one: 3 inputs, 1 output; " +
        "encoder-decoder: 3 inputs, 3 outputs, the outputs begin after the last input; many to many: 3 inputs, 3 outputs",
    );
  });

  it("can be drawn one by one, but not none", () => {
    assert.equal(drawn(plot.sequenceTypes({ only: ["many to one"], title: "a kind" })).text, "a kind — many to one: 3 inputs, 1 output"); // biome-ignore format: short
    assert.throws(() => plot.sequenceTypes({ only: [] }), /expected at least one of one to one, one to many/);
  });
});
