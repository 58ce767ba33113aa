import { gateCount, type Recurrence } from "../recurrence.js";

/** What `walk` reads, in float64: x, W, b and the initial state, without gaps. */
export interface Inputs {
  readonly x: Float64Array;
  readonly W: Float64Array;
  readonly b: Float64Array;
  readonly initialState: readonly Float64Array[];
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** A cell along its sequences in the plainest way, to test the engine by: h of all steps, and the final state. */
export function walk(task: Recurrence, { x, W, b, initialState }: Inputs): { h: Float64Array; state: Float64Array[] } {
  const { kind, steps: T, batch: B, inputSize: D, hiddenSize: H, lengths } = task;
  const N = gateCount[kind] * H;
  const h = new Float64Array(T * B * H);
  const state = initialState.map((part) => part.slice());
  for (let t = 0; t < T; t++) {
    for (let i = 0; i < B; i++) {
      if (t < (lengths?.[i] ?? T)) {
        const own = state.map((part) => part.subarray(i * H, (i + 1) * H));
        const before = own[0]!.slice();
        // column j of (x ‖ seen)·W + b
        const z = (j: number, seen: ArrayLike<number>) => {
          let sum = b[j]!;
          for (let k = 0; k < D; k++) sum += x[(t * B + i) * D + k]! * W[k * N + j]!;
          for (let k = 0; k < H; k++) sum += seen[k]! * W[(D + k) * N + j]!;
          return sum;
        };
        const reset = before.map((value, j) => (kind === "gru" ? sigmoid(z(H + j, before)) * value : 0));
        for (let j = 0; j < H; j++) {
          if (kind === "rnn") own[0]![j] = Math.tanh(z(j, before));
          else if (kind === "reluRnn") own[0]![j] = Math.max(0, z(j, before));
          else if (kind === "gru") {
            own[0]![j]! += sigmoid(z(j, before)) * (Math.tanh(z(2 * H + j, reset)) - before[j]!);
          } else {
            const c = own[1]!;
            c[j] = sigmoid(z(j, before)) * c[j]! + sigmoid(z(H + j, before)) * Math.tanh(z(3 * H + j, before));
            own[0]![j] = sigmoid(z(2 * H + j, before)) * Math.tanh(c[j]!);
          }
        }
      }
      h.set(state[0]!.subarray(i * H, (i + 1) * H), (t * B + i) * H);
    }
  }
  return { h, state };
}
