import { engine } from "../engine/current.js";
import type { MapName } from "../engine/engine.js";
import { type Matrix, zeros } from "./matrix.js";

/** tanh(x) = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), entry by entry. */
export function tanh(x: Matrix): Matrix {
  return mapped("tanh", x);
}

/** tanh′ = 1 − y², written with the activation's own output y = tanh(x), as back-propagation has it at hand. */
export function tanhSlope(y: Matrix): Matrix {
  return mapped("tanhSlope", y);
}

/** σ(x) = 1 / (1 + e⁻ˣ), entry by entry. */
export function sigmoid(x: Matrix): Matrix {
  return mapped("sigmoid", x);
}

/** σ′ = y·(1 − y), written with the activation's own output y = σ(x). */
export function sigmoidSlope(y: Matrix): Matrix {
  return mapped("sigmoidSlope", y);
}

/** relu(x) = max(0, x), entry by entry. */
export function relu(x: Matrix): Matrix {
  return mapped("relu", x);
}

/** relu′ = 1 where y > 0, else 0, written with the activation's own output y = relu(x). */
export function reluSlope(y: Matrix): Matrix {
  return mapped("reluSlope", y);
}

function mapped(f: MapName, x: Matrix): Matrix {
  const y = zeros(x.rows, x.cols, x.precision);
  engine().map(f, x, y);
  return y;
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
