import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { Picture, plot } from "unroll";

const shape = { height: 2, width: 4, channels: 3 };
const grey = { height: 2, width: 2, channels: 1 };
const red = new Picture(
  shape,
  Uint8Array.from({ length: 24 }, (_, p) => (p % 3 === 0 ? 200 : 0)),
);

interface ImageTrace {
  type: string;
  source: string;
  x0: number;
  y0: number;
}

/** The bytes of a picture's pixels, out of its file: the filter byte in front of each line is left out. */
function pixelsOf({ source }: ImageTrace, across: number): number[] {
  const file = Buffer.from(source.replace(/^data:image\/png;base64,/, ""), "base64");
  const start = file.indexOf("IDAT");
  const lines = inflateSync(file.subarray(start + 4, start + 4 + file.readUInt32BE(start - 4)));
  return [...lines].filter((_, p) => p % (across + 1) > 0);
}

const traces = (figure: { data: readonly unknown[] }) => figure.data as ImageTrace[];

describe("pictures in a grid", () => {
  const figure = plot.pictures(
    ["one", "two", "three"].map((caption) => ({ picture: red, caption })),
    { columns: 2 },
  );

  it("stand beside and below each other, as many in a row as was asked for", () => {
    const [first, second, third] = traces(figure);
    assert.ok(second!.x0 >= 4 && second!.y0 === first!.y0);
    assert.ok(third!.y0 >= 2 && third!.x0 === first!.x0);
  });

  it("are the bytes that they were given, in colour", () => {
    assert.deepEqual(pixelsOf(traces(figure)[0]!, 12), [...red.bytes]);
  });

  it("have their words below, broken into lines", () => {
    const long = plot.pictures([{ picture: red, caption: `${"word ".repeat(40)}<end>` }], { columns: 1 });
    const [words] = long.layout.annotations!;
    assert.match(words!.text!, /word<br>word/);
    assert.match(words!.text!, /&lt;end&gt;/);
    assert.equal(figure.description, "3 pictures: one, two, three");
  });

  it("have words no wider than they are themselves, beside whatever they stand", () => {
    const square = new Picture({ height: 4, width: 4, channels: 1 }, new Uint8Array(16));
    for (const columns of [1, 4]) {
      const scene = { picture: square, caption: "a four left of a three , above a six" };
      const { layout } = plot.pictures([scene, scene, scene, scene], { columns });
      // 96 pixels, and a quarter more to the next one; a letter of this size has six
      for (const line of layout.annotations![0]!.text!.split("<br>")) assert.ok(line.length <= 20, line);
    }
  });

  it("need no words, and refuse none and other shapes", () => {
    assert.throws(() => plot.pictures([]), /pictures/);
    assert.throws(
      () => plot.pictures([red, new Picture(grey, new Uint8Array(4))].map((picture) => ({ picture }))),
      /the first is 2×4×3, number 1 not/,
    );
    assert.equal(plot.pictures([{ picture: red }]).description, "1 picture");
    assert.throws(() => plot.pictures([{ picture: red }], { columns: 0 }), /columns is 0/);
  });
});

describe("where a writer looks", () => {
  const grid = { height: 1, width: 2 };
  const figure = plot.gaze(red, [0.75, 0.25], { grid, title: "a <b>red</b>" });

  it("is bright at the cell that is looked at most, and darker in proportion elsewhere", () => {
    const row = pixelsOf(traces(figure)[0]!, 12).filter((_, p) => p % 3 === 0);
    const dim = Math.round(200 * (0.15 + 0.85 / 3));
    assert.deepEqual(row, [200, 200, dim, dim, 200, 200, dim, dim]);
    assert.equal(figure.description, "a red — looks most at row 1, column 1 of 1×2 cells (0.75)");
  });

  it("is seen word by word under a slider", () => {
    const both = plot.withSlider([figure, plot.gaze(red, [0.1, 0.9], { grid })], { names: ["a", "red"] });
    assert.equal(both.frames.length, 2);
  });

  it("refuses weights that are not one for each cell, or no weights", () => {
    assert.throws(() => plot.gaze(red, [1], { grid }), /1 weights for 1×2 cells/);
    assert.throws(() => plot.gaze(red, [2, -1], { grid }), /a weight is 2, expected 0 … 1/);
    assert.throws(() => plot.gaze(red, [], { grid: { height: 0, width: 0 } }), /gaze/);
  });
});
