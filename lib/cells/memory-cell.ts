import { sigmoid, sigmoidSlope } from "../math/activation.js";
import { affine, affineBackward, concat } from "../math/affine.js";
import { add, addInto, mul } from "../math/elementwise.js";
import { build, type Matrix, zeros } from "../math/matrix.js";
import { type Cell, checkSizes, checkStart, checkStep, evenly } from "./cell.js";
import { columnBlocks, type GateWeights, gateViews } from "./gates.js";

/** W is (D+H)×3H and b is 1×3H: the columns of the keep, the write and the read gate. Wx is D×H and bx is 1×H. */
export type MemoryCellWeights = Record<"W" | "b" | "Wx" | "bx", Matrix>;
export type MemoryCellState = { h: Matrix; c: Matrix };
export type MemoryCellCache = Record<"x" | "X" | "k" | "w" | "r" | "value" | "c" | "cNext", Matrix>;

const gates = ["k", "w", "r"] as const;

/**
 * The analog memory cell: a number lies in a linear unit whose weight to itself is 1, behind three gates.
 *
 *     X   = x_t ‖ h_{t−1}
 *     k   = σ(X·W_k + b_k)         keep gate: at 1 the unit hands its number on to itself, at 0 it forgets it
 *     w   = σ(X·W_w + b_w)         write gate: at 1 the input is added to it
 *     r   = σ(X·W_r + b_r)         read gate: at 1 the rest of the network sees it
 *     c_t = k∗c_{t−1} + w∗(x_t·W_x + b_x)
 *     h_t = r∗c_t
 *
 * With k = 1 and w = 0 the number stays as it is for ever, and so does a gradient on its way back: ∂c_t/∂c_{t−1} = k.
 * It is an LSTM without the two tanh, whose candidate sees the input alone. What it stores has no bounds: that is what
 * the LSTM's tanh are for.
 *
 * @param inputSize D, the width of x_t
 * @param hiddenSize H, how many numbers are stored: the width of h_t and c_t
 * @param keepBias what b_k starts at: at 1 the cell remembers before it has learned anything
 * @returns the cell; its weights start evenly spread over ±1/√H, the other biases at 0
 * @throws when a size is not a whole number ≥ 1 or the bias is not finite, or later x or the state has another shape
 * @see Hinton 2013, Neural networks for machine learning, lecture 7e; Hochreiter & Schmidhuber 1997
 *
 * @example
 * const cell = memoryCell(1, 1);
 * const shut = { ...cell.init(random(1)), W: zeros(2, 3), b: matrix([[100, -100, 100]]) }; // k = 1, w = 0, r = 1
 * const { state } = cell.forward(shut, matrix([[5]]), { h: zeros(1, 1), c: matrix([[0.7]]) });
 * console.log(state.c.at(0, 0)); // 0.7
 */
export function memoryCell(
  inputSize: number,
  hiddenSize: number,
  { keepBias = 1 }: { keepBias?: number } = {},
): Cell<MemoryCellWeights, MemoryCellState, MemoryCellCache> {
  const [D, H] = [inputSize, hiddenSize];
  checkSizes("memory cell", D, H);
  checkStart("memory cell", { keepBias });

  return {
    inputSize,
    hiddenSize,
    parameterCount: 3 * H * (D + H + 1) + H * (D + 1),

    init(random) {
      const draw = evenly(1 / Math.sqrt(H), random);
      return {
        W: build(D + H, 3 * H, draw),
        b: build(1, 3 * H, (_, j) => (j < H ? keepBias : 0)),
        Wx: build(D, H, draw),
        bx: zeros(1, H),
      };
    },

    initialState: (batch) => ({ h: zeros(batch, H), c: zeros(batch, H) }),

    forward({ W, b, Wx, bx }, x, { h, c }) {
      for (const part of [h, c]) checkStep("memory cell", { inputSize, hiddenSize }, x, part);
      const X = concat(x, h); //                             B×(D+H)
      const Z = columnBlocks(affine(X, W, b), gates); //     three times B×H
      const [k, w, r] = [sigmoid(Z.k), sigmoid(Z.w), sigmoid(Z.r)];
      const value = affine(x, Wx, bx); //                    B×H
      const cNext = add(mul(k, c), mul(w, value));
      const hNext = mul(r, cNext);
      return { state: { h: hNext, c: cNext }, cache: { x, X, k, w, r, value, c, cNext } };
    },

    backward({ W, Wx }, { h: dh, c: dcFromLater }, { x, X, k, w, r, value, c, cNext }) {
      // h_t = r∗c_t: the next step reads c_t too, so two gradients meet
      const dr = mul(dh, cNext);
      const dc = add(dcFromLater, mul(dh, r));

      // c_t = k∗c_{t−1} + w∗value
      const dk = mul(dc, c);
      const dcPrevious = mul(dc, k);
      const dw = mul(dc, value);
      const dValue = mul(dc, w);

      const { dX: dx, dW: dWx, db: dbx } = affineBackward(dValue, x, Wx);
      const dZ = concat(mul(dk, sigmoidSlope(k)), mul(dw, sigmoidSlope(w)), mul(dr, sigmoidSlope(r)));
      const { dX, dW, db } = affineBackward(dZ, X, W);
      addInto(dx, dX.columns(0, D));
      return {
        dx,
        dState: { h: dX.columns(D, D + H), c: dcPrevious },
        gradients: { W: dW, b: db, Wx: dWx, bx: dbx },
      };
    },
  };
}

/** The keep, write and read gates' own W, (D+H)×H, and b, 1×H: views of the packed ones. */
export function memoryCellGates({ W, b }: MemoryCellWeights): Record<"k" | "w" | "r", GateWeights> {
  return gateViews({ W, b }, gates);
}
