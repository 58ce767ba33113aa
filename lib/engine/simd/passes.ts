import type { Block } from "../block.js";
import { gateCount, type Recurrence } from "../recurrence.js";
import type { Areas } from "./areas.js";
import type { Machine } from "./machine.js";
import { multiply } from "./product.js";
import type { Operand } from "./workspace.js";

/** From so many sequences on, packing W pays. */
const FEW = 4;

/** The edge of a tile, in bytes: what a part of a walk needs for itself. */
const SPARE = 128;

/** All steps forward: fills the tape. */
export function walkForward(machine: Machine, task: Recurrence, areas: Areas): void {
  const { crew, space, memory } = machine;
  const { kind, steps: T, batch: B, inputSize: D, hiddenSize: H, lengths } = task;
  const [parts, scratch] = shareOut(machine, task);
  const W = space.read(task.W);
  const b = space.read(task.b);
  const x = space.copyIn(task.x);
  const [h, c] = task.initialState.map((part) => space.read(part));
  crew.run("copy", 1, [B, H, h!.address, h!.stride, areas.X + 4 * D, 4 * (D + H)]);
  if (c) crew.run("copy", 1, [B, H, c.address, c.stride, areas.C, 4 * H]);
  if (lengths) new Int32Array(memory.wasm.buffer, areas.lengths, B).set(lengths);

  const columns = (first: number, count: number) => packed(machine, task, at(W, 0, first), count, D + H, false);
  const sizes = [T, B, D, H];
  if (kind === "lstm") {
    const all = columns(0, 4 * H);
    crew.run("lstmForward", parts, [
      ...[...sizes, x, areas.X, areas.Z, areas.C, ...all, b.address, areas.lengths, scratch, SPARE],
    ]);
  } else if (kind === "gru") {
    const [gates, ...rest] = columns(0, 2 * H);
    const [candidate] = columns(2 * H, H);
    crew.run("gruForward", parts, [
      ...[...sizes, x, areas.X, areas.Xr, areas.Z, gates!, candidate!, ...rest],
      ...[b.address, areas.lengths, scratch, SPARE],
    ]);
  } else {
    const all = columns(0, H);
    crew.run("rnnForward", parts, [
      ...[Number(kind === "reluRnn"), ...sizes, x, areas.X, ...all, b.address, areas.lengths, scratch, SPARE],
    ]);
  }
}

/** All steps backward: Z becomes its own gradient. @returns where the gradients of the initial state lie */
export function walkBackward(
  machine: Machine,
  task: Recurrence,
  areas: Areas,
  dh: Float32Array | undefined,
  dFinalState: readonly (Block | undefined)[] | undefined,
): number[] {
  const { crew, space } = machine;
  const { kind, steps: T, batch: B, inputSize: D, hiddenSize: H } = task;
  const GH = gateCount[kind] * H;
  const [parts, scratch] = shareOut(machine, task);
  const W = space.read(task.W);
  const dH = dh ? space.copyIn(dh) : 0;
  const dState = task.initialState.map((_, k) => startOf(machine, B, H, dFinalState?.[k]));
  crew.run("copy", 1, [D, GH, W.address, W.stride, areas.Wx, 4 * GH]);

  const rows = (first: number, count: number) => packed(machine, task, at(W, D, first), H, count, true);
  const sizes = [T, B, D, H];
  if (kind === "lstm") {
    const all = rows(0, GH);
    crew.run("lstmBackward", parts, [
      ...[T, B, H, areas.Z, areas.C, dH, ...dState, ...all, areas.lengths, scratch, SPARE],
    ]);
  } else if (kind === "gru") {
    const [gates, ...rest] = rows(0, 2 * H);
    const [candidate] = rows(2 * H, H);
    const dReset = space.room(B * H);
    crew.run("gruBackward", parts, [
      ...[...sizes, areas.X, areas.Z, dH, ...dState, dReset, gates!, candidate!, ...rest],
      ...[areas.lengths, scratch, SPARE],
    ]);
  } else {
    const all = rows(0, H);
    crew.run("rnnBackward", parts, [
      ...[Number(kind === "reluRnn"), ...sizes, areas.X, areas.Z, dH, ...dState, ...all, areas.lengths, scratch, SPARE],
    ]);
  }
  return dState;
}

/** dW = Σ_t X_tᵀ·dZ_t and db = Σ_t dZ_t, over the rows of all steps at once. @returns where they lie */
export function weightGradients(machine: Machine, task: Recurrence, areas: Areas): { dW: number; db: number } {
  const { crew, space } = machine;
  const { kind, steps: T, batch: B, inputSize: D, hiddenSize: H } = task;
  const GH = gateCount[kind] * H;
  const dW = space.room((D + H) * GH);
  const db = space.room(GH);
  const columns = (X: number, first: number, count: number) => {
    const sizes = { M: D + H, N: count, K: T * B, transposeA: true };
    const Z = { address: areas.Z + 4 * first, stride: 4 * GH };
    multiply(machine, sizes, { address: X, stride: 4 * (D + H) }, Z, { address: dW + 4 * first, stride: 4 * GH });
  };
  if (kind === "gru") {
    columns(areas.X, 0, 2 * H);
    columns(areas.Xr, 2 * H, H);
  } else columns(areas.X, 0, GH);
  const parts = Math.min(machine.partsFor(T * B * GH), Math.ceil(GH / 16));
  crew.run("columnSums", parts, [T * B, GH, areas.Z, 4 * GH, db]);
  return { dW, db };
}

/** dx_t = dZ_t·W_xᵀ, of all steps at once. @returns where it lies */
export function inputGradient(machine: Machine, task: Recurrence, areas: Areas): number {
  const { kind, steps: T, batch: B, inputSize: D, hiddenSize: H } = task;
  const GH = gateCount[kind] * H;
  const dx = machine.space.room(T * B * D);
  multiply(
    machine,
    { M: T * B, N: D, K: GH, transposeB: true },
    { address: areas.Z, stride: 4 * GH },
    { address: areas.Wx, stride: 4 * GH },
    { address: dx, stride: 4 * D },
  );
  return dx;
}

/** In how many parts the sequences are divided, and what these need for themselves. */
function shareOut(machine: Machine, { kind, steps, batch, inputSize, hiddenSize }: Recurrence): [number, number] {
  const work = steps * batch * (inputSize + hiddenSize) * gateCount[kind] * hiddenSize;
  const parts = Math.min(machine.partsFor(work), Math.ceil(batch / 4));
  return [parts, machine.space.room((parts * SPARE) / 4)];
}

/** B×H: the gradient of a part of the final state, or zeros. */
function startOf(machine: Machine, B: number, H: number, given: Block | undefined): number {
  const { crew, memory, space } = machine;
  const address = space.room(B * H);
  if (!given) memory.floats().fill(0, address / 4, address / 4 + B * H);
  else {
    const { address: from, stride } = space.read(given);
    crew.run("copy", 1, [B, H, from, stride, address, 4 * H]);
  }
  return address;
}

function at({ address, stride }: Operand, row: number, column: number): Operand {
  return { address: address + row * stride + 4 * column, stride };
}

/** K×N of W as the walk reads it: packed; but for very few sequences as it is. @returns where, the stride, and which */
function packed(
  machine: Machine,
  { batch }: Recurrence,
  { address, stride }: Operand,
  N: number,
  K: number,
  transposed: boolean,
): [number, number, number] {
  if (batch < FEW) return [address, stride, 0];
  const to = machine.space.room(K * Math.ceil(N / 8) * 8);
  const parts = Math.min(machine.partsFor(K * N), Math.ceil(N / 8));
  machine.crew.run("pack", parts, [N, K, address, stride, Number(transposed), to]);
  return [to, stride, 1];
}
