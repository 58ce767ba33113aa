import assert from "node:assert/strict";
import { add, addInto, build, matrix, mul, scaleInto, subtract, zeros } from "unroll";

describe("entry by entry", () => {
  const a = build(2, 5, (i, j) => i - j).columns(1, 4);
  const b = build(2, 4, (i, j) => 2 * i + j).columns(0, 3);

  it("adds, subtracts and multiplies, also views", () => {
    const each = (f: (x: number, y: number) => number) => build(2, 3, (i, j) => f(a.at(i, j), b.at(i, j))).toRows();
    assert.deepEqual(
      add(a, b).toRows(),
      each((x, y) => x + y),
    );
    assert.deepEqual(
      subtract(a, b).toRows(),
      each((x, y) => x - y),
    );
    assert.deepEqual(
      mul(a, b).toRows(),
      each((x, y) => x * y),
    );
  });

  it("adds and scales in place, and touches only the view", () => {
    const whole = build(2, 3, () => 1);
    addInto(whole.columns(1, 3), matrix([[1, 2], [3, 4]])); // biome-ignore format: two rows on one line
    scaleInto(whole.columns(2, 3), 10);
    assert.deepEqual(whole.toRows(), [
      [1, 2, 30],
      [1, 4, 50],
    ]);
  });

  it("stays float32 when both operands are, and is float64 when one is", () => {
    const [single, double] = [zeros(1, 1, "float32"), zeros(1, 1, "float64")];
    assert.equal(add(single, single).precision, "float32");
    assert.equal(mul(single, double).precision, "float64");
    assert.equal(subtract(double, single).precision, "float64");
  });

  it("refuses two shapes", () => {
    assert.throws(() => add(zeros(2, 3), zeros(3, 2)), /add: 2×3 and 3×2 must have one shape/);
    assert.throws(() => addInto(zeros(1, 3), zeros(1, 2)), /addInto: 1×3 and 1×2 must have one shape/);
  });
});
