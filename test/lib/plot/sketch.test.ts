import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { buildSequence, type Figure, jupyterDisplay, matrix, plot, stack } from "unroll";
import { specimens } from "./specimens.js";

const html = (figure: Figure) => figure[jupyterDisplay]()["text/html"] as string;
const base64 = (text: string) => Buffer.from(/base64,([^"]*)/.exec(text)![1]!, "base64");
const svg = (figure: Figure) => base64(html(figure)).toString();
const lines = (figure: Figure) => [...svg(figure).matchAll(/ d="(M\d+,[^"]*)"/g)].map(([, path]) => path);
const words = (figure: Figure) => [...svg(figure).matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);

/** The bytes of a grey PNG of so many pixels a row: its IDAT chunk begins behind 41 bytes and ends 16 before the end. */
function pixels(figure: Figure, width: number): number[][] {
  const bytes = inflateSync(base64(svg(figure)).subarray(41, -16));
  const rows = Array.from({ length: bytes.length / (width + 1) }, (_, i) => i * (width + 1) + 1);
  return rows.map((from) => [...bytes.subarray(from, from + width)]);
}

describe("a figure where no Plotly is", () => {
  it("has its lines from the left end of the axis to the right one, the lowest value at the bottom", () => {
    const figure = plot.curves([{ name: "a", y: [0, 4, 1] }], { x: "epoch", y: "nats" });
    // the plot is 80 … 560 across and 268 … 32 up; 1 is a quarter of the way up
    assert.deepEqual(lines(figure), ["M80,268L320,32L560,209"]);
    assert.deepEqual(words(figure), ["0", "2", "epoch", "0", "4", "nats"]);
  });

  it("measures a curve of the right axis on that one", () => {
    const right = plot.curves(
      [
        { name: "loss", y: [100, 200] },
        { name: "accuracy", y: [0.5, 1], axis: "right" },
      ],
      { rightRange: [0, 1] },
    );
    assert.deepEqual(lines(right), ["M80,268L560,32", "M80,150L560,32"]);
  });

  it("puts powers of ten at even distances on a logarithmic axis, and leaves out what is 0", () => {
    assert.deepEqual(lines(plot.curves([{ name: "a", y: [100, 10, 1, 0] }], { yScale: "log" })), [
      "M80,32L240,150L400,268",
    ]);
  });

  it("has at most a few hundred points of a long line, the last among them", () => {
    const y = Array.from({ length: 5001 }, (_, i) => i);
    const points = lines(plot.curves([{ name: "a", y }]))[0]!.split("L");
    assert.ok(points.length <= 201, `${points.length} points`);
    assert.equal(points.at(-1), "560,32");
  });

  it("has bars that stand on 0, with their names and values below and the line of the baseline", () => {
    const figure = plot.bars({ RNN: 2, "<unk>": 4 }, { baseline: 1 });
    // 2 is half way up, and the baseline a quarter
    assert.match(svg(figure), / d="M\d+ 268V150M\d+ 268V32"/);
    assert.match(svg(figure), / d="M80 209H560"/);
    assert.deepEqual(words(figure).slice(0, 2), ["RNN 2", "&lt;unk&gt; 4"]);
  });

  it("has its maps in grey, the first row where the axis has it", () => {
    const shares = matrix([
      [3, 1],
      [0, 5],
    ]);
    // the first class on top: 3/4, 1/4 and 0, 1 of 255
    assert.deepEqual(pixels(plot.confusion(shares), 2), [
      [191, 63],
      [0, 255],
    ]);
    // unit 0 at the bottom: −1 is black and 1 is white
    const states = buildSequence(1, 1, 2, (_t, _b, unit) => (unit === 0 ? -1 : 1));
    assert.deepEqual(pixels(plot.stateMap(states), 1), [[255], [0]]);
  });

  it("says what is seen, word for word", () => {
    const figure = plot.guesses(stack([matrix([[0.1, 0.9]])]), { classes: ["a", "<b>&"], title: "guesses" });
    assert.match(html(figure), /<figcaption>guesses — &lt;b&gt;&amp; from step 0; at the end &lt;b&gt;&amp; with/);
  });

  it("has words alone where it is in space, a drawing, or a stack", () => {
    for (const name of ["trajectory, three axes", "cellDiagram, LSTM", "sequenceTypes", "sum"])
      assert.match(html(specimens[name]!()), /^<figure><figcaption>[^<]+<\/figcaption><\/figure>$/);
  });

  it("is drawn before it has any point, as at the start of training", () => {
    const drawing = svg(plot.curves([{ name: "loss", y: [] }], { x: "step" }));
    assert.deepEqual(drawing.match(/ d="[^"]*"/g), [' d="M80 32V268H560"']); // the axes alone
  });

  it("is small, runs no script and asks nobody for anything, whatever it shows", () => {
    for (const [name, make] of Object.entries(specimens)) {
      const form = html(make());
      assert.ok(form.length < 10_000, `${name}: ${form.length} characters`);
      const drawing = form.includes("base64") ? base64(form).toString() : "";
      assert.doesNotMatch(form + drawing, /<script|https?:(?!\/\/www\.w3\.org\/2000\/svg)|NaN|Infinity|undefined|null/);
    }
  });
});
