import assert from "node:assert/strict";
import { join } from "node:path";
import { hasData, jupyterDisplay, selfDialogue, tatoeba, webTreebank } from "unroll";
import { packedSet } from "unroll/data/packed-set.js";
import { tabbed } from "unroll/data/row-readers.js";
import { type DataFiles, withData } from "../../support/data-folders.js";

describe("a data set", () => {
  const pair = { "selfdialogue-small-train.tsv.gz": "a\tb\tc\n" };
  const message = (call: () => unknown): string => {
    try {
      call();
    } catch (error) {
      return (error as Error).message;
    }
    return assert.fail("nothing was thrown");
  };

  it("that is nowhere says in one sentence where it was looked for, and what to do", () => {
    withData({ data: {} }, ({ data, cache }) => {
      const [first, second] = [join(data, "pos-ewt"), join(cache, "pos-ewt")];
      assert.equal(
        message(webTreebank),
        `pos-ewt: expected the data set in ${first} (UNROLL_DATA) or in ${second} (the cache), found neither; run npx unroll data get pos-ewt`,
      );
    });
    withData({}, ({ cache }) => {
      assert.equal(
        message(tatoeba),
        `tatoeba-en-fr: expected the data set in ${join(cache, "tatoeba-en-fr")} (the cache; UNROLL_DATA names no other folder), found none; run npx unroll data get tatoeba-en-fr`,
      );
    });
  });

  it("is looked for in UNROLL_DATA, then in the cache", () => {
    withData({ data: {}, cache: {} }, () => assert.equal(hasData("self-dialogue"), false));
    withData({ data: {}, cache: { "self-dialogue": pair } }, ({ cache }) => {
      assert.equal(hasData("self-dialogue"), true);
      assert.ok(message(selfDialogue).startsWith(join(cache, "self-dialogue")));
    });
    withData({ data: { "self-dialogue": pair }, cache: { "self-dialogue": pair } }, ({ data }) => {
      assert.ok(message(selfDialogue).startsWith(join(data, "self-dialogue")));
    });
  });

  const damaged: [what: string, files: DataFiles, sentence: string][] = [
    ["a file is missing", {}, "selfdialogue-small-train.tsv.gz: expected a file packed by gzip, found no file"],
    [
      "a file is not packed",
      { "selfdialogue-small-train.tsv.gz": Buffer.from("<html>") },
      "selfdialogue-small-train.tsv.gz: expected a file packed by gzip, found 6 bytes that are none, or not all of it",
    ],
    ["rows are missing", pair, "selfdialogue-small-train.tsv.gz: expected 30000 pairs, found 1"],
    [
      "a row is another one",
      { "selfdialogue-small-train.tsv.gz": "a\tb\tc\na\tb\n" },
      'selfdialogue-small-train.tsv.gz: expected topic TAB prompt TAB reply in line 2, found "a\\tb"',
    ],
  ];
  for (const [what, files, sentence] of damaged) {
    it(`says in one sentence that ${what}`, () => {
      withData({ data: { "self-dialogue": files } }, ({ data }) => {
        const remedy = "copy the data set into that folder again, or name no folder by UNROLL_DATA";
        assert.equal(message(selfDialogue), `${join(data, "self-dialogue", sentence)}; ${remedy}`);
      });
      withData({ cache: { "self-dialogue": files } }, ({ cache }) => {
        const remedy = "run npx unroll data get self-dialogue again";
        assert.equal(message(selfDialogue), `${join(cache, "self-dialogue", sentence)}; ${remedy}`);
      });
    });
  }

  it("is stood in for by the small one that was written for this course, which says so", () => {
    const words = tabbed("label TAB word", (label, word) => (label && word ? { label, word } : undefined));
    const builtIn = { train: "a\tone\nb\ttwo\n", dev: "a\tthree\n", test: "b\tfour\n" };
    withData({}, () => {
      const data = packedSet("sentiment", words, builtIn);
      assert.deepEqual(data.train, [
        { label: "a", word: "one" },
        { label: "b", word: "two" },
      ]);
      assert.deepEqual([data.dev.length, data.test.length, data.isWhole], [1, 1, false]);
      assert.match(data.origin, /^a small set written for this course; npx unroll data get sentiment fetches the one/);
      assert.match(data.describe(), /2 sentences to train on, 1 dev, 1 test\nlicence {2}Apache-2.0\n/);
      assert.throws(
        () => packedSet("sentiment", words, { ...builtIn, dev: "a\n" }),
        /the built-in set for sentiment, dev: expected label TAB word in line 1, found "a"/,
      );
    });
    // the data set itself comes first, even where it is damaged
    withData({ cache: { sentiment: {} } }, () => {
      assert.throws(() => packedSet("sentiment", words, builtIn), /movie3-train.tsv.gz: expected a file/);
    });
  });

  it("shows itself as a table", () => {
    const rows = (count: number) => "topic\tprompt\treply\n".repeat(count);
    const files = {
      "selfdialogue-small-train.tsv.gz": rows(30_000),
      "selfdialogue-small-dev.tsv.gz": rows(1000),
      "selfdialogue-small-test.tsv.gz": rows(1000),
    };
    withData({ cache: { "self-dialogue": files } }, () => {
      const data = selfDialogue();
      const shown = data[jupyterDisplay]() as Record<string, string>;
      assert.equal(shown["text/plain"], data.describe());
      assert.match(shown["text/html"]!, /<td[^>]*>30,000 pairs to train on, 1,000 dev, 1,000 test<\/td>/);
      assert.equal(data.origin, "this machine's cache");
    });
  });
});
