import { sigmoid, sigmoidSlope, tanh, tanhSlope } from "../math/activation.js";
import { affine, affineBackward, concat } from "../math/affine.js";
import { add, mul } from "../math/elementwise.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import { type Cell, checkSizes, checkStart, checkStep, evenly } from "./cell.js";
import { columnBlocks, type GateWeights, gateViews } from "./gates.js";
import { type PeepholeLstmWeights, peepholeLstm } from "./peephole-lstm.js";
import { wholeSequence } from "./whole-sequence.js";

/** W is (D+H)×4H and b is 1×4H: the columns of the forget gate, the update gate, the result gate and the candidate. */
export type LstmWeights = { W: Matrix; b: Matrix };
export type LstmState = { h: Matrix; c: Matrix };
export type LstmCache = Record<"X" | "f" | "u" | "r" | "candidate" | "c" | "tanhC", Matrix>;

const gates = ["f", "u", "r", "candidate"] as const;

/**
 * Long short-term memory.
 *
 *     X   = x_t ‖ h_{t−1}
 *     f   = σ(X·W_f + b_f)         forget gate   (1 keeps, 0 forgets)
 *     u   = σ(X·W_u + b_u)         update gate   (elsewhere: input gate i)
 *     r   = σ(X·W_r + b_r)         result gate   (elsewhere: output gate o)
 *     X'  = tanh(X·W_c + b_c)      candidate     (elsewhere: g)
 *     c_t = f∗c_{t−1} + u∗X'
 *     h_t = r∗tanh(c_t)
 *
 * The four W are blocks of columns of one packed matrix, in this order: `lstmGates` shows them as views. PyTorch packs
 * rows of weight_ih (4H×D) and weight_hh (4H×H) in the order i, f, g, o and adds two biases; Keras packs the columns
 * of kernel (D×4H) and recurrent_kernel (H×4H) in the same order i, f, c, o.
 *
 * @param inputSize D, the width of x_t
 * @param hiddenSize H, the width of h_t and c_t
 * @param forgetBias what b_f starts at: at 1 the cell remembers before it has learned anything (Jozefowicz et al. 2015)
 * @param peepholes whether the gates also see c: then it is `peepholeLstm`
 * @returns the cell; its weights start evenly spread over ±1/√H, the other biases at 0
 * @throws when a size is not a whole number ≥ 1 or the bias is not finite, or later x or the state has another shape
 * @see Hochreiter & Schmidhuber 1997, Long short-term memory; forget gate: Gers, Schmidhuber & Cummins 2000
 *
 * @example
 * const cell = lstm(28, 128);
 * const weights = cell.init(random(1));
 * const x = build(100, 28, () => 0.5);
 * const { state } = cell.forward(weights, x, cell.initialState(100)); // state.h and state.c: 100×128
 */
export function lstm(
  inputSize: number,
  hiddenSize: number,
  options?: { forgetBias?: number; peepholes?: false },
): Cell<LstmWeights, LstmState, LstmCache>;
export function lstm(
  inputSize: number,
  hiddenSize: number,
  options: { forgetBias?: number; peepholes: true },
): ReturnType<typeof peepholeLstm>;
export function lstm(
  inputSize: number,
  hiddenSize: number,
  { forgetBias = 1, peepholes = false }: { forgetBias?: number; peepholes?: boolean } = {},
): Cell<LstmWeights, LstmState, LstmCache> | ReturnType<typeof peepholeLstm> {
  if (peepholes) return peepholeLstm(inputSize, hiddenSize, { forgetBias });
  const [D, H] = [inputSize, hiddenSize];
  checkSizes("LSTM", D, H);
  checkStart("LSTM", { forgetBias });

  const cell: Cell<LstmWeights, LstmState, LstmCache> = {
    inputSize,
    hiddenSize,
    parameterCount: 4 * H * (D + H + 1),

    init(random) {
      return {
        W: build(D + H, 4 * H, evenly(1 / Math.sqrt(H), random)),
        b: build(1, 4 * H, (_, j) => (j < H ? forgetBias : 0)),
      };
    },

    initialState: (batch) => ({ h: zeros(batch, H), c: zeros(batch, H) }),

    forward({ W, b }, x, { h, c }) {
      for (const part of [h, c]) checkStep("LSTM", { inputSize, hiddenSize }, x, part);
      const X = concat(x, h); //                                   B×(D+H)
      const Z = columnBlocks(affine(X, W, b), gates); //           four times B×H
      const [f, u, r] = [sigmoid(Z.f), sigmoid(Z.u), sigmoid(Z.r)];
      const candidate = tanh(Z.candidate);
      const cNext = add(mul(f, c), mul(u, candidate));
      const tanhC = tanh(cNext);
      const hNext = mul(r, tanhC);
      return { state: { h: hNext, c: cNext }, cache: { X, f, u, r, candidate, c, tanhC } };
    },

    backward({ W }, { h: dh, c: dcFromLater }, { X, f, u, r, candidate, c, tanhC }) {
      // h_t = r∗tanh(c_t): the next step reads c_t too, so two gradients meet
      const dr = mul(dh, tanhC);
      const dc = add(dcFromLater, mul(mul(dh, r), tanhSlope(tanhC)));

      // c_t = f∗c_{t−1} + u∗X': the way back in time is a product with f alone, no matrix
      const df = mul(dc, c);
      const dcPrevious = mul(dc, f);
      const du = mul(dc, candidate);
      const dCandidate = mul(dc, u);

      // through σ and tanh into the four blocks, then one product for all of them
      const dZ = concat(
        mul(df, sigmoidSlope(f)),
        mul(du, sigmoidSlope(u)),
        mul(dr, sigmoidSlope(r)),
        mul(dCandidate, tanhSlope(candidate)),
      );
      const { dX, dW, db } = affineBackward(dZ, X, W); //          B×(D+H), (D+H)×4H, 1×4H
      return {
        dx: dX.columns(0, D),
        dState: { h: dX.columns(D, D + H), c: dcPrevious },
        gradients: { W: dW, b: db },
      };
    },

    sequence: wholeSequence("lstm", { inputSize, hiddenSize, parts: ["h", "c"] }),
  };
  return cell;
}

/**
 * The gates' own W, (D+H)×H, and b, 1×H: views of the packed ones, which `inputWeights` and `recurrentWeights` divide
 * further.
 *
 * @example
 * const weights = lstm(3, 2).init(random(1));
 * console.log(lstmGates(weights).f.b.toRows()); //   [[1, 1]]: the forget bias
 * const Wxu = inputWeights(lstmGates(weights).u); // 3×2
 */
export function lstmGates({
  W,
  b,
}: LstmWeights | PeepholeLstmWeights): Record<"f" | "u" | "r" | "candidate", GateWeights> {
  return gateViews({ W, b }, gates);
}
