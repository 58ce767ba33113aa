import assert from "node:assert/strict";
import fc from "fast-check";
import { obfuscate, random } from "unroll";

describe("obfuscating a text", () => {
  const words = "free viagra tonight";

  it("disguises with a dot, with digits or with spaces", () => {
    const forms = new Set(Array.from({ length: 200 }, (_, seed) => obfuscate("free", random(seed), { rate: 1 })));
    assert.deepEqual([...forms].sort(), ["f r e e", "f.ree", "fr.ee", "fr33", "fre.e"]);
  });

  it("leaves short words, digits and signs alone", () => {
    const text = "u r 2 go at 08001234, ok?";
    assert.equal(obfuscate(text, random(1), { rate: 1 }), text);
  });

  it("changes nothing at rate 0, and at rate 1 every word", () => {
    assert.equal(obfuscate(words, random(1), { rate: 0 }), words);
    const many = Array.from({ length: 50 }, (_, seed) => obfuscate(words, random(seed), { rate: 1 }));
    for (const text of many) for (const word of words.split(" ")) assert.ok(!text.split(" ").includes(word), text);
  });

  it("changes about so many words as the rate says", () => {
    const text = "word ".repeat(1000);
    const left = obfuscate(text, random(1), { rate: 0.3 }).match(/\bword\b/g)!.length;
    assert.ok(Math.abs(left - 700) < 60, `${left} of 1000`); // 4 standard deviations
  });

  it("can be read: without dots, spaces and lookalikes it is what it was", () => {
    const plain = (text: string) =>
      text
        .toLowerCase()
        .replace(/[. ]/g, "")
        .replace(/[4310571]/g, (digit) => ({ 4: "a", 3: "e", 1: "i", 0: "o", 5: "s", 7: "t" })[digit] ?? digit)
        .replaceAll("l", "i");
    const word = fc.constantFrom("free", "viagra", "a", "call", "now", "tonight", "prize");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.integer({ min: 0, max: 1e6 }), (list, seed) => {
        const text = list.join(" ");
        assert.equal(plain(obfuscate(text, random(seed))), plain(text));
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it("is the same for the same seed", () => {
    assert.equal(obfuscate(words, random(5)), obfuscate(words, random(5)));
  });
});
