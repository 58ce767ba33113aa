import type { Block } from "./block.js";

/**
 * The cells that engines know, with the columns of their packed W, (D+H)×G·H, and b, 1×G·H, in this order:
 *
 *     rnn, reluRnn      h = f(X·W + b),  X = x_t ‖ h_{t−1}
 *     lstm              f, u, r, candidate:  c = f∗c_{t−1} + u∗candidate,  h = r∗tanh(c)
 *     gru               z, r, candidate:  candidate = tanh((x ‖ r∗h)·W_c + b_c),  h = h + z∗(candidate − h)
 *
 * They compute what the cells of `lib/cells` compute step by step.
 */
export type RecurrenceKind = "rnn" | "reluRnn" | "lstm" | "gru";

/** A batch of sequences to be read by a cell, all in float32. */
export interface Recurrence {
  readonly kind: RecurrenceKind;
  /** T, B, D and H. */
  readonly steps: number;
  readonly batch: number;
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** T×B×D, without gaps. */
  readonly x: Float32Array;
  /** (D+H)×G·H. */
  readonly W: Block;
  /** 1×G·H. */
  readonly b: Block;
  /** h_{−1}, and of the LSTM c_{−1}: B×H each. */
  readonly initialState: readonly Block[];
  /** How many steps each sequence has, 1 … T; behind its end it carries its state over. Undefined: all have T. */
  readonly lengths?: Int32Array | undefined;
}

/** The walk along the sequences, and the way back. */
export interface RecurrenceRun {
  /** h_t of all steps, T×B×H; made when it is first asked for. */
  readonly h: Float32Array;
  /** The state after each sequence's last step: h, and of the LSTM c, B×H each. */
  readonly finalState: readonly Float32Array[];

  /**
   * May be called more than once. The engine may take the forward pass again for it, so x and weights must still be
   * what they were.
   *
   * @param dh ∂E/∂h_t, T×B×H; undefined where nobody reads the outputs
   * @param dFinalState ∂E/∂finalState, one block for each part; undefined where nobody reads it
   */
  backward(
    dh: Float32Array | undefined,
    dFinalState: readonly (Block | undefined)[] | undefined,
  ): {
    /** (D+H)×G·H and 1×G·H, without gaps. */
    readonly dW: Float32Array;
    readonly db: Float32Array;
    /** T×B×D; made when it is first asked for: where x is data, nobody does. */
    readonly dx: Float32Array;
    readonly dInitialState: readonly Float32Array[];
  };
}

/** G: how many blocks of H columns W has. */
export const gateCount: Readonly<Record<RecurrenceKind, number>> = { rnn: 1, reluRnn: 1, lstm: 4, gru: 3 };
