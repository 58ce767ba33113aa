import type { GruResetAfterWeights } from "../cells/gru-reset-after.js";
import type { LstmWeights } from "../cells/lstm.js";
import type { RnnWeights } from "../cells/rnn.js";
import { checkChoice } from "../math/check-options.js";
import { add } from "../math/elementwise.js";
import { build, copyInto, type Matrix, zeros } from "../math/matrix.js";
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

/** Cells that PyTorch has too, and their weights here. */
export interface PytorchCells {
  rnn: RnnWeights;
  lstm: LstmWeights;
  gruResetAfter: GruResetAfterWeights;
}

/** Which layer of a module, in PyTorch's names: `${prefix}weight_ih_l${layer}`, and behind it `_reverse`. */
export interface PytorchLayer {
  /** 0 is the first. */
  readonly layer?: number;
  /** Of a bidirectional module, the direction that reads from the end. */
  readonly reverse?: boolean;
  /** What stands before the names in the state dict of a whole model: "encoder.". */
  readonly prefix?: string;
}

const orders: Readonly<Record<keyof PytorchCells, GateOrder>> = {
  rnn: plain,
  lstm: lstmOrder,
  // ours z, r, candidate; theirs r, z, n, and their z is 1 − ours: 1 − σ(a) = σ(−a)
  gruResetAfter: [
    { theirs: 1, sign: -1 },
    { theirs: 0, sign: 1 },
    { theirs: 2, sign: 1 },
  ],
};

/**
 * The weights of a cell from those of `torch.nn.RNN`, `LSTM` or `GRU`.
 *
 *     here                        there
 *     W, its first D rows         weight_ih_l0ᵀ: theirs are (gates·H)×D
 *     W, its last H rows          weight_hh_l0ᵀ: theirs are (gates·H)×H
 *     b                           bias_ih_l0 + bias_hh_l0; without biases 0
 *     LSTM: f, u, r, candidate    f, i, o, g, which lie in the order i, f, g, o
 *     GRU: z, r, candidate        −z, r, n, which lie in the order r, z, n; theirs keeps what ours takes
 *     GRU: b_c and bh             bias_ih_l0 and bias_hh_l0 of n, which do not add up
 *
 * @param kind "rnn", "lstm", or "gruResetAfter": PyTorch's GRU resets after the product
 * @param state the state dict as matrices, biases as 1×(gates·H): `loadMatrices` reads one
 * @returns weights for the cell of that name, in the precision of the state
 * @throws when there is no such kind, and a sentence that names the tensor when one is missing, has another shape or
 *   numbers that are not finite
 *
 * @example
 * const state = { weight_ih_l0: matrix([[1, 2]]), weight_hh_l0: matrix([[3]]), bias_ih_l0: matrix([[4]]), bias_hh_l0: matrix([[5]]) };
 * const { W, b } = fromPytorch("rnn", state);
 * console.log(W.toRows(), b.toRows()); // [[1], [2], [3]] [[9]]
 */
export function fromPytorch<K extends keyof PytorchCells>(
  kind: K,
  state: ForeignWeights,
  { layer = 0, reverse = false, prefix = "" }: PytorchLayer = {},
): PytorchCells[K] {
  checkChoice("fromPytorch", "kind", kind, Object.keys(orders));
  const what = `fromPytorch: ${kind}`;
  const order = orders[kind];
  const name = (part: string) => `${prefix}${part}_l${layer}${reverse ? "_reverse" : ""}`;
  const { cols: D } = present(what, state, name("weight_ih"));
  const { cols: H } = present(what, state, name("weight_hh"));
  const G = order.length * H;
  const ih = transpose(foreign(what, state, name("weight_ih"), G, D));
  const hh = transpose(foreign(what, state, name("weight_hh"), G, H));

  const W = zeros(D + H, G, ih.precision);
  copyInto(W.rowRange(0, D), toOurs(ih, order));
  copyInto(W.rowRange(D, D + H), toOurs(hh, order));
  const biases = Object.hasOwn(state, name("bias_ih")) || Object.hasOwn(state, name("bias_hh"));
  const bias = (part: string) => (biases ? foreign(what, state, name(part), 1, G) : zeros(1, G, ih.precision));
  const [bIh, bHh] = [toOurs(bias("bias_ih"), order), toOurs(bias("bias_hh"), order)];
  const b = add(bIh, bHh);
  if (kind !== "gruResetAfter") return { W, b } as PytorchCells[K];

  copyInto(b.columns(2 * H, 3 * H), bIh.columns(2 * H, 3 * H));
  const bh = zeros(1, H, ih.precision);
  copyInto(bh, bHh.columns(2 * H, 3 * H));
  return { W, b, bh } as PytorchCells[K];
}

/**
 * The weights of a cell as `torch.nn.RNN`, `LSTM` or `GRU` has them: the way back of `fromPytorch`.
 *
 * All of b becomes bias_ih, and bias_hh is 0, but for the GRU's bh.
 *
 * @param kind "rnn", "lstm" or "gruResetAfter"
 * @param weights of that cell
 * @returns a state dict as matrices: `saveWeights` writes one, with `vectors: (name) => name.includes("bias")`
 * @throws when there is no such kind, or the shapes are not those of such a cell
 *
 * @example
 * const state = toPytorch("lstm", lstm(3, 2).init(random(1)));
 * console.log(Object.keys(state)); // weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0
 */
export function toPytorch<K extends keyof PytorchCells>(
  kind: K,
  weights: PytorchCells[K],
  { layer = 0, reverse = false, prefix = "" }: PytorchLayer = {},
): Record<string, Matrix> {
  checkChoice("toPytorch", "kind", kind, Object.keys(orders));
  const order = orders[kind];
  const { W, b } = weights;
  const { D, H } = checkOurs(`toPytorch: ${kind}`, weights, order.length);
  const hidden = zeros(1, W.cols, b.precision);
  if ("bh" in weights) copyInto(hidden.columns(2 * H, 3 * H), weights.bh);
  const name = (part: string) => `${prefix}${part}_l${layer}${reverse ? "_reverse" : ""}`;
  return {
    [name("weight_ih")]: transpose(toTheirs(W.rowRange(0, D), order)),
    [name("weight_hh")]: transpose(toTheirs(W.rowRange(D, D + H), order)),
    [name("bias_ih")]: toTheirs(b, order),
    [name("bias_hh")]: toTheirs(hidden, order),
  };
}

const transpose = (A: Matrix): Matrix => build(A.cols, A.rows, (i, j) => A.at(j, i), A.precision);
