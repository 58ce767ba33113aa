import {
  add,
  affine,
  affineBackward,
  build,
  type Cell,
  concat,
  type Matrix,
  mul,
  tanh,
  tanhSlope,
  zeros,
} from "unroll";
import { checkSizes } from "unroll/cells/cell.js";

export type TwoPartWeights = { W: Matrix; b: Matrix };
export type TwoPartState = { h: Matrix; c: Matrix };
export type TwoPartCache = { X: Matrix; candidate: Matrix; h: Matrix };

/**
 * The smallest cell whose state has two parts, as an LSTM's has: c_t = 0.9·c_{t−1} + tanh(X·W + b), h_t = tanh(c_t),
 * with X = x_t ‖ h_{t−1}.
 */
export function twoPartCell(D: number, H: number): Cell<TwoPartWeights, TwoPartState, TwoPartCache> {
  checkSizes("the cell with two parts", D, H);
  const kept = (m: Matrix) => build(m.rows, m.cols, (i, j) => 0.9 * m.at(i, j), m.precision);
  return {
    inputSize: D,
    hiddenSize: H,
    init: (random) => ({ W: build(D + H, H, () => 2 * random() - 1), b: build(1, H, () => random()) }),
    initialState: (batch) => ({ h: zeros(batch, H), c: zeros(batch, H) }),
    forward({ W, b }, x, state) {
      const X = concat(x, state.h);
      const candidate = tanh(affine(X, W, b));
      const c = add(kept(state.c), candidate);
      const h = tanh(c);
      return { state: { h, c }, cache: { X, candidate, h } };
    },
    backward({ W }, { h: dh, c: dcLater }, { X, candidate, h }) {
      const dc = add(dcLater, mul(dh, tanhSlope(h)));
      const { dX, dW, db } = affineBackward(mul(dc, tanhSlope(candidate)), X, W);
      return { dx: dX.columns(0, D), dState: { h: dX.columns(D, D + H), c: kept(dc) }, gradients: { W: dW, b: db } };
    },
  };
}
