import assert from "node:assert/strict";
import {
  adam,
  bidirectional,
  build,
  carried,
  dropout,
  flatten,
  languageModel,
  lstm,
  mapWeights,
  nextTokens,
  random,
  rnn,
  softmax,
  stacked,
  Tokens,
  train,
} from "unroll";
import { assertNear } from "../near.js";
import { behavesAsModel, sideBySide } from "./model-behaviour.js";

// each begins with another token, so that all the rest can be known
const texts = [
  [0, 1, 2, 3, 0, 4],
  [1, 2, 2, 1],
  [2, 3],
];
const batch = (indices: readonly number[], pad: number) => {
  const { tokens, lengths } = sideBySide(
    indices.map((i) => texts[i]!),
    pad,
  );
  return nextTokens(tokens, { lengths });
};
const options = { precision: "float64" } as const;

for (const tied of [false, true]) {
  behavesAsModel(`language model${tied ? " with a tied read-out" : ""}`, {
    model: languageModel(5, stacked(rnn(3, 4), lstm(4, 3)), { ...options, tied }),
    batch,
    count: 3,
    perToken: true,
    overfit: { steps: 150, learningRate: 0.05, below: 0.1 },
  });
}

describe("a language model", () => {
  const model = languageModel(4, stacked(lstm(3, 4), rnn(4, 3)), options);
  const next = random(5);
  const weights = mapWeights(model.init(next), ({ rows, cols }) => build(rows, cols, () => 2 * next() - 1));
  const text = (...ids: number[]) => new Tokens(ids.length, 1, Int32Array.from(ids));

  it("gives all continuations of two tokens a probability of 1 together", () => {
    let sum = 0;
    for (let a = 0; a < 4; a++)
      for (let b = 0; b < 4; b++) sum += Math.exp(model.logProbability(weights, text(1, a, b))[0]!);
    assert.ok(Math.abs(sum - 1) < 1e-14, `the sum is ${sum}`);
  });

  it("says how probable a text is: the product of what it says step by step", () => {
    const ids = [2, 0, 3, 3, 1];
    let state = model.initialState(1);
    let product = 1;
    for (let t = 0; t + 1 < ids.length; t++) {
      const step = model.step(weights, Int32Array.of(ids[t]!), state);
      product *= softmax(step.logits).at(0, ids[t + 1]!);
      state = step.state;
    }
    const logP = model.logProbability(weights, text(...ids))[0]!;
    assert.ok(Math.abs(logP - Math.log(product)) < 1e-13);
    const { loss, count } = model.lossAndGradients(weights, nextTokens(text(...ids)));
    assert.ok(Math.abs(logP + loss * count) < 1e-13);
    assert.equal(count, 4);
  });

  it("gives each text of a batch its own probability, whatever its length", () => {
    const rows = [
      [2, 0, 3, 3, 1],
      [0, 1],
      [3, 3, 2],
    ];
    const { tokens, lengths } = sideBySide(rows, 0);
    const together = model.logProbability(weights, tokens, { lengths });
    rows.forEach((row, i) => {
      assert.ok(Math.abs(together[i]! - model.logProbability(weights, text(...row))[0]!) < 1e-13);
    });
  });

  it("steps as it reads, and goes on from a final state", () => {
    const x = new Tokens(3, 2, Int32Array.of(0, 1, 2, 3, 1, 1));
    const logits = model.logits(weights, x);
    let state = model.initialState(2);
    for (let t = 0; t < 3; t++) {
      const step = model.step(weights, x.at(t), state);
      assertNear(step.logits, logits.at(t), 1e-14);
      state = step.state;
    }
    assert.deepEqual(flatten(state), flatten(model.finalState(weights, x)));
    assert.deepEqual(model.states(weights, x).at(2).toRows(), flatten(state)["layer1.h"]!.toRows());
  });

  it("reads a stream in pieces: the state goes on, and the loss is that of the whole", () => {
    const ids = Array.from({ length: 13 }, () => Math.floor(4 * next()));
    const whole = model.lossAndGradients(weights, nextTokens(text(...ids)));
    let initialState = model.initialState(1);
    let loss = 0;
    for (let t = 0; t < 12; t += 4) {
      const piece = model.lossAndGradients(weights, nextTokens(text(...ids.slice(t, t + 5))), { initialState });
      loss += piece.loss / 3;
      initialState = piece.finalState;
    }
    assert.ok(Math.abs(loss - whole.loss) < 1e-13);
    assert.deepEqual(flatten(initialState), flatten(whole.finalState));
  });

  it("has the perplexity of all its tokens alike, in batches of any size and as one stream", () => {
    const examples = {
      count: 3,
      batch: (indices: ArrayLike<number>) => batch(Array.from(indices), 0),
    };
    const own = languageModel(5, rnn(3, 4), options);
    const ownWeights = own.init(random(1));
    const nats = own.lossAndGradients(ownWeights, batch([0, 1, 2], 0)).loss;
    for (const batchSize of [1, 2, 100]) {
      const perplexity = own.perplexity(ownWeights, examples, { batchSize });
      assert.ok(Math.abs(perplexity - Math.exp(nats)) < 1e-12);
    }
    const ids = Array.from({ length: 13 }, () => Math.floor(5 * next()));
    const pieces = (size: number) => ({
      count: 12 / size,
      batch: ([k]: ArrayLike<number> & Iterable<number>) =>
        nextTokens(text(...ids.slice(k! * size, (k! + 1) * size + 1))),
    });
    const stream = (size: number) => own.perplexity(ownWeights, pieces(size) as typeof examples, { stream: true });
    assert.ok(Math.abs(stream(3) - stream(12)) < 1e-12);
    assert.ok(Math.abs(own.perplexity(ownWeights, pieces(3) as typeof examples, { batchSize: 1 }) - stream(12)) > 1e-6);
    assert.throws(() => own.perplexity(ownWeights, { ...examples, count: 0 }), /there are no examples/);
  });

  it("has the perplexity of the vocabulary when it knows nothing", () => {
    const blank = mapWeights(weights, ({ rows, cols }) => build(rows, cols, () => 0));
    const examples = { count: 1, batch: () => nextTokens(text(0, 1, 2, 3)) };
    assert.ok(Math.abs(model.perplexity(blank, examples) - 4) < 1e-13);
  });

  it("has as many weights less as the read-out has rows and columns when it is tied", () => {
    const names = (tied: boolean) => Object.keys(flatten(languageModel(5, rnn(3, 3), { tied }).init(random(1))));
    assert.deepEqual(names(false), ["embedding.E", "layer.W", "layer.b", "readout.W", "readout.b"]);
    assert.deepEqual(names(true), ["embedding.E", "layer.W", "layer.b", "readout.b"]);
  });

  it("drops only in training, and smooths labels only in the loss", () => {
    const dropping = languageModel(5, stacked(rnn(3, 4), dropout(4, 0.5)), options);
    const own = dropping.init(random(1));
    const loss = (next?: () => number) => dropping.lossAndGradients(own, batch([0], 0), { random: next }).loss;
    assert.equal(loss(), loss());
    assert.notEqual(loss(random(1)), loss());
    const smooth = languageModel(5, stacked(rnn(3, 4), dropout(4, 0.5)), { ...options, labelSmoothing: 0.1 });
    assert.notEqual(smooth.lossAndGradients(own, batch([0], 0)).loss, loss());
    assert.deepEqual(smooth.logProbability(own, text(0, 1, 2)), dropping.logProbability(own, text(0, 1, 2)));
  });

  it("is trained by the trainer, fresh or carried", async () => {
    const own = languageModel(5, rnn(4, 8));
    const examples = { count: 3, batch: (indices: ArrayLike<number>) => batch(Array.from(indices), 0) };
    for (const trained of [own, carried(own)]) {
      const ownWeights = own.init(random(1));
      const { losses } = await train(trained, ownWeights, examples, {
        epochs: 30,
        batchSize: 3,
        optimizer: adam({ learningRate: 0.03 }),
        random: random(2),
      });
      assert.ok(losses.at(-1)! < losses[0]! / 2, `${losses[0]} → ${losses.at(-1)}`);
    }
  });

  it("refuses a layer that reads the answer, sizes that cannot be tied, and other bad input", () => {
    assert.throws(() => languageModel(5, bidirectional(rnn(3, 2), rnn(3, 2))), /the layer also reads from the end/);
    assert.throws(
      () => languageModel(5, stacked(bidirectional(rnn(3, 2), rnn(3, 2)), rnn(4, 2))),
      /also reads from the end/,
    );
    assert.throws(() => languageModel(5, rnn(3, 4), { tied: true }), /it reads 3 and says 4/);
    assert.throws(() => languageModel(0, rnn(3, 4)), /0 tokens of 3 numbers are no table/);
    assert.throws(() => model.logits(weights, text(0, 4)), /token 4 at step 1 of sequence 0 is not in the vocabulary/);
    assert.throws(() => model.logProbability(weights, text(0, 4)), /token 4 at step 1/);
    assert.throws(() => model.logProbability(weights, text(0)), /the tokens are 1×1, expected at least two steps/);
    assert.throws(
      () => model.step(weights, Int32Array.of(0, 1), model.initialState(3)),
      /the state is 3×4, expected 2×4/,
    );
    const tied = languageModel(4, lstm(3, 3), { ...options, tied: true });
    const free = languageModel(4, lstm(3, 3), options);
    assert.throws(() => free.logits(tied.init(random(1)), text(0, 1)), /the read-out has no W/);
  });
});

describe("nextTokens", () => {
  it("takes the text without its last token as what is read, and without its first as what comes next", () => {
    const { x, targets, lengths } = nextTokens(new Tokens(3, 2, Int32Array.of(1, 2, 3, 4, 5, 6)), { lengths: [3, 2] });
    assert.deepEqual(
      [Array.from(x.ids), Array.from(targets.ids)],
      [
        [1, 2, 3, 4],
        [3, 4, 5, 6],
      ],
    );
    assert.deepEqual(Array.from(lengths!), [2, 1]);
  });

  it("refuses a text that has nothing to say", () => {
    const tokens = new Tokens(3, 2);
    assert.throws(() => nextTokens(tokens, { lengths: [3, 1] }), /text 1 has 1 token, expected at least two/);
    assert.throws(() => nextTokens(tokens, { lengths: [3, 4] }), /the length of sequence 1 is 4/);
    assert.throws(() => nextTokens(new Tokens(3, 0)), /the tokens are 3×0/);
  });
});
