import assert from "node:assert/strict";
import {
  type Attention,
  adam,
  additiveAttention,
  bidirectional,
  build,
  copyWeights,
  dropout,
  type Examples,
  embedding,
  encoderDecoder,
  flatten,
  gradientCheck,
  greedy,
  gru,
  type Layer,
  lstm,
  mapWeights,
  multiplicativeAttention,
  type NoState,
  type Precision,
  random,
  rnn,
  type SequencePairs,
  scheduledSampling,
  sequenceCrossEntropy,
  stacked,
  Tokens,
  train,
  type WeightTree,
} from "unroll";
import { assertNear } from "../near.js";

const V = 7;
const target = { size: V, special: { begin: 1, end: 2 } };
const column = (steps: number[][]) => new Tokens(steps.length, steps[0]!.length, Int32Array.from(steps.flat()));

/** Three pairs of different lengths; 0 is padding. */
const pairs: SequencePairs = {
  source: column([
    [3, 5, 6],
    [4, 4, 0],
    [5, 0, 0],
    [6, 0, 0],
  ]),
  sourceLengths: [4, 2, 1],
  target: column([
    [1, 1, 1],
    [5, 6, 2],
    [4, 4, 0],
    [3, 2, 0],
    [2, 0, 0],
  ]),
  targetLengths: [5, 4, 2],
};

const oneWay = () => stacked(embedding(V, 3), lstm(3, 4)) as unknown as Layer<WeightTree, WeightTree, Tokens>;
const bothWays = () =>
  stacked(embedding(V, 3), bidirectional(rnn(3, 2), gru(3, 2))) as unknown as Layer<WeightTree, WeightTree, Tokens>;
const any = <W extends WeightTree>(attention: Attention<W>) => attention as unknown as Attention;

type AnyCell = ReturnType<typeof rnn>;
interface Kind {
  readonly encoder: () => Layer<WeightTree, WeightTree, Tokens>;
  readonly cell: AnyCell;
  readonly attention?: Attention;
}

/** Cells with one part of a state and with two; what they read is an embedding of 2 or 3, with attention a context of 4. */
const kinds: Record<string, Kind> = {
  "without attention": { encoder: oneWay, cell: lstm(3, 3) as unknown as AnyCell },
  "without attention, encoder in both directions": { encoder: bothWays, cell: rnn(3, 4) },
  "with additive attention, encoder in both directions": {
    encoder: bothWays,
    cell: gru(2 + 4, 3) as unknown as AnyCell,
    attention: any(additiveAttention(3, 4, 3)),
  },
  "with general attention": {
    encoder: oneWay,
    cell: lstm(2 + 4, 3) as unknown as AnyCell,
    attention: any(multiplicativeAttention(3, 4)),
  },
  "with scaled attention": {
    encoder: oneWay,
    cell: rnn(2 + 4, 4),
    attention: multiplicativeAttention(4, 4, { score: "scaled" }),
  },
};

for (const [name, { encoder, cell, attention }] of Object.entries(kinds)) {
  const make = (precision: Precision) =>
    encoderDecoder(encoder(), cell, target, { precision, ...(attention && { attention }) });
  const model = make("float64");
  const next = random(5);
  // weights that are not small, and biases that are not 0
  const weights = mapWeights(model.init(next), (m) => build(m.rows, m.cols, () => 2 * next() - 1));

  describe(`an encoder–decoder ${name}`, () => {
    it("has gradients that equal five-point differences, with padding in sources and targets", () => {
      const { gradients, loss } = model.lossAndGradients(weights, pairs);
      // −log p of what was to be said, without what the gradients need
      const plainLoss = () => {
        const lengths = Array.from(pairs.targetLengths!, (length) => length - 1);
        return sequenceCrossEntropy(model.logits(weights, pairs), pairs.target.slice(1, 5), { lengths }).loss;
      };
      assert.equal(plainLoss(), loss);
      const check = gradientCheck(plainLoss, weights, gradients);
      assert.ok(check.ok, check.summary);
    });

    it("has such gradients also when it reads its own words, given what was drawn", () => {
      // the same seed draws the same words: the weights are shifted by too little to change them
      const lossAndGradients = () => model.lossAndGradients(weights, pairs, { random: random(3), sampling: 0.5 });
      const { gradients, loss } = lossAndGradients();
      assert.notEqual(loss, model.lossAndGradients(weights, pairs).loss);
      // the parts that the draws are made from, and that come before them
      const { cell: own, readout, bridge } = weights;
      const check = gradientCheck(
        () => lossAndGradients().loss,
        { own, readout, bridge },
        { ...gradients, own: gradients.cell },
      );
      assert.ok(check.ok, check.summary);
    });

    it("gives a pair the same alone as padded among others: loss, gradients, expectations", () => {
      const together = model.lossAndGradients(weights, pairs);
      assert.equal(together.count, 8); // 4 + 3 + 1 tokens behind the begin token
      const sum = copyWeights(together.gradients);
      for (const m of Object.values(flatten(sum))) m.data.fill(0);
      let [loss, right] = [0, 0];
      for (let i = 0; i < 3; i++) {
        const alone = pair(i);
        const own = model.lossAndGradients(weights, alone);
        loss += own.loss * own.count;
        right += own.accuracy * own.count;
        const [part, all] = [flatten(own.gradients), flatten(sum)];
        for (const [key, m] of Object.entries(part)) {
          m.data.forEach((value, p) => {
            all[key]!.data[p]! += (value * own.count) / 8;
          });
        }
        const logits = model.logits(weights, alone);
        const among = model.logits(weights, pairs);
        for (let t = 0; t < logits.steps; t++) assertNear(logits.at(t), among.at(t).rowRange(i, i + 1));
      }
      assert.ok(Math.abs(together.loss - loss / 8) < 1e-12);
      assert.ok(Math.abs(together.accuracy - right / 8) < 1e-12);
      const expected = flatten(sum);
      for (const [key, m] of Object.entries(flatten(together.gradients))) assertNear(m, expected[key]!.toRows(), 1e-11);
    });

    it("takes no notice of what stands behind the end of a source or a target", () => {
      const noisy = (tokens: Tokens, lengths: ArrayLike<number>) =>
        new Tokens(
          tokens.steps,
          tokens.batch,
          tokens.ids.map((id, p) => (Math.floor(p / 3) < lengths[p % 3]! ? id : 3)),
        );
      const other = {
        ...pairs,
        source: noisy(pairs.source, pairs.sourceLengths!),
        target: noisy(pairs.target, pairs.targetLengths!),
      };
      assert.deepEqual(model.lossAndGradients(weights, other), model.lossAndGradients(weights, pairs));
    });

    it("expects the same when it writes, token by token, as when it is taught", () => {
      const decoder = model.start(weights, pairs.source, { lengths: pairs.sourceLengths });
      const taught = model.logits(weights, pairs);
      let state = decoder.initialState;
      for (let t = 0; t + 1 < pairs.target.steps; t++) {
        const step = decoder.step(state, pairs.target.at(t));
        assertNear(step.logits, taught.at(t));
        if (attention) assertNear(step.attention!, model.alignments(weights, pairs).at(t));
        else assert.equal(step.attention, undefined);
        state = step.state;
      }
    });

    it("does not look into the future of the target", () => {
      const changed = new Tokens(5, 3, pairs.target.ids.slice());
      changed.at(2)[0] = 6;
      const [before, after] = [pairs.target, changed].map((t) => model.logits(weights, { ...pairs, target: t }));
      assert.deepEqual(before!.slice(0, 2).data, after!.slice(0, 2).data);
      assert.notDeepEqual(before!.at(2).toRows()[0], after!.at(2).toRows()[0]);
    });

    it("is float32 where that is asked for, weights and gradients", () => {
      const light = make("float32");
      const single = light.init(random(1));
      const { gradients } = light.lossAndGradients(single, pairs, { random: random(2), sampling: 0.5 });
      for (const m of Object.values(flatten({ single, gradients }))) assert.equal(m.precision, "float32");
      assert.deepEqual(Object.keys(flatten(gradients)), Object.keys(flatten(single)));
    });
  });
}

/** One of the pairs, without padding. */
function pair(i: number): SequencePairs {
  const alone = (tokens: Tokens, length: number) =>
    new Tokens(
      length,
      1,
      Int32Array.from({ length }, (_, t) => tokens.at(t)[i]!),
    );
  return {
    source: alone(pairs.source, pairs.sourceLengths![i]!),
    target: alone(pairs.target, pairs.targetLengths![i]!),
  };
}

describe("an encoder–decoder", () => {
  const attention = additiveAttention(8, 6, 4);
  const make = () => encoderDecoder(stacked(embedding(V, 3), gru(3, 6)), gru(3 + 6, 8), target, { attention });
  const weights = make().init(random(1));

  it("looks at real tokens of its source alone", () => {
    const alignments = make().alignments(weights, pairs);
    assert.deepEqual([alignments.steps, alignments.batch, alignments.width], [4, 3, 4]);
    for (let t = 0; t < 4; t++) {
      for (let i = 0; i < 3; i++) {
        const row = alignments.at(t).toRows()[i]!;
        assert.ok(Math.abs(row.reduce((a, b) => a + b) - 1) < 1e-6);
        assert.deepEqual(
          row.map((share) => share > 0),
          row.map((_, s) => s < pairs.sourceLengths![i]!),
        );
      }
    }
  });

  it("draws from what it expects at the sampling rate, and not at all at rate 0", () => {
    const model = make();
    let draws = 0;
    const counting = () => {
      draws++;
      return 0.999;
    };
    const taught = model.lossAndGradients(weights, pairs, { random: counting });
    assert.equal(draws, 0);
    assert.deepEqual(model.lossAndGradients(weights, pairs, { random: counting, sampling: 0.5 }), taught);
    assert.equal(draws, 3 * 3); // a coin for each of the inputs behind the begin token; none came up
    assert.notEqual(model.lossAndGradients(weights, pairs, { random: random(1), sampling: 1 }).loss, taught.loss);
  });

  it("reads its own words where it is taught by itself: at rate 1 the truth behind the begin token is not read", () => {
    const model = make();
    // one token is so probable that it is always drawn
    const sure = copyWeights(weights);
    sure.readout.b.set(0, 5, 1e4);
    const always = (truth: number) =>
      model.lossAndGradients(
        sure,
        {
          source: pairs.source,
          target: column([
            [1, 1, 1],
            [truth, truth, truth],
            [4, 4, 4],
            [2, 2, 2],
          ]),
        },
        { random: random(1), sampling: 1 },
      );
    const read = always(3).gradients.embedding.E.toRows();
    assert.ok(read[5]!.some((value) => value !== 0));
    assert.deepEqual(
      [read[3], read[4]],
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    );
  });

  it("passes the steps of training on to the sampling schedule, from where training goes on", () => {
    const seen: (number | undefined)[] = [];
    const spy = {
      lossAndGradients: (w: typeof weights, batch: SequencePairs, options?: { sampling?: number }) => {
        seen.push(options?.sampling);
        return make().lossAndGradients(w, batch);
      },
    };
    const training = scheduledSampling(spy, (step) => step / 100, { step: 40 });
    training.lossAndGradients(weights, pairs, { random: random(1) });
    training.lossAndGradients(weights, pairs, { random: random(1) });
    scheduledSampling(spy, 0.25).lossAndGradients(weights, pairs, { random: random(1) });
    assert.deepEqual(seen, [0.41, 0.42, 0.25]);
  });

  it("has dropout in its encoder only while it is trained", () => {
    const model = encoderDecoder(stacked(embedding(V, 3), dropout(3, 0.5), gru(3, 6)), gru(3, 8), target);
    const own = model.init(random(1));
    const plain = model.lossAndGradients(own, pairs).loss;
    assert.equal(model.lossAndGradients(own, pairs).loss, plain);
    assert.notEqual(model.lossAndGradients(own, pairs, { random: random(2) }).loss, plain);
  });

  it("learns to turn around words of 2 to 5 letters that it has not seen", async () => {
    // tokens: 0 padding, 1 begin, 2 end, 3 … 7 letters
    const letters = 5;
    const encoder = stacked(embedding(8, 8), bidirectional(gru(8, 12), gru(8, 12)));
    const model = encoderDecoder(
      encoder,
      gru(8 + 24, 24),
      { size: 8, special: { begin: 1, end: 2 } },
      {
        attention: additiveAttention(24, 24, 16),
      },
    );
    const trained = model.init(random(1));
    const next = random(2);
    const words = Array.from({ length: 700 }, () => {
      const length = 2 + Math.floor(next() * 4);
      return Array.from({ length }, () => 3 + Math.floor(next() * letters));
    });
    const batchOf = (chosen: number[][]): SequencePairs => {
      const padded = (rows: number[][]) => {
        const steps = Math.max(...rows.map((row) => row.length));
        return column(Array.from({ length: steps }, (_, t) => rows.map((row) => row[t] ?? 0)));
      };
      const targets = chosen.map((word) => [1, ...word.toReversed(), 2]);
      return {
        source: padded(chosen),
        sourceLengths: chosen.map((word) => word.length),
        target: padded(targets),
        targetLengths: targets.map((word) => word.length),
      };
    };
    const known = words.slice(0, 600);
    const unseen = words.slice(600).filter((word) => !known.some((other) => other.join() === word.join()));
    const examples: Examples<SequencePairs> = {
      count: known.length,
      batch: (indices) => batchOf(Array.from(indices, (i) => known[i]!)),
    };
    const options = {
      epochs: 8,
      batchSize: 20,
      optimizer: adam({ learningRate: 0.01 }),
      random: random(3),
      clipNorm: 5,
    };
    await train(model, trained, examples, options);

    const { source, sourceLengths } = batchOf(unseen);
    const written = greedy(model.start(trained, source, { lengths: sourceLengths }), {
      begin: 1,
      end: 2,
      maxLength: 8,
    });
    const right = written.filter(({ tokens }, i) => tokens.join() === [...unseen[i]!.toReversed(), 2].join()).length;
    assert.ok(right / unseen.length > 0.9, `${right} of ${unseen.length} words`);
  });

  it("says what is wrong with a batch", () => {
    const model = make();
    const loss = (batch: Partial<SequencePairs>) => () => model.lossAndGradients(weights, { ...pairs, ...batch });
    const changed = (tokens: Tokens, place: number, id: number) =>
      new Tokens(
        tokens.steps,
        tokens.batch,
        tokens.ids.map((old, p) => (p === place ? id : old)),
      );
    const cases: [batch: Partial<SequencePairs>, sentence: RegExp][] = [
      [{ target: changed(pairs.target, 1, 4) }, /target 1 begins with token 4, expected the begin token 1/],
      [
        { target: changed(pairs.target, 10, 4) },
        /the last token of target 1 is 4 \(step 3\), expected the end token 2/,
      ],
      [{ targetLengths: undefined }, /the last token of target 1 is 0 \(step 4\).*give targetLengths/],
      [
        { target: changed(pairs.target, 3, 7) },
        /token 7 at step 1 of target 0 is not in the vocabulary, expected 0 … 6/,
      ],
      [{ source: changed(pairs.source, 3, 9) }, /token 9 at step 1 of sequence 0 is not in the vocabulary/],
      [{ target: column([[1], [2]]), targetLengths: undefined }, /sources are 4×3 and the targets 2×1 tokens/],
      [{ target: column([[1, 1, 1]]) }, /targets 1×3 tokens, expected .* begin and end/],
      [{ source: new Tokens(4, 0), target: new Tokens(5, 0) }, /sources are 4×0 .* at least one pair/],
      [{ sourceLengths: [5, 2, 1] }, /sources: the length of sequence 0 is 5, expected a whole number from 1 to 4/],
      [{ targetLengths: [5, 4] }, /targets: there are 2 lengths for 3 sequences/],
    ];
    for (const [batch, sentence] of cases) assert.throws(loss(batch), sentence);
    const options = (sampling: number) => () => model.lossAndGradients(weights, pairs, { sampling });
    assert.throws(options(1.5), /sampling is 1.5, expected a probability from 0 to 1/);
    assert.throws(options(0.5), /sampling is 0.5 but there is no random to draw from/);
  });

  it("says which parts do not fit together", () => {
    const encoder = stacked(embedding(V, 3), gru(3, 6));
    const cases: [() => unknown, RegExp][] = [
      [
        () => encoderDecoder(encoder, gru(9, 5), target, { attention }),
        /made for querySize 8 and memorySize 6, expected the decoder's hiddenSize 5 and the encoder's outputSize 6/,
      ],
      [
        () => encoderDecoder(encoder, gru(6, 8), target, { attention }),
        /inputSize is 6, expected more than 6: it reads a context of 6 numbers and an embedding beside it/,
      ],
      [() => encoderDecoder(encoder, gru(3, 8), { size: V, special: { end: 2 } }), /the vocabulary has no begin token/],
      [() => encoderDecoder(encoder, gru(3, 8), { size: V, special: { begin: 1 } }), /the vocabulary has no end token/],
      [
        () => encoderDecoder(encoder, gru(3, 8), { size: V, special: { begin: 1, end: 7 } }),
        /the end token is 7, expected a whole number from 0 to 6/,
      ],
      [
        () => encoderDecoder(encoder, gru(3, 8), { size: V, special: { begin: 2, end: 2 } }),
        /token 2 both begins and ends a text/,
      ],
    ];
    for (const [makeOne, sentence] of cases) assert.throws(makeOne, sentence);
    const plain = encoderDecoder(encoder, gru(3, 8), target);
    assert.throws(() => plain.alignments(plain.init(random(1)), pairs), /without attention there are no alignments/);
    const none: NoState = plain.init(random(1)).attention;
    assert.deepEqual(none, {});
  });

  it("says what is wrong with what it shall write from", () => {
    const model = make();
    assert.throws(() => model.start(weights, new Tokens(3, 0)), /expected at least one step and one sequence/);
    assert.throws(() => model.start(weights, pairs.source, { lengths: [4, 2] }), /there are 2 lengths for 3 sequences/);
    const decoder = model.start(weights, pairs.source);
    assert.throws(() => decoder.step(decoder.initialState, Int32Array.of(1, 1)), /expected 2×8/);
    assert.throws(
      () => decoder.step(decoder.initialState, Int32Array.of(1, 1, 9)),
      /token 9 .* is not in the vocabulary/,
    );
  });
});
