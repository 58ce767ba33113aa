import { copy, Matrix, zeros } from "./matrix.js";
import type { Precision } from "./precision.js";

/** Matrices by name, nested as a model is: `{ cell: { W, b }, readout: { W, b } }`. Gradients have the same form. */
export type WeightTree = { readonly [name: string]: Matrix | WeightTree };

/**
 * All matrices of a tree under names such as "cell.W". They share their memory with the tree.
 *
 * @throws when something in it is neither a matrix nor a tree
 *
 * @example
 * const model = classifier(rnn(28, 16), 10);
 * console.log(Object.keys(flatten(model.init(random(1))))); // cell.W, cell.b, readout.W, readout.b
 */
export function flatten(tree: WeightTree, prefix = ""): Record<string, Matrix> {
  const flat: Record<string, Matrix> = {};
  for (const [name, entry] of Object.entries(tree)) {
    if (entry instanceof Matrix) flat[prefix + name] = entry;
    else if (typeof entry === "object" && entry !== null) Object.assign(flat, flatten(entry, `${prefix}${name}.`));
    else throw new TypeError(`flatten: ${prefix}${name} is ${entry}, expected a matrix or a tree of matrices`);
  }
  return flat;
}

/** A tree of the same form whose matrices are `f(matrix)`. */
export function mapWeights<W extends WeightTree>(tree: W, f: (matrix: Matrix) => Matrix): W {
  const mapped = Object.entries(tree).map(([name, entry]) => [
    name,
    entry instanceof Matrix ? f(entry) : mapWeights(entry, f),
  ]);
  return Object.fromEntries(mapped) as W;
}

/** Zeros of the same form, shapes and precisions. */
export function zerosLike<W extends WeightTree>(tree: W): W {
  return mapWeights(tree, (m) => zeros(m.rows, m.cols, m.precision));
}

/** A copy that shares no memory, in another precision if one is given. */
export function copyWeights<W extends WeightTree>(tree: W, precision?: Precision): W {
  return mapWeights(tree, (m) => copy(m, precision));
}

/** How many numbers a tree holds. */
export function countWeights(tree: WeightTree): number {
  return Object.values(flatten(tree)).reduce((count, m) => count + m.rows * m.cols, 0);
}
