import type { Block } from "../block.js";
import { type Engine, EngineUnavailable } from "../engine.js";
import { gateCount, type Recurrence, type RecurrenceKind } from "../recurrence.js";
import { referenceEngine } from "../reference.js";
import { walk } from "./test-walk.js";

/** How far a number may be away from the reference engine's, relative to the largest. */
const TOLERANCE = 1e-5;

/**
 * Compares an engine with the reference engine in small: a library that was compiled wrongly is found before anything
 * is computed with it.
 *
 * @throws EngineUnavailable when one number differs
 */
export function selfTest(engine: Engine): void {
  const reference = referenceEngine();
  for (const [M, N, K] of [
    [1, 37, 21],
    [19, 70, 21],
  ] as const) {
    const [A, B] = [numbers(M, K, 1), numbers(K, N, 2)];
    compare("product", engine, reference, numbers(M, N, 3), (by, C) => by.product(A, B, C, { accumulate: true }));
    const transposed = numbers(N, K, 4);
    compare("product", engine, reference, numbers(M, N, 3), (by, C) =>
      by.product(A, transposed, C, { transposeB: true }),
    );
  }
  const x = numbers(3, 23, 5);
  for (const f of ["tanh", "sigmoid"] as const)
    compare(f, engine, reference, numbers(3, 23, 6), (by, y) => by.map(f, x, y));
  compare(
    "softmax",
    engine,
    reference,
    numbers(3, 23, 7),
    (by, y) => void by.softmaxCrossEntropy(x, Int32Array.of(1, -1, 22), y),
  );
  for (const kind of ["rnn", "reluRnn", "lstm", "gru"] as const) testRecurrence(engine, kind);
}

/**
 * Forward beside a plain walk. Backward by the change of E = Σ h∗dh + Σ finalState∗dFinalState when all that goes in
 * moves a little in one direction V: that is the sum of gradient∗V over x, W, b and the initial state.
 */
function testRecurrence(engine: Engine, kind: RecurrenceKind): void {
  const [T, B, D, H] = [3, 9, 5, 11];
  const N = gateCount[kind] * H;
  const parts = kind === "lstm" ? [1, 2] : [1];
  const [x, W, b] = [numbers(T * B, D, 1), numbers(D + H, N, 2), numbers(1, N, 3)];
  const initialState = parts.map((k) => numbers(B, H, 3 + k));
  const lengths = Int32Array.of(3, 1, 2, 3, 3, 1, 3, 2, 3);
  const task: Recurrence = {
    kind,
    steps: T,
    batch: B,
    inputSize: D,
    hiddenSize: H,
    x: x.data,
    W,
    b,
    initialState,
    lengths,
  };
  const [dh, dFinalState] = [numbers(T * B, H, 6), parts.map((k) => numbers(B, H, 6 + k))];

  const run = engine.recurrence(task)!;
  const back = run.backward(dh.data, dFinalState);
  const gradients = [back.dx, back.dW, back.db, ...back.dInitialState];

  const points = [x, W, b, ...initialState].map(({ data }) => Float64Array.from(data));
  const directions = points.map(({ length }, k) => numbers(1, length, 10 + k).data);
  const walkAt = (step: number) => {
    const [at0, at1, at2, ...start] = points.map((point, k) =>
      point.map((value, i) => value + step * directions[k]![i]!),
    );
    return walk(task, { x: at0!, W: at1!, b: at2!, initialState: start });
  };
  const error = (step: number) => {
    const { h, state } = walkAt(step);
    return inner(h, dh.data) + state.reduce((total, part, k) => total + inner(part, dFinalState[k]!.data), 0);
  };
  const expected = walkAt(0);
  assertNear(`${kind} forward`, run.h, expected.h);
  parts.forEach((_, k) => void assertNear(`${kind} forward`, run.finalState[k]!, expected.state[k]!));
  const step = 1e-5;
  const slope = (error(step) - error(-step)) / (2 * step);
  const found = gradients.reduce((total, gradient, k) => total + inner(gradient, directions[k]!), 0);
  assertNear(`${kind} backward`, [found], [slope]);
}

function inner(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function compare(
  what: string,
  engine: Engine,
  reference: Engine,
  result: Block,
  compute: (by: Engine, C: Block) => void,
) {
  const expected = { ...result, data: result.data.slice() };
  compute(engine, result);
  compute(reference, expected);
  assertNear(what, result.data, expected.data);
}

function assertNear(what: string, found: ArrayLike<number>, expected: ArrayLike<number>): void {
  const largest = Array.from(expected).reduce((most, number) => Math.max(most, Math.abs(number)), 1);
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(found[i]! - expected[i]!) <= TOLERANCE * largest)) {
      throw new EngineUnavailable(`the compiled library is wrong: its ${what} gives ${found[i]} for ${expected[i]}`);
    }
  }
}

/** Numbers between −1 and 1 that look random. */
function numbers(rows: number, cols: number, seed: number): Block & { readonly data: Float32Array } {
  const data = Float32Array.from({ length: rows * cols }, (_, i) => Math.sin(12.9898 * i + 78.233 * seed));
  return { rows, cols, data, offset: 0, stride: cols };
}
