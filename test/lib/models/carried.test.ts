import assert from "node:assert/strict";
import { type Batch, buildSequence, carried, classifier, random, rnn, type Trainable } from "unroll";

describe("carried", () => {
  const model = classifier(rnn(2, 3), 2);
  const weights = model.init(random(1));
  const next = random(3);
  const batch = (B: number): Batch => ({ x: buildSequence(4, B, 2, next, "float32"), labels: new Uint8Array(B) });
  const fresh = (b: Batch) => model.lossAndGradients(weights, b);
  const loss = (training: Trainable<typeof weights>, b: Batch) => training.lossAndGradients(weights, b).loss;

  it("starts every second batch where the one before it ended", () => {
    const training = carried(model);
    const [first, second, third, fourth] = [batch(2), batch(2), batch(2), batch(5)] as const;

    assert.equal(loss(training, first), fresh(first).loss);
    const { finalState } = fresh(first);
    assert.equal(loss(training, second), model.lossAndGradients(weights, second, { initialState: finalState }).loss);
    assert.equal(loss(training, third), fresh(third).loss);
    // a batch of another size cannot go on from there
    assert.equal(loss(training, fourth), fresh(fourth).loss);
  });

  it("starts every batch of a stream where the one before it ended", () => {
    const training = carried(model, { stream: true });
    let initialState: ReturnType<typeof fresh>["finalState"] | undefined;
    for (const b of [batch(2), batch(2), batch(2)]) {
      const known = model.lossAndGradients(weights, b, { initialState });
      assert.equal(loss(training, b), known.loss);
      initialState = known.finalState;
    }
    const other = batch(5);
    assert.equal(loss(training, other), fresh(other).loss);
  });
});
