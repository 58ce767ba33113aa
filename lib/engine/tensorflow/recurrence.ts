import type { Engine } from "../engine.js";
import { gateCount, type Recurrence, type RecurrenceKind } from "../recurrence.js";
import type { Binding } from "./binding.js";
import { allStates, arrivals, finalState } from "./ends.js";
import { walkGru } from "./gru.js";
import { walkLstm } from "./lstm.js";
import { walkRnn } from "./rnn.js";
import { tapes } from "./tapes.js";
import type { Walk } from "./walk.js";
import { Workspace } from "./workspace.js";

const walks: Readonly<Record<RecurrenceKind, (space: Workspace, task: Recurrence) => Walk>> = {
  rnn: walkRnn,
  reluRnn: walkRnn,
  lstm: walkLstm,
  gru: walkGru,
};

/**
 * Whole sequences on TensorFlow's operations.
 *
 * @param smallest multiplications of a step; what has fewer is left to the readable cells
 * @param fewestSteps what has fewer is left to them too
 */
export function recurrences(binding: Binding, smallest: number, fewestSteps: number): Engine["recurrence"] {
  const recorded = tapes(binding);
  const scratch = new Workspace(binding);

  return (task) => {
    if (multiplications(task) < smallest || task.steps < fewestSteps) return undefined;
    const record = () => recorded.record(bytesOf(task), (space) => walks[task.kind](space, task));
    let tape = record();
    const walk = () => recorded.read(tape) ?? recorded.read((tape = record()))!;
    let h: Float32Array | undefined;

    return {
      finalState: walk().states.map((states) => finalState(scratch, task, states)),

      get h() {
        return (h ??= allStates(scratch, task, walk().states[0]!));
      },

      backward(dh, dFinalState) {
        scratch.clear(); // of what a way back that was interrupted has left
        try {
          const { states, backward } = walk();
          return backward(
            scratch,
            states.map((_, part) => arrivals(task, part === 0 ? dh : undefined, dFinalState?.[part])),
          );
        } finally {
          scratch.clear();
          recorded.end(tape);
        }
      },
    };
  };
}

function multiplications({ kind, batch, inputSize, hiddenSize }: Recurrence): number {
  return batch * (inputSize + hiddenSize) * gateCount[kind] * hiddenSize;
}

/** About what the tensors of a walk take: x, the gates and states of each step. */
function bytesOf({ kind, steps, batch, inputSize, hiddenSize }: Recurrence): number {
  return 4 * steps * batch * (inputSize + 2 * (gateCount[kind] + 1) * hiddenSize);
}
