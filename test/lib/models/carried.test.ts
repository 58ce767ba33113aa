import assert from "node:assert/strict";
import { type Batch, buildSequence, carried, classifier, random, rnn } from "unroll";

describe("carried", () => {
  it("starts every second batch where the one before it ended", () => {
    const model = classifier(rnn(2, 3), 2);
    const weights = model.init(random(1));
    const next = random(3);
    const batch = (B: number): Batch => ({ x: buildSequence(4, B, 2, next, "float32"), labels: new Uint8Array(B) });
    const training = carried(model);
    const [first, second, third, fourth] = [batch(2), batch(2), batch(2), batch(5)] as const;
    const fresh = (b: Batch) => model.lossAndGradients(weights, b);
    const loss = (b: Batch) => training.lossAndGradients(weights, b).loss;

    assert.equal(loss(first), fresh(first).loss);
    const { finalState } = fresh(first);
    assert.equal(loss(second), model.lossAndGradients(weights, second, { initialState: finalState }).loss);
    assert.equal(loss(third), fresh(third).loss);
    // a batch of another size cannot go on from there
    assert.equal(loss(fourth), fresh(fourth).loss);
  });
});
