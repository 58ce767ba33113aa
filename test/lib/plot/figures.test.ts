import assert from "node:assert/strict";
import { build, buildSequence, type Figure, jupyterDisplay, mnist, plot, softmax, stack } from "unroll";

interface Drawn {
  data: {
    type: string;
    name?: string;
    y?: number[];
    x?: number[];
    z?: (number | null)[][];
    fill?: string;
    yaxis?: string;
  }[];
  layout: {
    height: number;
    template: { layout: { paper_bgcolor: string } };
    annotations?: { text: string }[];
    yaxis: { type?: string; scaleanchor?: string; exponentformat?: string };
    yaxis2?: { range?: number[] };
  };
}

/** What the front end gets: through JSON, as on the wire. */
function drawn(figure: Figure): Drawn & { bytes: number; text: string } {
  const bundle = figure[jupyterDisplay]();
  const json = JSON.stringify(bundle["application/vnd.plotly.v1+json"]);
  return { ...(JSON.parse(json) as Drawn), bytes: json.length, text: bundle["text/plain"] as string };
}

describe("curves", () => {
  const figure = plot.curves(
    [
      { name: "loss", y: [2.345678, 1.1, 0.5], band: { low: [2, 1, 0.4], high: [3, 1.2, 0.6] } },
      { name: "accuracy", x: [0, 1, 2], y: Float32Array.of(0.1, 0.5, 0.9), axis: "right" },
    ],
    { title: "training", x: "epoch", yScale: "log", rightRange: [0, 1] },
  );

  it("has powers of ten on a logarithmic axis", () => {
    const { layout } = plot.curves([{ name: "share", y: [1, 1e-6] }], { yScale: "log" });
    assert.equal(layout.yaxis?.exponentformat, "power");
    assert.equal(layout.xaxis?.exponentformat, undefined);
  });

  it("are lines with bands, on two axes, with rounded numbers", () => {
    const { data, layout } = drawn(figure);
    assert.deepEqual(
      data.map((trace) => trace.fill ?? trace.name ?? "edge"),
      ["edge", "tonexty", "loss", "accuracy"],
    );
    assert.deepEqual(data[2]!.y, [2.346, 1.1, 0.5]);
    assert.deepEqual([data[3]!.y, data[3]!.yaxis], [[0.1, 0.5, 0.9], "y2"]);
    assert.deepEqual([layout.yaxis.type, layout.yaxis2!.range], ["log", [0, 1]]);
  });

  it("have one unit on both axes if they are asked to, and powers of ten on a logarithmic one", () => {
    const circle = [{ name: "circle", x: [1, 0, -1, 0], y: [0, 1, 0, -1] }];
    assert.equal(drawn(plot.curves(circle, { sameUnit: true })).layout.yaxis.scaleanchor, "x");
    assert.equal(drawn(plot.curves(circle)).layout.yaxis.scaleanchor, undefined);
    const axis = drawn(plot.curves([{ name: "a", y: [1, 1e9] }], { yScale: "log" })).layout.yaxis;
    assert.equal(axis.exponentformat, "power");
  });

  it("are told in words", () => {
    assert.equal(drawn(figure).text, "training — loss: from 2.35 to 0.5 — accuracy: from 0.1 to 0.9 over epoch 0 … 2");
    assert.equal(drawn(plot.curves([{ name: "loss", y: [] }])).text, "loss: no points yet");
  });

  it("have the course's look: transparent, modest height", () => {
    const { layout } = drawn(figure);
    assert.deepEqual([layout.template.layout.paper_bgcolor, layout.height], ["rgba(0,0,0,0)", 320]);
  });

  it("refuse lengths that differ", () => {
    assert.throws(
      () => plot.curves([{ name: "loss", y: [1, 2], x: [1] }]),
      /"loss" has 2 values of y and 1 beside them/,
    );
    assert.throws(() => plot.curves([{ name: "a", y: [1], band: { low: [], high: [2] } }]), /1 values of y and 0/);
  });
});

describe("digits", () => {
  it("stand in a grid in one heat map, with their labels", () => {
    const pictures = [1, 2, 3].map((ink) => build(2, 3, () => ink / 4));
    const { data, layout, text } = drawn(
      plot.digits(pictures, { labels: ["a", "b", "c"], columns: 2, title: "three" }),
    );
    const z = data[0]!.z!;
    const inked = (ink: number) => z.flat().filter((v) => v === ink).length;
    assert.deepEqual([inked(0.25), inked(0.5), inked(0.75)], [6, 6, 6]);
    const rowOf = (ink: number) => z.findIndex((row) => row.includes(ink));
    assert.ok(rowOf(0.25) === rowOf(0.5) && rowOf(0.75) > rowOf(0.25) + 2);
    assert.deepEqual(
      layout.annotations!.map((note) => note.text),
      ["a", "b", "c"],
    );
    assert.equal(text, "three — 3 pictures: a, b, c");
  });

  it("take less than 100 kB for twenty real ones", () => {
    const { test } = mnist();
    const pictures = Array.from({ length: 20 }, (_, i) => test.pixels(i));
    assert.ok(drawn(plot.digits(pictures)).bytes < 100_000);
  });

  it("refuse none, several shapes, and labels that do not go up", () => {
    assert.throws(() => plot.digits([]), /expected at least one picture/);
    assert.throws(() => plot.digits([build(1, 1, () => 0), build(1, 2, () => 0)]), /pictures of one shape/);
    assert.throws(() => plot.digits([build(1, 1, () => 0)], { labels: ["a", "b"] }), /2 labels for 1 pictures/);
  });
});

describe("stateMap", () => {
  const states = buildSequence(3, 2, 4, (t, row, unit) => (row ? (t - unit) / 4 : 0));

  it("has hidden units down and steps across, of one row of the batch", () => {
    const { data, text } = drawn(plot.stateMap(states, { row: 1, step: "row", ticks: ["x", "y", "z"] }));
    assert.deepEqual(data[0]!.z, [
      [0, 0.25, 0.5],
      [-0.25, 0, 0.25],
      [-0.5, -0.25, 0],
      [-0.75, -0.5, -0.25],
    ]);
    assert.equal(text, "4 hidden units over 3 rows; 0 % of the values are beyond ±0.9");
  });

  it("takes less than 100 kB for 200 steps of 128 units, in per cent", () => {
    const many = buildSequence(200, 1, 128, (t, _, unit) => Math.sin(t + unit));
    const { data, text, bytes } = drawn(plot.stateMap(many));
    assert.ok(bytes < 100_000, `${bytes} bytes`);
    assert.equal(data[0]!.z![3]![0], 14); // sin 3 = 0.141
    assert.match(text, /; 27 % of the values are beyond ±0.9$/); // 1 − 2/π·arcsin 0.905 = 0.28 of a sine
  });

  it("says which row there is not", () => {
    assert.throws(() => plot.stateMap(states, { row: 2 }), /there is no row 2, the batch has 0 … 1/);
  });
});

describe("guesses", () => {
  const sure = (k: number) => softmax(build(1, 3, (_, j) => (j === k ? 9 : 0)));
  const probabilities = stack([sure(1), sure(1), sure(2)]);

  it("mark the most probable class after each step", () => {
    const { data, text } = drawn(plot.guesses(probabilities, { step: "row", classes: ["a", "b", "c"] }));
    assert.deepEqual([data[1]!.x, data[1]!.y], [[0, 1, 2], [1, 1, 2]]); // biome-ignore format: two short lists
    assert.deepEqual(data[0]!.z![1], [1, 1, 0]);
    assert.equal(text, "b from row 0, c from row 2; at the end c with probability 1");
  });

  it("stand over what was read, where it is given", () => {
    const figure = plot.guesses(probabilities, { tokens: ["so", "<unk>", "."] });
    assert.deepEqual(figure.layout.xaxis!.ticktext, ["so", "&lt;unk&gt;", "."]);
    assert.throws(() => plot.guesses(probabilities, { tokens: ["so"] }), /guesses: .*1.* for 3 steps|3 steps/);
  });

  it("says which row there is not", () => {
    assert.throws(() => plot.guesses(probabilities, { row: 1 }), /there is no row 1, the batch has 0 … 0/);
  });
});
