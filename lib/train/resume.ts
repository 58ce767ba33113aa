import { copyInto } from "../math/matrix.js";
import { flatten, type WeightTree } from "../math/weights.js";
import type { Checkpoint, TrainingPosition } from "./training.js";

/**
 * Overwrites weights with those of the same names.
 *
 * @param what stands before what is wrong
 * @throws as `checkSameWeights` does; then nothing has been overwritten
 */
export function replaceWeights(what: string, weights: WeightTree, by: WeightTree): void {
  checkSameWeights(what, weights, by);
  const from = flatten(by);
  for (const [name, matrix] of Object.entries(flatten(weights))) copyInto(matrix, from[name]!);
}

/** @throws a sentence that names the matrix when one is missing, foreign, or of another shape or precision */
export function checkSameWeights(what: string, weights: WeightTree, others: WeightTree): void {
  const [own, found] = [flatten(weights), flatten(others)];
  for (const [name, matrix] of Object.entries(own)) {
    const other = Object.hasOwn(found, name) ? found[name] : undefined;
    if (!other) throw new RangeError(`${what}: there is no ${name}, expected the weights of the same model`);
    const [is, wanted] = [other, matrix].map(({ rows, cols, precision }) => `${rows}×${cols} ${precision}`);
    if (is !== wanted) throw new RangeError(`${what}: ${name} is ${is}, the model has ${wanted}`);
  }
  const foreign = Object.keys(found).find((name) => !Object.hasOwn(own, name));
  if (foreign !== undefined) {
    throw new RangeError(`${what}: the model has no ${foreign}, expected the weights of the same model`);
  }
}

/** @throws when a checkpoint's batches were made of other examples, or in another way: it could not go on as before */
export function checkResumable(
  checkpoint: Checkpoint,
  options: Pick<TrainingPosition, "examples" | "batchSize" | "bucket" | "shuffle">,
): void {
  for (const name of ["examples", "batchSize", "bucket", "shuffle"] as const) {
    const was = checkpoint.position[name];
    if (was !== options[name]) {
      throw new RangeError(`train: ${name} was ${was} in the checkpoint and is ${options[name]}, expected the same`);
    }
  }
}
