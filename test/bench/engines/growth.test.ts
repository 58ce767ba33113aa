import assert from "node:assert/strict";
import { factors, growthTable, growthWorks, type Point } from "./growth.js";
import { growthFigure } from "./growth-figure.js";

const points: Point[] = [
  ...[16, 32, 64].map((value, i) => ({ size: "T", value, name: "native, Node 20", ms: 2 * 2 ** i }) as const),
  ...[32, 64].map((value, i) => ({ size: "H", value, name: "native, Node 20", ms: 0.5 * 3 ** i }) as const),
];

describe("the growth that the bench measures", () => {
  it("doubles one size after the other, H from 32 to 1024", () => {
    const works = growthWorks();
    const range = (size: string) => works.filter((each) => each.size === size).map(({ value }) => value);
    assert.deepEqual(range("H"), [32, 64, 128, 256, 512, 1024]);
    for (const size of ["T", "B", "H"])
      assert.deepEqual(factors(range(size).map((ms) => ({ ...points[0]!, ms }))), Array(5).fill(2));
    for (const { size, value, work } of works) assert.equal(work[size], value);
  });

  it("is a table of the times and their factors", () => {
    assert.equal(
      growthTable(points),
      [
        "| size doubled               |        ms |     times | at most |",
        "|----------------------------|----------:|----------:|--------:|",
        "| T 16 … 64, native, Node 20 | 2 · 4 · 8 | 2.0 · 2.0 |       2 |",
        "| H 32 … 64, native, Node 20 | 0.5 · 1.5 |       3.0 |       4 |",
      ].join("\n"),
    );
  });

  it("is a picture with a line for each contestant and a point for each time", () => {
    const svg = growthFigure(points);
    assert.equal(svg.match(/<circle/g)?.length, points.length);
    assert.match(svg, />native, Node 20</);
    assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
  });
});
