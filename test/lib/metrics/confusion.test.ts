import assert from "node:assert/strict";
import fc from "fast-check";
import { confusionMatrix, f1Scores, matrix, matthews, zeros } from "unroll";

describe("a confusion matrix", () => {
  it("counts true classes in rows and guesses in columns", () => {
    assert.deepEqual(confusionMatrix([0, 1, 1, 2, 2], [0, 0, 1, 2, 0], 3).toRows(), [
      [1, 1, 1],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  it("refuses nothing, unequal lengths and what is not a class", () => {
    assert.throws(() => confusionMatrix([], [], 2), /0 guesses for 0 labels, expected as many, at least one/);
    assert.throws(() => confusionMatrix([0], [0, 1], 2), /1 guesses for 2 labels/);
    assert.throws(() => confusionMatrix([0, 2], [0, 1], 2), /guess 1 is 2, expected a class 0 … 1/);
    assert.throws(() => confusionMatrix([0], [-1], 2), /label 0 is -1/);
    assert.throws(() => confusionMatrix([Number.NaN], [0], 2), /guess 0 is NaN/);
    assert.throws(() => confusionMatrix([0], [0], 1), /there are 1 classes, expected a whole number ≥ 2/);
  });
});

describe("precision, recall and F1", () => {
  it("are those of each class, and their mean over the classes that occur", () => {
    // worked by hand: class 0: 2 of 3 guesses, 2 of 2 examples; class 1: 1 of 1, 1 of 2; class 2 never
    const counts = matrix([
      [2, 0, 0],
      [1, 1, 0],
      [0, 0, 0],
    ]);
    const { classes, micro, macro } = f1Scores(counts);
    assert.deepEqual(classes, [
      { precision: 2 / 3, recall: 1, f1: 0.8, count: 2 },
      { precision: 1, recall: 0.5, f1: 2 / 3, count: 2 },
      { precision: 0, recall: 0, f1: 0, count: 0 },
    ]);
    assert.deepEqual(macro, { precision: (2 / 3 + 1) / 2, recall: 0.75, f1: (0.8 + 2 / 3) / 2 });
    assert.deepEqual(micro, { precision: 0.75, recall: 0.75, f1: 0.75 });
  });

  it("refuse what is not a confusion matrix", () => {
    assert.throws(() => f1Scores(zeros(2, 3)), /f1Scores: the counts are 2×3, expected as many rows as columns/);
    assert.throws(() => f1Scores(zeros(2, 2)), /all counts are 0, expected at least one example/);
    assert.throws(() => f1Scores(matrix([[1, Number.NaN], [0, 1]])), /the count at \(0, 1\) is NaN/); // biome-ignore format: one line
    assert.throws(() => matthews(matrix([[1, -1], [0, 1]])), /matthews: the count at \(0, 1\) is -1/); // biome-ignore format: one line
  });
});

describe("Matthews' correlation", () => {
  const count = fc.integer({ min: 0, max: 50 });

  it("is Matthews' own formula for two classes", () => {
    fc.assert(
      fc.property(count, count, count, count, (tn, fp, fn, tp) => {
        fc.pre(tn + fp + fn + tp > 0);
        const spread = Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
        const expected = spread === 0 ? 0 : (tp * tn - fp * fn) / spread;
        assert.ok(Math.abs(matthews(matrix([[tn, fp], [fn, tp]])) - expected) < 1e-12); // biome-ignore format: one line
      }),
      { seed: 1 },
    );
  });

  it("is 1 when all are right, −1 when two classes are exchanged, and 0 when one class is always guessed", () => {
    assert.equal(matthews(matrix([[3, 0, 0], [0, 5, 0], [0, 0, 1]])), 1); // biome-ignore format: one line
    assert.equal(matthews(matrix([[0, 4], [4, 0]])), -1); // biome-ignore format: one line
    assert.equal(matthews(matrix([[9, 0], [1, 0]])), 0); // biome-ignore format: one line
  });
});
