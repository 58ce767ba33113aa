import {
  build,
  buildSequence,
  confirm,
  display,
  image,
  input,
  matrix,
  plot,
  prompt,
  softmax,
  unflatten,
  zeros,
} from "unroll";
import { sequenceWithNaN, type Table, withNaN } from "./refuses.js";

const nan = Number.NaN;
const half = buildSequence(3, 2, 4, () => 0.5);
const certain = unflatten(softmax(zeros(3, 4)), 3);
const figure = () => plot.bars({ one: 1 });

const arc = { at: 0, from: 1, to: 2, text: "ARG1" };

export const plots: Table = {
  "plot.arcs": [
    ["no word", () => plot.arcs([], []), /arcs: expected at least one word, got none/],
    [
      "an arc beyond the end",
      () => plot.arcs(["a"], [arc]),
      /"ARG1" goes from word 0 to words 1 … 1, expected words of 0 … 0/,
    ],
    ["an arc from nowhere", () => plot.arcs(["a", "b"], [{ ...arc, at: -1 }]), /from word -1 to words 1 … 1/],
    ["an arc to no word", () => plot.arcs(["a", "b"], [{ ...arc, to: 1 }]), /to words 1 … 0, expected words of 0 … 1/],
    ["half a word", () => plot.arcs(["a", "b"], [{ ...arc, at: 0.5 }]), /from word 0.5/],
  ],
  "plot.attention": [
    [
      "a token too few",
      () => plot.attention(zeros(2, 2), { source: ["a"], target: ["b", "c"] }),
      /1 labels for 2 columns/,
    ],
    [
      "weights that are no shares",
      () => plot.attention(matrix([[2]]), { source: ["a"], target: ["b"] }),
      /a weight is 2/,
    ],
    [
      "NaN",
      () => plot.attention(withNaN(1, 1), { source: ["a"], target: ["b"] }),
      /attention: a weight is NaN, expected/,
    ],
    [
      "nothing",
      () => plot.attention(zeros(0, 0), { source: [], target: [] }),
      /attention: expected at least one weight/,
    ],
  ],
  "plot.bars": [
    ["nothing", () => plot.bars({}), /bars: expected at least one value, got none/],
    ["NaN", () => plot.bars({ a: nan }), /bars: number 0 is NaN, expected a finite one/],
    ["an infinite line", () => plot.bars({ a: 1 }, { baseline: Infinity }), /bars: the lines: number 0 is Infinity/],
    [
      "a deviation without value",
      () => plot.bars({ a: 1 }, { deviations: { b: 1 } }),
      /a deviation for "b" and no value/,
    ],
    ["NaN as deviation", () => plot.bars({ a: 1 }, { deviations: { a: nan } }), /bars: the deviations: a is NaN/],
  ],
  "plot.cellDiagram": [
    [
      "a part that is not there",
      () => plot.cellDiagram(plot.rnnPlan, { z: 1 } as never),
      /has no part "z", its parts are/,
    ],
    ["NaN", () => plot.cellDiagram(plot.rnnPlan, { x: nan }), /cellDiagram: x: number 0 is NaN/],
    [
      "a unit that is not there",
      () => plot.cellDiagram(plot.rnnPlan, { hPrevious: [1, 2] }, { unit: 2 }),
      /there is no unit 2/,
    ],
    [
      "a row that is not there",
      () => plot.cellDiagram(plot.rnnPlan, { x: zeros(1, 2) }, { row: 1 }),
      /there is no row 1/,
    ],
  ],
  "plot.confusion": [
    ["nothing", () => plot.confusion(zeros(0, 0)), /confusion: expected at least one class, got none/],
    [
      "a matrix that is not square",
      () => plot.confusion(zeros(2, 3)),
      /confusion: the matrix is 2×3, expected as many/,
    ],
    ["NaN", () => plot.confusion(matrix([[nan]])), /confusion: a count is NaN, expected a whole number ≥ 0/],
    ["a name too few", () => plot.confusion(zeros(2, 2), { classes: ["a"] }), /confusion: 1 labels for 2 classes/],
  ],
  "plot.curves": [
    ["no curve", () => plot.curves([]), /curves: expected at least one curve, got none/],
    [
      "NaN",
      () => plot.curves([{ name: "loss", y: [1, nan] }]),
      /curves: "loss": number 1 is NaN, expected a finite one/,
    ],
    [
      "other numbers of x",
      () => plot.curves([{ name: "loss", y: [1], x: [] }]),
      /"loss" has 1 values of y and 0 beside/,
    ],
    [
      "an infinite band",
      () => plot.curves([{ name: "a", y: [1], band: { low: [-Infinity], high: [2] } }]),
      /number 0 is -Inf/,
    ],
    [
      "an unknown scale",
      () => plot.curves([{ name: "a", y: [1] }], { yScale: "ln" as never }),
      /yScale is "ln", expected/,
    ],
  ],
  "plot.digits": [
    ["no picture", () => plot.digits([]), /digits: expected at least one picture, got none/],
    ["pictures of two shapes", () => plot.digits([zeros(2, 2), zeros(2, 3)]), /digits: expected pictures of one shape/],
    ["NaN", () => plot.digits([zeros(2, 2), withNaN(2, 2)]), /digits: picture 1 holds NaN at row 1, column 1/],
    [
      "a label too few",
      () => plot.digits([zeros(1, 1), zeros(1, 1)], { labels: ["a"] }),
      /digits: 1 labels for 2 pictures/,
    ],
    [
      "no column",
      () => plot.digits([zeros(1, 1)], { columns: 0 }),
      /digits: columns is 0, expected a whole number ≥ 1/,
    ],
  ],
  "plot.words": [
    ["no word", () => plot.words([], []), /words: expected at least one word, got none/],
    ["a value too few", () => plot.words(["a", "b"], [1]), /words: 1 values for 2 words, expected one for each/],
    ["NaN", () => plot.words(["a"], [nan]), /words: number 0 is NaN/],
    ["NaN columns", () => plot.words(["a"], [1], { columns: nan }), /words: columns is NaN/],
  ],
  "plot.firing": [
    ["no text", () => plot.firing("", []), /firing: expected at least one character, got none/],
    ["a value too few", () => plot.firing("ab", [1]), /firing: 1 values for 2 characters, expected one for each/],
    ["NaN", () => plot.firing("a", [nan]), /firing: number 0 is NaN/],
    ["NaN columns", () => plot.firing("a", [1], { columns: nan }), /firing: columns is NaN/],
  ],
  "plot.gates": [
    ["no gate", () => plot.gates({}), /gates: expected at least one gate, got none/],
    ["gates of other steps", () => plot.gates({ f: half, u: half.slice(0, 2) }), /gates: "u" has 2 steps of 4 units/],
    [
      "NaN",
      () => plot.gates({ f: sequenceWithNaN(3, 1, 4) }),
      /gates: "f" holds NaN, expected 0 … 1 as a sigmoid gives/,
    ],
    ["a row that is not there", () => plot.gates({ f: half }, { row: 2 }), /gates: "f": there is no row 2, .* 0 … 1/],
    ["a row between two", () => plot.gates({ f: half }, { row: 0.5 }), /gates: "f": there is no row 0.5/],
    [
      "an unknown view",
      () => plot.gates({ f: half }, { show: "unit" as never }),
      /show is "unit", expected mean or units/,
    ],
  ],
  "plot.gradientNorms": [
    ["no cell", () => plot.gradientNorms([]), /gradientNorms: expected at least one cell, got none/],
    ["NaN", () => plot.gradientNorms([{ name: "RNN", norms: [1, nan] }]), /gradientNorms: "RNN": number 1 is NaN/],
    ["a negative norm", () => plot.gradientNorms([{ name: "RNN", norms: [-1] }]), /has -1 at 0, a norm is at least 0/],
  ],
  "plot.guesses": [
    [
      "a row that is not there",
      () => plot.guesses(certain, { row: 1 }),
      /guesses: there is no row 1, the batch has 0 … 0/,
    ],
    ["no step", () => plot.guesses(certain.slice(0, 0)), /guesses: expected at least one step, got none/],
    [
      "logits",
      () => plot.guesses(buildSequence(1, 1, 3, (_t, _i, j) => j)),
      /guesses: a probability is 2, expected 0 … 1/,
    ],
    ["NaN", () => plot.guesses(sequenceWithNaN(2, 1, 3)), /guesses: a probability is NaN/],
    ["a name too few", () => plot.guesses(certain, { classes: ["a"] }), /guesses: 1 labels for 4 classes/],
  ],
  "plot.histogram": [
    ["nothing", () => plot.histogram([]), /histogram: expected at least one value, got none/],
    ["an infinite number", () => plot.histogram([Infinity]), /histogram: number 0 is Infinity/],
    ["no bin", () => plot.histogram([1], { bins: 0 }), /histogram: bins is 0, expected 1, 2, 3/],
  ],
  "plot.sequenceTypes": [
    ["none", () => plot.sequenceTypes({ only: [] }), /sequenceTypes: expected at least one of one to one/],
    [
      "an unknown kind",
      () => plot.sequenceTypes({ only: ["two to two" as never] }),
      /a kind is "two to two", expected one/,
    ],
  ],
  "plot.spectra": [
    ["no matrix", () => plot.spectra([]), /spectra: expected at least one matrix, got none/],
    ["NaN", () => plot.spectra([{ name: "1", values: [nan] }]), /spectra: "1": number 0 is NaN/],
    [
      "a negative value",
      () => plot.spectra([{ name: "1", values: [-1] }]),
      /"1" has -1, a singular value is at least 0/,
    ],
    [
      "an unknown form",
      () => plot.spectra([{ name: "1", values: [1] }], { as: "rows" as never }),
      /as is "rows", expected/,
    ],
  ],
  "plot.stateMap": [
    [
      "a row that is not there",
      () => plot.stateMap(half, { row: 2 }),
      /stateMap: there is no row 2, the batch has 0 … 1/,
    ],
    ["no step", () => plot.stateMap(half.slice(0, 0)), /stateMap: expected at least one step, got none/],
    ["NaN", () => plot.stateMap(sequenceWithNaN(2, 1, 3)), /stateMap: number 3 is NaN, expected a finite one/],
    ["a tick too few", () => plot.stateMap(half, { ticks: ["a"] }), /stateMap: 1 labels for 3 steps/],
  ],
  "plot.trajectory": [
    ["no path", () => plot.trajectory([]), /trajectory: expected at least one sequence, got none/],
    [
      "points of one number",
      () => plot.trajectory([{ points: zeros(3, 1) }]),
      /has points of 1 numbers, expected 2 or 3/,
    ],
    ["NaN", () => plot.trajectory([{ points: withNaN(3, 2) }]), /trajectory: "state", point 2: number 1 is NaN/],
    [
      "a token too few",
      () => plot.trajectory([{ points: build(2, 2, () => 1), tokens: ["a"] }]),
      /1 labels for 2 points/,
    ],
  ],
  "plot.unrolledGraph": [
    ["no step", () => plot.unrolledGraph([]), /unrolledGraph: expected at least one step, got none/],
    ["NaN", () => plot.unrolledGraph([{ x: nan, h: 1 }]), /unrolledGraph: x of step 1: number 0 is NaN/],
    [
      "an infinite loss",
      () => plot.unrolledGraph([{ x: 1, h: 1, loss: Infinity }]),
      /unrolledGraph: loss: number 0 is Inf/,
    ],
    [
      "more steps than a page has",
      () => plot.unrolledGraph(Array(17).fill({ x: 1, h: 1 })),
      /17 steps, expected 1 … 16/,
    ],
  ],
  "plot.withSlider": [
    ["no figure", () => plot.withSlider([]), /withSlider: expected at least one figure, got none/],
    [
      "figures of two kinds",
      () => plot.withSlider([figure(), plot.curves([{ name: "a", y: [1] }])]),
      /make them alike/,
    ],
    [
      "a name too few",
      () => plot.withSlider([figure(), figure()], { names: ["a"] }),
      /withSlider: 1 labels for 2 figures/,
    ],
    [
      "NaN milliseconds",
      () => plot.withSlider([figure()], { each: nan }),
      /withSlider: each is NaN, expected a number > 0/,
    ],
  ],
  image: [
    ["no pixel", () => image(zeros(0, 0)), /image: the picture is 0×0, expected at least one pixel/],
    ["NaN", () => image(withNaN(2, 2)), /image: the picture holds NaN at row 1, column 1/],
    ["half a scale", () => image(zeros(1, 1), { scale: 0.5 }), /image: scale is 0.5, expected 1, 2, 3/],
  ],
  display: [["an update of nothing", () => display(1, { update: true }), /display: update needs the id of the output/]],
  "plot.matrixMap": [
    ["an empty matrix", () => plot.matrixMap(matrix([])), /matrixMap: expected at least one number/],
    ["NaN", () => plot.matrixMap(matrix([[nan]])), /number 0 is NaN/],
  ],
  "plot.sum": [
    ["no term", () => plot.sum([], { names: ["a"] }), /sum: expected at least one term/],
    ["NaN", () => plot.sum([{ name: "a", values: [nan] }], { names: ["w"] }), /"a": number 0 is NaN/],
  ],
  input: [["to ask nobody", () => input("name? "), /input: there is nobody to ask here, only the Unroll kernel asks/]],
  prompt: [["to ask nobody", () => prompt("name? "), /there is nobody to ask here/]],
  confirm: [["to ask nobody", () => confirm("sure? "), /there is nobody to ask here/]],
};
