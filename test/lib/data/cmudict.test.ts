import assert from "node:assert/strict";
import { cmudict, type DataSet, type Pronunciation } from "unroll";

describe("cmudict", () => {
  let data: DataSet<Pronunciation>;
  let all: Pronunciation[];
  before(() => {
    data = cmudict();
    all = [...data.train, ...data.dev, ...data.test];
  });

  it("has each word once, with all its pronunciations in 39 sounds", () => {
    assert.equal(all.length, 124_791);
    assert.equal(new Set(all.map(({ word }) => word)).size, all.length);
    assert.equal(new Set(all.flatMap(({ pronunciations }) => pronunciations.flat())).size, 39); // as its readme lists
    const tomato = all.find(({ word }) => word === "tomato")!;
    assert.deepEqual(
      tomato.pronunciations.map((sounds) => sounds.join(" ")),
      ["T AH M EY T OW", "T AH M AA T OW"],
    );
    assert.equal(tomato.phonemes, tomato.pronunciations[0]);
  });

  it("deals words out 85 : 5 : 10, always in the same way", () => {
    assert.deepEqual([data.train.length, data.dev.length, data.test.length], [105_991, 6203, 12_597]);
  });

  it("keeps the stress where it is asked for", () => {
    const { train, dev, test } = cmudict({ stress: true });
    const tomato = [...train, ...dev, ...test].find(({ word }) => word === "tomato")!;
    assert.equal(tomato.phonemes.join(" "), "T AH0 M EY1 T OW2");
    assert.deepEqual([train.length, dev.length, test.length], [105_991, 6203, 12_597]);
  });

  it("describes itself, with its licence", () => assert.match(data.describe(), /BSD 2-Clause/));
});
