import assert from "node:assert/strict";
import { matrix, plot } from "unroll";
import { drawn } from "./drawn.js";

describe("cellDiagram", () => {
  const told = (figure: ReturnType<typeof plot.cellDiagram>) => drawn(figure).text;

  it("of an RNN: the state is the tanh of the layer", () => {
    assert.equal(told(plot.cellDiagram(plot.rnnPlan, { x: 2, a: 0.5 })), "RNN: x 2, a 0.5, tanh 0.462, h 0.462"); // tanh 0.5
  });

  it("of a memory cell: nothing is squashed on the way in or out", () => {
    const values = { cPrevious: 2, k: 0.5, w: 1, value: -3, r: 0.25 };
    // k·c + w·value = 1 − 3; r·c = 0.25 · −2
    assert.equal(
      told(plot.cellDiagram(plot.memoryCellPlan, values)),
      "memory cell: cPrevious 2, k 0.5, w 1, value -3, r 0.25, kept 1, written -3, sum -2, c -2, read -0.5, h -0.5",
    );
  });

  it("of an LSTM: sums and products follow from the gates", () => {
    const values = { cPrevious: 0.5, f: 0.8, u: 0.5, candidate: -0.4, r: 0.25 };
    // f·c + u·candidate = 0.4 − 0.2; r·tanh 0.2 = 0.25 · 0.197
    assert.equal(
      told(plot.cellDiagram(plot.lstmPlan, values)),
      "LSTM: cPrevious 0.5, f 0.8, u 0.5, candidate -0.4, r 0.25, kept 0.4, written -0.2, sum 0.2, c 0.2, tanhC 0.197, read 0.0493, h 0.0493",
    );
  });

  it("of a GRU: the update gate takes the new and keeps the rest of the old", () => {
    const values = { hPrevious: [1, -1], r: [0.5, 0], z: [0.25, 1], candidate: [-1, 0.5] };
    // 0.75·1 + 0.25·(−1) = 0.5 and 0·(−1) + 1·0.5 = 0.5
    const { data, text } = drawn(plot.cellDiagram(plot.gruPlan, values, { unit: 1, title: "a step" }));
    assert.match(text, /^a step — GRU, unit 1: hPrevious -1, .* kept 0, taken 0.5, sum 0.5, h 0.5$/);
    assert.ok(data[1]!.hovertext.includes("what the cell knows: h_t<br>(0.5, 0.5), mean 0.5"));
  });

  it("takes what a cell's cache holds: batches, of which it shows a row", () => {
    const h = matrix([[0.1, 0.2], [0.3, 0.5]]); // biome-ignore format: a short matrix
    assert.match(told(plot.cellDiagram(plot.rnnPlan, { h }, { row: 1 })), /means: h 0.4$/);
  });

  it("colours a part by its value, with ink that can be read on it", () => {
    const { marker, textfont } = drawn(plot.cellDiagram(plot.rnnPlan, { hPrevious: -1, a: 0 })).data[1]!;
    assert.deepEqual([marker.color[0], textfont.color[0]], ["#0072b2", "#FFFFFF"]);
    assert.deepEqual([marker.color[3], textfont.color[3]], ["#f7f7f7", "#000000"]);
  });

  it("has the state's way through time as its thickest line", () => {
    const { annotations } = drawn(plot.cellDiagram(plot.lstmPlan)).layout;
    const thick = annotations.filter(({ arrowwidth }) => arrowwidth === 4);
    assert.ok(thick.length === 3 && thick.every(({ y, ay }) => y === 4 && ay === 4));
  });

  it("without values is blank, and says what each part is", () => {
    const { data, text } = drawn(plot.cellDiagram(plot.gruPlan));
    assert.ok(!data[1]!.text.some((word) => word.includes("<br>")));
    assert.match(text, /^GRU: what the cell knew; what it reads; .*update gate z = σ/);
  });

  it("draws cells that are only a plan, and their parts are checked by the compiler", () => {
    const leaky = plot.cellPlan({
      name: "leaky",
      parts: {
        a: { at: [0, 0], text: "a", kind: "state", meaning: "the old" },
        b: { at: [1, 0], text: "b", kind: "state", operation: "oneMinus", meaning: "1 − a" },
      },
      arrows: [{ from: "a", to: "b" }],
    });
    assert.equal(told(plot.cellDiagram(leaky, { a: 0.25 })), "leaky: a 0.25, b 0.75");
    // @ts-expect-error: there is no such part
    assert.throws(() => plot.cellDiagram(leaky, { c: 1 }), /the leaky has no part "c", its parts are a, b/);
  });

  it("refuses lengths that differ, NaN, and units and rows that are not there", () => {
    assert.throws(
      () => plot.cellDiagram(plot.lstmPlan, { f: [1, 1], cPrevious: [1, 1, 1] }),
      /what is kept: f∗c_\{t−1\}: 3 and 2 numbers meet, expected as many/,
    );
    assert.throws(() => plot.cellDiagram(plot.rnnPlan, { a: Number.NaN }), /cellDiagram: a: number 0 is NaN/);
    assert.throws(
      () => plot.cellDiagram(plot.rnnPlan, { a: [1, 2] }, { unit: 2 }),
      /a: there is no unit 2, it has 0 … 1/,
    );
    assert.throws(() => plot.cellDiagram(plot.rnnPlan, { a: matrix([[1]]) }, { row: 1 }), /a: there is no row 1/);
  });
});
