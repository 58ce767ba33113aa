import assert from "node:assert/strict";
import { plot } from "unroll";
import { drawn } from "./drawn.js";

const words = ["Ann", "gave", "him", "the", "book"];
const gave = [
  { at: 1, from: 3, to: 5, text: "ARG1" },
  { at: 1, from: 0, to: 1, text: "ARG0" },
];

describe("arcs", () => {
  it("say which words they go to, in the order in which they are given", () => {
    const { text } = drawn(plot.arcs(words, gave, { title: "to give" }));
    assert.equal(text, "to give — “gave”: ARG1 “the book”, ARG0 “Ann”");
    assert.equal(drawn(plot.arcs(["Rain", "."], [])).text, "“Rain .” without arcs");
  });

  it("stand over each other, the longer one higher, each name in a colour of its own", () => {
    const { layout } = plot.arcs(words, gave);
    const heights = layout.shapes!.flatMap(({ path }) => (path ? [Number(/C\S+?,(\S+)/.exec(path)![1])] : []));
    assert.deepEqual(heights, [2, 2.5 / 0.75]); // Ann is nearer than the book: 1.5 and 2.5 steps up, over ¾
    const colours = layout.shapes!.map(({ line }) => line!.color);
    assert.equal(new Set(colours).size, 2);
  });

  it("leave room for all of the first word and of the last", () => {
    const [from, to] = plot.arcs(words, gave).layout.xaxis!.range as [number, number];
    assert.ok(from < 0 && to > "Ann gave him the book".length);
  });

  it("have their names nearer to where they go, as arcs from one word begin close together", () => {
    const { data } = drawn(plot.arcs(words, gave));
    const [ann, gave1, , the, book] = data[0]!.x as number[];
    const named = data[0]!.x.slice(5) as number[];
    assert.ok(named[0]! > ann! && named[0]! < (ann! + gave1!) / 2); // the shorter arc comes first
    assert.ok(named[1]! > (gave1! + (the! + book!) / 2) / 2 && named[1]! < book!);
  });

  it("underline all words of a stretch", () => {
    const { layout } = plot.arcs(words, gave);
    const lines = layout.shapes!.filter(({ type }) => type === "line").map(({ x0, x1 }) => [x0, x1]);
    assert.deepEqual(lines, [[0, 3], [13, 21]]); // biome-ignore format: the first character, and the one behind the last
  });

  it("show words as they are written, and a sentence that is too long for a line word below word", () => {
    const long = Array.from({ length: 30 }, (_, t) => (t === 4 ? "<unk>" : "word"));
    const { data } = drawn(plot.arcs(long, [{ at: 0, from: 4, to: 30, text: "ARG1" }]));
    assert.equal(data[0]!.text[4], "&lt;unk&gt;");
    assert.equal(new Set(data[0]!.x.slice(0, 30)).size, 1);
    assert.deepEqual(data[0]!.y.slice(0, 3), [0, -1, -2]);
  });
});
