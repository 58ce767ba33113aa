import type { GruWeights } from "../cells/gru.js";
import type { GruResetAfterWeights } from "../cells/gru-reset-after.js";
import type { LstmWeights } from "../cells/lstm.js";
import type { RnnWeights } from "../cells/rnn.js";
import { checkChoice } from "../math/check-options.js";
import { add } from "../math/elementwise.js";
import { copy, copyInto, type Matrix, zeros } from "../math/matrix.js";
import {
  checkOurs,
  type ForeignWeights,
  foreign,
  type GateOrder,
  lstmOrder,
  plain,
  present,
  toOurs,
  toTheirs,
} from "./gate-order.js";

/** Cells that Keras has too, and their weights here. */
export interface KerasCells {
  rnn: RnnWeights;
  lstm: LstmWeights;
  gru: GruWeights;
  gruResetAfter: GruResetAfterWeights;
}

// ours z, r, candidate; theirs z, r, h, and their z is 1 − ours: 1 − σ(a) = σ(−a)
const gruOrder: GateOrder = [
  { theirs: 0, sign: -1 },
  { theirs: 1, sign: 1 },
  { theirs: 2, sign: 1 },
];

const orders: Readonly<Record<keyof KerasCells, GateOrder>> = {
  rnn: plain,
  lstm: lstmOrder,
  gru: gruOrder,
  gruResetAfter: gruOrder,
};

/**
 * The weights of a cell from those of Keras's `SimpleRNN`, `LSTM` or `GRU`.
 *
 *     here                        there
 *     W, its first D rows         kernel, D×(gates·H)
 *     W, its last H rows          recurrent_kernel, H×(gates·H)
 *     b                           bias; with use_bias=False 0
 *     LSTM: f, u, r, candidate    f, i, o, c, which lie in the order i, f, c, o
 *     GRU: z, r, candidate        −z, r, h, which lie in the order z, r, h; theirs keeps what ours takes
 *     GRU with reset_after: b     row 0 of bias, and for z and r row 1 added
 *     GRU with reset_after: bh    row 1 of bias, of h
 *
 * @param kind "rnn", "lstm", "gruResetAfter" (Keras's default GRU) or "gru" (with reset_after=False)
 * @param layer what `layer.get_weights()` returns, by name, the bias of one row as 1×(gates·H)
 * @returns weights for the cell of that name, in the precision of the layer
 * @throws when there is no such kind, and a sentence that names the matrix when one is missing, has another shape or
 *   numbers that are not finite
 *
 * @example
 * const layer = { kernel: matrix([[1], [2]]), recurrent_kernel: matrix([[3]]), bias: matrix([[4]]) };
 * const { W, b } = fromKeras("rnn", layer);
 * console.log(W.toRows(), b.toRows()); // [[1], [2], [3]] [[4]]
 */
export function fromKeras<K extends keyof KerasCells>(kind: K, layer: ForeignWeights): KerasCells[K] {
  checkChoice("fromKeras", "kind", kind, Object.keys(orders));
  const what = `fromKeras: ${kind}`;
  const order = orders[kind];
  const { rows: D } = present(what, layer, "kernel");
  const { rows: H } = present(what, layer, "recurrent_kernel");
  const G = order.length * H;
  const kernel = foreign(what, layer, "kernel", D, G);
  const W = zeros(D + H, G, kernel.precision);
  copyInto(W.rowRange(0, D), toOurs(kernel, order));
  copyInto(W.rowRange(D, D + H), toOurs(foreign(what, layer, "recurrent_kernel", H, G), order));

  const rows = kind === "gruResetAfter" ? 2 : 1;
  const bias = Object.hasOwn(layer, "bias")
    ? toOurs(foreign(what, layer, "bias", rows, G), order)
    : zeros(rows, G, kernel.precision);
  if (rows === 1) return { W, b: bias } as KerasCells[K];

  const [ofInput, ofState] = [bias.rowRange(0, 1), bias.rowRange(1, 2)];
  const b = add(ofInput, ofState);
  copyInto(b.columns(2 * H, 3 * H), ofInput.columns(2 * H, 3 * H));
  return { W, b, bh: copy(ofState.columns(2 * H, 3 * H)) } as KerasCells[K];
}

/**
 * The weights of a cell as Keras's `SimpleRNN`, `LSTM` or `GRU` has them: the way back of `fromKeras`.
 *
 * All of b becomes row 0 of the bias; row 1, with reset_after, is 0 but for bh.
 *
 * @param kind "rnn", "lstm", "gru" or "gruResetAfter"
 * @param weights of that cell
 * @returns kernel, recurrent_kernel and bias, in the order that `layer.set_weights` takes them
 * @throws when there is no such kind, or the shapes are not those of such a cell
 *
 * @example
 * const { kernel } = toKeras("lstm", lstm(3, 2).init(random(1)));
 * console.log(kernel.rows, kernel.cols); // 3 8
 */
export function toKeras<K extends keyof KerasCells>(
  kind: K,
  weights: KerasCells[K],
): { kernel: Matrix; recurrent_kernel: Matrix; bias: Matrix } {
  checkChoice("toKeras", "kind", kind, Object.keys(orders));
  const order = orders[kind];
  const { W, b } = weights;
  const { D, H } = checkOurs(`toKeras: ${kind}`, weights, order.length);
  const bias = zeros("bh" in weights ? 2 : 1, W.cols, b.precision);
  copyInto(bias.rowRange(0, 1), b);
  if ("bh" in weights) copyInto(bias.rowRange(1, 2).columns(2 * H, 3 * H), weights.bh);
  return {
    kernel: toTheirs(W.rowRange(0, D), order),
    recurrent_kernel: toTheirs(W.rowRange(D, D + H), order),
    bias: toTheirs(bias, order),
  };
}
