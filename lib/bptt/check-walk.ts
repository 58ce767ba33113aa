import type { Weights } from "../cells/cell.js";
import { checkLengths, type Lengths } from "../math/lengths.js";
import { kindOf } from "../math/precision.js";
import { Sequence } from "../math/sequence.js";

/**
 * What a cell is about to walk along, checked once, before its first step. Its numbers are not: the trainer looks for
 * what is not finite, at the border, in data and gradients.
 *
 * @throws when x is no sequence or has no step, there are no weights, or a length is not in 1 … T
 */
export function checkWalk(what: string, weights: Weights, x: Sequence, lengths?: Lengths): void {
  if (typeof weights !== "object" || weights === null) {
    throw new TypeError(`${what}: the weights are ${weights}, expected those that the cell's init makes`);
  }
  if (!(x instanceof Sequence)) {
    throw new TypeError(`${what}: x is ${kindOf(x)}, expected a Sequence T×B×D: stack makes one of matrices`);
  }
  if (x.steps === 0 || x.batch === 0) {
    throw new RangeError(`${what}: x is ${x.steps}×${x.batch}×${x.width}, expected at least one step and one sequence`);
  }
  if (lengths) checkLengths(what, lengths, x.steps, x.batch);
}
