import assert from "node:assert/strict";
import fc from "fast-check";
import { spanF1, spans } from "unroll";
import { scores } from "unroll/metrics/scores.js";

describe("spans", () => {
  const read = (line: string) => spans(line.split(" ")).map(({ type, from, to }) => `${type} ${from}-${to}`);

  it("begin at B and go on with I of their type", () => {
    assert.deepEqual(read("B-PER I-PER O B-LOC B-LOC I-LOC"), ["PER 0-2", "LOC 3-4", "LOC 4-6"]);
  });

  it("begin at an I that follows on nothing or on another type, as conlleval reads them", () => {
    assert.deepEqual(read("I-PER O I-LOC I-LOC I-PER B-PER I-LOC"), [
      "PER 0-1",
      "LOC 2-4",
      "PER 4-5",
      "PER 5-6",
      "LOC 6-7",
    ]);
  });

  it("may have types with hyphens, or none", () => {
    assert.deepEqual(read("B-a-b I-a-b B I"), ["a-b 0-2", " 2-4"]);
  });

  it("are not read from other tags", () => {
    for (const tag of ["", "S-PER", "b-PER", "BPER", "O-PER", "OB"]) {
      assert.throws(() => spans(["O", tag]), /spans: tag 1 is ".*", expected O, B-type or I-type/, tag);
    }
  });
});

describe("span F1", () => {
  it("has the figures that CoNLL-2000's page prints for 371 right of 539 found and 459 there", () => {
    // the example output of conlleval: precision 68.83 %, recall 80.83 %, FB1 74.35
    const { precision, recall, f1 } = scores(371, 539, 459);
    assert.deepEqual(
      [precision, recall, f1].map((value) => (100 * value).toFixed(2)),
      ["68.83", "80.83", "74.35"],
    );
  });

  it("is 1 for the truth itself when it has spans, and 0 when it has none", () => {
    const tag = fc.constantFrom("O", "B-x", "I-x", "B-y", "I-y");
    fc.assert(
      fc.property(fc.array(fc.array(tag), { minLength: 1 }), (truth) => {
        const some = truth.some((tags) => tags.some((one) => one !== "O"));
        assert.equal(spanF1(truth, truth).f1, some ? 1 : 0);
      }),
      { seed: 2 },
    );
  });

  it("counts each type alone", () => {
    const { types } = spanF1([["B-a", "B-b", "O"]], [["B-a", "O", "B-b"]]);
    assert.deepEqual(types.a, { precision: 1, recall: 1, f1: 1, right: 1, guessed: 1, there: 1 });
    assert.deepEqual(types.b, { precision: 0, recall: 0, f1: 0, right: 0, guessed: 1, there: 1 });
  });

  it("refuses nothing and sentences that do not fit", () => {
    assert.throws(() => spanF1([], []), /0 guessed sentences for 0 true ones, expected as many, at least one/);
    assert.throws(() => spanF1([["O"]], []), /1 guessed sentences for 0 true ones/);
    assert.throws(() => spanF1([["O", "O"]], [["O"]]), /sentence 0 has 2 guessed tags and 1 true ones/);
  });
});
