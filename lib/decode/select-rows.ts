import { copyInto, zeros } from "../math/matrix.js";
import { mapWeights, type WeightTree } from "../math/weights.js";

/**
 * Some rows of every matrix of a tree, in this order, a row as often as it is named: the states of those texts that are
 * written on.
 *
 * @param tree matrices with one row for each text
 * @param rows row numbers 0 … N−1
 * @returns a tree of the same form that shares no memory with the first
 * @throws when a matrix has no such row
 *
 * @example
 * const state = { h: matrix([[1], [2], [3]]) };
 * console.log(selectRows(state, [2, 0, 0]).h.toRows()); // [[3], [1], [1]]
 */
export function selectRows<S extends WeightTree>(tree: S, rows: ArrayLike<number>): S {
  return mapWeights(tree, (source) => {
    const result = zeros(rows.length, source.cols, source.precision);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      copyInto(result.rowRange(i, i + 1), source.rowRange(row, row + 1));
    }
    return result;
  });
}
