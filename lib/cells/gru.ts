import { sigmoid, sigmoidSlope, tanh, tanhSlope } from "../math/activation.js";
import { affine, affineBackward, concat } from "../math/affine.js";
import { add, addInto, mul, subtract } from "../math/elementwise.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import { type Cell, checkSizes, checkStep, evenly } from "./cell.js";
import { columnBlocks, type GateWeights, gateViews } from "./gates.js";
import { type GruResetAfterWeights, gruResetAfter } from "./gru-reset-after.js";
import { wholeSequence } from "./whole-sequence.js";

/** W is (D+H)×3H and b is 1×3H: the columns of the update gate, the reset gate and the candidate. */
export type GruWeights = { W: Matrix; b: Matrix };
export type GruState = { h: Matrix };
export type GruCache = Record<"X" | "Xr" | "h" | "z" | "r" | "candidate", Matrix>;

const gates = ["z", "r", "candidate"] as const;

/**
 * The gated recurrent unit: one state, which two gates mix with what is new.
 *
 *     z   = σ((x_t ‖ h_{t−1})·W_z + b_z)          update gate (1 takes the new, 0 keeps the old)
 *     r   = σ((x_t ‖ h_{t−1})·W_r + b_r)          reset gate
 *     X'' = tanh((x_t ‖ r∗h_{t−1})·W_c + b_c)     candidate (elsewhere: n)
 *     h_t = (1−z)∗h_{t−1} + z∗X'' = h_{t−1} + z∗(X'' − h_{t−1})
 *
 * The three W are blocks of columns of one packed matrix, in this order: `gruGates` shows them as views.
 *
 * Other libraries differ in two ways. In PyTorch and Keras z is what is kept, 1 − our z: as 1 − σ(a) = σ(−a), their
 * W_z and b_z are ours with the other sign. And PyTorch always, Keras unless `reset_after=False`, applies r behind the
 * product with W_hc: `{ resetAfter: true }`, which is `gruResetAfter` and lists where each of their numbers goes.
 * Keras's `reset_after=False` is this cell: kernel (D×3H) above recurrent_kernel (H×3H) in the order z, r, h.
 *
 * @param inputSize D, the width of x_t
 * @param hiddenSize H, the width of h_t
 * @param resetAfter where r is applied
 * @returns the cell; its weights start evenly spread over ±1/√H, its biases at 0
 * @throws when a size is not a whole number ≥ 1, or later x or the state has another shape
 * @see Cho et al. 2014, Learning phrase representations using RNN encoder–decoder, equations 5–8
 *
 * @example
 * const cell = gru(28, 128);
 * const weights = cell.init(random(1));
 * const x = build(100, 28, () => 0.5);
 * const { state } = cell.forward(weights, x, cell.initialState(100)); // state.h: 100×128
 */
export function gru(
  inputSize: number,
  hiddenSize: number,
  options?: { resetAfter?: false },
): Cell<GruWeights, GruState, GruCache>;
export function gru(
  inputSize: number,
  hiddenSize: number,
  options: { resetAfter: true },
): ReturnType<typeof gruResetAfter>;
export function gru(
  inputSize: number,
  hiddenSize: number,
  { resetAfter = false }: { resetAfter?: boolean } = {},
): Cell<GruWeights, GruState, GruCache> | ReturnType<typeof gruResetAfter> {
  if (resetAfter) return gruResetAfter(inputSize, hiddenSize);
  const [D, H] = [inputSize, hiddenSize];
  checkSizes("GRU", D, H);

  const cell: Cell<GruWeights, GruState, GruCache> = {
    inputSize,
    hiddenSize,
    parameterCount: 3 * H * (D + H + 1),

    init(random) {
      return { W: build(D + H, 3 * H, evenly(1 / Math.sqrt(H), random)), b: zeros(1, 3 * H) };
    },

    initialState: (batch) => ({ h: zeros(batch, H) }),

    forward({ W, b }, x, { h }) {
      checkStep("GRU", { inputSize, hiddenSize }, x, h);
      const X = concat(x, h); //                                                        B×(D+H)
      const Z = columnBlocks(affine(X, W.columns(0, 2 * H), b.columns(0, 2 * H)), ["z", "r"]);
      const [z, r] = [sigmoid(Z.z), sigmoid(Z.r)]; //                                   B×H
      const Xr = concat(x, mul(r, h)); //                                               B×(D+H)
      const candidate = tanh(affine(Xr, W.columns(2 * H, 3 * H), b.columns(2 * H, 3 * H)));
      const hNext = add(h, mul(z, subtract(candidate, h)));
      return { state: { h: hNext }, cache: { X, Xr, h, z, r, candidate } };
    },

    backward({ W }, { h: dhNext }, { X, Xr, h, z, r, candidate }) {
      // h_t = h + z∗(X'' − h)
      const dz = mul(dhNext, subtract(candidate, h));
      const dCandidate = mul(dhNext, z);
      const dh = subtract(dhNext, dCandidate);

      // X'' = tanh((x ‖ r∗h)·W_c + b_c)
      const dZc = mul(dCandidate, tanhSlope(candidate));
      const { dX: dXr, dW: dWc, db: dbc } = affineBackward(dZc, Xr, W.columns(2 * H, 3 * H));
      const dReset = dXr.columns(D, D + H);
      const dr = mul(dReset, h);
      addInto(dh, mul(dReset, r));

      // z and r, in one product
      const dZ = concat(mul(dz, sigmoidSlope(z)), mul(dr, sigmoidSlope(r)));
      const { dX, dW, db } = affineBackward(dZ, X, W.columns(0, 2 * H));
      addInto(dX.columns(0, D), dXr.columns(0, D));
      addInto(dX.columns(D, D + H), dh);
      return {
        dx: dX.columns(0, D),
        dState: { h: dX.columns(D, D + H) },
        gradients: { W: concat(dW, dWc), b: concat(db, dbc) },
      };
    },

    sequence: wholeSequence("gru", { inputSize, hiddenSize, parts: ["h"] }),
  };
  return cell;
}

/**
 * The gates' own W, (D+H)×H, and b, 1×H: views of the packed ones, which `inputWeights` and `recurrentWeights` divide
 * further.
 *
 * @example
 * const weights = gru(3, 2).init(random(1));
 * const Whr = recurrentWeights(gruGates(weights).r); // 2×2
 */
export function gruGates({ W, b }: GruWeights | GruResetAfterWeights): Record<"z" | "r" | "candidate", GateWeights> {
  return gateViews({ W, b }, gates);
}
