import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bytePairVocabulary,
  labelledTexts,
  languageModelStream,
  sentencePairs,
  type Tokens,
  taggedSentences,
  wordVocabulary,
} from "unroll";

/** The tokens of sequence i as words. */
function read(tokens: Tokens, i: number, vocabulary = words): string {
  return vocabulary.decode(
    Array.from({ length: tokens.steps }, (_, t) => tokens.at(t)[i]!),
    { special: true },
  );
}

const words = wordVocabulary("one two three four", { special: ["pad", "unk", "begin", "end"] });

describe("labelled texts", () => {
  const texts = ["one", "two three four", "four two"];
  const examples = labelledTexts(texts, ["no", "yes", "no"], words, ["yes", "no"]);

  it("are tokens, class numbers and lengths, padded with pad, which is 0", () => {
    const { x, labels, lengths } = examples.batch([2, 1]);
    assert.deepEqual([read(x, 0), read(x, 1)], ["four two <pad>", "two three four"]);
    assert.deepEqual([[...labels], [...lengths]], [[1, 0], [2, 3]]); // biome-ignore format: one line
    assert.deepEqual([0, 1, 2].map(examples.lengthOf), [1, 3, 2]); // biome-ignore format: one line
  });

  it("may have numbers as labels", () => {
    assert.deepEqual([...labelledTexts(texts, [7, 9, 7], words, [9, 7]).batch([0, 1]).labels], [1, 0]);
  });

  it("refuse other labels, empty texts, nothing, and examples that are not there", () => {
    assert.throws(() => labelledTexts(texts, ["no"], words, ["no"]), /1 labels for 3 texts, expected one for each/);
    assert.throws(
      () => labelledTexts<string>(["one"], ["maybe"], words, ["yes", "no"]),
      /text 0 has the label "maybe", expected one of yes, no/,
    );
    assert.throws(() => labelledTexts([" "], ["no"], words, ["no"]), /text 0 is empty, expected one token or more/);
    assert.throws(
      () => labelledTexts([], [], words, []),
      /labelledTexts: there are no examples, expected at least one/,
    );
    assert.throws(() => examples.batch([3]), /labelledTexts: there is no example 3, there are 0 … 2/);
    assert.throws(() => examples.batch([Number.NaN]), /there is no example NaN/);
    assert.throws(() => examples.batch([]), /a batch of no examples was asked for, expected one or more/);
  });
});

describe("tagged sentences", () => {
  const tags = wordVocabulary("N V");
  const sentences = [
    { words: ["one", "two"], tags: ["N", "V"] },
    { words: ["five"], tags: ["V"] },
  ];

  it("have a tag for each word", () => {
    const { x, targets, lengths } = taggedSentences(sentences, words, tags).batch([0, 1]);
    assert.deepEqual([read(x, 0), read(x, 1)], ["one two", "<unk> <pad>"]);
    assert.equal(read(targets, 0, tags), "N V");
    assert.equal(tags.token(targets.at(0)[1]!), "V");
    assert.deepEqual([...lengths], [2, 1]);
  });

  it("refuse words without tags, unknown tags, and vocabularies that cut words", () => {
    const one = (word: string[], tag: string[], vocabulary = words) =>
      taggedSentences([{ words: word, tags: tag }], vocabulary, tags);
    assert.throws(() => one(["one"], []), /sentence 0 has 1 words and 0 tags, expected as many/);
    assert.throws(() => one([], []), /sentence 0 is empty/);
    assert.throws(() => one(["one"], ["X"]), /"X" at position 0 is not among its 2 tokens/);
    assert.throws(
      () => one(["one"], ["N"], bytePairVocabulary("one", 0)),
      /sentence 0 has 1 words, which become 3 tokens: take a vocabulary of words/,
    );
    assert.throws(() => taggedSentences([], words, tags), /taggedSentences: there are no examples/);
  });
});

describe("sentence pairs", () => {
  const pairs = [["one two", "three"], ["four", "four three"]] as const; // biome-ignore format: one line

  it("mark begin and end of the target when its vocabulary can", () => {
    const { source, sourceLengths, target, targetLengths } = sentencePairs(pairs, words, words).batch([0, 1]);
    assert.deepEqual([read(source, 0), read(source, 1)], ["one two", "four <pad>"]);
    assert.deepEqual([read(target, 0), read(target, 1)], ["<begin> three <end> <pad>", "<begin> four three <end>"]);
    assert.deepEqual([[...sourceLengths], [...targetLengths]], [[2, 1], [3, 4]]); // biome-ignore format: one line
  });

  it("leave the marks out when they are not wanted or not there", () => {
    const target = (options: object, vocabulary = words) =>
      read(sentencePairs(pairs, words, vocabulary, options).batch([0]).target, 0, vocabulary);
    assert.equal(target({ begin: false }), "three <end>");
    assert.equal(target({ begin: false, end: false }), "three");
    assert.equal(target({}, wordVocabulary("three four")), "three");
    assert.throws(
      () => target({ end: true }, wordVocabulary("three four")),
      /the target vocabulary has no <end>, build it with special: \["end"\]/,
    );
  });

  it("refuse empty texts and nothing", () => {
    assert.throws(() => sentencePairs([["", "one"]], words, words), /the source of pair 0 is empty/);
    assert.throws(() => sentencePairs([["one", " "]], words, words), /the target of pair 0 is empty/);
    assert.throws(() => sentencePairs([], words, words), /sentencePairs: there are no examples/);
  });
});

describe("a language model's stream", () => {
  const size = fc.integer({ min: 1, max: 5 });

  it("goes on in each stream where the window before it ended, and its targets are the next tokens", () => {
    fc.assert(
      fc.property(size, size, fc.integer({ min: 2, max: 90 }), (batch, steps, length) => {
        fc.pre(length > batch * steps);
        const stream = languageModelStream(Array.from({ length }, (_, i) => i), { batch, steps }); // biome-ignore format: one line
        const perStream = Math.floor((length - 1) / batch);
        assert.equal(stream.count, Math.floor(perStream / steps));
        for (let k = 0; k < stream.count; k++) {
          const { x, targets } = stream.batch([k]);
          assert.deepEqual([x.steps, x.batch], [steps, batch]);
          for (let t = 0; t < steps; t++) {
            for (let i = 0; i < batch; i++) {
              // the text is 0, 1, 2, …, so a token is its own position
              assert.equal(x.at(t)[i], i * perStream + k * steps + t);
              assert.equal(targets.at(t)[i], x.at(t)[i]! + 1);
            }
          }
        }
      }),
      { seed: 9 },
    );
  });

  it("puts several windows side by side", () => {
    const stream = languageModelStream([0, 1, 2, 3, 4, 5, 6, 7, 8], { batch: 2, steps: 2 });
    const { x } = stream.batch([1, 0]);
    assert.deepEqual([...x.at(0)], [2, 6, 0, 4]);
    assert.deepEqual([...x.at(1)], [3, 7, 1, 5]);
    assert.equal(stream.lengthOf(0), 2);
  });

  it("refuses a text that is too short, and sizes that are none", () => {
    const ids = [1, 2, 3, 4];
    assert.throws(
      () => languageModelStream(ids, { batch: 2, steps: 2 }),
      /4 tokens are too few, 2 streams of 2 steps need 5/,
    );
    assert.throws(() => languageModelStream([], { batch: 1, steps: 1 }), /0 tokens are too few/);
    assert.throws(() => languageModelStream(ids, { batch: 0, steps: 1 }), /batch is 0, expected a whole number ≥ 1/);
    assert.throws(() => languageModelStream(ids, { batch: 1, steps: 1.5 }), /steps is 1.5/);
    assert.throws(
      () => languageModelStream([1, Number.NaN], { batch: 1, steps: 1 }),
      /token 1 is NaN, expected a whole/,
    );
  });
});
