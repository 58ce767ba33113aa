import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Block,
  bptt,
  type Cell,
  type Engine,
  gru,
  lstm,
  type Matrix,
  type Recurrence,
  type RecurrenceKind,
  type RecurrenceRun,
  rnn,
  Sequence,
  type State,
  stack,
  unroll,
  type Weights,
  zeros,
  zerosLike,
} from "unroll";
import { gateCount } from "unroll/engine/recurrence.js";
import { assertNumbers, dense, framed, seeds, signed } from "./framed.js";

const kinds: readonly RecurrenceKind[] = ["rnn", "reluRnn", "lstm", "gru"];

/** ∂E/∂h_t and ∂E/∂finalState, as `backward` takes them. */
export type Gradients = Parameters<RecurrenceRun["backward"]>;

export interface Shape {
  readonly kind: RecurrenceKind;
  readonly T: number;
  readonly B: number;
  readonly D: number;
  readonly H: number;
  readonly gap?: number;
  readonly lengths?: boolean;
  readonly started?: boolean;
}

/** A task of random numbers, and gradients to send back. */
export function draw({ kind, T, B, D, H, gap = 0, lengths = false, started = true }: Shape, seed: number) {
  const next = signed(seed);
  const G = gateCount[kind];
  const layout = { offset: gap, gap, precision: "float32" } as const;
  const parts = () => Array.from({ length: kind === "lstm" ? 2 : 1 }, () => framed(B, H, layout, next));
  const scale = 1.5 / Math.sqrt(D + H);
  const task: Recurrence = {
    kind,
    steps: T,
    batch: B,
    inputSize: D,
    hiddenSize: H,
    x: Float32Array.from({ length: T * B * D }, next),
    W: framed(D + H, G * H, layout, () => scale * next()),
    b: framed(1, G * H, layout, next),
    initialState: started ? parts() : parts().map(() => dense(B, H, () => 0)),
    lengths: lengths ? Int32Array.from({ length: B }, () => 1 + Math.floor(((next() + 1) / 2) * T)) : undefined,
  };
  return { task, dh: Float32Array.from({ length: T * B * H }, next), dFinalState: parts() };
}

/** The same by the readable cell, step by step in float64. */
function byHand(task: Recurrence, [dh, dFinalState]: Gradients) {
  const { kind, inputSize: D, hiddenSize: H, steps: T, batch: B } = task;
  const cell = { rnn, reluRnn, lstm, gru }[kind](D, H) as unknown as Cell<Weights, State, unknown>;
  const weights = { W: exact(task.W), b: exact(task.b) };
  const [h, c] = task.initialState.map(exact);
  const initialState = (c ? { h, c } : { h }) as State;
  const x = new Sequence(T, B, D, Float64Array.from(task.x));
  const run = unroll(cell, weights, x, { initialState, lengths: task.lengths });
  const dState = { ...zerosLike(run.finalState) } as Record<string, Matrix>;
  Object.keys(dState).forEach((name, k) => {
    const part = dFinalState?.[k];
    if (part) dState[name] = exact(part);
  });
  const dOutputs = dh && new Sequence(T, B, H, Float64Array.from(dh));
  const back = bptt(cell, weights, run, dOutputs ? Array.from({ length: T }, (_, t) => dOutputs.at(t)) : [], {
    dFinalState: dState as State,
  });
  return {
    h: stack(run.states.map((state) => state.h)).data,
    finalState: numbersOf(run.finalState),
    dW: back.gradients.W!.data,
    db: back.gradients.b!.data,
    dx: stack(back.dx).data,
    dInitialState: numbersOf(back.dInitialState),
  };
}

const reluRnn = (D: number, H: number) => rnn(D, H, { activation: "relu" });

function exact({ rows, cols, data, offset, stride }: Block): Matrix {
  const matrix = zeros(rows, cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) matrix.set(i, j, data[offset + i * stride + j]!);
  }
  return matrix;
}

function numbersOf({ h, c }: Readonly<Record<string, Matrix>>): Matrix["data"][] {
  return [h, c].flatMap((part) => (part ? [exact(part).data] : []));
}

/** All that a run and its way back give, compared with the readable cell. */
function assertEqual(run: RecurrenceRun, task: Recurrence, gradients: Gradients, tolerance = 1e-5): void {
  const expected = byHand(task, gradients);
  const found = run.backward(...gradients);
  const compare = (what: keyof typeof expected, numbers: ArrayLike<number>, k?: number) => {
    const other = k === undefined ? expected[what] : expected[what][k]!;
    assertNumbers(`${task.kind}: ${what} ${k ?? ""}`, numbers, other as ArrayLike<number>, tolerance);
  };
  compare("h", run.h);
  run.finalState.forEach((part, k) => void compare("finalState", part, k));
  assert.equal(run.finalState.length, expected.finalState.length);
  compare("dW", found.dW);
  compare("db", found.db);
  compare("dx", found.dx);
  found.dInitialState.forEach((part, k) => void compare("dInitialState", part, k));
  assert.equal(found.dInitialState.length, expected.dInitialState.length);
}

/**
 * Whole sequences of an engine beside the readable cells.
 *
 * @param all whether the engine has to know every cell; else it may leave some to the steps
 */
export function sequencesEqualCells(engine: () => Engine, all: boolean): void {
  const start = (task: Recurrence): RecurrenceRun | undefined => {
    const run = engine().recurrence(task);
    if (all) assert.ok(run, `${engine().name} has no kernel for ${task.kind}`);
    return run;
  };
  /** The engine's runs, for the kinds that it knows. */
  const each = (shape: Omit<Shape, "kind">, test: (drawn: ReturnType<typeof draw>, run: RecurrenceRun) => void) => {
    for (const kind of kinds) {
      const drawn = draw({ ...shape, kind }, 5);
      const run = start(drawn.task);
      if (run) test(drawn, run);
    }
  };
  const small = { T: 5, B: 3, D: 4, H: 7 };

  it("reads sequences of any shape and length, from any state, and sends back what each reader says", () => {
    const size = fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 24, 33);
    fc.assert(
      fc.property(
        fc.record({
          kind: fc.constantFrom(...kinds),
          T: fc.constantFrom(1, 2, 3, 4, 6, 9),
          B: size,
          D: size,
          H: size,
          gap: fc.constantFrom(0, 0, 1, 3),
          lengths: fc.boolean(),
          started: fc.boolean(),
        }),
        fc.constantFrom("outputs", "state", "h of the state", "both", "nobody"),
        seeds,
        (shape, reader, seed) => {
          const { task, dh, dFinalState } = draw(shape, seed);
          const run = start(task);
          if (!run) return;
          const outputs = reader === "outputs" || reader === "both" ? dh : undefined;
          const state = reader === "state" || reader === "both" ? dFinalState : undefined;
          assertEqual(run, task, [outputs, reader === "h of the state" ? [dFinalState[0]] : state]);
        },
      ),
      { numRuns: 250, seed: 1 },
    );
  });

  it("reads large batches, of even and of odd sizes", () => {
    for (const shape of [
      { T: 28, B: 64, D: 28, H: 128 },
      { T: 9, B: 35, D: 17, H: 131, lengths: true },
    ]) {
      each(shape, ({ task, dh, dFinalState }, run) => void assertEqual(run, task, [dh, dFinalState]));
    }
  });

  it("takes a single step of a single sequence", () => {
    each({ T: 1, B: 1, D: 96, H: 256 }, ({ task, dh }, run) => void assertEqual(run, task, [dh, undefined]));
  });

  it("goes back twice to the same bits", () => {
    each(small, ({ dh, dFinalState }, run) => {
      assert.deepEqual(run.backward(dh, dFinalState), run.backward(dh, dFinalState));
    });
  });

  it("keeps two runs apart that are open at once", () => {
    each(small, ({ task, dh, dFinalState }, run) => {
      const other = draw({ ...small, kind: task.kind, lengths: true }, 6);
      const otherRun = start(other.task)!;
      assertEqual(run, task, [dh, dFinalState]);
      assertEqual(otherRun, other.task, [other.dh, undefined]);
    });
  });

  it("goes back, and tells its outputs, after fifty later runs", () => {
    each({ ...small, lengths: true }, ({ task, dh, dFinalState }, run) => {
      for (let k = 0; k < 50; k++) start(draw({ ...small, kind: task.kind }, k).task);
      assertEqual(run, task, [dh, dFinalState]);
    });
  });

  it("goes back to the same bits when later runs have taken its memory", () => {
    each(small, ({ task, dh, dFinalState }, run) => {
      const before = run.backward(dh, dFinalState);
      for (let k = 0; k < 50; k++) start(draw({ ...small, kind: task.kind }, k).task);
      assert.deepEqual(run.backward(dh, dFinalState), before);
    });
  });

  it("does not change what it has given", () => {
    each(small, ({ task, dh }, run) => {
      const given = [run.h, ...run.finalState, ...Object.values(run.backward(dh, undefined)).flat()];
      const copies = given.map((numbers) => numbers.slice());
      for (let k = 0; k < 50; k++) start(draw({ ...small, kind: task.kind }, k).task)!.backward(dh, undefined);
      assert.deepEqual(given, copies);
    });
  });

  it("does not change what it is given", () => {
    each({ ...small, gap: 2, lengths: true }, (drawn, run) => {
      const untouched = draw({ ...small, kind: drawn.task.kind, gap: 2, lengths: true }, 5);
      run.backward(drawn.dh, drawn.dFinalState);
      assert.deepEqual(drawn, untouched);
    });
  });

  it("carries NaN from an input into the states behind it, and into no other sequence", () => {
    each(small, ({ task, dh }) => {
      const { B, D, H, T } = small;
      task.x[2 * B * D + D] = Number.NaN; // step 2 of sequence 1
      const run = start(task)!;
      for (let t = 0; t < T; t++) {
        for (let i = 0; i < B; i++) {
          const row = run.h.subarray((t * B + i) * H, (t * B + i + 1) * H);
          assert.equal(row.some(Number.isNaN), t >= 2 && i === 1, `${task.kind}: step ${t} of sequence ${i}`);
        }
      }
      assert.ok(run.backward(dh, undefined).dW.some(Number.isNaN));
    });
  });

  it("gives the same bits twice", () => {
    each({ T: 6, B: 33, D: 9, H: 65 }, ({ task, dh }, run) => {
      const again = start(task)!;
      assert.deepEqual([run.h, run.backward(dh, undefined)], [again.h, again.backward(dh, undefined)]);
    });
  });
}
