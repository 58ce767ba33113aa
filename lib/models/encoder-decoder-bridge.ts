import type { Cell, State, Weights } from "../cells/cell.js";
import { type DenseWeights, dense } from "../layers/dense.js";
import { affine, affineBackward } from "../math/affine.js";
import { add } from "../math/elementwise.js";
import type { Matrix } from "../math/matrix.js";
import type { Random } from "../math/random.js";

/** A dense map for each part of the decoder's state, such as h and c of an LSTM. */
export type BridgeWeights = Readonly<Record<string, DenseWeights>>;

/** What one network has read becomes what another one starts with. */
export interface Bridge<S> {
  init(random: Random): BridgeWeights;
  /** B×D → the initial state. */
  forward(weights: BridgeWeights, summary: Matrix): S;
  backward(weights: BridgeWeights, summary: Matrix, dState: S): { gradients: BridgeWeights; dSummary: Matrix };
}

/** state_part = summary·W_part + b_part, for each part of a cell's state. */
export function bridge<W extends Weights, S extends State, Cache>(
  summarySize: number,
  cell: Cell<W, S, Cache>,
): Bridge<S> {
  const parts = Object.entries(cell.initialState(1)).map(([part, { cols }]) => [part, cols] as const);
  const forEachPart = <T>(f: (part: string, size: number) => T) =>
    Object.fromEntries(parts.map(([part, size]) => [part, f(part, size)]));

  return {
    init: (random) => forEachPart((_, size) => dense(summarySize, size).init(random)),

    forward: (weights, summary) =>
      forEachPart((part) => affine(summary, weights[part]!.W, weights[part]!.b)) as unknown as S,

    backward(weights, summary, dState) {
      const back = forEachPart((part) => affineBackward(dState[part]!, summary, weights[part]!.W));
      return {
        gradients: forEachPart((part) => ({ W: back[part]!.dW, b: back[part]!.db })),
        dSummary: Object.values(back)
          .map(({ dX }) => dX)
          .reduce(add),
      };
    },
  };
}
