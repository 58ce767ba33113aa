import assert from "node:assert/strict";
import fc from "fast-check";
import { beamSearch, build, type Decoder, greedy, selectRows, softmax } from "unroll";
import { begin, constantDecoder, end, randomWriter, taughtLogProbability } from "./random-writer.js";

const over = (test: (seed: number) => void, numRuns = 25) =>
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), test), { numRuns, seed: 9 });

const scored = (logProbability: number, n: number, alpha: number) => logProbability / ((5 + n) / 6) ** alpha;

describe("beam search", () => {
  it("of width 1 is greedy, whatever the length penalty", () => {
    over((seed) => {
      const { decoder } = randomWriter(seed);
      const options = { begin, end, maxLength: 6 };
      for (const lengthPenalty of [0, 1]) {
        const beams = beamSearch(decoder, { ...options, width: 1, lengthPenalty });
        greedy(decoder, options).forEach(({ tokens, finished, logProbability, attention }, i) => {
          const [best, ...others] = beams[i]!;
          assert.deepEqual([best!.tokens, best!.finished, others.length], [tokens, finished, 0]);
          assert.ok(Math.abs(best!.logProbability - logProbability) < 1e-12);
          assert.deepEqual(best!.attention, attention);
        });
      }
    });
  });

  it("finds what a search through all texts finds, where the beam holds them all", () => {
    const [V, maxLength] = [3, 4];
    // all texts without end that have this length
    const open = (length: number): number[][] =>
      length === 0 ? [[]] : open(length - 1).flatMap((text) => [0, 2].map((token) => [...text, token]));
    const all = [0, 1, 2, 3].flatMap((n) => open(n).map((text) => [...text, end])).concat(open(maxLength));
    assert.equal(all.length, 31);
    over((seed) => {
      const writer = randomWriter(seed, { V });
      for (const lengthPenalty of [0, 0.6, 2]) {
        const beams = beamSearch(writer.decoder, { begin, end, maxLength, width: V ** maxLength, lengthPenalty });
        beams.forEach((found, i) => {
          const expected = all
            .map((tokens) => ({ tokens, logP: taughtLogProbability(writer, i, tokens) }))
            .map(({ tokens, logP }) => ({ tokens, score: scored(logP, tokens.length, lengthPenalty) }))
            .sort((a, b) => b.score - a.score);
          assert.equal(found.length, all.length);
          assert.deepEqual(found[0]!.tokens, expected[0]!.tokens);
          found.forEach(({ score }, n) => {
            assert.ok(Math.abs(score - expected[n]!.score) < 1e-10);
          });
        });
      }
    }, 8);
  });

  it("finds a text that greedy misses: the first step is less probable, the whole is more", () => {
    // after 0: a 2 (0.6) or a 3 (0.4); after a 2 nothing is sure, after a 3 the end is
    const p: Record<number, number[]> = { 0: [0, 0, 0.6, 0.4], 2: [0.25, 0.25, 0.25, 0.25], 3: [0, 1, 0, 0] };
    const decoder: Decoder<{ h: ReturnType<typeof build> }> = {
      initialState: { h: build(1, 1, () => 0) },
      step: (state, ids) => ({
        logits: build(ids.length, 4, (i, j) => Math.max(-1e3, Math.log((p[ids[i]!] ?? p[2]!)[j]!))),
        state,
      }),
    };
    const options = { begin, end, maxLength: 2 };
    assert.equal(greedy(decoder, options)[0]!.tokens[0], 2);
    const [best, second] = beamSearch(decoder, { ...options, width: 2 })[0]!;
    assert.deepEqual(best!.tokens, [3, end]);
    assert.ok(Math.abs(best!.logProbability - Math.log(0.4)) < 1e-12);
    assert.ok(Math.abs(second!.logProbability - Math.log(0.15)) < 1e-12);
  });

  it("ranks by log p over ((5 + n)/6)^α, the best first, and prefers longer texts with a larger α", () => {
    // p(end) = 0.3: log p of n tokens falls by log 0.7 with each, and the penalty makes up for it
    const decoder = constantDecoder([0, 0.3, 0.7].map((share) => Math.max(-1e3, Math.log(share))));
    const texts = (lengthPenalty: number) =>
      beamSearch(decoder, { begin, end, maxLength: 5, width: 6, lengthPenalty })[0]!;
    for (const alpha of [0, 0.7, 3]) {
      const found = texts(alpha);
      for (const { score, logProbability, tokens } of found) {
        assert.ok(Math.abs(score - scored(logProbability, tokens.length, alpha)) < 1e-12);
      }
      const scores = found.map(({ score }) => score);
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => b - a),
      );
    }
    assert.deepEqual(texts(0)[0]!.tokens, [end]); //            log 0.3 = −1.20, five times log 0.7 = −1.78
    assert.deepEqual(texts(3)[0]!.tokens, [2, 2, 2, 2, 2]); // −1.78 / (10/6)³ = −0.39
  });

  it("equals a plain search that begins each text anew and never stops before the greatest length", () => {
    const maxLength = 7;
    over((seed) => {
      const { decoder } = randomWriter(seed, { V: 5 });
      for (const [width, lengthPenalty, siblingPenalty] of [
        [2, 0, 0],
        [3, 1, 0],
        [6, 4, 0],
        [3, 0, 0.7],
        [4, 2, 0.2],
      ] as const) {
        const found = beamSearch(decoder, { begin, end, maxLength, width, lengthPenalty, siblingPenalty });
        found.forEach((texts, i) => {
          const plain = plainSearch(decoder, i, { width, maxLength, siblingPenalty })
            .map(({ tokens, logP }) => ({ tokens, score: scored(logP, tokens.length, lengthPenalty) }))
            .sort((a, b) => b.score - a.score)
            .slice(0, width);
          assert.deepEqual(
            texts.map(({ tokens }) => tokens),
            plain.map(({ tokens }) => tokens),
          );
        });
      }
    });
  });

  it("keeps children of other beginnings with a sibling penalty, and gives their log p as it is", () => {
    // after 0: 2 (0.6) or 3 (0.4); a 2 goes on with 2 or 3, a 3 with 3 only half as often as each of these
    const p: Record<number, number[]> = { 0: [0, 0, 0.6, 0.4], 2: [0, 0, 0.5, 0.5], 3: [0.25, 0.25, 0.25, 0.25] };
    const decoder: Decoder<{ h: ReturnType<typeof build> }> = {
      initialState: { h: build(1, 1, () => 0) },
      step: (state, ids) => ({
        logits: build(ids.length, 4, (i, j) => Math.max(-1e3, Math.log(p[ids[i]!]![j]!))),
        state,
      }),
    };
    const texts = (siblingPenalty: number) =>
      beamSearch(decoder, { begin, maxLength: 2, width: 2, siblingPenalty })[0]!.map(({ tokens }) => tokens);
    assert.deepEqual(texts(0), [
      [2, 2],
      [2, 3],
    ]); //   0.30, 0.30; then 3 with 0.10
    assert.deepEqual(texts(1.2), [
      [2, 2],
      [3, 0],
    ]); // log 0.10 − 1.2 is more than log 0.30 − 2.4
    const [, second] = beamSearch(decoder, { begin, maxLength: 2, width: 2, siblingPenalty: 1.2 })[0]!;
    assert.ok(Math.abs(second!.logProbability - Math.log(0.1)) < 1e-12);
  });

  it("stops when nothing that is still written can get among the best", () => {
    let steps = 0;
    const sure = constantDecoder([0, 50, 0]);
    const decoder: typeof sure = {
      ...sure,
      step(state, ids) {
        steps++;
        return sure.step(state, ids);
      },
    };
    const [found] = beamSearch(decoder, { begin, end, maxLength: 100, width: 3 });
    assert.deepEqual(found![0]!.tokens, [end]);
    assert.ok(steps < 5, `${steps} steps`);
  });

  it("returns no more texts than there are", () => {
    const [found] = beamSearch(constantDecoder([1, 2]), { begin, end, maxLength: 1, width: 10 });
    assert.deepEqual(
      found!.map(({ tokens }) => tokens),
      [[1], [0]],
    );
  });

  it("takes the first of equally probable tokens, as greedy does", () => {
    const [found] = beamSearch(constantDecoder([1, 3, 3, 3]), { begin, maxLength: 1, width: 2 });
    assert.deepEqual(
      found!.map(({ tokens }) => tokens),
      [[1], [2]],
    );
  });

  it("refuses a width and a length penalty that are none", () => {
    const search = (options: object) => () =>
      beamSearch(constantDecoder([1, 2]), { begin, end, maxLength: 3, ...options });
    assert.throws(search({ width: 0 }), /beamSearch: the width is 0, expected a whole number ≥ 1/);
    assert.throws(search({ width: 1.5 }), /the width is 1.5/);
    assert.throws(search({ lengthPenalty: -1 }), /beamSearch: the length penalty is -1, expected a number ≥ 0/);
    assert.throws(search({ siblingPenalty: Number.NaN }), /the sibling penalty is NaN, expected a number ≥ 0/);
  });
});

interface Plain {
  tokens: number[];
  logP: number;
}

/** All texts that a beam of this width has ended, or cut off, for row i of the decoder. */
function plainSearch(
  decoder: Decoder,
  i: number,
  { width, maxLength, siblingPenalty }: { width: number; maxLength: number; siblingPenalty: number },
): Plain[] {
  const ended: Plain[] = [];
  let live: Plain[] = [{ tokens: [], logP: 0 }];
  for (let n = 1; n <= maxLength; n++) {
    const continued = live.flatMap(({ tokens, logP }) =>
      expected(decoder, i, tokens)
        .map((p, token) => ({ tokens: [...tokens, token], logP: logP + Math.log(p) }))
        .sort((a, b) => b.logP - a.logP)
        .map((text, k) => ({ ...text, rank: text.logP - siblingPenalty * (k + 1) })),
    );
    const best = continued.sort((a, b) => b.rank - a.rank).slice(0, width);
    const isEnded = ({ tokens }: Plain) => tokens.at(-1) === end || n === maxLength;
    ended.push(...best.filter(isEnded));
    live = best.filter((text) => !isEnded(text));
  }
  return ended;
}

/** What the decoder expects after these tokens. */
function expected(decoder: Decoder, i: number, tokens: readonly number[]): number[] {
  let state = selectRows(decoder.initialState, [i]);
  let p: number[] = [];
  for (const token of [begin, ...tokens]) {
    const step = decoder.step(state, Int32Array.of(token));
    state = step.state;
    p = softmax(step.logits).toRows()[0]!;
  }
  return p;
}
