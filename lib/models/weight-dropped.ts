import { Matrix } from "../math/matrix.js";
import { allocate } from "../math/precision.js";
import type { Random } from "../math/random.js";
import { flatten, type WeightTree } from "../math/weights.js";
import type { Stateful } from "./carried.js";

/**
 * A model that is trained with a part of its weights missing, another part at each batch, so that it cannot learn a text
 * by heart. Dropout between layers leaves a recurrent network the whole road from step to step to memorise with; this
 * makes holes in the road itself. All steps of a batch see the same holes.
 *
 *     W̃ = W∗M/(1−p),  M_ij = 0 with probability p, else 1,   ∂E/∂W = ∂E/∂W̃ ∗ M/(1−p)
 *
 * Without a generator, that is outside of training, nothing is missing; it shares its weights with the model.
 *
 * @param model a classifier or a language model
 * @param rate p, 0 ≤ p < 1
 * @param which the matrices that get holes, by their names: by default those of cells in a `layer`, "layer.W"
 * @throws when the rate is not in 0 … 1; in training when no matrix has such a name
 * @see Wan et al. 2013, Regularization of neural networks using DropConnect; for recurrent weights: Merity, Keskar &
 *   Socher 2018, Regularizing and optimizing LSTM language models, section 2
 *
 * @example
 * const model = languageModel(9, gru(8, 16));
 * const training = weightDropped(model, 0.4);
 * const batch = nextTokens(new Tokens(4, 1, Int32Array.of(0, 3, 1, 2)));
 * const { gradients } = training.lossAndGradients(model.init(random(1)), batch, { random: random(2) });
 */
export function weightDropped<W extends WeightTree, S extends WeightTree, B>(
  model: Stateful<W, S, B>,
  rate: number,
  { which = (name) => /^layer\.(.+\.)?W$/.test(name) }: { which?: (name: string) => boolean } = {},
): Stateful<W, S, B> {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`weightDropped: the rate is ${rate}, expected a number from 0 to below 1`);
  }
  return {
    lossAndGradients(weights, batch, options) {
      const random = options?.random;
      if (!random || rate === 0) return model.lossAndGradients(weights, batch, options);
      const masks = new Map<string, Matrix>();
      for (const [name, matrix] of Object.entries(flatten(weights))) {
        if (which(name)) masks.set(name, maskFor(matrix, rate, random));
      }
      if (masks.size === 0) {
        throw new RangeError(
          `weightDropped: no matrix is called so, there are ${Object.keys(flatten(weights)).join(", ")}`,
        );
      }
      const result = model.lossAndGradients(masked(weights, masks), batch, options);
      return { ...result, gradients: masked(result.gradients, masks) };
    },
  };
}

/** 0 or 1/(1−p) for each weight. */
function maskFor({ rows, cols, precision }: Matrix, rate: number, random: Random): Matrix {
  const data = allocate(rows * cols, precision);
  for (let k = 0; k < data.length; k++) data[k] = random() < rate ? 0 : 1 / (1 - rate);
  return new Matrix(rows, cols, data);
}

/** A tree of the same form, where the matrices that have a mask are multiplied by it. */
function masked<W extends WeightTree>(tree: W, masks: ReadonlyMap<string, Matrix>, prefix = ""): W {
  const entries = Object.entries(tree).map(([name, entry]) => {
    if (!(entry instanceof Matrix)) return [name, masked(entry, masks, `${prefix}${name}.`)];
    const mask = masks.get(prefix + name);
    return [name, mask ? product(entry, mask) : entry];
  });
  return Object.fromEntries(entries) as W;
}

function product({ rows, cols, data, offset, stride, precision }: Matrix, mask: Matrix): Matrix {
  const y = allocate(rows * cols, precision);
  for (let i = 0, k = 0; i < rows; i++) {
    const start = offset + i * stride;
    for (let j = 0; j < cols; j++, k++) y[k] = data[start + j]! * mask.data[k]!;
  }
  return new Matrix(rows, cols, y);
}
