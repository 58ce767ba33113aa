import assert from "node:assert/strict";
import { naiveBayes, sentiment } from "unroll";
import { withData } from "../../../support/data-folders.js";

describe("the built-in sentences about films", () => {
  const read = () => withData({}, sentiment);

  it("stand in where the data set is not installed, and say so", () => {
    const { origin, isWhole } = read();
    assert.equal(isWhole, false);
    assert.match(origin, /written for this course; npx unroll data get sentiment/);
  });

  it("are 120, no two alike, each class as often as the others in each part", () => {
    const { train, dev, test } = read();
    assert.deepEqual([train.length, dev.length, test.length], [90, 15, 15]);
    for (const part of [train, dev, test]) {
      for (const label of ["negative", "neutral", "positive"]) {
        assert.equal(part.filter((row) => row.label === label).length, part.length / 3);
      }
    }
    const texts = [...train, ...dev, ...test].map(({ words }) => words.join(" "));
    assert.equal(new Set(texts).size, 120);
  });

  it("can be learned: naive Bayes is right more often than by chance", () => {
    const { train, test } = read();
    const bayes = naiveBayes(
      train.map(({ words }) => words),
      train.map(({ label }) => label),
    );
    const right = test.filter(({ words, label }) => bayes.guess(words) === label).length;
    assert.ok(right >= 10, `${right} of 15`);
  });
});
