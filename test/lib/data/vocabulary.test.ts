import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bytePairVocabulary,
  characterVocabulary,
  restoreVocabulary,
  type StoredVocabulary,
  type Vocabulary,
  wordVocabulary,
} from "unroll";

const tokensOf = (vocabulary: Vocabulary) => Array.from({ length: vocabulary.size }, (_, id) => vocabulary.token(id));

describe("a character vocabulary", () => {
  it("numbers characters by falling count, equally frequent ones by code unit", () => {
    assert.deepEqual(tokensOf(characterVocabulary("bananas!")), ["a", "n", "!", "b", "s"]);
    assert.deepEqual(tokensOf(characterVocabulary(["é", "z", "Z", "a"])), ["Z", "a", "z", "é"]);
  });

  it("takes a code point for a character, or with graphemes what a reader takes for one", () => {
    // a family (3 people with 2 joiners), and e with a combining accent
    const text = "👩‍👩‍👧e\u0301";
    assert.equal(characterVocabulary(text).encode(text).length, 7);
    const graphemes = characterVocabulary(text, { graphemes: true });
    assert.deepEqual(tokensOf(graphemes).sort(), ["e\u0301", "👩‍👩‍👧"].sort());
    assert.equal(graphemes.encode("e\u0301").length, 1);
  });

  it("gives back every text whose characters it has", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), (text, graphemes) => {
        fc.pre(text !== "");
        const vocabulary = characterVocabulary(text, { graphemes, special: ["pad", "unk"] });
        assert.equal(vocabulary.decode(vocabulary.encode(text)), text);
      }),
      { seed: 1 },
    );
  });
});

describe("a word vocabulary", () => {
  it("holds what stands between white space, or the tokens of a text that is cut already", () => {
    assert.deepEqual(tokensOf(wordVocabulary(" to be\tor\nnot to  be. ")), ["to", "be", "be.", "not", "or"]);
    assert.deepEqual(tokensOf(wordVocabulary([["New York", "is"], ["is"]])), ["is", "New York"]); // biome-ignore format: one line
  });

  it("leaves out rare words, and keeps within its size, special tokens included", () => {
    const text = "a a a b b c";
    assert.deepEqual(tokensOf(wordVocabulary(text, { minCount: 2 })), ["a", "b"]);
    assert.deepEqual(tokensOf(wordVocabulary(text, { maxSize: 3, special: ["unk", "pad"] })), ["<pad>", "<unk>", "a"]);
  });

  it("does not depend on the order of the texts", () => {
    const texts = ["b a c", "c b", "ä z Z"];
    assert.deepEqual(tokensOf(wordVocabulary(texts)), tokensOf(wordVocabulary([...texts].reverse())));
  });
});

describe("special tokens", () => {
  const special = ["end", "begin", "unk", "pad"] as const;
  const words = wordVocabulary("a b", { special });

  it("come first, in one order, and can be looked up", () => {
    assert.deepEqual(words.special, { pad: 0, unk: 1, begin: 2, end: 3 });
    assert.deepEqual(tokensOf(words).slice(0, 4), ["<pad>", "<unk>", "<begin>", "<end>"]);
    assert.deepEqual([words.id("<end>"), words.id("a"), words.id("c")], [3, 4, 1]);
    assert.equal(words.size, 6);
  });

  it("stand for what is unknown, and are left out of a text unless they are asked for", () => {
    assert.deepEqual([...words.encode("a c b")], [4, 1, 5]);
    const ids = [2, 4, 1, 3, 0];
    assert.equal(words.decode(ids), "a <unk>");
    assert.equal(words.decode(ids, { special: true }), "<begin> a <unk> <end> <pad>");
  });

  it("cannot be smuggled in by a text", () => {
    const text = "x <end> <end> <pad>";
    assert.deepEqual([...wordVocabulary(text, { special }).encode(text)], [4, 1, 1, 1]);
    const pieces = bytePairVocabulary([["<end>", "<end>"]], 20, { special });
    assert.ok(!pieces.encode(["<end>"]).includes(pieces.special.end!));
    assert.equal(pieces.decode(pieces.encode(["<end>"])), "<end>");
  });
});

describe("a vocabulary", () => {
  const kinds: [string, Vocabulary][] = [
    ["characters", characterVocabulary("to be or not", { special: ["pad", "end"], graphemes: true })],
    ["words", wordVocabulary("to be or not", { special: ["unk"] })],
    ["byte pairs", bytePairVocabulary("to be or not to be", 5, { special: ["pad"], byteFallback: true })],
  ];

  for (const [name, vocabulary] of kinds) {
    it(`of ${name} is the same after it was written as JSON and read again`, () => {
      const again = restoreVocabulary(JSON.stringify(vocabulary));
      assert.deepEqual(tokensOf(again), tokensOf(vocabulary));
      assert.deepEqual(again.special, vocabulary.special);
      assert.deepEqual(again.encode("to be"), vocabulary.encode("to be"));
      assert.deepEqual(again.toJSON(), vocabulary.toJSON());
    });
  }

  it("names an unknown token and its position when it has no unk", () => {
    const letters = characterVocabulary("abc");
    assert.throws(
      () => letters.encode("a😀b?"),
      /characterVocabulary: "😀" at position 1 is not among its 3 tokens, build it from texts that hold it or with special: \["unk"\]/,
    );
    assert.throws(() => wordVocabulary("a b").encode(["b", "c"]), /wordVocabulary: "c" at position 1 is not among/);
    const pieces = bytePairVocabulary("a bb bb", 1);
    assert.throws(() => pieces.encode("😀"), /bytePairVocabulary: "😀" at position 0 is not among/);
    // "bb bb" is 5 characters
    assert.throws(() => pieces.encode("bb bba?"), /"\?" at position 6 is not among/);
    assert.throws(() => letters.id("z"), /characterVocabulary: "z" is not among its 3 tokens/);
  });

  it("refuses numbers that are not of tokens", () => {
    const letters = characterVocabulary("abc", { special: ["pad"] });
    for (const id of [4, -1, 0.5, Number.NaN]) {
      assert.throws(() => letters.token(id), new RegExp(`there is no token ${id}, there are 0 … 3`));
      assert.throws(() => letters.decode([id]), new RegExp(`there is no token ${id}`));
    }
  });

  it("refuses to be built from nothing, or with options out of range", () => {
    assert.throws(() => characterVocabulary(""), /characterVocabulary: the corpus is empty, expected texts with/);
    assert.throws(() => wordVocabulary([" ", ""]), /wordVocabulary: the corpus is empty/);
    assert.throws(() => bytePairVocabulary([], 5), /bytePairVocabulary: the corpus is empty/);
    assert.throws(() => wordVocabulary("a b", { minCount: 3 }), /no token occurs 3 times, lower minCount/);
    assert.throws(() => wordVocabulary("a", { minCount: 0 }), /minCount is 0, expected a whole number ≥ 1/);
    assert.throws(
      () => wordVocabulary("a", { maxSize: 1, special: ["unk"] }),
      /maxSize is 1, expected a whole number ≥ 2/,
    );
    assert.throws(() => wordVocabulary("a", { maxSize: Number.NaN }), /maxSize is NaN/);
    const mask = "mask" as "pad";
    assert.throws(
      () => wordVocabulary("a", { special: [mask] }),
      /there is no special token "mask", there are pad, unk/,
    );
  });

  it("refuses to be restored from anything else", () => {
    const stored = JSON.parse(JSON.stringify(kinds[2]![1])) as Record<string, unknown>;
    const restore = (changes: object) => () =>
      restoreVocabulary({ ...stored, ...changes } as unknown as StoredVocabulary);
    assert.throws(() => restoreVocabulary("{"), /restoreVocabulary: the text is not JSON/);
    assert.throws(() => restoreVocabulary("null"), /restoreVocabulary: expected an object/);
    assert.throws(restore({ kind: "sounds" }), /the kind is "sounds", expected "characters", "words" or "byte pairs"/);
    assert.throws(restore({ tokens: [1] }), /expected tokens to be a list of strings/);
    assert.throws(restore({ special: "pad" }), /expected special to be a list of names/);
    assert.throws(restore({ merges: [["a"]] }), /expected merges to be a list of pairs of strings/);
    assert.throws(restore({ merges: [["q", "q"]] }), /merge 0 needs "q", which is not among the tokens/);
    assert.throws(restore({ byteFallback: 1 }), /expected byteFallback to be true or false/);
    assert.throws(restore({ kind: "characters" }), /expected graphemes to be true or false/);
    assert.throws(restore({ kind: "words", tokens: ["a", "a"] }), /a token stands twice in the list of tokens/);
    assert.throws(restore({ kind: "words", tokens: ["<pad>"] }), /a token stands twice in the list of tokens/);
  });
});
