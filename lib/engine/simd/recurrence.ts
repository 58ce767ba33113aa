import type { Block } from "../block.js";
import { gateCount, type Recurrence, type RecurrenceRun } from "../recurrence.js";
import { areasOf } from "./areas.js";
import type { Machine } from "./machine.js";
import { MemoryFull } from "./memory.js";
import { inputGradient, walkBackward, walkForward, weightGradients } from "./passes.js";
import { openTapes, type Tape, type Tapes } from "./tapes.js";

/** A cell over a whole sequence: each thread takes some of the sequences through all steps. */
export function recurrenceOn(machine: Machine): (task: Recurrence) => RecurrenceRun | undefined {
  const tapes = openTapes(machine.memory);
  return (task) => machine.task(() => startRun(machine, tapes, task));
}

function startRun(machine: Machine, tapes: Tapes, task: Recurrence): RecurrenceRun {
  const { kind, steps: T, batch: B, inputSize: D, hiddenSize: H } = task;
  const GH = gateCount[kind] * H;
  const { space } = machine;
  const owner = {};
  let tape = forward();
  let h: Float32Array | undefined;
  let latest: object | undefined; // the call of `backward` whose gradients stand on the tape

  function forward(): Tape {
    const taken = tapes.take(owner, areasOf(task, 0).bytes);
    if (!taken) throw new MemoryFull();
    walkForward(machine, task, areasOf(task, taken.address));
    return taken;
  }

  const isMine = () => tape.owner === owner;
  const areas = () => areasOf(task, tape.address);

  /** Numbers of B×H at each of `steps` steps, from rows that may be wider. */
  function copyOf(steps: number, from: number, stride: number): Float32Array {
    const to = space.room(steps * B * H);
    machine.crew.run("copy", 1, [steps * B, H, from, stride, to, 4 * H]);
    return space.copyOut(to, steps * B * H);
  }

  /** The states stay on the tape when the gates have become gradients. */
  function outputs(step: number, steps: number): Float32Array {
    return copyOf(steps, areas().X + 4 * (step * B * (D + H) + D), 4 * (D + H));
  }

  /** @throws when something must be computed again and there is no memory for it */
  function again<R>(body: () => R): R {
    const result = machine.task(body);
    if (result === undefined) throw new Error(`simd: there is no memory left for ${T} steps of ${B} sequences`);
    return result;
  }

  function backward(dh: Float32Array | undefined, dFinalState: readonly (Block | undefined)[] | undefined) {
    const call = {};
    const result = again(() => {
      if (!isMine() || tape.used) tape = forward();
      tape.used = true;
      latest = call;
      const dState = walkBackward(machine, task, areas(), dh, dFinalState);
      const { dW, db } = weightGradients(machine, task, areas());
      return {
        dW: space.copyOut(dW, (D + H) * GH),
        db: space.copyOut(db, GH),
        dInitialState: dState.map((address) => space.copyOut(address, B * H)),
      };
    });
    let dx: Float32Array | undefined;
    return {
      ...result,
      /** Nobody asks for it below the first layer, so it is computed when it is asked for. */
      get dx(): Float32Array {
        if (!dx && isMine() && latest === call) {
          dx = again(() => space.copyOut(inputGradient(machine, task, areas()), T * B * D));
        }
        return (dx ??= backward(dh, dFinalState).dx);
      },
    };
  }

  const finalState = [outputs(T, 1)];
  if (kind === "lstm") finalState.push(copyOf(1, areas().C + 4 * T * B * H, 4 * H));
  return {
    get h() {
      return (h ??= again(() => {
        if (!isMine()) tape = forward();
        return outputs(1, T);
      }));
    },
    finalState,
    backward,
  };
}
