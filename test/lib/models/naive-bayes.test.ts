import assert from "node:assert/strict";
import fc from "fast-check";
import { naiveBayes } from "unroll";

const near = (a: readonly number[], b: readonly number[]) => {
  assert.equal(a.length, b.length);
  a.forEach((value, k) => {
    assert.ok(Math.abs(value - b[k]!) < 1e-12, `${value} is not ${b[k]}`);
  });
};

describe("naive Bayes", () => {
  // Manning, Raghavan & Schütze 2008, Introduction to Information Retrieval, example 13.1: China or not
  const texts = [
    ["chinese", "beijing", "chinese"],
    ["chinese", "chinese", "shanghai"],
    ["chinese", "macao"],
    ["tokyo", "japan", "chinese"],
  ];
  const bayes = naiveBayes(texts, ["yes", "yes", "yes", "no"]);

  it("gives the probabilities of the textbook's example", () => {
    const yes = (3 / 4) * (3 / 7) ** 3 * (1 / 14) ** 2;
    const no = (1 / 4) * (2 / 9) ** 3 * (2 / 9) ** 2;
    near(bayes.probabilities(["chinese", "chinese", "chinese", "tokyo", "japan"]), [yes / (yes + no), no / (yes + no)]);
    assert.equal(bayes.guess(["chinese", "chinese", "chinese", "tokyo", "japan"]), "yes");
    assert.equal(bayes.vocabularySize, 6);
  });

  it("guesses by how frequent the classes are where it knows no word", () => {
    near(bayes.probabilities(["never", "seen"]), [0.75, 0.25]);
    near(bayes.probabilities([]), [0.75, 0.25]);
    assert.deepEqual(bayes.evidence("never"), [0, 0]);
  });

  it("says of a word how much it speaks for each class: ln p(w | c) less the mean", () => {
    const [forYes, forNo] = [Math.log(6 / 14), Math.log(2 / 9)];
    near(bayes.evidence("chinese"), [(forYes - forNo) / 2, (forNo - forYes) / 2]);
  });

  it("does not underflow on long texts", () => {
    const long = new Array<string>(5000).fill("chinese");
    near(bayes.probabilities(long), [1, 0]);
  });

  it("does not care about the order of the words, and its probabilities sum to 1", () => {
    const word = fc.constantFrom("chinese", "tokyo", "japan", "macao", "unknown");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const p = bayes.probabilities(words);
        near(p, bayes.probabilities(words.toReversed()));
        assert.ok(Math.abs(p.reduce((a, b) => a + b, 0) - 1) < 1e-12);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it("with much smoothing hears the words less", () => {
    const deaf = naiveBayes(texts, ["yes", "yes", "yes", "no"], { smoothing: 1e6 });
    assert.ok(Math.abs(deaf.evidence("tokyo")[0]!) < 1e-5);
  });
});
