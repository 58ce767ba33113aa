import assert from "node:assert/strict";
import fc from "fast-check";
import {
  asDecoder,
  beamSearch,
  build,
  type Decoder,
  greedy,
  type Hypothesis,
  matrix,
  random,
  sample,
  selectRows,
  type WritingOptions,
  zeros,
} from "unroll";
import { begin, constantDecoder, end, randomWriter, taughtLogProbability } from "./random-writer.js";

const over = (test: (seed: number, maxLength: number) => void) =>
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 8 }), test), {
    numRuns: 25,
    seed: 6,
  });

/** Every way of writing, with the same options and one text for each row. */
const ways: Record<string, (decoder: Decoder, options: WritingOptions) => Hypothesis[]> = {
  greedy,
  sample: (decoder, options) => sample(decoder, { ...options, random: random(1) }),
  beamSearch: (decoder, options) => beamSearch(decoder, { ...options, width: 3 }).map(([best]) => best!),
};

for (const [name, write] of Object.entries(ways)) {
  describe(`writing by ${name}`, () => {
    it("says how probable a text is: the same as when the model is taught that text", () => {
      over((seed, maxLength) => {
        const writer = randomWriter(seed);
        write(writer.decoder, { begin, end, maxLength }).forEach(({ tokens, logProbability }, i) => {
          const taught = taughtLogProbability(writer, i, tokens);
          assert.ok(Math.abs(logProbability - taught) < 1e-10, `${logProbability}, taught ${taught}`);
        });
      });
    });

    it("ends with the end token, or at the greatest length", () => {
      let [finished, cut] = [0, 0];
      over((seed, maxLength) => {
        for (const text of write(randomWriter(seed).decoder, { begin, end, maxLength })) {
          const place = text.tokens.indexOf(end);
          assert.equal(text.finished, place >= 0);
          if (text.finished) {
            assert.equal(place, text.tokens.length - 1);
            finished++;
          } else {
            assert.equal(text.tokens.length, maxLength);
            cut++;
          }
        }
      });
      assert.ok(finished > 5 && cut > 5, `${finished} finished, ${cut} cut off`);
    });

    it("says where it looked when it wrote each token", () => {
      over((seed, maxLength) => {
        const { decoder, lengths } = randomWriter(seed);
        write(decoder, { begin, end, maxLength }).forEach(({ tokens, attention }, i) => {
          assert.deepEqual([attention!.rows, attention!.cols], [tokens.length, 3]);
          for (const row of attention!.toRows()) {
            assert.ok(Math.abs(row.reduce((a, b) => a + b) - 1) < 1e-12);
            assert.ok(row.slice(lengths[i]).every((share) => share === 0));
          }
        });
      });
      assert.equal(write(constantDecoder([1, 2]), { begin: 0, maxLength: 2 })[0]!.attention, undefined);
    });

    it("begins each text with a token of its own, where that is asked for, and never ends without an end token", () => {
      // counts on from the token that it has read
      const counting: Decoder<{ none: ReturnType<typeof zeros> }> = {
        initialState: { none: zeros(2, 1) },
        step: (state, ids) => ({ logits: build(ids.length, 9, (i, j) => (j === ids[i]! + 1 ? 800 : 0)), state }),
      };
      const written = write(counting, { begin: [0, 4], maxLength: 3 });
      assert.deepEqual(
        written.map(({ tokens, finished }) => [tokens, finished]),
        [
          [[1, 2, 3], false],
          [[5, 6, 7], false],
        ],
      );
    });

    it("says what is wrong with its options, its decoder, or what that expects", () => {
      const decoder = constantDecoder([1, 2], 2);
      const cases: [() => unknown, RegExp][] = [
        [() => write(decoder, { begin: 0, maxLength: 0 }), /maxLength is 0, expected a whole number ≥ 1/],
        [() => write(decoder, { begin: [0], maxLength: 2 }), /there are 1 tokens to begin 2 texts with/],
        [() => write(decoder, { begin: -1, maxLength: 2 }), /token -1 is none, expected whole numbers ≥ 0/],
        [() => write(decoder, { begin: 0, end: 0.5, maxLength: 2 }), /token 0.5 is none/],
        [() => write({ ...decoder, initialState: {} }, { begin: 0, maxLength: 2 }), /initial state has no row/],
        [
          () => write({ ...decoder, initialState: { a: zeros(2, 1), b: zeros(3, 1) } }, { begin: 0, maxLength: 2 }),
          /in the decoder's initial state b has 3 rows and a has 2/,
        ],
        [
          () => write(constantDecoder([1, Number.NaN]), { begin: 0, maxLength: 2 }),
          /the decoder's matrix of logits holds NaN at row 0, column 1/,
        ],
        [
          () => write({ ...decoder, step: (state) => ({ logits: zeros(3, 2), state }) }, { begin: 0, maxLength: 2 }),
          /the decoder gave 3 rows of logits for 2 texts/,
        ],
      ];
      for (const [wrong, sentence] of cases) {
        assert.throws(wrong, (error: Error) => {
          assert.match(error.message, sentence);
          assert.ok(error.message.startsWith(`${name}: `));
          return true;
        });
      }
    });
  });
}

describe("writing several texts at once", () => {
  it("gives each the text that it has alone", () => {
    over((seed, maxLength) => {
      const { model, weights, source, lengths, decoder } = randomWriter(seed, { B: 3 });
      const options = { begin, end, maxLength };
      const [together, beams] = [greedy(decoder, options), beamSearch(decoder, { ...options, width: 3 })];
      for (let i = 0; i < 3; i++) {
        const { initialState } = decoder;
        const alone = { ...model.start(weights, source, { lengths }), initialState: selectRows(initialState, [i]) };
        assert.deepEqual(greedy(alone, options), [together[i]]);
        assert.deepEqual(beamSearch(alone, { ...options, width: 3 }), [beams[i]]);
      }
    });
  });
});

describe("greedy", () => {
  it("writes the most probable token each time, the first of equal ones", () => {
    assert.deepEqual(greedy(constantDecoder([1, 3, 3, 2]), { begin: 0, maxLength: 3 })[0]!.tokens, [1, 1, 1]);
  });
});

describe("asDecoder", () => {
  it("gives a model its weights at each step", () => {
    const model = {
      step: (
        weights: { bias: ReturnType<typeof matrix> },
        ids: Int32Array,
        state: { h: ReturnType<typeof matrix> },
      ) => ({
        logits: build(ids.length, 2, (i, j) => weights.bias.at(0, j) * state.h.at(i, 0)),
        state,
      }),
    };
    const decoder = asDecoder(model, { bias: matrix([[1, 2]]) }, { h: matrix([[1], [-1]]) });
    const written = greedy(decoder, { begin: 0, maxLength: 1 });
    assert.deepEqual(
      written.map(({ tokens }) => tokens),
      [[1], [0]],
    );
  });
});

describe("selectRows", () => {
  it("takes rows of all matrices of a tree, in any order, and shares no memory", () => {
    const tree = {
      a: matrix([
        [1, 2],
        [3, 4],
      ]),
      b: { c: matrix([[5], [6]], "float32") },
    };
    const some = selectRows(tree, [1, 1, 0]);
    assert.deepEqual(some.a.toRows(), [
      [3, 4],
      [3, 4],
      [1, 2],
    ]);
    assert.deepEqual(some.b.c.toRows(), [[6], [6], [5]]);
    assert.equal(some.b.c.precision, "float32");
    some.a.set(0, 0, 9);
    assert.equal(tree.a.at(1, 0), 3);
    assert.deepEqual(selectRows(tree, []).a.rows, 0);
    assert.throws(() => selectRows(tree, [2]), /there are no rows 2 … 2, it has 0 … 1/);
  });
});
