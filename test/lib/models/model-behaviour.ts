import assert from "node:assert/strict";
import {
  adam,
  build,
  copyWeights,
  flatten,
  gradientCheck,
  mapWeights,
  type Random,
  random,
  Tokens,
  type Trainable,
  type WeightTree,
} from "unroll";
import { assertNear } from "../near.js";

interface Behaviour<W extends WeightTree, B> {
  /** In float64. */
  readonly model: Trainable<W, B> & { init(random: Random): W };
  /** The examples with these numbers, the shorter ones filled up with `pad`. */
  readonly batch: (indices: readonly number[], pad: number) => B;
  /** How many examples of different lengths there are. */
  readonly count: number;
  /** Whether the loss is a mean over tokens, and not over sequences. */
  readonly perToken: boolean;
  /** How far the loss falls in how many steps of Adam on all examples. */
  readonly overfit: { readonly steps: number; readonly learningRate: number; readonly below: number };
}

/**
 * The behaviours that every model shows: gradients of all weights equal to differences, behind padding too; neither
 * padding nor its neighbours nor its place in a batch change what an example does; a few examples are learned by heart.
 */
export function behavesAsModel<W extends WeightTree, B>(
  name: string,
  { model, batch, count, perToken, overfit }: Behaviour<W, B>,
): void {
  const next = random(7);
  const weights = mapWeights(copyWeights(model.init(next), "float64"), (m) =>
    build(m.rows, m.cols, () => next() - 0.5),
  );
  const all = Array.from({ length: count }, (_, i) => i);

  describe(`the model ${name}`, () => {
    it("has gradients of all weights that equal five-point differences, with padding", () => {
      const examples = batch(all, 0);
      const { gradients } = model.lossAndGradients(weights, examples);
      assert.deepEqual(Object.keys(flatten(gradients)), Object.keys(flatten(weights)));
      const check = gradientCheck(() => model.lossAndGradients(weights, examples).loss, weights, gradients);
      assert.ok(check.ok, check.summary);
    });

    it("has the loss and gradients of its examples one by one", () => {
      const together = model.lossAndGradients(weights, batch(all, 0));
      const alone = all.map((i) => model.lossAndGradients(weights, batch([i], 0)));
      const mass = (result: (typeof alone)[number]) => (perToken ? result.count! : 1);
      const total = alone.reduce((sum, result) => sum + mass(result), 0);
      const mean = (value: (result: (typeof alone)[number]) => number) =>
        alone.reduce((sum, result) => sum + (value(result) * mass(result)) / total, 0);

      assert.ok(Math.abs(together.loss - mean(({ loss }) => loss)) < 1e-12);
      if (perToken) {
        assert.equal(together.count, total);
        assert.ok(Math.abs(together.accuracy - mean(({ accuracy }) => accuracy)) < 1e-12);
      }
      const parts = alone.map(({ gradients }) => flatten(gradients));
      for (const [key, gradient] of Object.entries(flatten(together.gradients))) {
        const sum = build(gradient.rows, gradient.cols, (i, j) =>
          parts.reduce((s, part, k) => s + (part[key]!.at(i, j) * mass(alone[k]!)) / total, 0),
        );
        assertNear(gradient, sum, 1e-12);
      }
    });

    it("takes no notice of what the padding holds", () => {
      const [a, b] = [0, 1].map((pad) => model.lossAndGradients(weights, batch(all, pad)));
      assert.equal(a!.loss, b!.loss);
      assert.equal(a!.accuracy, b!.accuracy);
      assert.deepEqual(rowsOf(a!.gradients), rowsOf(b!.gradients));
    });

    it("does not depend on the order of a batch", () => {
      const [a, b] = [all, [...all].reverse()].map((order) => model.lossAndGradients(weights, batch(order, 0)));
      assert.ok(Math.abs(a!.loss - b!.loss) < 1e-13);
      const reversed = flatten(b!.gradients);
      for (const [key, gradient] of Object.entries(flatten(a!.gradients))) assertNear(gradient, reversed[key]!, 1e-13);
    });

    it(`learns its examples by heart: a loss below ${overfit.below} in ${overfit.steps} steps`, () => {
      const own = copyWeights(model.init(random(1)));
      const optimizer = adam({ learningRate: overfit.learningRate });
      const examples = batch(all, 0);
      for (let step = 0; step < overfit.steps; step++) {
        optimizer.step(own, model.lossAndGradients(own, examples).gradients);
      }
      const { loss, accuracy } = model.lossAndGradients(own, examples);
      assert.ok(loss < overfit.below, `the loss is ${loss}`);
      assert.equal(accuracy, 1);
    });
  });
}

const rowsOf = (tree: WeightTree) => Object.values(flatten(tree)).map((m) => m.toRows());

/** Texts side by side, the shorter ones filled up at their end. */
export function sideBySide(texts: readonly (readonly number[])[], pad: number): { tokens: Tokens; lengths: number[] } {
  const lengths = texts.map(({ length }) => length);
  const T = Math.max(...lengths);
  const ids = Int32Array.from({ length: T * texts.length }, (_, k) => {
    return texts[k % texts.length]![Math.floor(k / texts.length)] ?? pad;
  });
  return { tokens: new Tokens(T, texts.length, ids), lengths };
}
