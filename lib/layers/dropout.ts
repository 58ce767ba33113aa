import { checkCount } from "../math/check-options.js";
import { allocate } from "../math/precision.js";
import type { Random } from "../math/random.js";
import { Sequence } from "../math/sequence.js";
import type { Layer, NoState } from "./layer.js";
import { stateless } from "./stateless.js";

/**
 * In training, sets a share of all numbers to zero and makes up for it in the others, so that no unit can rely on
 * another one. Without a generator of random numbers, that is outside of training, it changes nothing.
 *
 *     y = x∗m/(1−p),  m = 0 with probability p, else 1
 *
 * @param width D, the width of x_t
 * @param rate p, 0 ≤ p < 1
 * @param variational one mask for all steps of a sequence (Gal & Ghahramani 2016) in place of a new one at each step
 * @throws when the width is not a whole number ≥ 1, the rate is not in 0 … 1, or later x has another width
 * @see Srivastava et al. 2014; between recurrent layers: Zaremba, Sutskever & Vinyals 2014
 *
 * @example
 * const layer = dropout(4, 0.5, { variational: true });
 * const x = buildSequence(3, 1, 4, () => 1);
 * console.log(layer.forward({}, x, { random: random(1) }).y.flat().toRows()); // the same columns are 0 at each step, the others 2
 */
export function dropout(
  width: number,
  rate: number,
  { variational = false }: { variational?: boolean } = {},
): Layer<NoState, NoState> {
  checkCount("dropout", "width", width, 1);
  if (!(rate >= 0 && rate < 1))
    throw new RangeError(`dropout: the rate is ${rate}, expected a number from 0 to below 1`);
  return {
    ...stateless("dropout"),
    inputSize: width,
    outputSize: width,
    init: () => ({}),

    forward(_, x, { random } = {}) {
      if (x.width !== width) {
        throw new RangeError(`dropout: x has ${x.width} columns, the layer was made for width ${width}`);
      }
      const mask = random && rate > 0 ? maskFor(x, rate, variational, random) : undefined;
      const masked = (numbers: Sequence) => {
        if (!mask) return numbers;
        const { steps, batch, data, precision } = numbers;
        const y = allocate(data.length, precision);
        for (let start = 0; start < y.length; start += mask.length) {
          for (let k = 0; k < mask.length; k++) y[start + k] = data[start + k]! * mask[k]!;
        }
        return new Sequence(steps, batch, width, y);
      };
      return {
        y: masked(x),
        finalState: {},
        backward: (dy) => ({ gradients: {}, dx: dy && masked(dy), dInitialState: {} }),
      };
    },
  };
}

/** T·B·D factors, or B·D where all steps share them. */
function maskFor({ steps, batch, width }: Sequence, rate: number, variational: boolean, random: Random): Float64Array {
  const kept = 1 / (1 - rate);
  const mask = new Float64Array((variational ? 1 : steps) * batch * width);
  for (let k = 0; k < mask.length; k++) mask[k] = random() < rate ? 0 : kept;
  return mask;
}
