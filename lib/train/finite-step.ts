import { firstNonFinite } from "../math/finite.js";
import { Matrix } from "../math/matrix.js";
import { Sequence } from "../math/sequence.js";
import { flatten, type WeightTree } from "../math/weights.js";

/** @throws a sentence that names step and place when a sequence or matrix of a batch is not finite */
export function checkBatch(step: number, batch: unknown): void {
  if (typeof batch !== "object" || batch === null) return;
  for (const [name, value] of Object.entries(batch)) {
    const found =
      value instanceof Sequence ? firstInSequence(value) : value instanceof Matrix ? firstInMatrix(value) : "";
    if (found) {
      throw new RangeError(
        `train: at step ${step} the data ${name} holds ${found}: expected finite numbers, look at the data`,
      );
    }
  }
}

function firstInMatrix(x: Matrix): string | undefined {
  const found = firstNonFinite(x);
  return found && `${found.value} (row ${found.row}, column ${found.col})`;
}

function firstInSequence(x: Sequence): string | undefined {
  const found = firstNonFinite(new Matrix(x.steps * x.batch, x.width, x.data));
  if (!found) return undefined;
  const [t, row] = [Math.floor(found.row / x.batch), found.row % x.batch];
  return `${found.value} (time step ${t}, row ${row} of the batch, column ${found.col})`;
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
