import { copy, Matrix } from "../math/matrix.js";
import { flatten, type WeightTree } from "../math/weights.js";
import type { Tensor } from "./safetensors.js";

/** The matrices of a tree as tensors, under names such as "cell.W" behind a prefix. */
export function tensorsOf(tree: WeightTree, prefix = ""): Record<string, Tensor> {
  const tensors = Object.entries(flatten(tree)).map(([name, matrix]) => {
    const { rows, cols, data } = copy(matrix);
    return [prefix + name, { shape: [rows, cols], data }] as const;
  });
  return Object.fromEntries(tensors);
}

/**
 * A tensor as a matrix that shares its numbers; a vector becomes one row.
 *
 * @throws when it has more than two dimensions, or no numbers
 */
export function matrixOf(name: string, { shape, data }: Tensor): Matrix {
  if (shape.length > 2 || data.length === 0) {
    throw new RangeError(`safetensors: ${name} has the shape [${shape.slice(0, 8).join(", ")}], expected a matrix`);
  }
  const [rows, cols] = shape.length === 2 ? (shape as [number, number]) : [1, data.length];
  return new Matrix(rows, cols, data);
}
