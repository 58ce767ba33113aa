import { gateCount, type Recurrence } from "../recurrence.js";

/** Where the parts of a tape lie, in bytes; what a kind of cell does not have takes no room. */
export interface Areas {
  /** (T+1)×B×(D+H): x_t ‖ h_{t−1}. */
  readonly X: number;
  /** GRU: T×B×(D+H): x_t ‖ r∗h_{t−1}. */
  readonly Xr: number;
  /** T×B×G·H: the gates of each step, which become their gradients on the way back. */
  readonly Z: number;
  /** LSTM: (T+1)×B×H: c_{t−1}. */
  readonly C: number;
  /** D×G·H: the rows of W for x, as they were on the way back. */
  readonly Wx: number;
  /** B whole numbers; 0 where all sequences have all steps. */
  readonly lengths: number;
  /** The bytes of all together. */
  readonly bytes: number;
}

export function areasOf(task: Recurrence, address: number): Areas {
  const { kind, steps: T, batch: B, inputSize: D, hiddenSize: H, lengths } = task;
  const G = gateCount[kind];
  let end = address;
  const next = (numbers: number) => {
    const start = end;
    end += Math.ceil(numbers / 16) * 64;
    return start;
  };
  const X = next((T + 1) * B * (D + H));
  const Xr = next(kind === "gru" ? T * B * (D + H) : 0);
  const Z = next(T * B * G * H);
  const C = next(kind === "lstm" ? (T + 1) * B * H : 0);
  const Wx = next(D * G * H);
  const ends = next(B);
  return { X, Xr, Z, C, Wx, lengths: lengths ? ends : 0, bytes: end - address };
}
