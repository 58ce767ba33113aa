import { build, buildSequence, type Figure, matrix, normal, Picture, plot, random, softmax, stack } from "unroll";

const text = 'It said "no rain today".\nThen it rained, and a\tvoice said:\n"<pad> & other things happen".\n'.repeat(3);
const wave = (t: number, unit: number) => (1 + Math.sin(t / 2 + unit)) / 2;
const words = ["the", "cat", "sat", "on", "the", "mat", "<unk>", "</s>"];

const gate = (steps: number, width: number, phase: number) =>
  buildSequence(steps, 1, width, (t, _, unit) => wave(t, unit / 7 + phase));

const counts = (K: number) => build(K, K, (i, j) => (i === j ? 90 + i : (i * 7 + j * 3) % 6));

const steps = (count: number): plot.GraphStep[] =>
  Array.from({ length: count }, (_, i) => ({
    x: [i % 2, (i + 1) % 2],
    h: [Math.sin(i), 0.4 * Math.cos(i), 0.3],
    y: 0.8 - 0.2 * i,
    loss: 0.3 * (1 + i),
    dh: [0.9 ** (count - i) / 2, 0.1],
    token: "hello world again"[i]!,
  }));

const spiral = (size: number, phase: number) =>
  build(60, size, (t, axis) =>
    axis === 2 ? t / 30 - 1 : Math.cos(t / 6 + phase - (axis * Math.PI) / 2) * (1 - t / 80),
  );

const lstmValues = { x: [0.2, -0.4], hPrevious: [-0.3, 0.1], cPrevious: [0.5, -0.8] };
const lstmLayers = { f: [0.9, 0.3], u: [0.2, 0.8], candidate: [-0.7, 0.6], r: [0.6, 0.4] };
const gruValues = { x: 0.4, hPrevious: -0.6, r: 0.3, z: 0.8, candidate: 0.9 };

const attentionAt = (sharpness: number) =>
  plot.attention(softmax(build(7, words.length, (i, j) => -sharpness * Math.abs(i - j))), {
    source: words,
    target: ["le", "chat", "était", "assis", "sur", "le", "tapis"],
    title: "alignment",
  });

const coloured = (side: number) =>
  new Picture(
    { height: side, width: side, channels: 3 },
    Uint8Array.from({ length: 3 * side * side }, (_, p) => (p * 37) % 256),
  );

const gazeAt = (cell: number) =>
  plot.gaze(
    coloured(8),
    [0, 1, 2, 3].map((k) => (k === cell ? 0.7 : 0.1)),
    { grid: { height: 2, width: 2 }, title: "one <b>two</b>" },
  );

/** One figure, or two, of each kind, as lessons draw them. */
export const specimens: Readonly<Record<string, () => Figure>> = {
  curves: () =>
    plot.curves(
      [
        { name: "training", y: [2.3, 1.1, 0.6, 0.4], band: { low: [2, 1, 0.5, 0.3], high: [2.5, 1.3, 0.8, 0.5] } },
        { name: "accuracy", y: [0.1, 0.5, 0.8, 0.9], axis: "right" },
      ],
      { title: "training", x: "epoch", y: "loss (nats)", right: "accuracy", rightRange: [0, 1] },
    ),
  digits: () =>
    plot.digits(
      [counts(8), counts(8)].map((m) => build(8, 8, (i, j) => m.at(i, j) / 100)),
      { labels: ["a", "b"] },
    ),
  pictures: () =>
    plot.pictures(
      ["a", "some words that need more than a line", "c"].map((caption) => ({ picture: coloured(4), caption })),
      { columns: 2, title: "pictures" },
    ),
  gaze: () => gazeAt(0),
  "gaze, with a slider": () => plot.withSlider([0, 1, 2].map(gazeAt), { by: "word", names: ["a", "two", "."] }),
  stateMap: () =>
    plot.stateMap(
      buildSequence(40, 1, 32, (t, _, unit) => Math.sin(t / 4 + unit)),
      { title: "states" },
    ),
  guesses: () => plot.guesses(stack([0, 1, 2].map((t) => softmax(build(1, 4, (_, k) => (k === t ? 3 : 0))))), {}),
  gradientNorms: () =>
    plot.gradientNorms(
      [
        {
          name: "tanh RNN",
          norms: Array.from({ length: 100 }, (_, k) => 0.8 ** k),
          band: {
            low: Array.from({ length: 100 }, (_, k) => 0.75 ** k),
            high: Array.from({ length: 100 }, (_, k) => 0.85 ** k),
          },
        },
        { name: "LSTM", norms: Array.from({ length: 100 }, (_, k) => 0.98 ** k) },
        { name: "GRU", norms: Array.from({ length: 100 }, (_, k) => 0.95 ** k) },
      ],
      { title: "how far back the loss reaches" },
    ),
  "spectra, lines": () =>
    plot.spectra(
      [1, 5, 10, 50].map((k) => ({
        name: String(k),
        values: Array.from({ length: 32 }, (_, i) => (1.4 - i / 32) ** k),
      })),
      { title: "∂h_t / ∂h_{t−k}", by: "k =" },
    ),
  "spectra, columns": () =>
    plot.spectra(
      [1, 2, 3, 5, 8, 13, 21, 34, 55].map((k) => ({
        name: String(k),
        values: Array.from({ length: 32 }, (_, i) => (1.2 - i / 40) ** k),
      })),
      { title: "Jacobian products", as: "columns", by: "distance in time (steps)" },
    ),
  "gates, means over words": () =>
    plot.gates(
      { "forget gate": gate(8, 16, 0), "update gate": gate(8, 16, 1), "read gate": gate(8, 16, 2) },
      { tokens: words, step: "word", title: "gates while reading" },
    ),
  "gates, units over characters": () =>
    plot.gates(
      { "forget gate": gate(80, 24, 0), "update gate": gate(80, 24, 1) },
      { tokens: [...text].slice(0, 80), step: "character", show: "units", title: "gates while reading" },
    ),
  arcs: () =>
    plot.arcs(
      words,
      [
        { at: 2, from: 0, to: 2, text: "ARG1" },
        { at: 2, from: 3, to: 6, text: "ARGM-LOC" },
      ],
      { title: "who did what" },
    ),
  "arcs, a long sentence": () =>
    plot.arcs([...words, ...words, ...words, ...words], [{ at: 2, from: 20, to: 30, text: "<ARG1>" }]),
  "gates, a picture": () => plot.gates({ "update gate": gate(28, 64, 0) }, { step: "row", show: "units" }),
  firing: () =>
    plot.firing(
      text,
      [...text].map((_, t) => Math.sin(t / 5)),
      { title: "neuron 7: a quote detector" },
    ),
  words: () =>
    plot.words(
      words,
      words.map((_, t) => Math.sin(t)),
      { title: "what each word does", says: "moves the guess by", columns: 24 },
    ),
  "trajectory, two axes": () =>
    plot.trajectory(
      [
        { name: "(a + b)", points: spiral(2, 0) },
        { name: "<unk>", points: spiral(2, 2) },
      ],
      { title: "states on their principal components", axes: ["component 1 (62 %)", "component 2 (21 %)"] },
    ),
  "trajectory, one": () =>
    plot.trajectory([{ points: spiral(2, 0), tokens: [...text].slice(0, 60) }], { step: "character" }),
  "trajectory, three axes": () =>
    plot.trajectory(
      [
        { name: "a", points: spiral(3, 0) },
        { name: "b", points: spiral(3, 2) },
      ],
      { title: "in space" },
    ),
  attention: () => attentionAt(1),
  "confusion, few": () =>
    plot.confusion(
      matrix([
        [140, 6, 4],
        [3, 45, 2],
        [0, 1, 9],
      ]),
      { classes: ["noun", "verb", "<unk>"], title: "tags" },
    ),
  "confusion, ten": () => plot.confusion(counts(10), { title: "digits" }),
  "confusion, thirty": () =>
    plot.confusion(counts(30), { classes: Array.from({ length: 30 }, (_, k) => `TAG${k}`), title: "tags" }),
  matrixMap: () =>
    plot.matrixMap(
      build(3, 4, (i, j) => (i - j) / 3),
      { title: "weights", y: "from", x: "to" },
    ),
  "matrixMap, large": () => plot.matrixMap(build(40, 30, (i, j) => Math.sin(i * j))),
  sum: () =>
    plot.sum(
      [1, 2, 3, 4].map((t) => ({ name: `step ${t}`, values: [0.1 * t, 0.2 - 0.1 * t, -0.05] })),
      { names: ["w", "u", "b"], y: "∂E/∂θ", title: "a sum over steps" },
    ),
  bars: () =>
    plot.bars(
      { "tanh RNN": 0.161, "identity RNN": 0.05, LSTM: 0.003, GRU: 0.004 },
      {
        title: "adding problem",
        y: "mean squared error",
        baseline: 0.167,
        published: 0.01,
        deviations: { LSTM: 0.001 },
      },
    ),
  histogram: () => {
    const draw = random(1);
    return plot.histogram(
      Array.from({ length: 5000 }, () => normal(draw)),
      { title: "weights", x: "weight" },
    );
  },
  "unrolledGraph, five steps": () => plot.unrolledGraph(steps(5), { title: "hello", folded: true }),
  "unrolledGraph, sixteen steps": () => plot.unrolledGraph(steps(16), { title: "sixteen", folded: true, unit: 0 }),
  "unrolledGraph, two steps": () =>
    plot.unrolledGraph(
      [
        { x: 1, h: 0.5 },
        { x: 0, h: -0.5 },
      ],
      { initialState: 0.2 },
    ),
  "cellDiagram, RNN": () => plot.cellDiagram(plot.rnnPlan, { x: 0.5, hPrevious: -0.2, a: 0.8 }, { title: "RNN" }),
  "cellDiagram, memory cell": () =>
    plot.cellDiagram(
      plot.memoryCellPlan,
      { x: [0.7, 1], hPrevious: 0, cPrevious: 0.2, k: 0.1, w: 0.9, value: 0.7, r: 0 },
      { title: "memory cell" },
    ),
  "cellDiagram, LSTM": () =>
    plot.cellDiagram(plot.lstmPlan, { ...lstmValues, ...lstmLayers }, { title: "LSTM", unit: 0 }),
  "cellDiagram, LSTM, blank": () => plot.cellDiagram(plot.lstmPlan),
  "cellDiagram, GRU": () => plot.cellDiagram(plot.gruPlan, gruValues, { title: "GRU" }),
  sequenceTypes: () => plot.sequenceTypes({ title: "kinds of sequence model" }),
  "withSlider, heat maps": () =>
    plot.withSlider([0, 0.5, 1, 3].map(attentionAt), { by: "epoch", names: ["0", "1", "5", "20"] }),
  "withSlider, drawings": () =>
    plot.withSlider(
      [0, 1, 2].map((t) => plot.cellDiagram(plot.gruPlan, { ...gruValues, x: t / 2, z: 1 - t / 2 })),
      { by: "step", title: "three steps" },
    ),
};
