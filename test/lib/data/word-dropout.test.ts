import assert from "node:assert/strict";
import { labelledTexts, random, wordDropout, wordVocabulary } from "unroll";

describe("word dropout", () => {
  const texts = [new Array<string>(400).fill("a"), ["b"]];
  const vocabulary = wordVocabulary(texts, { special: ["pad", "unk"] });
  const examples = labelledTexts(texts, [0, 1], vocabulary, [0, 1]);
  const unknown = vocabulary.special.unk;
  const holes = (ids: Int32Array) => ids.filter((id) => id === unknown).length;

  it("makes about so many tokens unknown, and none of the padding", () => {
    const { x, lengths, labels } = wordDropout(examples, 0.25, { unknown, random: random(1) }).batch([0, 1]);
    const [long, short] = [0, 1].map((i) => Int32Array.from({ length: 400 }, (_, t) => x.at(t)[i]!));
    assert.ok(Math.abs(holes(long!) - 100) < 30, `${holes(long!)} of 400`); // 3.5 standard deviations
    assert.deepEqual([...short!.subarray(1)], new Array(399).fill(vocabulary.special.pad));
    assert.deepEqual(
      [[...lengths], [...labels]],
      [
        [400, 1],
        [0, 1],
      ],
    );
  });

  it("draws other holes each time, and leaves the examples as they are", () => {
    const holed = wordDropout(examples, 0.5, { unknown, random: random(1) });
    assert.notDeepEqual(holed.batch([0]).x.ids, holed.batch([0]).x.ids);
    assert.equal(holes(examples.batch([0]).x.ids), 0);
    assert.equal(holed.lengthOf(0), 400);
  });

  it("makes no hole at rate 0", () => {
    const { x } = wordDropout(examples, 0, { unknown, random: random(1) }).batch([0, 1]);
    assert.deepEqual(x.ids, examples.batch([0, 1]).x.ids);
  });
});
