import { Table } from "../display/table.js";
import { countWeights, flatten, type WeightTree } from "../math/weights.js";

/**
 * What a model has learned, as a table: each matrix with its shape, how many numbers it holds, and their precision.
 *
 * @param weights of any model or cell
 * @returns a table that shows itself as the value of a cell, or by `display`
 *
 * @example
 * const model = classifier(rnn(28, 128), 10);
 * display(summary(model.init(random(1))));
 */
export function summary(weights: WeightTree): Table {
  const rows = Object.entries(flatten(weights)).map(([name, { rows, cols, precision }]) => [
    name,
    `${rows}×${cols}`,
    (rows * cols).toLocaleString("en-GB"),
    precision,
  ]);
  const total = countWeights(weights).toLocaleString("en-GB");
  return new Table(`${total} weights`, ["name", "shape", "numbers", "precision"], rows);
}
