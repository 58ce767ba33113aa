import assert from "node:assert/strict";
import { inspect } from "node:util";
import { inflateSync } from "node:zlib";
import {
  build,
  buildSequence,
  classifier,
  type Displayable,
  Images,
  image,
  jupyterDisplay,
  matrix,
  random,
  rnn,
  summary,
  table,
} from "unroll";

const shown = (value: Displayable) => value[jupyterDisplay]() as Record<string, string>;
const rowsOf = (html: string | undefined) => html!.split("<tr").length - 1;

describe("a matrix in a notebook", () => {
  it("is a table under its shape and precision", () => {
    const { "text/plain": text, "text/html": html } = shown(
      matrix([
        [1, -2.5, 1 / 3],
        [10, 0, 6],
      ]),
    );
    // 1/3 to four significant digits is 0.3333
    assert.equal(text, "Matrix 2×3 · float64\n 1  -2.5  0.3333\n10     0       6");
    assert.match(html!, /<caption[^>]*>Matrix 2×3 · float64<\/caption>/);
    assert.equal(rowsOf(html), 2);
  });

  it("that is large has its middle left out", () => {
    const { "text/plain": text, "text/html": html } = shown(build(1000, 500, (i, j) => 1000 * i + j, "float32"));
    const lines = text!.split("\n");
    // a title, 4 rows, one that stands for 992, and 4 rows more
    assert.deepEqual([lines.length, rowsOf(html)], [10, 9]);
    assert.match(lines[1]!, /^ +0 +1 +2 +3 +4 +⋯ +495 +496 +497 +498 +499$/);
    assert.match(lines[9]!, /^999000 .* 999499$/);
    assert.ok(html!.length < 4000, `${html!.length} characters`);
  });

  it("is shown with its numbers where it is a view, empty, or holds what is no number", () => {
    const view = build(2, 4, (i, j) => 10 * i + j).columns(1, 3);
    assert.equal(shown(view)["text/plain"], "Matrix 2×2 · float64\n 1   2\n11  12");
    assert.equal(shown(build(0, 3, () => 0))["text/plain"], "Matrix 0×3 · float64");
    assert.match(shown(matrix([[Number.NaN, -Infinity]]))["text/plain"]!, /NaN {2}-Infinity$/);
  });
});

describe("a matrix that is printed", () => {
  it("is the same table, and inside of another object its shape alone", () => {
    const W = matrix([[1, 2]], "float32");
    assert.equal(inspect(W), "Matrix 1×2 · float32\n1  2");
    assert.equal(inspect({ cell: { W } }), "{ cell: { W: Matrix 1×2 · float32 } }");
    assert.match(inspect([buildSequence(1, 1, 1, () => 0)]), /^\[ Sequence 1×1×1 · float64, a row for each step \]$/);
  });
});

describe("a sequence in a notebook", () => {
  it("is its first sequence, a row for each step", () => {
    const x = buildSequence(3, 2, 2, (t, i, j) => 100 * i + 10 * t + j);
    assert.equal(
      shown(x)["text/plain"],
      "Sequence 3×2×2 · float64 · sequence 0 of 2, a row for each step\n 0   1\n10  11\n20  21",
    );
  });
});

describe("a table", () => {
  it("has the properties of its rows for columns, numbers to the right, and text as it is", () => {
    const rows = [
      { cell: "<RNN>", loss: 0.123456 },
      { cell: "LSTM", loss: 12, note: [1] },
    ];
    const { "text/plain": text, "text/html": html } = shown(table(rows, { title: "runs" }));
    assert.equal(text, "runs\ncell   loss    note\n<RNN>  0.1235\nLSTM       12  [ 1 ]");
    assert.match(html!, /&lt;RNN&gt;/);
    assert.match(html!, /<td>0\.1235<\/td>/);
  });

  it("of many rows shows the first and the last", () => {
    const rows = Array.from({ length: 1000 }, (_, n) => ({ n }));
    const lines = shown(table(rows, { limit: 4 }))["text/plain"]!.split("\n");
    assert.deepEqual(
      lines.map((line) => line.trim()),
      ["n", "0", "1", "⋮", "998", "999"],
    );
  });

  it("sets no colour that a dark or a light theme could swallow", () => {
    const html = shown(table([{ a: 1 }]))["text/html"]!;
    assert.deepEqual(html.match(/#[0-9a-f]{3,6}|rgb\([^)]*\)|color:/gi), null);
  });

  it("sums up the weights of a model", () => {
    const text = shown(summary(classifier(rnn(2, 3), 4).init(random(1))))["text/plain"]!;
    // W: (2 + 3)·3, b: 3, W_hy: 3·4, b_y: 4
    assert.match(text, /^34 weights\n/);
    assert.match(text, /readout\.W +3×4 +12 +float32/);
  });
});

describe("pictures in a notebook", () => {
  it("are a PNG of their pixels, each as large as the scale says", () => {
    const { "image/png": png, "text/plain": text } = shown(
      image(
        matrix([
          [0, 1, 2],
          [0.5, -1, 1],
        ]),
        { scale: 2 },
      ),
    );
    assert.equal(text, "a picture of 2×3 pixels");
    // 0.5·255 rounds to 128; what lies outside of 0 … 1 is cut
    const [top, bottom] = [
      [0, 0, 255, 255, 255, 255],
      [128, 128, 0, 0, 255, 255],
    ];
    assert.deepEqual(pixels(png!), { width: 6, height: 4, lines: [top, top, bottom, bottom] });
  });

  it("of a data set are the first 20, and words that say what there is", () => {
    const images = new Images(
      2,
      3,
      new Uint8Array(25 * 6).fill(7),
      Uint8Array.from({ length: 25 }, (_, i) => i % 10),
    );
    const { "image/png": png, "text/plain": text } = shown(images);
    assert.match(text!, /^25 pictures of 2×3; the first 20 are of the classes 0 1 2 .* 9 0 1/);
    const { width, height } = pixels(png!);
    assert.deepEqual([width, height], [10 * 3 * 2, 2 * 2 * 2]); // ten across and two down, twice as large
    assert.equal(shown(images.slice(0, 0))["text/plain"], "0 pictures of 2×3");
  });

  it("are refused where the scale is none", () => {
    assert.throws(() => image(matrix([[1]]), { scale: 0.5 }), /scale is 0\.5, expected 1, 2, 3/);
  });
});

/** Reads a grey PNG of one data chunk, by the specification's layout: length, type, data, check sum. */
function pixels(base64: string): { width: number; height: number; lines: number[][] } {
  const file = Buffer.from(base64, "base64");
  assert.equal(file.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n");
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const start = file.indexOf("IDAT", 0, "latin1");
  const raw = inflateSync(file.subarray(start + 4, start + 4 + file.readUInt32BE(start - 4)));
  const lines = Array.from({ length: height }, (_, y) => [...raw.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))]);
  return { width, height, lines };
}
