import { bptt } from "../bptt/bptt.js";
import { unroll } from "../bptt/unroll.js";
import type { Cell, State, Weights } from "../cells/cell.js";
import { type Matrix, zeros } from "../math/matrix.js";
import { kindOf } from "../math/precision.js";
import { type Sequence, stack } from "../math/sequence.js";
import { mapWeights } from "../math/weights.js";
import type { Layer } from "./layer.js";

/**
 * A cell at every step of a sequence: unrolled forward, back-propagation through time backward.
 *
 *     y_t = h_t,  state_t = cell(x_t, state_{t−1})
 *
 * A cell that has a form for whole sequences is run by that: the minimal GRU and LSTM by their parallel scan, the RNN,
 * LSTM and GRU in float32 by the engine's kernels.
 *
 * @param cell any cell
 *
 * @example
 * const layer = recurrent(rnn(3, 4));
 * const weights = layer.init(random(1));
 * const run = layer.forward(weights, buildSequence(5, 2, 3, (t) => t / 5), { lengths: [5, 2] });
 * const { gradients } = run.backward(run.y); // as if E = ½ Σ y²
 * console.log(gradients.W.rows, gradients.W.cols); // 7 4
 */
export function recurrent<W extends Weights, S extends State, Cache>(cell: Cell<W, S, Cache>): Layer<W, S> {
  return {
    inputSize: cell.inputSize,
    outputSize: cell.hiddenSize,
    init: (random) => cell.init(random),
    initialState: (batch) => cell.initialState(batch),

    forward(weights, x, { initialState, lengths } = {}) {
      const whole = cell.sequence?.(weights, x, { initialState, lengths });
      if (whole) return whole;
      const run = unroll(cell, weights, x, { initialState, lengths });
      let y: Sequence | undefined;
      return {
        get y() {
          return (y ??= stack(run.states.map(({ h }) => h)));
        },
        finalState: run.finalState,
        backward(dy, dFinalState) {
          const dh = Array.from({ length: dy?.steps ?? 0 }, (_, t) => dy!.at(t));
          const { gradients, dx, dInitialState } = bptt(cell, weights, run, dh, { dFinalState });
          return {
            gradients,
            get dx() {
              return stack(dx);
            },
            dInitialState,
          };
        },
      };
    },

    summary: ({ h }) => h,
    summaryBackward: (dSummary: Matrix) => ({
      ...mapWeights(cell.initialState(dSummary.rows), ({ rows, cols }) => zeros(rows, cols, dSummary.precision)),
      h: dSummary,
    }),
  };
}

/** Any cell, whatever its weights, state and cache are. */
export type AnyCell = Cell<Weights, State, unknown>;

/** A layer as it is, a cell as a layer. @throws when it is neither */
export function asLayer(part: Layer | AnyCell): Layer {
  if (typeof part !== "object" || part === null || !("inputSize" in part && "forward" in part)) {
    throw new TypeError(`asLayer: got ${kindOf(part)}, expected a cell or a layer, such as lstm(28, 64)`);
  }
  return "hiddenSize" in part ? recurrent(part) : part;
}
