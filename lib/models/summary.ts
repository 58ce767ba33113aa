import { Table } from "../display/table.js";
import { type Random, random } from "../math/random.js";
import { countWeights, flatten, type WeightTree } from "../math/weights.js";

/**
 * What there is to learn in a model, as a table: each matrix with its shape, how many numbers it holds, and their precision.
 *
 * @param of weights, of any model, layer or cell; or a model, layer or cell itself: then the title also says how many
 *   weights each of its parts has
 * @returns a table that shows itself as the value of a cell, or by `display`
 *
 * @example
 * const model = classifier(rnn(28, 128), 10);
 * display(summary(model)); //                 21,514 weights: cell 20,224, readout 1,290
 * display(summary(model.init(random(1)))); // 21,514 weights
 */
export function summary(of: WeightTree | { init(random: Random): WeightTree }): Table {
  const weights = isMade(of) ? of : of.init(random(1));
  const rows = Object.entries(flatten(weights)).map(([name, { rows, cols, precision }]) => [
    name,
    `${rows}×${cols}`,
    grouped(rows * cols),
    precision,
  ]);
  const parts = Object.entries(weights).map(([name, part]) => `${name} ${grouped(countWeights({ part }))}`);
  const title = `${grouped(countWeights(weights))} weights${isMade(of) ? "" : `: ${parts.join(", ")}`}`;
  return new Table(title, ["name", "shape", "numbers", "precision"], rows);
}

const isMade = (of: WeightTree | { init(random: Random): WeightTree }): of is WeightTree =>
  typeof of.init !== "function";

const grouped = (count: number): string => count.toLocaleString("en-GB");
