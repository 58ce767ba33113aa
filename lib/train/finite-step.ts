import type { Batch } from "../data/batch.js";
import { firstNonFinite } from "../math/finite.js";
import { Matrix } from "../math/matrix.js";
import { flatten, type WeightTree } from "../math/weights.js";

/** @throws a sentence that names step and place when the data of a batch is not finite */
export function checkBatch(step: number, { x }: Batch): void {
  const found = firstNonFinite(new Matrix(x.steps * x.batch, x.width, x.data));
  if (!found) return;
  const [t, row] = [Math.floor(found.row / x.batch), found.row % x.batch];
  throw new RangeError(
    `train: at step ${step} the data x holds ${found.value} (time step ${t}, row ${row} of the batch, column ${found.col}): ` +
      "expected finite numbers, look at the data",
  );
}

/** @throws a sentence that names step and tensor when the loss or a gradient is not finite */
export function checkGradients(
  step: number,
  loss: number,
  norm: number,
  gradients: WeightTree,
  weights: WeightTree,
): void {
  if (Number.isFinite(loss) && Number.isFinite(norm)) return;
  const where =
    firstIn("weight", weights) ??
    (Number.isFinite(loss) ? firstIn("gradient of", gradients) : `the loss is ${loss}`) ??
    `the gradients' norm is ${norm}`;
  throw new RangeError(
    `train: at step ${step} ${where}: expected finite numbers, lower the learning rate or clip the gradients ` +
      "(the weights are as they were before this step)",
  );
}

function firstIn(what: string, tree: WeightTree): string | undefined {
  for (const [name, matrix] of Object.entries(flatten(tree))) {
    const found = firstNonFinite(matrix);
    if (found) return `the ${what} ${name} holds ${found.value} at row ${found.row}, column ${found.col}`;
  }
  return undefined;
}
