import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import type { Context } from "mocha";
import { EngineUnavailable } from "unroll/engine/engine.js";
import { loadBinding } from "unroll/engine/tensorflow/binding.js";
import { skip } from "./needs.js";
import { projectFolder } from "./project.js";

export interface Tensor {
  readonly shape: number[];
  dataSync(): Float32Array;
  add(other: Tensor): Tensor;
  sub(other: Tensor): Tensor;
  mul(other: Tensor): Tensor;
  matMul(other: Tensor): Tensor;
  slice(begin: number[], size: number[]): Tensor;
  tanh(): Tensor;
  sigmoid(): Tensor;
  sum(): Tensor;
}

export interface TfjsLayer {
  getWeights(): Tensor[];
  setWeights(weights: Tensor[]): void;
}

type Config = Record<string, unknown>;

/** What the tests use of TensorFlow.js. */
export interface Tfjs {
  readonly layers: Record<"simpleRNN" | "lstm" | "gru" | "dense" | "embedding", (config: Config) => TfjsLayer>;
  sequential(config: { layers: TfjsLayer[] }): { predict(x: Tensor): Tensor };
  tensor(values: Float32Array, shape: number[], type?: "float32" | "int32"): Tensor;
  concat(tensors: Tensor[], axis: number): Tensor;
  grads(f: (...x: Tensor[]) => Tensor): (x: Tensor[]) => Tensor[];
  tidy<T>(work: () => T): T;
}

/** TensorFlow.js as `npm run setup:tensorflow` installs it; to be called in a `before` hook. */
export function needsTfjs(context: Context): Tfjs {
  try {
    loadBinding(); // which keeps it silent
  } catch (error) {
    if (!(error instanceof EngineUnavailable)) throw error;
    skip(context, `There is no TensorFlow: ${error.message}.`);
  }
  // TensorFlow.js calls both; Node.js 23 and later lack the one and warn of the other
  const old = util as unknown as Record<string, unknown>;
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  old.isArray = Array.isArray;
  return createRequire(join(projectFolder, ".tensorflow", "package.json"))("@tensorflow/tfjs-node") as Tfjs;
}
