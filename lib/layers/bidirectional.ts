import { concat } from "../math/affine.js";
import { add } from "../math/elementwise.js";
import { checkLengths, type Lengths } from "../math/lengths.js";
import { copy, type Matrix } from "../math/matrix.js";
import { allocate } from "../math/precision.js";
import { Sequence, unflatten } from "../math/sequence.js";
import type { WeightTree } from "../math/weights.js";
import type { Layer } from "./layer.js";
import { type AnyCell, asLayer } from "./recurrent.js";

/** The weights, or the states, of both directions. */
export type BothWays = { readonly forward: WeightTree; readonly backward: WeightTree };

/**
 * Two layers that read the same sequence, one from its beginning and one from its end: each step knows its past and its
 * future.
 *
 *     y_t = →y_t ‖ ←y_t
 *
 * The backward layer starts at each sequence's own last step, not in its padding.
 *
 * @param forward a layer or a cell
 * @param backward another one of the same inputSize
 * @throws when the two do not read the same width
 * @see Schuster & Paliwal 1997, Bidirectional recurrent neural networks
 *
 * @example
 * const layer = bidirectional(rnn(3, 4), rnn(3, 4));
 * const weights = layer.init(random(1));
 * const { y } = layer.forward(weights, buildSequence(5, 2, 3, (t) => t / 5)); // 5×2×8
 */
export function bidirectional(forward: Layer | AnyCell, backward: Layer | AnyCell): Layer<BothWays, BothWays> {
  const [ahead, back] = [asLayer(forward), asLayer(backward)];
  if (ahead.inputSize !== back.inputSize) {
    throw new RangeError(
      `bidirectional: one layer was made for inputSize ${ahead.inputSize}, the other for ${back.inputSize}: both read the same sequence`,
    );
  }
  const [P, Q] = [ahead.outputSize, back.outputSize];

  return {
    inputSize: ahead.inputSize,
    outputSize: P + Q,
    looksAhead: true,
    init: (random) => ({ forward: ahead.init(random), backward: back.init(random) }),
    initialState: (batch) => ({ forward: ahead.initialState(batch), backward: back.initialState(batch) }),

    forward(weights, x, { initialState, lengths, random } = {}) {
      const first = ahead.forward(weights.forward, x, { initialState: initialState?.forward, lengths, random });
      const second = back.forward(weights.backward, reversed(x, lengths), {
        initialState: initialState?.backward,
        lengths,
        random,
      });
      return {
        y: unflatten(concat(first.y.flat(), reversed(second.y, lengths).flat()), x.steps),
        finalState: { forward: first.finalState, backward: second.finalState },
        backward(dy, dFinalState) {
          const part = (from: number, to: number) => dy && unflatten(copy(dy.flat().columns(from, to)), dy.steps);
          const dBackward = part(P, P + Q);
          const one = first.backward(part(0, P), dFinalState?.forward);
          const two = second.backward(dBackward && reversed(dBackward, lengths), dFinalState?.backward);
          return {
            gradients: { forward: one.gradients, backward: two.gradients },
            get dx() {
              return unflatten(add(one.dx!.flat(), reversed(two.dx!, lengths).flat()), x.steps);
            },
            dInitialState: { forward: one.dInitialState, backward: two.dInitialState },
          };
        },
      };
    },

    summary: (state) => concat(ahead.summary(state.forward), back.summary(state.backward)),
    summaryBackward: (dSummary: Matrix) => ({
      forward: ahead.summaryBackward(copy(dSummary.columns(0, P))),
      backward: back.summaryBackward(copy(dSummary.columns(P, P + Q))),
    }),
  };
}

/**
 * Each sequence from its own last step to its first; padding stays where it is. Done twice, it is undone.
 *
 * @throws when a length is not in 1 … T
 *
 * @example
 * const x = buildSequence(3, 1, 1, (t) => t); // 0, 1, 2
 * console.log(reversed(x, [2]).flat().toRows()); // [[1], [0], [2]]
 */
export function reversed(x: Sequence, lengths?: Lengths): Sequence {
  const { steps, batch, width } = x;
  if (lengths) checkLengths("reversed", lengths, steps, batch);
  const result = new Sequence(steps, batch, width, allocate(x.data.length, x.precision));
  for (let i = 0; i < batch; i++) {
    const length = lengths?.[i] ?? steps;
    for (let t = 0; t < steps; t++) {
      const from = ((t < length ? length - 1 - t : t) * batch + i) * width;
      result.data.set(x.data.subarray(from, from + width), (t * batch + i) * width);
    }
  }
  return result;
}
