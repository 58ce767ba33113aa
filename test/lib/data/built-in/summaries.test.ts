import assert from "node:assert/strict";
import { compressions, rouge, scientificSummaries } from "unroll";
import { withData } from "../../../support/data-folders.js";

describe("the built-in abstracts", () => {
  const read = () => withData({}, scientificSummaries);

  it("stand in where the data set is not installed, and say so", () => {
    const { origin, isWhole } = read();
    assert.equal(isWhole, false);
    assert.match(origin, /written for this course; npx unroll data get scitldr/);
  });

  it("are 48, no two alike", () => {
    const { train, dev, test } = read();
    assert.deepEqual([train.length, dev.length, test.length], [32, 8, 8]);
    assert.equal(new Set([...train, ...dev, ...test].map(({ sentences }) => sentences.join(" "))).size, 48);
  });

  it("name the sentence that has most words of the summary", () => {
    for (const { sentences, oracle, targets } of read().train) {
      const gains = sentences.map((sentence) => rouge(sentence, targets[0]!).rouge1.f1);
      assert.equal(gains.indexOf(Math.max(...gains)), oracle);
    }
  });
});

describe("the built-in sentences to be made shorter", () => {
  const read = () => withData({}, compressions);

  it("are 120, no two alike, and not whole", () => {
    const { train, dev, test, isWhole } = read();
    assert.equal(isWhole, false);
    assert.deepEqual([train.length, dev.length, test.length], [90, 15, 15]);
    assert.equal(new Set([...train, ...dev, ...test].map(({ words }) => words.join(" "))).size, 120);
  });

  it("keep some words and let some go, and what is kept is a sentence", () => {
    const { train } = read();
    for (const { keep } of train) assert.ok(keep.includes(true) && keep.includes(false));
    const { words, keep } = train[0]!;
    assert.equal(words.filter((_, t) => keep[t]).join(" "), "the teacher brought the books");
  });
});
