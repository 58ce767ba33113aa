import { tanh, tanhSlope } from "../math/activation.js";
import { affine, affineBackward, concat } from "../math/affine.js";
import { checkNotNegative } from "../math/check-options.js";
import { spectralRadius as radiusOf } from "../math/eigenvalues.js";
import { add, mul, scaleInto } from "../math/elementwise.js";
import { build, copy, copyInto, type Matrix, zeros } from "../math/matrix.js";
import { permutation, type Random } from "../math/random.js";
import { type Cell, checkSizes, checkStep, evenly } from "./cell.js";

/** W is (D+H)×H: W_in above W_res. b is 1×H. They stay as they were drawn. */
export type ReservoirWeights = { W: Matrix; b: Matrix };
export type ReservoirState = { h: Matrix };
export type ReservoirCache = { X: Matrix; candidate: Matrix };

export interface ReservoirOptions {
  /** ρ(W_res) ≥ 0: below 1 what was long ago fades out. */
  readonly spectralRadius?: number;
  /** How much of the state is renewed in a step, in (0, 1]: small for slow signals. */
  readonly leak?: number;
  /** W_in is spread evenly over ± this, ≥ 0: small keeps tanh nearly linear. */
  readonly inputScaling?: number;
  /** b is spread evenly over ± this, ≥ 0. */
  readonly biasScaling?: number;
  /** The share of the units that each unit hears, in (0, 1]; at least one. */
  readonly connectivity?: number;
}

/**
 * The reservoir of an echo-state network: a random recurrent network that is left untrained. It echoes its input in
 * many ways, and a linear read-out picks from them (`esn`).
 *
 *     X   = x_t ‖ h_{t−1}
 *     h̃   = tanh(X·W + b) = tanh(x_t·W_in + h_{t−1}·W_res + b)
 *     h_t = (1−leak)·h_{t−1} + leak·h̃
 *
 * As a cell it is whole, gradients too: they show how a disturbance fades, and it can be trained if one wants to.
 *
 * @param inputSize D, the width of x_t
 * @param hiddenSize H, the number of units
 * @param spectralRadius by default 0.9
 * @param leak by default 1: no leak
 * @param inputScaling by default 1
 * @param biasScaling by default 0: no bias
 * @param connectivity by default 0.1
 * @returns the cell; the entries of W_res that are not 0 start evenly spread, then scaled to the spectral radius
 * @throws when a size is not a whole number ≥ 1, an option is out of its range, or later x or the state has another
 *   shape
 * @see Jaeger 2001, The "echo state" approach to analysing and training recurrent neural networks; Lukoševičius 2012,
 *   A practical guide to applying echo state networks, equations 2 and 3
 *
 * @example
 * const cell = reservoir(1, 100, { spectralRadius: 0.8, leak: 0.5 });
 * const weights = cell.init(random(1));
 * const { state } = cell.forward(weights, matrix([[0.3]]), cell.initialState(1)); // state.h: 1×100
 */
export function reservoir(
  inputSize: number,
  hiddenSize: number,
  { spectralRadius = 0.9, leak = 1, inputScaling = 1, biasScaling = 0, connectivity = 0.1 }: ReservoirOptions = {},
): Cell<ReservoirWeights, ReservoirState, ReservoirCache> {
  const [D, H] = [inputSize, hiddenSize];
  checkSizes("reservoir", D, H);
  checkNotNegative("reservoir", { spectralRadius, inputScaling, biasScaling });
  checkShares({ leak, connectivity });

  return {
    inputSize,
    hiddenSize,
    parameterCount: (D + H + 1) * H,

    init(random) {
      const W = zeros(D + H, H);
      copyInto(W.rowRange(0, D), build(D, H, evenly(inputScaling, random)));
      const recurrent = W.rowRange(D, D + H);
      connect(recurrent, Math.max(1, Math.round(connectivity * H)), random);
      scaleInto(recurrent, spectralRadius / radiusOf(recurrent));
      return { W, b: build(1, H, evenly(biasScaling, random)) };
    },

    initialState: (batch) => ({ h: zeros(batch, H) }),

    forward({ W, b }, x, state) {
      checkStep("reservoir", { inputSize, hiddenSize }, x, state.h);
      const X = concat(x, state.h); //                                   B×(D+H)
      const candidate = tanh(affine(X, W, b)); //                        B×H
      const h = add(scaled(state.h, 1 - leak), scaled(candidate, leak)); // B×H
      return { state: { h }, cache: { X, candidate } };
    },

    backward({ W }, { h: dh }, { X, candidate }) {
      const dCandidate = scaled(dh, leak); //                            B×H
      const dZ = mul(dCandidate, tanhSlope(candidate)); //               B×H
      const { dX, dW, db } = affineBackward(dZ, X, W); //                B×(D+H), (D+H)×H, 1×H
      const dhPrevious = add(dX.columns(D, D + H), scaled(dh, 1 - leak)); // B×H
      return { dx: dX.columns(0, D), dState: { h: dhPrevious }, gradients: { W: dW, b: db } };
    },
  };
}

/**
 * Lets each unit hear `heard` others, drawn evenly. As each hears at least one, there is always a loop along which
 * something can be remembered, so that the spectral radius is not 0.
 */
function connect(W: Matrix, heard: number, random: Random): void {
  for (let j = 0; j < W.cols; j++) {
    for (const i of permutation(random, W.rows).subarray(0, heard)) W.set(i, j, 2 * random() - 1);
  }
}

function scaled(m: Matrix, factor: number): Matrix {
  const result = copy(m);
  scaleInto(result, factor);
  return result;
}

function checkShares(shares: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(shares)) {
    if (!(value > 0 && value <= 1)) throw new RangeError(`reservoir: ${name} is ${value}, expected a number in (0, 1]`);
  }
}
