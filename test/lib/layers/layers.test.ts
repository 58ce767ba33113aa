import assert from "node:assert/strict";
import {
  bidirectional,
  build,
  buildSequence,
  type Cell,
  dense,
  dropout,
  embedding,
  type GateWeights,
  gradientCheck,
  gru,
  lstm,
  type Matrix,
  minimalGru,
  minimalLstm,
  random,
  recurrent,
  reversed,
  rnn,
  stacked,
  Tokens,
  unflatten,
  zeros,
} from "unroll";
import { assertNear } from "../near.js";
import { behavesAsLayer } from "./layer-behaviour.js";

behavesAsLayer("recurrent(rnn)", (D) => recurrent(rnn(D, 3)));
behavesAsLayer("recurrent(lstm)", (D) => recurrent(lstm(D, 3)));
behavesAsLayer("recurrent(lstm with peepholes)", (D) => recurrent(lstm(D, 2, { peepholes: true })));
behavesAsLayer("recurrent(gru)", (D) => recurrent(gru(D, 3)));
behavesAsLayer("recurrent(minimal GRU)", (D) => recurrent(minimalGru(D, 3)));
behavesAsLayer("recurrent(minimal LSTM)", (D) => recurrent(minimalLstm(D, 3)));
behavesAsLayer("stacked(gru, lstm)", (D) => stacked(gru(D, 2), lstm(2, 3)));
behavesAsLayer("stacked(rnn, rnn)", (D) => stacked(rnn(D, 4), rnn(4, 3)));
behavesAsLayer("stacked(rnn, dropout, dense)", (D) => stacked(rnn(D, 4), dropout(4, 0.5), dense(4, 2)), {
  hasSummary: false,
});
behavesAsLayer("bidirectional(rnn, rnn)", (D) => bidirectional(rnn(D, 3), rnn(D, 2)), { isCausal: false });
behavesAsLayer(
  "stacked(bidirectional, bidirectional)",
  (D) => stacked(bidirectional(rnn(D, 2), rnn(D, 2)), bidirectional(rnn(4, 2), rnn(4, 3))),
  { isCausal: false },
);
behavesAsLayer("bidirectional(lstm, gru)", (D) => bidirectional(lstm(D, 2), gru(D, 3)), { isCausal: false });

describe("a recurrent layer", () => {
  it("runs a whole sequence at once where its cell can: minimal cells are trained by a parallel scan", () => {
    for (const cell of [minimalGru(3, 4), minimalLstm(3, 4)] as Cell<GateWeights, { h: Matrix }, unknown>[]) {
      const never = () => assert.fail("a step was taken");
      const layer = recurrent({ ...cell, forward: never, backward: never });
      const stepwise = recurrent({ ...cell, sequence: undefined });
      const weights = layer.init(random(1));
      const next = random(2);
      const [x, dy] = [buildSequence(7, 2, 3, next), buildSequence(7, 2, 4, next)];
      const options = { initialState: { h: build(2, 4, next) }, lengths: [7, 4] };
      const [one, other] = [layer, stepwise].map((which) => which.forward(weights, x, options));
      assertNear(one!.y.flat(), other!.y.flat());
      const [back, known] = [one!.backward(dy), other!.backward(dy)];
      assertNear(back.gradients.W, known.gradients.W);
      assertNear(back.dx!.flat(), known.dx!.flat());
      assertNear(back.dInitialState.h, known.dInitialState.h);
    }
  });
});

describe("a stack of layers", () => {
  it("says which layer does not fit the one below it", () => {
    assert.throws(
      () => stacked(rnn(3, 4), rnn(5, 4)),
      /layer 1 was made for inputSize 5, but the layer below it gives 4/,
    );
  });

  it("names the weights of its layers from below", () => {
    const weights = stacked(embedding(9, 3), rnn(3, 4)).init(random(1));
    assert.deepEqual(Object.keys(weights), ["layer0", "layer1"]);
  });

  it("has no summary where the layer on top remembers nothing, and says so", () => {
    const layer = stacked(rnn(3, 4), dense(4, 2));
    assert.throws(() => layer.summary(layer.initialState(1)), /dense: it remembers nothing and so has no summary/);
  });
});

describe("a bidirectional layer", () => {
  it("lets each step know the future", () => {
    const layer = bidirectional(rnn(1, 2), rnn(1, 2));
    const weights = layer.init(random(1));
    const [before, after] = [0, 1].map((last) =>
      layer.forward(
        weights,
        buildSequence(3, 1, 1, (t) => (t === 2 ? last : 0.5)),
      ),
    );
    assert.notDeepEqual(before!.y.at(0).toRows(), after!.y.at(0).toRows());
    assert.deepEqual(before!.y.at(0).columns(0, 2).toRows(), after!.y.at(0).columns(0, 2).toRows());
  });

  it("refuses two layers that do not read the same width", () => {
    assert.throws(() => bidirectional(rnn(3, 4), rnn(2, 4)), /one layer was made for inputSize 3, the other for 2/);
  });

  it("reverses each sequence within its own length; twice is not at all", () => {
    const x = buildSequence(4, 2, 1, (t, i) => 10 * i + t);
    const there = reversed(x, [4, 2]);
    assert.deepEqual(there.flat().toRows().flat(), [3, 11, 2, 10, 1, 12, 0, 13]);
    assert.deepEqual(reversed(there, [4, 2]).data, x.data);
    assert.throws(() => reversed(x, [4, 5]), /the length of sequence 1 is 5, expected a whole number from 1 to 4/);
    assert.throws(() => reversed(x, [4]), /there are 1 lengths for 2 sequences/);
  });
});

describe("an embedding", () => {
  const layer = embedding(5, 3);
  const weights = layer.init(random(1));
  const tokens = new Tokens(2, 2, Int32Array.of(4, 0, 4, 1));

  it("gives each token its row", () => {
    const { y } = layer.forward(weights, tokens);
    assert.deepEqual(
      y.flat().toRows(),
      [4, 0, 4, 1].map((k) => weights.E.toRows()[k]!),
    );
  });

  it("adds up the gradients of all places where a token stands", () => {
    const dy = buildSequence(2, 2, 3, (t, i, j) => 1 + t + 2 * i + j / 10);
    const { gradients } = layer.forward(weights, tokens).backward(dy);
    const loss = () => {
      const { y } = layer.forward(weights, tokens);
      return Array.from(y.data).reduce((sum, v, k) => sum + v * dy.data[k]!, 0);
    };
    const check = gradientCheck(loss, weights, gradients);
    assert.ok(check.ok, check.summary);
    assert.deepEqual(gradients.E.toRows()[2], [0, 0, 0]);
  });

  it("names a token that it does not know, and where it stands", () => {
    assert.throws(
      () => layer.forward(weights, new Tokens(2, 2, Int32Array.of(0, 1, 2, 7))),
      /token 7 at step 1 of sequence 1 is not in the vocabulary, expected 0 … 4/,
    );
    assert.throws(() => embedding(0, 3), /embedding: 0 tokens of 3 numbers are no table/);
  });
});

describe("dropout", () => {
  const x = buildSequence(50, 4, 5, () => 1);

  it("changes nothing outside of training", () => {
    assert.equal(dropout(5, 0.5).forward({}, x).y, x);
  });

  it("sets its share to zero and keeps the mean", () => {
    const { data } = dropout(5, 0.25).forward({}, x, { random: random(1) }).y;
    const share = data.filter((v) => v === 0).length / data.length;
    assert.ok(Math.abs(share - 0.25) < 0.05, `${share} of 1,000 are zero`); // 3.6 deviations of √(0.25·0.75/1000)
    assert.ok(data.every((v) => v === 0 || Math.abs(v - 4 / 3) < 1e-15));
  });

  it("sends gradients back through the numbers that it kept", () => {
    const run = dropout(5, 0.5).forward({}, x, { random: random(1) });
    assert.deepEqual(run.backward(x).dx!.data, run.y.data);
  });

  it("has one mask for all steps where it is variational, and a new one for each step where it is not", () => {
    const steps = (variational: boolean) => {
      const { y } = dropout(5, 0.5, { variational }).forward({}, x, { random: random(1) });
      return new Set(Array.from({ length: 50 }, (_, t) => JSON.stringify(y.at(t).toRows()))).size;
    };
    assert.equal(steps(true), 1);
    assert.ok(steps(false) > 40);
  });

  it("refuses rates that would leave nothing, and another width", () => {
    assert.throws(() => dropout(5, 1), /the rate is 1, expected a number from 0 to below 1/);
    assert.throws(() => dropout(4, 0.1).forward({}, x), /x has 5 columns, the layer was made for width 4/);
  });
});

describe("steps below one another", () => {
  it("are a view of the sequence, and a sequence again", () => {
    const x = buildSequence(3, 2, 2, (t, i, j) => 100 * t + 10 * i + j);
    x.flat().set(5, 1, -1);
    assert.equal(x.at(2).at(1, 1), -1);
    assert.equal(unflatten(x.flat(), 3).data.buffer, x.data.buffer);
    assert.throws(() => unflatten(zeros(5, 2), 2), /5 rows, 2 numbers apart, are not 2 steps of 2 numbers/);
    assert.throws(() => unflatten(build(4, 4, () => 0).columns(0, 2), 2), /4 rows, 4 numbers apart/);
  });
});
