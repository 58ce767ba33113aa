import assert from "node:assert/strict";
import { taggedParts, wordParts, wordVocabulary } from "unroll";

const sentences = [
  ["The", "cat", "walks"],
  ["the", "dog", "walked", "1999"],
];
const parts = wordParts(sentences);

describe("the parts of words", () => {
  it("are the word in small letters, its shape, its beginnings and its endings", () => {
    assert.deepEqual(parts.partsOf("Walks"), ["walks", "Xx", "^w", "^wa", "^wal", "s$", "ks$", "lks$", "alks$"]);
    assert.deepEqual(parts.partsOf("I"), ["i", "X", "^i", "^i$", "^i$", "i$", "^i$", "^i$", "^i$"]);
    assert.equal(parts.partCount, 9);
  });

  it("have a shape that says which kinds of letters follow each other", () => {
    const shape = (word: string) => parts.partsOf(word)[1];
    assert.deepEqual(["McDonald's", "USA", "1.500", "e-mail", "...", "Élan", "B2B"].map(shape), [
      "XxXx'x",
      "X",
      "0.0",
      "x-x",
      ".",
      "Xx",
      "X0X",
    ]);
  });

  it("read every digit as 0, so that most numbers are known", () => {
    assert.equal(wordParts([["1984", "1985"]]).knows("2001"), true);
  });

  it("know words that occur often enough, and beginnings of different words", () => {
    assert.deepEqual(["the", "THE", "cat", "bird"].map(parts.knows), [true, true, false, false]);
    const { parts: numbers } = parts.encode([["walks", "talked"]]).tokens;
    const [walks, talked] = [Array.from(numbers.subarray(0, 9)), Array.from(numbers.subarray(9))];
    // ^w, ^wa, ^wal stand in two words; walks, Xx, and its endings in one: numbers below 9 are unknown parts
    assert.deepEqual(
      walks.map((part) => part >= 9),
      [false, true, true, true, true, false, false, false, false],
    );
    assert.deepEqual(
      talked.map((part) => part >= 9),
      [false, true, false, false, false, false, false, false, false],
    ); // of talked only its shape, x
    assert.deepEqual(["cat", "dog"].map(wordParts(sentences, { minCount: 1 }).knows), [true, true]);
  });

  it("stand side by side, with unknown parts as padding", () => {
    const { tokens, lengths } = parts.encode([["the"], ["the", "the"]]);
    assert.deepEqual([tokens.steps, tokens.batch, [...lengths]], [2, 2, [1, 2]]);
    assert.deepEqual([...tokens.parts.subarray(18, 27)], [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(tokens.parts.subarray(27, 36), tokens.parts.subarray(0, 9));
    assert.ok(tokens.parts.every((part) => part < parts.size));
  });

  it("refuse no words and empty sentences", () => {
    assert.throws(() => wordParts([]), /wordParts: there are no words/);
    assert.throws(() => wordParts(sentences, { minCount: 0 }), /minCount is 0, expected/);
    assert.throws(() => wordParts(sentences, { minWords: 1.5 }), /minWords is 1.5, expected/);
    assert.throws(() => parts.encode([]), /there is no sentence, expected at least one/);
    assert.throws(() => parts.encode([["a"], []]), /sentence 1 is empty, expected one word or more/);
  });
});

describe("tagged sentences of parts", () => {
  const tags = wordVocabulary("D N V");
  const rows = [
    { words: ["the", "cat"], tags: ["D", "N"] },
    { words: ["walks"], tags: ["V"] },
  ];

  it("have a tag for each word", () => {
    const examples = taggedParts(rows, parts, tags);
    const { x, targets, lengths } = examples.batch([1, 0]);
    assert.deepEqual(x, parts.encode([["walks"], ["the", "cat"]]).tokens);
    assert.deepEqual([[...targets.at(0)], [...targets.at(1)]], [[2, 0], [0, 1]]); // biome-ignore format: one line
    assert.deepEqual([[...lengths], examples.lengthOf(0)], [[1, 2], 2]); // biome-ignore format: one line
  });

  it("refuse nothing, words without tags and unknown tags", () => {
    assert.throws(() => taggedParts([], parts, tags), /taggedParts: there are no examples/);
    assert.throws(() => taggedParts([{ words: [], tags: [] }], parts, tags), /sentence 0 is empty/);
    assert.throws(() => taggedParts([{ words: ["a"], tags: [] }], parts, tags), /has 1 words and 0 tags/);
    assert.throws(() => taggedParts([{ words: ["a"], tags: ["X"] }], parts, tags), /"X" at position 0 is not among/);
  });
});
