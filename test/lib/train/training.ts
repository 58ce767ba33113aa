import { buildSequence, classifier, type Examples, type Matrix, rnn, type Trainable, type WeightTree } from "unroll";

/** Class 1 rises, class 0 falls, over 2 … 6 steps; an example tells its length. */
export const ramps = (count: number): Examples => ({
  count,
  lengthOf: (i) => 2 + (i % 5),
  batch: (indices) => ({
    x: buildSequence(6, indices.length, 1, (t, i) => ((indices[i]! % 2 ? 1 : -1) * (t + indices[i]!)) / 50, "float32"),
    labels: Array.from(indices, (i) => i % 2),
  }),
});

export const model = classifier(rnn(1, 4), 2);
export type ModelWeights = ReturnType<typeof model.init>;

/** The model with noise on its input: it draws from the trainer's generator, as dropout does. */
export const noisy: Trainable<ModelWeights> = {
  lossAndGradients(weights, { x, labels }, options) {
    const noise = () => (options?.random ? options.random() / 10 : 0);
    const noised = buildSequence(x.steps, x.batch, x.width, (t, i, j) => x.at(t).at(i, j) + noise(), x.precision);
    return { ...model.lossAndGradients(weights, { x: noised, labels }), count: x.steps * x.batch };
  },
};

/** All numbers of a tree, by name. */
export const numbersOf = (tree: WeightTree): unknown =>
  Object.fromEntries(
    Object.entries(tree).map(([name, entry]) => [
      name,
      "rows" in entry ? (entry as Matrix).toRows() : numbersOf(entry),
    ]),
  );
