import assert from "node:assert/strict";
import {
  type Attention,
  additiveAttention,
  bidirectional,
  build,
  copyWeights,
  embedding,
  encoderDecoder,
  flatten,
  gradientCheck,
  gru,
  type Layer,
  lstm,
  mapWeights,
  multiplicativeAttention,
  type Precision,
  random,
  rnn,
  type SequencePairs,
  sequenceCrossEntropy,
  stacked,
  Tokens,
  type WeightTree,
} from "unroll";
import { assertNear } from "../near.js";
import { pairs, target, V } from "./encoder-decoder-pairs.js";

const oneWay = () => stacked(embedding(V, 3), lstm(3, 4)) as unknown as Layer<WeightTree, WeightTree, Tokens>;
const bothWays = () =>
  stacked(embedding(V, 3), bidirectional(rnn(3, 2), gru(3, 2))) as unknown as Layer<WeightTree, WeightTree, Tokens>;
const any = <W extends WeightTree>(attention: Attention<W>) => attention as unknown as Attention;

type AnyCell = ReturnType<typeof rnn>;
interface Kind {
  readonly encoder: () => Layer<WeightTree, WeightTree, Tokens>;
  readonly cell: AnyCell;
  readonly attention?: Attention;
  readonly asks?: "before" | "after";
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
  "with general attention that is asked after the step": {
    encoder: bothWays,
    cell: gru(2, 3) as unknown as AnyCell,
    attention: any(multiplicativeAttention(3, 4)),
    asks: "after",
  },
  "with additive attention that is asked after the step": {
    encoder: oneWay,
    cell: lstm(3, 3) as unknown as AnyCell,
    attention: any(additiveAttention(3, 4, 3)),
    asks: "after",
  },
};

for (const [name, { encoder, cell, attention, asks = "before" }] of Object.entries(kinds)) {
  const make = (precision: Precision) =>
    encoderDecoder(encoder(), cell, target, { precision, asks, ...(attention && { attention }) });
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
