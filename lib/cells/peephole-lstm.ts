import { sigmoid, sigmoidSlope, tanh, tanhSlope } from "../math/activation.js";
import { affine, affineBackward, columnSums, concat } from "../math/affine.js";
import { add, mul } from "../math/elementwise.js";
import { build, Matrix, zeros } from "../math/matrix.js";
import { type Cell, checkSizes, checkStart, checkStep, evenly } from "./cell.js";
import { columnBlocks } from "./gates.js";

/** W, (D+H)×4H, and b, 1×4H, as the LSTM's; P, 1×3H: the peepholes of the forget, the update and the result gate. */
export type PeepholeLstmWeights = { W: Matrix; b: Matrix; P: Matrix };
export type PeepholeLstmState = { h: Matrix; c: Matrix };
export type PeepholeLstmCache = Record<"X" | "f" | "u" | "r" | "candidate" | "c" | "cNext" | "tanhC", Matrix>;

/**
 * The LSTM whose gates look into the cell they guard: each sees its own unit's c, times one weight.
 *
 *     X   = x_t ‖ h_{t−1}
 *     f   = σ(X·W_f + c_{t−1}∗P_f + b_f)
 *     u   = σ(X·W_u + c_{t−1}∗P_u + b_u)
 *     X'  = tanh(X·W_c + b_c)
 *     c_t = f∗c_{t−1} + u∗X'
 *     r   = σ(X·W_r + c_t∗P_r + b_r)
 *     h_t = r∗tanh(c_t)
 *
 * Without them a gate learns of c through h alone, and while r is shut that is nothing: peepholes let a cell count.
 *
 * @param inputSize D, the width of x_t
 * @param hiddenSize H, the width of h_t and c_t
 * @param forgetBias what b_f starts at
 * @returns the cell; its weights start evenly spread over ±1/√H, the other biases at 0
 * @throws when a size is not a whole number ≥ 1 or the bias is not finite, or later x or the state has another shape
 * @see Gers, Schraudolph & Schmidhuber 2002, Learning precise timing with LSTM recurrent networks
 *
 * @example
 * const cell = peepholeLstm(2, 16); // the same as lstm(2, 16, { peepholes: true })
 * const { P } = cell.init(random(1)); // 1×48
 */
export function peepholeLstm(
  inputSize: number,
  hiddenSize: number,
  { forgetBias = 1 }: { forgetBias?: number } = {},
): Cell<PeepholeLstmWeights, PeepholeLstmState, PeepholeLstmCache> {
  const [D, H] = [inputSize, hiddenSize];
  checkSizes("peephole LSTM", D, H);
  checkStart("peephole LSTM", { forgetBias });

  return {
    inputSize,
    hiddenSize,
    parameterCount: 4 * H * (D + H + 1) + 3 * H,

    init(random) {
      const draw = evenly(1 / Math.sqrt(H), random);
      return {
        W: build(D + H, 4 * H, draw),
        b: build(1, 4 * H, (_, j) => (j < H ? forgetBias : 0)),
        P: build(1, 3 * H, draw),
      };
    },

    initialState: (batch) => ({ h: zeros(batch, H), c: zeros(batch, H) }),

    forward({ W, b, P }, x, { h, c }) {
      for (const part of [h, c]) checkStep("peephole LSTM", { inputSize, hiddenSize }, x, part);
      const p = peepholes(P, x.rows);
      const X = concat(x, h); //                                                B×(D+H)
      const Z = columnBlocks(affine(X, W, b), ["f", "u", "r", "candidate"]); // four times B×H
      const f = sigmoid(add(Z.f, mul(c, p.f)));
      const u = sigmoid(add(Z.u, mul(c, p.u)));
      const candidate = tanh(Z.candidate);
      const cNext = add(mul(f, c), mul(u, candidate));
      const r = sigmoid(add(Z.r, mul(cNext, p.r)));
      const tanhC = tanh(cNext);
      const hNext = mul(r, tanhC);
      return { state: { h: hNext, c: cNext }, cache: { X, f, u, r, candidate, c, cNext, tanhC } };
    },

    backward({ W, P }, { h: dh, c: dcFromLater }, { X, f, u, r, candidate, c, cNext, tanhC }) {
      const p = peepholes(P, X.rows);
      // c_t is read by the next step, by tanh and by the result gate: three gradients meet
      const dZr = mul(mul(dh, tanhC), sigmoidSlope(r));
      const dc = add(add(dcFromLater, mul(mul(dh, r), tanhSlope(tanhC))), mul(dZr, p.r));

      // c_{t−1} is read by the sum and by two gates
      const dZf = mul(mul(dc, c), sigmoidSlope(f));
      const dZu = mul(mul(dc, candidate), sigmoidSlope(u));
      const dZCandidate = mul(mul(dc, u), tanhSlope(candidate));
      const dcPrevious = add(mul(dc, f), add(mul(dZf, p.f), mul(dZu, p.u)));

      const dP = columnSums(concat(mul(dZf, c), mul(dZu, c), mul(dZr, cNext)));
      const { dX, dW, db } = affineBackward(concat(dZf, dZu, dZr, dZCandidate), X, W);
      return {
        dx: dX.columns(0, D),
        dState: { h: dX.columns(D, D + H), c: dcPrevious },
        gradients: { W: dW, b: db, P: dP },
      };
    },
  };
}

/** Each gate's peepholes as B×H: a view with stride 0, which repeats its one row. */
function peepholes(P: Matrix, rows: number): Record<"f" | "u" | "r", Matrix> {
  const repeated = new Matrix(rows, P.cols, P.data, P.offset, 0);
  return columnBlocks(repeated, ["f", "u", "r"]);
}
