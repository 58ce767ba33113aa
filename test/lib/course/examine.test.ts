import assert from "node:assert/strict";
import { exercise, matrix } from "unroll";
import { examine } from "unroll/course/examine.js";

const twice = exercise({
  name: "0.9",
  asks: "a row twice as long",
  hint: "Multiply by 2.",
  solution: (row: readonly number[]): readonly number[] => row.map((value) => 2 * value),
  looks: [
    ["(1, 2)", (f) => f([1, 2])],
    ["(−3)", (f) => f([-3])],
  ],
  mistakes: [{ attempt: (row) => row.map((value) => value * value), says: "That is the square." }],
});

describe("examine", () => {
  it("accepts what looks like the solution, also when it was written in another way", () => {
    const other = (row: readonly number[]) => Float32Array.from(row, (value) => value + value);
    assert.deepEqual(examine(twice, other), { outcome: "accepted", message: "(1, 2) · (−3)" });
  });

  it("tells the first thing that differs: where, what was expected, what came", () => {
    const wrong = (row: readonly number[]) => row.map((value, i) => (i === 1 ? value : 2 * value));
    assert.deepEqual(examine(twice, wrong), { outcome: "missed", message: "(1, 2): entry 1: expected 4, got 2" });
    assert.match(examine(twice, () => [1]).message, /^\(1, 2\): expected a list of 2, got a list of 1$/);
    assert.match(examine(twice, () => 4).message, /expected a list of 2, got 4$/);
  });

  it("says why many go wrong in this way, where the attempt shows the same as theirs", () => {
    const square = (row: readonly number[]) => row.map((value) => value ** 2);
    assert.equal(examine(twice, square).advice, "That is the square.");
    assert.equal(examine(twice, () => [0, 0]).advice, undefined);
  });

  it("lets nothing out that an attempt throws, and no function be missing", () => {
    const broken = (row: readonly number[]) => {
      if (row.length === 1) throw new TypeError("no such row");
      return row.map((value) => 2 * value);
    };
    assert.equal(examine(twice, broken).message, "(−3): stopped with “no such row”");
    assert.match(examine(twice, [1]).message, /stopped with “f is not a function”/);
  });

  it("takes an attempt that shows nothing for one not yet made", () => {
    for (const attempt of [undefined, () => undefined, () => [], () => [Number.NaN]])
      assert.equal(examine(twice, attempt).outcome, "blank");
    const stub = () => {
      throw new Error("your turn");
    };
    assert.equal(examine(twice, stub).outcome, "blank");
  });

  it("says in the look's own words what is not so, where a look answers with true or false", () => {
    const fading = exercise({
      name: "0.8",
      asks: "a factor that fades",
      hint: "Less than 1.",
      solution: 0.5,
      looks: [["after 10 steps less than a tenth is left", (factor) => factor ** 10 < 0.1]],
      mistakes: [{ attempt: 1, says: "A factor of 1 keeps everything." }],
    });
    assert.equal(examine(fading, 0.7).outcome, "accepted");
    assert.equal(examine(fading, 0.9).message, "after 10 steps less than a tenth is left: not yet");
  });

  it("tells matrices apart by shape, then by entry, and numbers with the digits that differ", () => {
    const unit = exercise({
      name: "0.7",
      asks: "an identity",
      hint: "",
      solution: matrix([
        [1, 0],
        [0, 1],
      ]),
      looks: [["the matrix", (m) => m]],
      mistakes: [{ attempt: matrix([[1]]), says: "" }],
    });
    assert.equal(examine(unit, matrix([[1, 0]])).message, "the matrix: expected a 2×2 matrix, got a 1×2 matrix");
    const near = matrix([
      [1, 0],
      [0, 1.00002],
    ]);
    assert.equal(examine(unit, near).message, "the matrix: row 1, column 1: expected 1, got 1.00002");
  });
});
