import { quickTanh } from "../engine/quick-tanh.js";
import { type Matrix, zeros } from "./matrix.js";

/** tanh(x) = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), entry by entry. */
export function tanh(x: Matrix): Matrix {
  const y = zeros(x.rows, x.cols, x.precision);
  const [from, to] = [x.data, y.data];
  const quick = y.precision === "float32";
  for (let i = 0, r = 0; i < x.rows; i++) {
    let p = x.offset + i * x.stride;
    if (quick) for (let j = 0; j < x.cols; j++) to[r++] = quickTanh(from[p++]!);
    else for (let j = 0; j < x.cols; j++) to[r++] = Math.tanh(from[p++]!);
  }
  return y;
}

/** tanh′ = 1 − y², written with the activation's own output y = tanh(x), as back-propagation has it at hand. */
export function tanhSlope(y: Matrix): Matrix {
  const slope = zeros(y.rows, y.cols, y.precision);
  const [from, to] = [y.data, slope.data];
  for (let i = 0, r = 0; i < y.rows; i++) {
    let p = y.offset + i * y.stride;
    for (let j = 0; j < y.cols; j++) {
      const value = from[p++]!;
      to[r++] = 1 - value * value;
    }
  }
  return slope;
}

/** σ(x) = 1 / (1 + e⁻ˣ), entry by entry. */
export function sigmoid(x: Matrix): Matrix {
  const y = zeros(x.rows, x.cols, x.precision);
  const [from, to] = [x.data, y.data];
  for (let i = 0, r = 0; i < x.rows; i++) {
    let p = x.offset + i * x.stride;
    for (let j = 0; j < x.cols; j++) to[r++] = 1 / (1 + Math.exp(-from[p++]!));
  }
  return y;
}

/** σ′ = y·(1 − y), written with the activation's own output y = σ(x). */
export function sigmoidSlope(y: Matrix): Matrix {
  const slope = zeros(y.rows, y.cols, y.precision);
  const [from, to] = [y.data, slope.data];
  for (let i = 0, r = 0; i < y.rows; i++) {
    let p = y.offset + i * y.stride;
    for (let j = 0; j < y.cols; j++) {
      const value = from[p++]!;
      to[r++] = value * (1 - value);
    }
  }
  return slope;
}

/** relu(x) = max(0, x), entry by entry. */
export function relu(x: Matrix): Matrix {
  const y = zeros(x.rows, x.cols, x.precision);
  const [from, to] = [x.data, y.data];
  for (let i = 0, r = 0; i < x.rows; i++) {
    let p = x.offset + i * x.stride;
    for (let j = 0; j < x.cols; j++) to[r++] = Math.max(0, from[p++]!);
  }
  return y;
}

/** relu′ = 1 where y > 0, else 0, written with the activation's own output y = relu(x). */
export function reluSlope(y: Matrix): Matrix {
  const slope = zeros(y.rows, y.cols, y.precision);
  const [from, to] = [y.data, slope.data];
  for (let i = 0, r = 0; i < y.rows; i++) {
    let p = y.offset + i * y.stride;
    for (let j = 0; j < y.cols; j++) to[r++] = from[p++]! > 0 ? 1 : 0;
  }
  return slope;
}

/** An activation f and its slope f′, the latter written with f's own output. */
export interface Activation {
  readonly f: (x: Matrix) => Matrix;
  readonly slope: (y: Matrix) => Matrix;
}

export type ActivationName = "tanh" | "sigmoid" | "relu";

/** The activations by name. */
export const activations: Readonly<Record<ActivationName, Activation>> = {
  tanh: { f: tanh, slope: tanhSlope },
  sigmoid: { f: sigmoid, slope: sigmoidSlope },
  relu: { f: relu, slope: reluSlope },
};
