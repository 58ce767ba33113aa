import assert from "node:assert/strict";
import fc from "fast-check";
import { bytePairVocabulary, integer, learnMerges, type Merge, random } from "unroll";
import { Heap } from "unroll/data/heap.js";

const pieces = (vocabulary: ReturnType<typeof bytePairVocabulary>, text: string) =>
  Array.from(vocabulary.encode(text), (id) => vocabulary.token(id));

/** Sennrich's algorithm 1 as printed: all pairs are counted anew for each merge. */
function naiveMerges(words: ReadonlyMap<string, number>, merges: number): Merge[] {
  let spelled = [...words].map(([word, count]) => ({ symbols: Array.from(word), count }));
  const learned: Merge[] = [];
  while (learned.length < merges) {
    const counts = new Map<string, { pair: Merge; count: number }>();
    for (const { symbols, count } of spelled) {
      for (let i = 1; i < symbols.length; i++) {
        const pair: Merge = [symbols[i - 1]!, symbols[i]!];
        counts.set(pair.join("\n"), { pair, count: (counts.get(pair.join("\n"))?.count ?? 0) + count });
      }
    }
    const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    const [best] = [...counts.values()].sort(
      (a, b) => b.count - a.count || order(a.pair[0], b.pair[0]) || order(a.pair[1], b.pair[1]),
    );
    if (!best || best.count < 2) break;
    const [left, right] = best.pair;
    learned.push(best.pair);
    spelled = spelled.map(({ symbols, count }) => {
      const joined: string[] = [];
      for (let i = 0; i < symbols.length; i++) {
        const found = symbols[i] === left && symbols[i + 1] === right;
        joined.push(found ? left + right : symbols[i]!);
        if (found) i++;
      }
      return { symbols: joined, count };
    });
  }
  return learned;
}

describe("merges of byte-pair encoding", () => {
  it("segment the paper's new word: lower is low and er·", () => {
    // Sennrich et al. 2016, figure 1: dictionary low, lowest, newer, wider; · ends a word
    const words = ["low·", "lowest·", "newer·", "wider·"];
    const vocabulary = bytePairVocabulary(words.map((word) => [word]), 4); // biome-ignore format: one line
    const made = learnMerges(new Map(words.map((word) => [word, 1])), 4).map((pair) => pair.join(""));
    assert.ok(
      ["lo", "low", "er·"].every((piece) => made.includes(piece)),
      `${made}`,
    );
    assert.deepEqual(
      Array.from(vocabulary.encode(["lower·"]), (id) => vocabulary.token(id)),
      ["low", "er·"],
    );
  });

  it("are those of the paper's algorithm, which counts all pairs anew each time", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 9 });
    const words = fc.array(fc.tuple(word, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 30 }), (entries, merges) => {
        const counts = new Map(entries);
        assert.deepEqual(learnMerges(counts, merges), naiveMerges(counts, merges));
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it("end when no pair occurs often enough, and never make what is reserved", () => {
    assert.deepEqual(learnMerges(new Map([["abc", 1]]), 9), []);
    assert.equal(learnMerges(new Map([["abc", 1]]), 9, { minCount: 1 }).length, 2);
    assert.deepEqual(learnMerges(new Map([["ab", 9]]), 9, { reserved: new Set(["ab"]) }), []);
  });

  it("are learned from 50,000 words while a test may run, for which no merge may look at every word", () => {
    const next = random(3);
    const syllable = () => "bcdfghklmnprst"[integer(next, 14)]! + "aeiou"[integer(next, 5)]!;
    const words = new Map<string, number>();
    while (words.size < 50_000) {
      const word = ` ${Array.from({ length: 2 + integer(next, 4) }, syllable).join("")}`;
      words.set(word, 1 + integer(next, 100));
    }
    const merges = learnMerges(words, 2000);
    assert.equal(merges.length, 2000);
    assert.equal(new Set(merges.map((pair) => pair.join("|"))).size, 2000);
  });

  it("need whole numbers", () => {
    assert.throws(() => learnMerges(new Map(), -1), /learnMerges: merges is -1, expected a whole number ≥ 0/);
    assert.throws(() => learnMerges(new Map(), 1, { minCount: 0 }), /minCount is 0, expected a whole number ≥ 1/);
  });
});

describe("a byte-pair vocabulary", () => {
  it("makes frequent words one token with the space before them, and spells rare ones", () => {
    const vocabulary = bytePairVocabulary("the cat and the dog and the bird and the cow", 20, { minCount: 3 });
    assert.deepEqual(pieces(vocabulary, "the the cat"), ["the", " the", " ", "c", "a", "t"]);
  });

  it("puts together first what was learned first", () => {
    // ab occurs three times, bc twice: of abc, ab is put together, and then bc is not there any more
    const vocabulary = bytePairVocabulary([["ab", "ab", "ab", "bc", "bc"]], 2);
    assert.deepEqual(pieces(vocabulary, "abc"), ["ab", "c"]);
  });

  it("keeps letters, digits and other signs apart", () => {
    const vocabulary = bytePairVocabulary("dog. dog. dog. 1a 1a 1a", 50);
    assert.deepEqual(pieces(vocabulary, "dog. 1a"), ["dog", ".", " 1", "a"]);
  });

  it("numbers special tokens, bytes, characters and then what the merges make", () => {
    const tokens = (byteFallback: boolean) => {
      const vocabulary = bytePairVocabulary("aaaa aaaa", 9, { special: ["pad"], byteFallback });
      return Array.from({ length: vocabulary.size }, (_, id) => vocabulary.token(id));
    };
    // the space stands before one aaaa only, so it is not put together with it
    assert.deepEqual(tokens(false), ["<pad>", "a", " ", "aa", "aaaa"]);
    assert.deepEqual(tokens(true).slice(255), ["<0xFE>", "<0xFF>", "a", " ", "aa", "aaaa"]);
  });

  it("gives back its own corpus, whatever characters and white space that has", () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom(" ", "\n", "\t", "\u00a0", "a", "b", "é", "😀", "1", "."), fc.string({ unit: "binary", minLength: 1, maxLength: 1 })) }); // biome-ignore format: one line
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 40 }), (corpus, merges) => {
        fc.pre(corpus !== "");
        const vocabulary = bytePairVocabulary(corpus, merges);
        assert.equal(vocabulary.decode(vocabulary.encode(corpus)), corpus);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it("with bytes to fall back on gives back every well-formed text", () => {
    const vocabulary = bytePairVocabulary("the cat sat on the mat", 20, { byteFallback: true, special: ["end"] });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.equal(vocabulary.decode(vocabulary.encode(text)), text);
      }),
      { seed: 4, numRuns: 300 },
    );
    assert.deepEqual(pieces(vocabulary, "é"), ["<0xC3>", "<0xA9>"]);
    // a byte order mark is a character like any other
    assert.equal(vocabulary.decode(vocabulary.encode("\ufeffa")), "\ufeffa");
    // the name of a byte's token in a text is not that token
    assert.equal(vocabulary.decode(vocabulary.encode("<0x41>")), "<0x41>");
  });
});

describe("a heap", () => {
  it("gives its entries back in order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (numbers) => {
        const heap = new Heap<number>((a, b) => a < b);
        for (const number of numbers) heap.push(number);
        const out = numbers.map(() => heap.pop());
        assert.deepEqual(
          out,
          [...numbers].sort((a, b) => a - b),
        );
        assert.equal(heap.pop(), undefined);
      }),
      { seed: 5 },
    );
  });
});
