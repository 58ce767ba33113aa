import assert from "node:assert/strict";
import { plot } from "unroll";
import { drawn } from "./drawn.js";

describe("words", () => {
  it("stand on the colour of their values, the blanks between them on none", () => {
    const { data } = drawn(plot.words(["so", "bad"], [0.5, -1]));
    assert.deepEqual(data[0]!.z, [[0.5, 0.5, 0, -1, -1, -1]]);
  });

  it("are not broken in two: a word that finds no room begins a new line", () => {
    const { data } = drawn(
      plot.words(["one", "two", "three", "fourfour", "five"], [1, 1, 0.5, 0.2, 1], { columns: 8 }),
    );
    assert.deepEqual(data[0]!.z, [
      [1, 1, 1, 0, 1, 1, 1, 0],
      [0.5, 0.5, 0.5, 0.5, 0.5, 0, 0, 0],
      new Array(8).fill(0.2),
      [1, 1, 1, 1],
    ]);
    assert.doesNotThrow(() => drawn(plot.words(["unbelievable"], [1], { columns: 5 })));
  });

  it("say which words do most, in both directions", () => {
    const figure = plot.words(["not", "bad", "at", "all"], [0.6, -0.3, 0, 0.123], {
      title: "a sentence",
      says: "moves it by",
    });
    assert.equal(
      drawn(figure).text,
      "a sentence — “not bad at all”: moves it by most “not” 0.6, “all” 0.12; least “bad” -0.3",
    );
    assert.match(drawn(plot.words(["a"], [0])).text, /0 throughout/);
  });
});
