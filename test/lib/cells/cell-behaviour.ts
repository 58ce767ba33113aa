import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bptt,
  build,
  buildSequence,
  type Cell,
  copyWeights,
  gradientCheck,
  type Matrix,
  random,
  type Sequence,
  type State,
  stack,
  unroll,
  type Weights,
} from "unroll";
import { assertNear } from "../near.js";

/** One step in the plainest way: numbers in arrays, a loop for each sum. */
export type NaiveStep = (
  weights: Record<string, number[][]>,
  x: number[],
  state: Record<string, number[]>,
) => Record<string, number[]>;

/**
 * The behaviours that every cell must show: equal to a naive loop, gradients equal to differences, rows of a batch
 * independent, no look into the future. Each cell's test file calls this once, then adds its own.
 */
export function behavesAsCell<W extends Weights, S extends State, C>(
  name: string,
  make: (inputSize: number, hiddenSize: number) => Cell<W, S, C>,
  naive: NaiveStep,
): void {
  const shapes = fc.record({
    T: fc.integer({ min: 1, max: 6 }),
    B: fc.integer({ min: 1, max: 4 }),
    D: fc.integer({ min: 1, max: 5 }),
    H: fc.integer({ min: 1, max: 5 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });
  const over = (test: (made: ReturnType<typeof draw>) => void) =>
    fc.assert(
      fc.property(shapes, (shape) => test(draw(shape))),
      { numRuns: 25, seed: 1 },
    );

  /** A cell with weights, a sequence and an initial state, all random. */
  function draw({ T, B, D, H, seed }: { T: number; B: number; D: number; H: number; seed: number }) {
    const cell = make(D, H);
    const next = random(seed);
    const number = () => 2 * next() - 1;
    const weights = cell.init(next);
    // zeros would hide a bias that is left out
    for (const weight of Object.values(weights)) randomise(weight, number);
    const initialState = copyWeights(cell.initialState(B));
    for (const part of Object.values(initialState)) randomise(part, number);
    return {
      cell,
      weights,
      initialState,
      x: buildSequence(T, B, D, number),
      dh: Array.from({ length: T }, () => build(B, H, number)),
    };
  }

  describe(`the cell ${name}`, () => {
    it("equals a naive loop over numbers", () => {
      over(({ cell, weights, initialState, x }) => {
        const plain = Object.fromEntries(Object.entries(weights).map(([key, m]) => [key, m.toRows()]));
        const { states } = unroll(cell, weights, x, { initialState });
        for (let i = 0; i < x.batch; i++) {
          let state = rowOf(initialState, i);
          states.forEach((actual, t) => {
            state = naive(plain, x.at(t).toRows()[i]!, state);
            for (const [part, m] of Object.entries(actual)) assertNear(m.rowRange(i, i + 1), [state[part]!]);
          });
        }
      });
    });

    it("has gradients of weights, inputs and initial state that equal five-point differences", () => {
      over(({ cell, weights, initialState, x, dh }) => {
        const run = unroll(cell, weights, x, { initialState });
        const { gradients, dx, dInitialState } = bptt(cell, weights, run, dh);
        const loss = () => inner(stack(unroll(cell, weights, x, { initialState }).states.map(({ h }) => h)), stack(dh));
        const check = gradientCheck(
          loss,
          { weights, initialState, x: byStep((t) => x.at(t), x.steps) },
          { weights: gradients, initialState: dInitialState, x: byStep((t) => dx[t]!, x.steps) },
        );
        assert.ok(check.ok, check.summary);
      });
    });

    it("treats the rows of a batch independently", () => {
      over(({ cell, weights, initialState, x }) => {
        const { finalState } = unroll(cell, weights, x, { initialState });
        for (let i = 0; i < x.batch; i++) {
          const alone = unroll(
            cell,
            weights,
            stack(Array.from({ length: x.steps }, (_, t) => x.at(t).rowRange(i, i + 1))),
            {
              initialState: mapState(initialState, (m) => m.rowRange(i, i + 1)),
            },
          );
          assert.deepEqual(alone.finalState.h.toRows()[0], finalState.h.toRows()[i]);
        }
      });
    });

    it("does not look into the future", () => {
      over(({ cell, weights, x }) => {
        const before = unroll(cell, weights, x).states.map(({ h }) => h.toRows());
        const last = x.steps - 1;
        const changed = buildSequence(x.steps, x.batch, x.width, (t, i, j) => x.at(t).at(i, j) + (t === last ? 1 : 0));
        const after = unroll(cell, weights, changed).states.map(({ h }) => h.toRows());
        assert.deepEqual(after.slice(0, last), before.slice(0, last));
        assert.notDeepEqual(after[last], before[last]);
      });
    });

    it("stays float32 when all that goes in is", () => {
      const { cell, weights, x } = draw({ T: 2, B: 2, D: 3, H: 4, seed: 1 });
      const single = buildSequence(2, 2, 3, (t, i, j) => x.at(t).at(i, j), "float32");
      const light = copyWeights(weights, "float32");
      const run = unroll(cell, light, single);
      const { gradients, dx, dInitialState } = bptt(cell, light, run, [undefined, run.finalState.h]);
      for (const m of [run.finalState.h, ...Object.values(gradients), ...dx, dInitialState.h]) {
        assert.equal(m.precision, "float32");
      }
      const wide = unroll(cell, weights, x).finalState.h;
      assertNear(run.finalState.h, wide, 1e-5);
    });

    it("refuses sizes that are none", () => {
      assert.throws(() => make(0, 3), /inputSize is 0 and hiddenSize is 3, both must be whole numbers ≥ 1/);
      assert.throws(() => make(3, 2.5), /hiddenSize is 2.5/);
    });
  });
}

function randomise(m: Matrix, number: () => number): void {
  for (let i = 0; i < m.rows; i++) for (let j = 0; j < m.cols; j++) m.set(i, j, number());
}

function rowOf(state: State, i: number): Record<string, number[]> {
  return Object.fromEntries(Object.entries(state).map(([part, m]) => [part, m.toRows()[i]!]));
}

function mapState<S extends State>(state: S, f: (m: Matrix) => Matrix): S {
  return Object.fromEntries(Object.entries(state).map(([part, m]) => [part, f(m)])) as unknown as S;
}

function byStep(matrix: (t: number) => Matrix, steps: number): Record<string, Matrix> {
  return Object.fromEntries(Array.from({ length: steps }, (_, t) => [String(t), matrix(t)]));
}

/** E = Σ_t h_t·dh_t, whose gradient at h_t is dh_t. */
function inner(a: Sequence, b: Sequence): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += a.data[i]! * b.data[i]!;
  return sum;
}
