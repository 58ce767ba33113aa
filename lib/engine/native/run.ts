import type { Block } from "../block.js";
import { gateCount, type Recurrence, type RecurrenceKind, type RecurrenceRun } from "../recurrence.js";
import type { Library } from "./binding.js";
import { type Crew, checkInside, type FloatBlock, isFloat } from "./kernels.js";
import { type Tape, Tapes } from "./tapes.js";

/** The numbers of the cells in `c/recurrence.h`. */
const kinds: readonly RecurrenceKind[] = ["rnn", "reluRnn", "lstm", "gru"];

/** Runs whole sequences, with tapes and memory for packed weights that are used again from step to step. */
export function recurrences(library: Library, crew: Crew): (task: Recurrence) => RecurrenceRun | undefined {
  const tapes = new Tapes();
  let packed = new Float32Array(0);

  const memoryFor = (kind: number, inputSize: number, hiddenSize: number) => {
    const length = library.packed(kind, inputSize, hiddenSize);
    if (packed.length < length) packed = new Float32Array(length);
    return packed;
  };

  return (task) => {
    const { W, b, initialState } = task;
    if (!(isFloat(W) && isFloat(b) && initialState.every(isFloat))) return undefined;
    checkTask(task);
    return run(library, crew, tapes, memoryFor, task as FloatRecurrence);
  };
}

type FloatRecurrence = Recurrence & { W: FloatBlock; b: FloatBlock; initialState: readonly FloatBlock[] };

function run(
  library: Library,
  { threads, scratch }: Crew,
  tapes: Tapes,
  memoryFor: (kind: number, inputSize: number, hiddenSize: number) => Float32Array,
  task: FloatRecurrence,
): RecurrenceRun {
  const { steps: T, batch: B, inputSize: D, hiddenSize: H, x, W, b, initialState, lengths = null } = task;
  const kind = kinds.indexOf(task.kind);
  const N = gateCount[task.kind] * H;
  const sizes = Int32Array.of(kind, T, B, D, H);
  const owner = {};
  let tape: Tape;
  /** Which way back has put its dZ on the tape, where forward had put the gates. */
  let wayBack: object | undefined;

  // on the tape: z, T·B·N; h, (T+1)·B·H with the initial state first; and of the LSTM c in the same way
  const hAt = T * B * N;
  const cAt = hAt + (T + 1) * B * H;

  function forward(): void {
    tape = tapes.take(library.tape(kind, T, B, H), owner);
    initialState.forEach((part, i) => void copyRows(part, tape.data, i === 0 ? hAt : cAt));
    const memory = memoryFor(kind, D, H);
    const { data, offset, stride } = W;
    library.forward(threads, scratch, sizes, x, data, offset, stride, b.data, b.offset, lengths, tape.data, memory);
    wayBack = undefined;
  }

  const isTaken = () => tape.owner !== owner;

  forward();
  const finalState = initialState.map((_, i) => {
    const end = (i === 0 ? hAt : cAt) + T * B * H;
    return tape!.data.slice(end, end + B * H);
  });
  let h: Float32Array | undefined;

  return {
    finalState,

    get h() {
      if (!h) {
        if (isTaken()) forward();
        h = tape.data.slice(hAt + B * H, hAt + (T + 1) * B * H);
      }
      return h;
    },

    backward(dh, dFinalState) {
      if (dh && dh.length !== T * B * H) {
        throw new RangeError(`recurrence: dh has ${dh.length} numbers, expected T×B×H, ${T}×${B}×${H}`);
      }
      const dW = new Float32Array((D + H + 1) * N); // db is the last row
      const self = {};

      function walkBack(into: Float32Array): [Float32Array, Float32Array] {
        const [dState, dMemory] = [0, 1].map((i) => gradientOf(dFinalState?.[i], B, H)) as [Float32Array, Float32Array];
        if (isTaken() || wayBack) forward();
        wayBack = self;
        const memory = memoryFor(kind, D, H);
        const { data, offset, stride } = W;
        const own = dh ?? null;
        library.backward(
          ...[threads, scratch, sizes, x, data, offset, stride, lengths, tape.data, memory, own, dState, dMemory, into],
        );
        tapes.giveBack(tape);
        return [dState, dMemory];
      }

      const dInitialState = walkBack(dW).slice(0, initialState.length);
      let dx: Float32Array | undefined;
      return {
        dW: dW.subarray(0, (D + H) * N),
        db: dW.subarray((D + H) * N),
        dInitialState,

        get dx() {
          if (!dx) {
            if (isTaken() || wayBack !== self) walkBack(new Float32Array(dW.length));
            dx = new Float32Array(T * B * D);
            const sizesOfProduct = [T * B, D, N, 0]; // dx = dZ·W_xᵀ
            library.product(
              ...[threads, scratch, tape.data, 0, N, 0, W.data, W.offset, W.stride, 1, dx, 0, D, ...sizesOfProduct],
            );
          }
          return dx;
        },
      };
    },
  };
}

/** A copy without gaps; zeros where nobody has read that part of the state. */
function gradientOf(given: Block | undefined, B: number, H: number): Float32Array {
  const dPart = new Float32Array(B * H);
  if (!given) return dPart;
  if (given.rows !== B || given.cols !== H) {
    throw new RangeError(`recurrence: a state's gradient is ${given.rows}×${given.cols}, expected ${B}×${H}`);
  }
  copyRows(given, dPart, 0);
  return dPart;
}

function copyRows({ rows, cols, data, offset, stride }: Block, to: Float32Array, start: number): void {
  for (let i = 0; i < rows; i++) {
    const from = offset + i * stride;
    to.set(data.subarray(from, from + cols), start + i * cols);
  }
}

/** C trusts the sizes, so that they are checked here. @throws when one does not fit */
function checkTask({ kind, steps, batch, inputSize, hiddenSize, x, W, b, initialState, lengths }: Recurrence): void {
  const N = gateCount[kind] * hiddenSize;
  const expect = (isRight: boolean, what: string) => {
    if (!isRight)
      throw new RangeError(
        `recurrence: ${what}, for a ${kind} of T×B×D×H = ${steps}×${batch}×${inputSize}×${hiddenSize}`,
      );
  };
  expect(
    [steps, batch, inputSize, hiddenSize].every((size) => Number.isInteger(size) && size > 0),
    "expected whole sizes",
  );
  expect(x.length === steps * batch * inputSize, `x has ${x.length} numbers`);
  expect(W.rows === inputSize + hiddenSize && W.cols === N, `W is ${W.rows}×${W.cols}`);
  expect(b.rows === 1 && b.cols === N, `b is ${b.rows}×${b.cols}`);
  expect(initialState.length === (kind === "lstm" ? 2 : 1), `the state has ${initialState.length} parts`);
  for (const { rows, cols } of initialState)
    expect(rows === batch && cols === hiddenSize, `a state is ${rows}×${cols}`);
  checkInside("recurrence", W, b, ...initialState);
  if (lengths) {
    expect(lengths.length === batch, `there are ${lengths.length} lengths`);
    expect(
      lengths.every((length) => length >= 1 && length <= steps),
      `a length is outside of 1 … ${steps}`,
    );
  }
}
