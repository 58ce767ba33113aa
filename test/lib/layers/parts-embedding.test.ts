import assert from "node:assert/strict";
import {
  bidirectional,
  buildSequence,
  embedding,
  gradientCheck,
  gru,
  partsEmbedding,
  random,
  rnn,
  stacked,
  TokenParts,
  Tokens,
  tagger,
} from "unroll";
import { assertNear } from "../near.js";

const parts = Int32Array.of(4, 1, 2, 0, 1, 2, 3, 1, 5, 4, 4, 2);
const words = new TokenParts(2, 2, 3, parts);
const layer = partsEmbedding(6, 4, 3);
const weights = layer.init(random(1));

describe("an embedding of parts", () => {
  it("gives each token the sum of its parts' rows, written out", () => {
    const { y } = layer.forward(weights, words);
    const E = weights.E.toRows();
    const sums = [0, 1, 2, 3].map((row) =>
      E[0]!.map((_, d) => [0, 1, 2].reduce((sum, k) => sum + E[parts[row * 3 + k]!]![d]!, 0)),
    );
    assertNear(y.flat(), sums);
  });

  it("is an embedding where a token has one part", () => {
    const one = new TokenParts(2, 2, 1, Int32Array.of(3, 0, 3, 1));
    const single = partsEmbedding(6, 4, 1);
    const dy = buildSequence(2, 2, 4, (t, i, j) => t - i + j);
    const [a, b] = [single.forward(weights, one), embedding(6, 4).forward(weights, new Tokens(2, 2, one.ids))];
    assert.deepEqual(a.y.flat().toRows(), b.y.flat().toRows());
    assert.deepEqual(a.backward(dy).gradients.E.toRows(), b.backward(dy).gradients.E.toRows());
  });

  it("has gradients that equal five-point differences, also of a part that stands twice in a token", () => {
    const dy = buildSequence(2, 2, 4, (t, i, j) => Math.sin(1 + t + 2 * i + 3 * j));
    const loss = () => Array.from(layer.forward(weights, words).y.data).reduce((sum, v, k) => sum + v * dy.data[k]!, 0);
    const check = gradientCheck(loss, weights, layer.forward(weights, words).backward(dy).gradients);
    assert.ok(check.ok, check.summary);
  });

  it("stands below a tagger whose gradients are right", () => {
    const model = tagger(stacked(partsEmbedding(6, 3, 3), bidirectional(rnn(3, 2), gru(3, 2))), 3, {
      crf: true,
      precision: "float64",
    });
    const all = model.init(random(2));
    const batch = { x: words, targets: new Tokens(2, 2, Int32Array.of(1, 0, 2, 1)), lengths: [2, 1] };
    const loss = () => model.lossAndGradients(all, batch).loss;
    const check = gradientCheck(loss, all, model.lossAndGradients(all, batch).gradients);
    assert.ok(check.ok, check.summary);
  });

  it("forgets its share of the first parts in training, and nothing else", () => {
    const many = new TokenParts(
      1000,
      1,
      2,
      Int32Array.from({ length: 2000 }, (_, at) => (at % 2 ? 5 : 3)),
    );
    const table = partsEmbedding(6, 4, 2, { forget: 0.3 });
    const known = table.forward(weights, many).y.at(0).toRows()[0]!;
    const run = table.forward(weights, many, { random: random(4) });
    const kept = run.y
      .flat()
      .toRows()
      .filter((row) => row[0] === known[0]).length;
    assert.ok(Math.abs(kept - 700) < 50, `${kept} of 1,000 kept`); // 3.4 deviations of √(0.3·0.7·1000)
    const { E } = run.backward(buildSequence(1000, 1, 4, () => 1)).gradients;
    assert.deepEqual(
      E.toRows().map(([value]) => value),
      [1000 - kept, 0, 0, kept, 0, 1000],
    );
  });

  it("names a part that it does not know, and refuses other tokens", () => {
    const wrong = new TokenParts(1, 2, 3, Int32Array.of(0, 1, 2, 0, 6, 2));
    assert.throws(
      () => layer.forward(weights, wrong),
      /part 6 at step 0 of sequence 1 is not in the table, expected 0 … 5/,
    );
    assert.throws(() => layer.forward(weights, new Tokens(2, 2) as TokenParts), /it reads TokenParts, got Tokens/);
    assert.throws(() => partsEmbedding(6, 4, 2).forward(weights, words), /have 3 parts, the layer was made for 2/);
  });
});
