import assert from "node:assert/strict";
import {
  adam,
  additiveAttention,
  bidirectional,
  copyWeights,
  dropout,
  type Examples,
  embedding,
  encoderDecoder,
  gradientCheck,
  greedy,
  gru,
  type NoState,
  random,
  type SequencePairs,
  scheduledSampling,
  softmax,
  stacked,
  Tokens,
  train,
} from "unroll";
import { column, pairs, target, V } from "./encoder-decoder-pairs.js";

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

  it("says how probable each target is: in all the loss, and each as its decoder has it step by step", () => {
    const model = make();
    const { loss, count } = model.lossAndGradients(weights, pairs);
    const logP = model.logProbability(weights, pairs);
    assert.equal(logP.length, 3);
    assert.ok(Math.abs(logP.reduce((a, b) => a + b) + loss * count) < 1e-4);
    // what the decoder says of the first pair's target, step by step
    const decoder = model.start(weights, pairs.source, { lengths: pairs.sourceLengths });
    let [state, sum] = [decoder.initialState, 0];
    for (let t = 0; t < 4; t++) {
      const step = decoder.step(state, pairs.target.at(t));
      sum += Math.log(softmax(step.logits).at(0, pairs.target.at(t + 1)[0]!));
      state = step.state;
    }
    assert.ok(Math.abs(logP[0]! - sum) < 1e-4);
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

  it("drops a part of what its read-out reads in training only, with gradients that equal five-point differences", () => {
    const options = { attention: additiveAttention(3, 2, 2), precision: "float64", dropout: 0.5 } as const;
    const dropping = encoderDecoder(stacked(embedding(V, 2), gru(2, 2)), gru(2 + 2, 3), target, options);
    const own = dropping.init(random(1));
    const plain = dropping.lossAndGradients(own, pairs).loss;
    assert.equal(dropping.lossAndGradients(own, pairs).loss, plain);
    // the same seed drops the same numbers
    const { loss, gradients } = dropping.lossAndGradients(own, pairs, { random: random(2) });
    assert.notEqual(loss, plain);
    const again = () => dropping.lossAndGradients(own, pairs, { random: random(2) }).loss;
    const { cell, readout, bridge } = own;
    const check = gradientCheck(again, { cell, readout, bridge }, gradients);
    assert.ok(check.ok, check.summary);
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
