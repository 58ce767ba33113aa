import assert from "node:assert/strict";
import fc from "fast-check";
import {
  asDecoder,
  characterVocabulary,
  greedy,
  hasData,
  type NGram,
  nGram,
  random,
  sample,
  tinyShakespeare,
} from "unroll";
import { assertNumbersNear } from "../near.js";

/** Witten and Bell's mixture as its equation stands, from counts that are made anew for each question. */
function naive(text: readonly number[], order: number, V: number, context: readonly number[], token: number): number {
  let p = 1 / V;
  for (let length = 0; length < order && length <= context.length; length++) {
    const h = context.slice(context.length - length);
    const followers = text.filter((_, i) => i >= length && h.every((id, k) => text[i - length + k] === id));
    if (followers.length === 0) break;
    const types = new Set(followers).size;
    p = (followers.filter((id) => id === token).length + types * p) / (followers.length + types);
  }
  return p;
}

const texts = fc.array(fc.nat(3), { minLength: 1, maxLength: 60 });

describe("an n-gram model", () => {
  it("has the probabilities that the equation gives", () => {
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(3), { maxLength: 5 }),
        (text, order, context) => {
          const model = nGram(text, { order, vocabularySize: 4 });
          const expected = [0, 1, 2, 3].map((token) => naive(text, order, 4, context, token));
          assertNumbersNear([...model.probabilities(context)], expected, 1e-14);
          assertNumbersNear(
            [0, 1, 2, 3].map((token) => model.probability(context, token)),
            expected,
            1e-14,
          );
        },
      ),
      { numRuns: 200, seed: 5 },
    );
  });

  it("gives all tokens a probability above 0, and 1 together, also behind what it never saw", () => {
    const model = nGram([0, 1, 0, 2, 0, 1], { order: 3, vocabularySize: 5 });
    for (const context of [[], [0], [4, 4], [3, 0], [0, 1]]) {
      const p = model.probabilities(context);
      assert.ok(p.every((value) => value > 0));
      assertNumbersNear([p.reduce((sum, value) => sum + value, 0)], [1], 1e-14);
    }
  });

  it("counts hundreds of thousands of contexts without losing one", () => {
    const next = random(1);
    const text = Int32Array.from({ length: 200_000 }, () => Math.floor(50 * next()));
    const model = nGram(text, { order: 4, vocabularySize: 50 });
    const contexts = new Set<number>();
    for (let i = 1; i < text.length; i++) {
      for (let length = 1, key = 0; length <= Math.min(3, i); length++) {
        key = 51 * key + text[i - length]! + 1;
        contexts.add(key);
      }
    }
    assert.equal(model.contexts, 1 + contexts.size);
    let followed = 0;
    let same = 0;
    for (let i = 2; i < text.length; i++) {
      if (text[i - 2] !== 7 || text[i - 1] !== 9) continue;
      followed++;
      if (text[i] === 11) same++;
    }
    const bigrams = nGram(text, { order: 3, vocabularySize: 50 });
    const followers = new Set(Array.from(text, (id, i) => (text[i - 2] === 7 && text[i - 1] === 9 ? id : -1)));
    followers.delete(-1);
    const shorter = nGram(text, { order: 2, vocabularySize: 50 }).probability([9], 11);
    const types = followers.size;
    assertNumbersNear([bigrams.probability([7, 9], 11)], [(same + types * shorter) / (followed + types)], 1e-14);
  });

  it("measures a text by the mean of −log p, from where it is told to", () => {
    const text = [0, 1, 2, 0, 1, 2, 0, 1];
    const model = nGram(text, { order: 3, vocabularySize: 3 });
    const unseen = [2, 0, 1, 1];
    const each = unseen.map((token, t) => -Math.log(model.probability(unseen.slice(0, t), token)));
    assertNumbersNear([model.nats(unseen)], [each.reduce((a, b) => a + b) / 4], 1e-14);
    assertNumbersNear([model.nats(unseen, { from: 2 })], [(each[2]! + each[3]!) / 2], 1e-14);
  });

  it("writes: each token follows the n − 1 before it", () => {
    const words = "the cat sat on the mat. ";
    const vocabulary = characterVocabulary(words);
    const model = nGram(vocabulary.encode(words.repeat(20)), { order: 8, vocabularySize: vocabulary.size });
    const write = (model: NGram) =>
      greedy(asDecoder(model, {}, model.initialState(1)), { begin: vocabulary.id("s")!, maxLength: 40 });
    assert.equal(vocabulary.decode(write(model)[0]!.tokens), "at on the mat. the cat sat on the mat. t");
    const { logProbability, tokens } = sample(asDecoder(model, {}, model.initialState(2)), {
      begin: vocabulary.encode("tc"),
      maxLength: 5,
      random: random(1),
    })[1]!;
    const all = [vocabulary.id("c")!, ...tokens];
    const logs = tokens.map((token, t) => Math.log(model.probability(all.slice(0, t + 1), token)));
    assertNumbersNear([logProbability], [logs.reduce((a, b) => a + b)], 1e-12);
  });

  it("costs on Shakespeare what the data pack's own script has measured", function () {
    if (!hasData("tiny-shakespeare")) return this.skip();
    const { train, dev, test } = tinyShakespeare();
    const text = train[0]! + dev[0]!;
    const letters = characterVocabulary(text + test[0]!);
    const model = nGram(letters.encode(text), { order: 5, vocabularySize: letters.size });
    // its README: 5-gram Witten–Bell, 1.669 nats a character on the last 10 %
    assert.equal(model.nats(letters.encode(test[0]!)).toFixed(3), "1.669");
  });

  it("of order 1 knows how frequent tokens are, and nothing else", () => {
    const model = nGram([0, 0, 0, 1], { order: 1, vocabularySize: 3 });
    // (3 + 2/3)/6, (1 + 2/3)/6, (2/3)/6
    assertNumbersNear([...model.probabilities([1])], [11 / 18, 5 / 18, 2 / 18], 1e-15);
    const decoder = asDecoder(model, {}, model.initialState(1));
    assert.deepEqual(greedy(decoder, { begin: 2, maxLength: 2 })[0]!.tokens, [0, 0]);
  });
});
