import assert from "node:assert/strict";
import { corpusRouge, rouge } from "unroll";

describe("ROUGE", () => {
  // Lin 2004, section 3.1: the reference and three candidates, of which ROUGE-2 cannot tell the first two apart
  const reference = "police killed the gunman";
  const [kill, reversed, killed] = ["police kill the gunman", "the gunman kill police", "the gunman police killed"];

  it("has the figures of Lin's example", () => {
    assert.deepEqual(
      [kill, reversed, killed].map((text) => rouge(text, reference).rougeL.f1),
      [3 / 4, 2 / 4, 2 / 4],
    );
    assert.equal(rouge(kill, reference).rouge2.f1, rouge(reversed, reference).rouge2.f1);
    assert.ok(rouge(killed, reference).rouge2.f1 > rouge(reversed, reference).rouge2.f1);
  });

  it("has the figures of rouge-score's own tests", () => {
    // rouge_scorer_test.py: the target is "testing one two" each time
    const target = "testing one two";
    assert.deepEqual(rouge("testing", target).rouge1, { precision: 1, recall: 1 / 3, f1: 1 / 2 });
    assert.deepEqual(rouge("testing one", target).rouge2, { precision: 1, recall: 1 / 2, f1: 2 / 3 });
    assert.deepEqual(rouge("testing one", target).rougeL, { precision: 1, recall: 2 / 3, f1: 4 / 5 });
    assert.deepEqual(rouge("testing two", target).rougeL, { precision: 1, recall: 2 / 3, f1: 4 / 5 });
  });

  it("takes runs of letters a … z and digits for words, whatever their case", () => {
    assert.equal(rouge("It's 3.5% — OK_then", "it s 3 5 ok then").rouge2.f1, 1);
    assert.equal(rouge("漢字", "漢字").rouge1.f1, 0);
  });

  it("of a corpus is the mean over its texts", () => {
    assert.deepEqual(corpusRouge(["a", "b"], ["a", "c"]).rouge1, { precision: 0.5, recall: 0.5, f1: 0.5 });
    assert.throws(() => corpusRouge([], []), /0 hypotheses for 0 references, expected as many, at least one/);
    assert.throws(() => corpusRouge(["a"], []), /1 hypotheses for 0 references/);
  });
});
