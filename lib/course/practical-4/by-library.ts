/** The tasks' solutions by the library's own cells: their weights lie in one matrix, those of the practical apart. */
import { type GruWeights, gru } from "../../cells/gru.js";
import { type LstmWeights, lstm } from "../../cells/lstm.js";
import { rnn } from "../../cells/rnn.js";
import { concat } from "../../math/affine.js";
import { addInto } from "../../math/elementwise.js";
import { copyInto, type Matrix, zeros } from "../../math/matrix.js";
import { stack } from "../../math/sequence.js";
import { Tokens } from "../../math/tokens.js";
import { RecurrentModel } from "../../models/recurrent-model.js";

export type StepWeights = Record<"Wxh" | "Whh" | "bh", Matrix>;
export type ModelWeights = StepWeights & Record<"Why" | "by", Matrix>;
export type StepCache = Record<"x" | "hPrevious" | "h", Matrix>;
export type LstmParts = Record<"Wf" | "bf" | "Wu" | "bu" | "Wr" | "br" | "Wc" | "bc", Matrix>;
export type LstmNotes = Record<"X" | "f" | "u" | "r" | "candidate" | "cPrevious" | "tanhC", Matrix>;
export type GruParts = Record<"Wz" | "bz" | "Wr" | "br" | "Wc" | "bc", Matrix>;

export function rnnStep(weights: StepWeights, x: Matrix, h: Matrix): Matrix {
  return cellOf(weights).forward(packedRnn(weights), x, { h }).state.h;
}

export function rnnForward(
  weights: ModelWeights,
  xs: readonly Matrix[],
  h0: Matrix,
): { ys: Matrix[]; caches: StepCache[] } {
  const { outputs, caches } = modelOf(weights).forward(stack(xs), { h: h0 });
  const steps = caches.map(({ h }, t) => ({ x: xs[t]!, hPrevious: t === 0 ? h0 : caches[t - 1]!.h, h }));
  return { ys: outputs, caches: steps };
}

export function rnnStepBackward(
  weights: StepWeights,
  { x, hPrevious, h }: StepCache,
  dh: Matrix,
): { dx: Matrix; dhPrevious: Matrix; gradients: StepWeights } {
  const back = cellOf(weights).backward(packedRnn(weights), { h: dh }, { X: concat(x, hPrevious), h });
  return { dx: back.dx, dhPrevious: back.dState.h, gradients: apart(back.gradients, x.cols) };
}

export function bptt(
  weights: ModelWeights,
  xs: readonly Matrix[],
  targets: readonly (readonly number[])[],
  h0: Matrix,
): { loss: number; gradients: ModelWeights } {
  const { loss, gradients } = walked(weights, xs, targets, h0);
  return { loss, gradients };
}

export function truncatedBptt(
  weights: ModelWeights,
  xs: readonly Matrix[],
  targets: readonly (readonly number[])[],
  h0: Matrix,
  k: number,
): { loss: number; gradients: ModelWeights } {
  let total: { loss: number; gradients: ModelWeights } | undefined;
  let state = h0;
  for (let t = 0; t < xs.length; t += k) {
    const piece = walked(weights, xs.slice(t, t + k), targets.slice(t, t + k), state);
    state = piece.finalState;
    for (const name of ["Wxh", "Whh", "bh", "Why", "by"] as const) {
      if (total) addInto(total.gradients[name], piece.gradients[name]);
    }
    total = { loss: (total?.loss ?? 0) + piece.loss, gradients: total?.gradients ?? piece.gradients };
  }
  return total!;
}

export function lstmStep(
  weights: LstmParts,
  x: Matrix,
  h: Matrix,
  c: Matrix,
): { h: Matrix; c: Matrix; cache: LstmNotes } {
  const { state, cache } = lstm(x.cols, h.cols).forward(packedLstm(weights), x, { h, c });
  const { X, f, u, r, candidate, tanhC } = cache;
  return { ...state, cache: { X, f, u, r, candidate, cPrevious: c, tanhC } };
}

export function lstmStepBackward(
  weights: LstmParts,
  { cPrevious, ...cache }: LstmNotes,
  dh: Matrix,
  dc: Matrix,
): { dx: Matrix; dhPrevious: Matrix; dcPrevious: Matrix; gradients: LstmParts } {
  const H = dh.cols;
  const cell = lstm(cache.X.cols - H, H);
  const { dx, dState, gradients } = cell.backward(packedLstm(weights), { h: dh, c: dc }, { ...cache, c: cPrevious });
  const [Wf, Wu, Wr, Wc] = blocks(gradients.W, H);
  const [bf, bu, br, bc] = blocks(gradients.b, H);
  const parts = { Wf, bf, Wu, bu, Wr, br, Wc, bc } as LstmParts;
  return { dx, dhPrevious: dState.h, dcPrevious: dState.c, gradients: parts };
}

export function gruStep({ Wz, bz, Wr, br, Wc, bc }: GruParts, x: Matrix, h: Matrix): Matrix {
  const packed: GruWeights = { W: concat(Wz, Wr, Wc), b: concat(bz, br, bc) };
  return gru(x.cols, h.cols).forward(packed, x, { h }).state.h;
}

export function parameterCounts(D: number, H: number): Record<"rnn" | "lstm" | "gru", number> {
  return {
    rnn: rnn(D, H).parameterCount,
    lstm: lstm(D, H).parameterCount,
    gru: gru(D, H).parameterCount,
  };
}

function walked(weights: ModelWeights, xs: readonly Matrix[], targets: readonly (readonly number[])[], h0: Matrix) {
  const wanted = new Tokens(xs.length, h0.rows, Int32Array.from(targets.flat()));
  const { loss, gradients, finalState } = modelOf(weights).bptt(stack(xs), wanted, { h: h0 });
  const { W: Why, b: by } = gradients.readout;
  return { loss, gradients: { ...apart(gradients.cell, xs[0]!.cols), Why, by }, finalState: finalState.h };
}

function cellOf({ Wxh }: StepWeights) {
  return rnn(Wxh.rows, Wxh.cols);
}

function modelOf(weights: ModelWeights) {
  const readout = { W: weights.Why, b: weights.by };
  return new RecurrentModel(cellOf(weights), { cell: packedRnn(weights), readout });
}

/** W_xh above W_hh. */
function packedRnn({ Wxh, Whh, bh }: StepWeights) {
  const W = zeros(Wxh.rows + Whh.rows, Wxh.cols, Wxh.precision);
  copyInto(W.rowRange(0, Wxh.rows), Wxh);
  copyInto(W.rowRange(Wxh.rows, W.rows), Whh);
  return { W, b: bh };
}

function apart({ W, b }: { W: Matrix; b: Matrix }, D: number): StepWeights {
  return { Wxh: W.rowRange(0, D), Whh: W.rowRange(D, W.rows), bh: b };
}

function packedLstm({ Wf, bf, Wu, bu, Wr, br, Wc, bc }: LstmParts): LstmWeights {
  return { W: concat(Wf, Wu, Wr, Wc), b: concat(bf, bu, br, bc) };
}

function blocks(packed: Matrix, H: number): Matrix[] {
  return Array.from({ length: packed.cols / H }, (_, k) => packed.columns(k * H, (k + 1) * H));
}
