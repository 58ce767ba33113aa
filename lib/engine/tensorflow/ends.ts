import type { Block } from "../block.js";
import type { Recurrence } from "../recurrence.js";
import type { Tensor, Workspace } from "./workspace.js";

/*
 * A sequence that ends before the others carries its state over. The walk knows nothing of that: it goes on, and what it
 * makes behind the end nobody reads. So the states behind the end are the last one's, and what arrives there on the
 * way back arrives at the last one.
 */

/** The last step of sequence j. */
function lastStep({ steps, lengths }: Recurrence, j: number): number {
  return (lengths?.[j] ?? steps) - 1;
}

/** All states of one part, T×B×H. */
export function allStates(space: Workspace, task: Recurrence, states: readonly Tensor[]): Float32Array {
  const { batch: B, hiddenSize: H, steps: T } = task;
  const all = new Float32Array(T * B * H);
  for (const [t, state] of states.entries()) all.set(space.read(state), t * B * H);
  for (let j = 0; j < B; j++) {
    const last = lastStep(task, j);
    const from = (last * B + j) * H;
    for (let t = last + 1; t < T; t++) all.copyWithin((t * B + j) * H, from, from + H);
  }
  return all;
}

/** The state after each sequence's last step, of one part, B×H. */
export function finalState(space: Workspace, task: Recurrence, states: readonly Tensor[]): Float32Array {
  const { batch: B, hiddenSize: H } = task;
  if (!task.lengths) return space.read(states.at(-1)!);
  const final = new Float32Array(B * H);
  const read = new Map<number, Float32Array>();
  for (let j = 0; j < B; j++) {
    const last = lastStep(task, j);
    const state = read.get(last) ?? space.read(states[last]!);
    read.set(last, state);
    final.set(state.subarray(j * H, (j + 1) * H), j * H);
  }
  return final;
}

/**
 * What arrives at one part of the state at each step, B×H, and is not from later steps; undefined where nothing does.
 *
 * @param dStates for all steps, T×B×H
 * @param dFinal for the state after each sequence's last step
 */
export function arrivals(
  task: Recurrence,
  dStates: Float32Array | undefined,
  dFinal: Block | undefined,
): (Float32Array | undefined)[] {
  const { steps: T, batch: B, hiddenSize: H } = task;
  if (dStates && !task.lengths && !dFinal) {
    return Array.from({ length: T }, (_, t) => dStates.subarray(t * B * H, (t + 1) * B * H));
  }
  const arriving = new Array<Float32Array | undefined>(T);
  const add = (t: number, j: number, gradient: Block["data"], from: number) => {
    const step = (arriving[t] ??= new Float32Array(B * H));
    for (let k = 0; k < H; k++) step[j * H + k]! += gradient[from + k]!;
  };
  for (let j = 0; j < B; j++) {
    const last = lastStep(task, j);
    if (dStates) for (let t = 0; t < T; t++) add(Math.min(t, last), j, dStates, (t * B + j) * H);
    if (dFinal) add(last, j, dFinal.data, dFinal.offset + j * dFinal.stride);
  }
  return arriving;
}
