import { checkChoice } from "../math/check-options.js";
import { Matrix, zeros } from "../math/matrix.js";
import { type ForeignWeights, foreign } from "./gate-order.js";
import { fromKeras, type KerasCells, toKeras } from "./keras-weights.js";

/** Layers that TensorFlow.js has too, and their weights here; its GRU knows no reset_after. */
export interface TfjsLayers extends Pick<KerasCells, "rnn" | "lstm" | "gru"> {
  dense: { W: Matrix; b: Matrix };
  embedding: { E: Matrix };
}

/** What is used of a `tf.Tensor`. */
export interface TfjsTensor {
  readonly shape: readonly number[];
  dataSync(): ArrayLike<number>;
}

/** How TensorFlow.js names the weights of each layer, in its order; those from `needed` on may be missing. */
const names: Readonly<Record<keyof TfjsLayers, { all: readonly string[]; needed: number }>> = {
  rnn: { all: ["kernel", "recurrent_kernel", "bias"], needed: 2 },
  lstm: { all: ["kernel", "recurrent_kernel", "bias"], needed: 2 },
  gru: { all: ["kernel", "recurrent_kernel", "bias"], needed: 2 },
  dense: { all: ["kernel", "bias"], needed: 1 },
  embedding: { all: ["embeddings"], needed: 1 },
};

/**
 * Weights from a layer of a `tf.LayersModel`: `tf.layers.simpleRNN`, `lstm`, `gru`, `dense` or `embedding`.
 *
 * They compute the same here where the layer has tanh, and `recurrentActivation: "sigmoid"`: by default TensorFlow.js
 * takes "hardSigmoid". Gates lie as in `fromKeras`.
 *
 * @param kind "rnn", "lstm", "gru", "dense" or "embedding"
 * @param layer such as `model.layers[0]`
 * @returns weights for the cell or layer of that name, in float32
 * @throws when there is no such kind, and a sentence when the weights are not those of such a layer
 *
 * @example
 * const tensor = (...values: number[]) => ({ shape: [1, 2], dataSync: () => values });
 * const { W } = fromTfjs("dense", { getWeights: () => [tensor(3, 4)] });
 * console.log(W.toRows()); // [[3, 4]]
 */
export function fromTfjs<K extends keyof TfjsLayers>(
  kind: K,
  layer: { getWeights(): readonly TfjsTensor[] },
): TfjsLayers[K] {
  checkChoice("fromTfjs", "kind", kind, Object.keys(names));
  const { all, needed } = names[kind];
  const tensors = layer.getWeights();
  if (tensors.length < needed || tensors.length > all.length) {
    throw new RangeError(`fromTfjs: ${kind}: the layer has ${tensors.length} weights, expected ${all.join(", ")}`);
  }
  const weights = Object.fromEntries(tensors.map((tensor, k) => [all[k]!, matrixOf(tensor)]));
  if (kind === "embedding") return table(weights) as TfjsLayers[K];
  if (kind === "dense") return readout(weights) as TfjsLayers[K];
  return fromKeras(kind, weights) as TfjsLayers[K];
}

/**
 * Weights as a layer of a `tf.LayersModel` has them: the way back of `fromTfjs`.
 *
 *     tf.tidy(() => model.layers[0].setWeights(toTfjs("lstm", weights, tf)));
 *
 * @param kind "rnn", "lstm", "gru", "dense" or "embedding"
 * @param weights of the cell or layer of that name
 * @param tf TensorFlow.js
 * @returns what `layer.setWeights` takes
 * @throws when there is no such kind, or the shapes are not those of such a cell
 *
 * @example
 * const tf = { tensor: (values: Float32Array, shape: number[]) => ({ values, shape }) };
 * const [kernel] = toTfjs("lstm", lstm(3, 2).init(random(1)), tf);
 * console.log(kernel?.shape); // [3, 8]
 */
export function toTfjs<K extends keyof TfjsLayers, T>(
  kind: K,
  weights: TfjsLayers[K],
  tf: { tensor(values: Float32Array, shape: number[]): T },
): T[] {
  checkChoice("toTfjs", "kind", kind, Object.keys(names));
  const tensor = (matrix: Matrix, shape: number[]) => tf.tensor(Float32Array.from(matrix.toRows().flat()), shape);
  const table = (matrix: Matrix) => tensor(matrix, [matrix.rows, matrix.cols]);
  const row = (matrix: Matrix) => tensor(matrix, [matrix.cols]);
  if ("E" in weights) return [table(weights.E)];
  if (kind === "dense") return [table(weights.W), row(weights.b)];
  const theirs = toKeras(kind as "rnn" | "lstm" | "gru", weights);
  return [table(theirs.kernel), table(theirs.recurrent_kernel), row(theirs.bias)];
}

/** A tensor of one dimension is a row. */
function matrixOf(tensor: TfjsTensor): Matrix {
  const [rows, cols] = tensor.shape.length === 1 ? [1, tensor.shape[0]!] : [tensor.shape[0]!, tensor.shape[1]!];
  return new Matrix(rows, cols, Float32Array.from(tensor.dataSync()));
}

function table(weights: ForeignWeights): TfjsLayers["embedding"] {
  const { rows, cols } = weights.embeddings!;
  return { E: foreign("fromTfjs: embedding", weights, "embeddings", rows, cols) };
}

function readout(weights: ForeignWeights): TfjsLayers["dense"] {
  const what = "fromTfjs: dense";
  const { rows, cols } = weights.kernel!;
  const W = foreign(what, weights, "kernel", rows, cols);
  return { W, b: weights.bias ? foreign(what, weights, "bias", 1, cols) : zeros(1, cols, W.precision) };
}
