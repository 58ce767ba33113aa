import assert from "node:assert/strict";
import { matrix, plot } from "unroll";
import { drawn } from "./drawn.js";

describe("unrolledGraph", () => {
  const steps: plot.GraphStep[] = [
    { x: [1, 0], h: [0.5, -0.1], y: 0.3, loss: 0.7, dh: [0.3, 0.4], token: "<s>" },
    { x: [0, 1], h: [0.9, 0.3], y: 0.6, loss: 0.25, dh: [0, 1] },
  ];
  const nodes = (figure: ReturnType<typeof plot.unrolledGraph>) => drawn(figure).data[1]!;
  const labels = (figure: ReturnType<typeof plot.unrolledGraph>) => drawn(figure).data[0]!.text;

  it("has a node for each x, h, y and loss, and the state before the first", () => {
    assert.deepEqual(nodes(plot.unrolledGraph(steps)).text, [
      ...["h<sub>0</sub><br>0"],
      ...["x<sub>1</sub><br>0.5", "h<sub>1</sub><br>0.2", "y<sub>1</sub><br>0.3", "E<sub>1</sub><br>0.7"],
      ...["x<sub>2</sub><br>0.5", "h<sub>2</sub><br>0.6", "y<sub>2</sub><br>0.6", "E<sub>2</sub><br>0.25"],
    ]);
  });

  it("tells the mouse all the numbers behind a node", () => {
    assert.equal(nodes(plot.unrolledGraph(steps)).hovertext[2], "h<sub>1</sub> = (0.5, -0.1), mean 0.2");
  });

  it("shows one unit instead of the mean when asked for, and a row of a batch", () => {
    const batch = [{ x: matrix([[1], [2]]), h: matrix([[1, 2], [0.25, -0.75]]) }]; // biome-ignore format: a short matrix
    const { text } = nodes(plot.unrolledGraph(batch, { row: 1, unit: 1 }));
    assert.deepEqual(text, ["h<sub>0</sub><br>0", "x<sub>1</sub><br>2", "h<sub>1</sub><br>−0.75"]);
  });

  it("names the three matrices, and the token that is read", () => {
    assert.deepEqual(new Set(labels(plot.unrolledGraph([steps[0]!]))), new Set(["W<sub>xh</sub>", "W<sub>hy</sub>", "W<sub>hh</sub>", "“&lt;s&gt;”"])); // biome-ignore format: a set
  });

  it("draws gradients back, as wide as they are long", () => {
    const back = (size: number) => {
      const three = [steps[0]!, { ...steps[1]!, dh: [0, size] }, steps[1]!];
      const { annotations } = drawn(plot.unrolledGraph(three)).layout;
      return annotations.filter(({ x, ax }) => x < ax).map(({ arrowwidth }) => arrowwidth);
    };
    assert.deepEqual(back(1), [3.5, 6]); // 1 + 5·norm / longest: ‖(0.3, 0.4)‖ = 0.5
    assert.deepEqual(drawn(plot.unrolledGraph([{ x: 0, h: 0 }, { x: 0, h: 0 }])).layout.annotations.filter((a) => a.x < a.ax), []); // biome-ignore format: short
  });

  it("has the folded form beside it when asked for: one of each, and a loop", () => {
    const plain = drawn(plot.unrolledGraph(steps));
    const folded = drawn(plot.unrolledGraph(steps, { folded: true }));
    assert.deepEqual(folded.data[1]!.text.slice(-4), ["x", "h", "y", "E"]);
    assert.equal(plain.layout.shapes.length, 0);
    assert.match(folded.layout.shapes[0]!.path!, /^M-2.2,1 C/);
  });

  it("is told in words", () => {
    assert.equal(
      drawn(plot.unrolledGraph(steps, { title: "two" })).text,
      "two — 2 steps unrolled: h goes from 0.2 to 0.6 (means); loss 0.95 in all; gradient norms from the last step back: 1, 0.5",
    );
  });

  it("has no numbers in the nodes where there is no room for them", () => {
    const many = Array.from({ length: 16 }, () => ({ x: 0.5, h: 0.1 }));
    assert.equal(nodes(plot.unrolledGraph(many)).text[1], "x<sub>1</sub>");
  });

  it("refuses none, too many, and what is no number, unit or row", () => {
    assert.throws(() => plot.unrolledGraph([]), /expected at least one step/);
    assert.throws(() => plot.unrolledGraph(new Array(17).fill(steps[0])), /17 steps, expected 1 … 16: pass a part/);
    assert.throws(() => plot.unrolledGraph([{ x: Number.NaN, h: 0 }]), /x of step 1: number 0 is NaN/);
    assert.throws(() => plot.unrolledGraph([{ x: [], h: 0 }]), /x of step 1: expected at least one number/);
    assert.throws(() => plot.unrolledGraph([{ x: 0, h: 0, loss: Number.NaN }]), /loss: number 0 is NaN/);
    assert.throws(() => plot.unrolledGraph(steps, { unit: 2 }), /x of step 1: there is no unit 2, it has 0 … 1/);
    assert.throws(
      () => plot.unrolledGraph([{ x: 0, h: matrix([[1]]) }], { row: 1 }),
      /there is no row 1, the batch has 0 … 0/,
    );
  });
});
