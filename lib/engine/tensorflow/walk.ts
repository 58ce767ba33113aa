import { gateCount, type Recurrence } from "../recurrence.js";
import { type GateBlocks, putGates } from "./gate-blocks.js";
import type { Tensor, Workspace } from "./workspace.js";

/** The way of one cell along all steps, whose lengths it does not know; and the way back. */
export interface Walk {
  /** Of each part of the state what it is after each step: T tensors B×H. */
  readonly states: readonly (readonly Tensor[])[];

  /**
   * @param space for tensors that end with the way back
   * @param arriving for each part of the state and each step the gradient, B×H, that does not come from later steps
   */
  backward(space: Workspace, arriving: readonly (readonly (Float32Array | undefined)[])[]): WalkGradients;
}

export interface WalkGradients {
  readonly dW: Float32Array;
  readonly db: Float32Array;
  readonly dx: Float32Array;
  readonly dInitialState: readonly Float32Array[];
}

/** The gradient from later steps and the one from outside. */
export function meet(space: Workspace, fromLater: Tensor, arriving: Float32Array | undefined, shape: number[]): Tensor {
  return arriving ? space.add(fromLater, space.tensor(shape, arriving)) : fromLater;
}

/** dW and db, all zero. */
export function noGradients({ kind, inputSize: D, hiddenSize: H }: Recurrence) {
  const width = gateCount[kind] * H;
  return { dW: new Float32Array((D + H) * width), db: new Float32Array(width) };
}

/**
 * dW and db of some gates, over all steps at once: dW = (x ‖ h)ᵀ·dZ.
 *
 * @param h what the gates read beside x, (T·B)×H
 * @param dZ (T·B)×(gates·H)
 */
export function addGates(
  space: Workspace,
  { kind, steps: T, batch: B, inputSize: D, hiddenSize: H, x }: Recurrence,
  { h, dZ, blocks }: { h: Tensor; dZ: Tensor; blocks: GateBlocks },
  { dW, db }: { dW: Float32Array; db: Float32Array },
): void {
  const gates = gateCount[kind];
  const dWx = space.product(space.tensor([T * B, D], x), dZ, { transposeA: true });
  const dWh = space.product(h, dZ, { transposeA: true });
  putGates(space.read(dWx), H, blocks, dW.subarray(0, D * gates * H), gates);
  putGates(space.read(dWh), H, blocks, dW.subarray(D * gates * H), gates);
  putGates(space.read(space.columnSums(dZ)), H, blocks, db, gates);
}
