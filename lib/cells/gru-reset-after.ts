import { sigmoid, sigmoidSlope, tanh, tanhSlope } from "../math/activation.js";
import { affine, affineBackward, concat } from "../math/affine.js";
import { add, addInto, mul, subtract } from "../math/elementwise.js";
import { build, copyInto, type Matrix, zeros } from "../math/matrix.js";
import { type Cell, checkSizes, checkStep, evenly } from "./cell.js";
import { columnBlocks } from "./gates.js";

/** W, (D+H)×3H, and b, 1×3H, as the GRU's; bh is b_hc, 1×H: the candidate's recurrent bias. */
export type GruResetAfterWeights = { W: Matrix; b: Matrix; bh: Matrix };
export type GruResetAfterState = { h: Matrix };
export type GruResetAfterCache = Record<"x" | "h" | "z" | "r" | "candidate" | "recalled", Matrix>;

const gates = ["z", "r", "candidate"] as const;

/**
 * The gated recurrent unit that resets behind the recurrent product, as cuDNN, PyTorch and Keras have it: h meets all
 * its weights in one product, where the lecture's GRU must wait for r before it can take the second.
 *
 *     z   = σ(x_t·W_xz + h_{t−1}·W_hz + b_z)                       update gate (1 takes the new, 0 keeps the old)
 *     r   = σ(x_t·W_xr + h_{t−1}·W_hr + b_r)                       reset gate
 *     X'' = tanh(x_t·W_xc + b_c + r∗(h_{t−1}·W_hc + b_hc))         candidate
 *     h_t = (1−z)∗h_{t−1} + z∗X'' = h_{t−1} + z∗(X'' − h_{t−1})
 *
 * Where the numbers of other libraries go (their z is 1 − ours, so W_z and b_z change their sign):
 *
 *     here        PyTorch: rows r, z, n of       Keras: columns z, r, h of
 *     W_xz        −weight_ih[z]ᵀ                 −kernel[z]
 *     W_hz        −weight_hh[z]ᵀ                 −recurrent_kernel[z]
 *     b_z         −(bias_ih[z] + bias_hh[z])     −(bias[0, z] + bias[1, z])
 *     W_xr, W_hr  weight_ih[r]ᵀ, weight_hh[r]ᵀ   kernel[r], recurrent_kernel[r]
 *     b_r         bias_ih[r] + bias_hh[r]        bias[0, r] + bias[1, r]
 *     W_xc, W_hc  weight_ih[n]ᵀ, weight_hh[n]ᵀ   kernel[h], recurrent_kernel[h]
 *     b_c, b_hc   bias_ih[n], bias_hh[n]         bias[0, h], bias[1, h]
 *
 * @param inputSize D, the width of x_t
 * @param hiddenSize H, the width of h_t
 * @returns the cell; its weights start evenly spread over ±1/√H, its biases at 0
 * @throws when a size is not a whole number ≥ 1, or later x or the state has another shape
 * @see Cho et al. 2014, Learning phrase representations using RNN encoder–decoder, version 1 on arXiv (1406.1078v1)
 *
 * @example
 * const cell = gruResetAfter(28, 128); // the same as gru(28, 128, { resetAfter: true })
 * const { bh } = cell.init(random(1)); // 1×128
 */
export function gruResetAfter(
  inputSize: number,
  hiddenSize: number,
): Cell<GruResetAfterWeights, GruResetAfterState, GruResetAfterCache> {
  const [D, H] = [inputSize, hiddenSize];
  checkSizes("GRU (reset after)", D, H);

  return {
    inputSize,
    hiddenSize,
    parameterCount: 3 * H * (D + H + 1) + H,

    init(random) {
      return { W: build(D + H, 3 * H, evenly(1 / Math.sqrt(H), random)), b: zeros(1, 3 * H), bh: zeros(1, H) };
    },

    initialState: (batch) => ({ h: zeros(batch, H) }),

    forward({ W, b, bh }, x, { h }) {
      checkStep("GRU (reset after)", { inputSize, hiddenSize }, x, h);
      const bRecurrent = zeros(1, 3 * H, bh.precision);
      copyInto(bRecurrent.columns(2 * H, 3 * H), bh);

      const seen = columnBlocks(affine(x, W.rowRange(0, D), b), gates); //                 three times B×H
      const known = columnBlocks(affine(h, W.rowRange(D, D + H), bRecurrent), gates); //   three times B×H
      const z = sigmoid(add(seen.z, known.z));
      const r = sigmoid(add(seen.r, known.r));
      const recalled = known.candidate;
      const candidate = tanh(add(seen.candidate, mul(r, recalled)));
      const hNext = add(h, mul(z, subtract(candidate, h)));
      return { state: { h: hNext }, cache: { x, h, z, r, candidate, recalled } };
    },

    backward({ W }, { h: dhNext }, { x, h, z, r, candidate, recalled }) {
      // h_t = h + z∗(X'' − h)
      const dz = mul(dhNext, subtract(candidate, h));
      const dCandidate = mul(dhNext, z);
      const dh = subtract(dhNext, dCandidate);

      // X'' = tanh(seen + r∗recalled)
      const dZc = mul(dCandidate, tanhSlope(candidate));
      const dRecalled = mul(dZc, r);
      const dr = mul(dZc, recalled);

      // what is seen and what is known differ in the candidate alone
      const dZzr = concat(mul(dz, sigmoidSlope(z)), mul(dr, sigmoidSlope(r)));
      const ofInput = affineBackward(concat(dZzr, dZc), x, W.rowRange(0, D));
      const ofState = affineBackward(concat(dZzr, dRecalled), h, W.rowRange(D, D + H));
      addInto(dh, ofState.dX);

      const dW = zeros(D + H, 3 * H, ofState.dW.precision);
      copyInto(dW.rowRange(0, D), ofInput.dW);
      copyInto(dW.rowRange(D, D + H), ofState.dW);
      return {
        dx: ofInput.dX,
        dState: { h: dh },
        gradients: { W: dW, b: ofInput.db, bh: ofState.db.columns(2 * H, 3 * H) },
      };
    },
  };
}
