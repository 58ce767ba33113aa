import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bptt,
  build,
  buildSequence,
  type Cell,
  copyWeights,
  countWeights,
  gradientCheck,
  type Matrix,
  random,
  type Sequence,
  type State,
  stack,
  unroll,
  type Weights,
  zeros,
} from "unroll";
import { assertNear } from "../near.js";

/** One step in the plainest way: numbers in arrays, a loop for each sum. */
export type NaiveStep = (
  weights: Record<string, number[][]>,
  x: number[],
  state: Record<string, number[]>,
) => Record<string, number[]>;

/** x·W + b of a single row, from the columns `from` … `from` + `width` − 1 of W and b. */
export function row(x: number[], W: number[][], b: number[], from = 0, width = b.length): number[] {
  return Array.from({ length: width }, (_, j) =>
    x.reduce((sum, value, k) => sum + value * W[k]![from + j]!, b[from + j]!),
  );
}

export const sigma = (z: number): number => 1 / (1 + Math.exp(-z));

/**
 * The behaviours that every cell must show: equal to a naive loop, gradients equal to differences, rows of a batch
 * independent, no look into the future. Each cell's test file calls this once, then adds its own.
 *
 * @param kinks whether the cell has corners, as relu has: differences then take short steps, lest they cross one, and
 *   an output need not change with the input
 * @param remembers whether the cell reads its earlier state
 */
export function behavesAsCell<W extends Weights, S extends State, C>(
  name: string,
  make: (inputSize: number, hiddenSize: number) => Cell<W, S, C>,
  naive: NaiveStep,
  { kinks = false, remembers = true }: { kinks?: boolean; remembers?: boolean } = {},
): void {
  const step = kinks ? 1e-5 : 1e-3;
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
          { step },
        );
        assert.ok(check.ok, check.summary);
      });
    });

    it("takes a gradient in at every part of its state", () => {
      over(({ cell, weights, initialState, x, dh }) => {
        const { state, cache } = cell.forward(weights, x.at(0), initialState);
        const dState = mapState(state, (m) => build(m.rows, m.cols, (i, j) => m.at(i, j) + dh[0]!.at(i, j)));
        const { dx, dState: dInitialState, gradients } = cell.backward(weights, dState, cache);
        const loss = () => {
          const after = cell.forward(weights, x.at(0), initialState).state;
          return inner(stack(Object.values(after)), stack(Object.values(dState)));
        };
        const check = gradientCheck(
          loss,
          { weights, initialState, x: x.at(0) },
          { weights: gradients, initialState: dInitialState, x: dx },
          { step },
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
          assert.deepEqual(rowOf(alone.finalState, 0), rowOf(finalState, i));
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
        if (!kinks) assert.notDeepEqual(after[last], before[last]);
      });
    });

    it("stays float32 when all that goes in is", () => {
      const { cell, weights, x } = draw({ T: 2, B: 2, D: 3, H: 4, seed: 1 });
      const single = buildSequence(2, 2, 3, (t, i, j) => x.at(t).at(i, j), "float32");
      const light = copyWeights(weights, "float32");
      const run = unroll(cell, light, single);
      const { gradients, dx, dInitialState } = bptt(cell, light, run, [undefined, run.finalState.h]);
      const states = [run.finalState, dInitialState].flatMap((state) => Object.values(state));
      for (const m of [...states, ...Object.values(gradients), ...dx]) {
        assert.equal(m.precision, "float32");
      }
      const wide = unroll(cell, weights, x).finalState.h;
      assertNear(run.finalState.h, wide, 1e-5);
    });

    it("says how many weights it has", () => {
      over(({ cell, weights }) => assert.equal(cell.parameterCount, countWeights(weights)));
    });

    it("says how wide x and each part of the state should be", () => {
      const cell = make(3, 2);
      const weights = cell.init(random(1));
      assert.throws(
        () => cell.forward(weights, zeros(1, 27), cell.initialState(1)),
        /: x has 27 columns, the \w+ was made for inputSize 3/,
      );
      if (remembers) {
        for (const part of Object.keys(cell.initialState(2))) {
          for (const wrong of [zeros(1, 2), zeros(2, 3)]) {
            assert.throws(
              () => cell.forward(weights, zeros(2, 3), { ...cell.initialState(2), [part]: wrong }),
              /: the state is (1×2|2×3), expected 2×2: one row for each row of x, hiddenSize columns/,
            );
          }
        }
      }
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
