import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bptt,
  build,
  buildSequence,
  type Cell,
  type Matrix,
  minimalGru,
  minimalGruSequence,
  minimalLstm,
  minimalLstmSequence,
  random,
  type Sequence,
  type SequenceOptions,
  type SequenceRun,
  stack,
  unroll,
  zeros,
} from "unroll";
import { assertNear } from "../near.js";

type Weights = { W: Matrix; b: Matrix };
type Make = (D: number, H: number) => Cell<Weights, { h: Matrix }, unknown>;
type Run = (
  weights: Weights,
  x: Sequence,
  options?: SequenceOptions<{ h: Matrix }>,
) => SequenceRun<Weights, { h: Matrix }>;

const shapes = fc.record({
  T: fc.integer({ min: 1, max: 20 }),
  B: fc.integer({ min: 1, max: 4 }),
  D: fc.integer({ min: 1, max: 5 }),
  H: fc.integer({ min: 1, max: 5 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

runsAtOnce("minimal GRU", minimalGru as Make, minimalGruSequence);
runsAtOnce("minimal LSTM", (D, H) => minimalLstm(D, H) as ReturnType<Make>, minimalLstmSequence);

function runsAtOnce(name: string, make: Make, run: Run): void {
  function draw({ T, B, D, H, seed }: { T: number; B: number; D: number; H: number; seed: number }) {
    const next = random(seed);
    const number = () => 2 * next() - 1;
    const cell = make(D, H);
    const { W, b } = cell.init(next);
    return {
      cell,
      weights: { W, b: build(1, b.cols, number) },
      x: buildSequence(T, B, D, number),
      initialState: { h: build(B, H, number) },
      dy: buildSequence(T, B, H, number),
      dFinalState: { h: build(B, H, number) },
      lengths: Array.from({ length: B }, () => 1 + Math.floor(next() * T)),
    };
  }

  describe(`the ${name} over a whole sequence`, () => {
    it("equals the unrolled cell and its back-propagation through time", () => {
      fc.assert(
        fc.property(shapes, (shape) => {
          const { cell, weights, x, initialState, dy, dFinalState } = draw(shape);
          const stepByStep = unroll(cell, weights, x, { initialState });
          const atOnce = run(weights, x, { initialState });
          stepByStep.states.forEach(({ h }, t) => {
            assertNear(atOnce.y.at(t), h);
          });
          assertNear(atOnce.finalState.h, stepByStep.finalState.h);

          const dh = Array.from({ length: x.steps }, (_, t) => dy.at(t));
          const last = x.steps - 1;
          dh[last] = build(x.batch, shape.H, (i, j) => dy.at(last).at(i, j) + dFinalState.h.at(i, j));
          const expected = bptt(cell, weights, stepByStep, dh);
          const actual = atOnce.backward(dy, dFinalState);
          assertNear(actual.gradients.W, expected.gradients.W);
          assertNear(actual.gradients.b, expected.gradients.b);
          assertNear(actual.dInitialState.h, expected.dInitialState.h);
          expected.dx.forEach((dx, t) => {
            assertNear(actual.dx.at(t), dx);
          });
        }),
        { numRuns: 50, seed: 1 },
      );
    });

    it("is, for sequences of several lengths, what each of them is alone without its padding", () => {
      fc.assert(
        fc.property(shapes, (shape) => {
          const { weights, x, initialState, dFinalState, dy, lengths } = draw(shape);
          const together = run(weights, x, { initialState, lengths });
          const gradients = together.backward(behind(dy, lengths), dFinalState);
          const sum = { W: zeros(weights.W.rows, weights.W.cols), b: zeros(1, weights.b.cols) };
          lengths.forEach((length, i) => {
            const only = (s: Sequence) => stack(Array.from({ length }, (_, t) => s.at(t).rowRange(i, i + 1)));
            const row = (m: Matrix) => m.rowRange(i, i + 1);
            const alone = run(weights, only(x), { initialState: { h: row(initialState.h) } });
            assertNear(row(together.finalState.h), alone.finalState.h);
            const own = alone.backward(only(dy), { h: row(dFinalState.h) });
            assertNear(row(gradients.dInitialState.h), own.dInitialState.h);
            for (let t = 0; t < x.steps; t++) {
              const expected = t < length ? own.dx.at(t) : zeros(1, x.width);
              assertNear(row(gradients.dx.at(t)), expected);
            }
            for (const key of ["W", "b"] as const) {
              for (let p = 0; p < sum[key].data.length; p++) sum[key].data[p]! += own.gradients[key].data[p]!;
            }
          });
          assertNear(gradients.gradients.W, sum.W);
          assertNear(gradients.gradients.b, sum.b);
        }),
        { numRuns: 50, seed: 1 },
      );
    });

    it("starts with nothing in mind, and takes gradients of the final state alone", () => {
      const { cell, weights, x, dFinalState } = draw({ T: 5, B: 2, D: 3, H: 4, seed: 1 });
      const stepByStep = unroll(cell, weights, x);
      const dh: Matrix[] = [];
      dh[4] = dFinalState.h;
      const atOnce = run(weights, x).backward(undefined, dFinalState);
      assertNear(atOnce.gradients.W, bptt(cell, weights, stepByStep, dh).gradients.W);
    });

    it("refuses a sequence of another width or without steps, and lengths beyond it", () => {
      const { weights } = draw({ T: 2, B: 2, D: 3, H: 4, seed: 1 });
      const x = (T: number, D: number) => buildSequence(T, 2, D, () => 1);
      assert.throws(() => run(weights, x(2, 5)), /x is 2×2×5, expected .* and inputSize 3 columns/);
      assert.throws(() => run(weights, x(0, 3)), /x is 0×2×3, expected at least one step/);
      assert.throws(() => run(weights, x(2, 3), { lengths: [1, 3] }), /length of sequence 1 is 3/);
      assert.throws(
        () => run(weights, x(2, 3), { initialState: { h: zeros(1, 4) } }),
        /the state is 1×4, expected 2×4/,
      );
    });
  });
}

/** Zeros behind each sequence's end, where no loss is. */
function behind(dy: Sequence, lengths: number[]): Sequence {
  return buildSequence(dy.steps, dy.batch, dy.width, (t, i, j) => (t < lengths[i]! ? dy.at(t).at(i, j) : 0));
}
