import assert from "node:assert/strict";
import fc from "fast-check";
import {
  build,
  buildSequence,
  copyWeights,
  flatten,
  gradientCheck,
  type Layer,
  type Matrix,
  mapWeights,
  permutation,
  random,
  type Sequence,
  selectRows,
  stack,
  type WeightTree,
} from "unroll";
import { assertNear } from "../near.js";

/**
 * The behaviours that every layer shows: gradients equal to differences, also behind padding; padding, and what else is
 * in the batch and in which order, change nothing; a stream may be cut anywhere.
 *
 * @param hasSummary false for layers that remember nothing
 * @param isCausal false for layers that read the future
 */
export function behavesAsLayer(
  name: string,
  make: (inputSize: number) => Layer,
  { hasSummary = true, isCausal = true }: { hasSummary?: boolean; isCausal?: boolean } = {},
): void {
  const shapes = fc.record({
    T: fc.integer({ min: 1, max: 6 }),
    B: fc.integer({ min: 1, max: 4 }),
    D: fc.integer({ min: 1, max: 4 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });
  const over = (test: (drawn: ReturnType<typeof draw>) => void) =>
    fc.assert(
      fc.property(shapes, (shape) => test(draw(shape))),
      { numRuns: 15, seed: 2 },
    );

  function draw({ T, B, D, seed }: { T: number; B: number; D: number; seed: number }) {
    const next = random(seed);
    const number = () => 2 * next() - 1;
    const randomised = <W extends WeightTree>(tree: W) => mapWeights(tree, (m) => build(m.rows, m.cols, number));
    const layer = make(D);
    const lengths = Array.from({ length: B }, () => 1 + Math.floor(next() * T));
    lengths[0] = T;
    return {
      layer,
      lengths,
      weights: randomised(layer.init(next)),
      initialState: randomised(layer.initialState(B)),
      x: buildSequence(T, B, D, number),
      dy: buildSequence(T, B, layer.outputSize, number),
      dSummary: build(B, layer.outputSize, number),
    };
  }

  describe(`the layer ${name}`, () => {
    it("has gradients of weights, inputs and initial state that equal five-point differences, with padding", () => {
      over(({ layer, weights, initialState, x, lengths, dy, dSummary }) => {
        const run = layer.forward(weights, x, { initialState, lengths });
        // as a loss does: nobody reads what stands behind the end of a sequence
        const read = withoutPadding(dy, lengths);
        const loss = () => {
          const { y, finalState } = layer.forward(weights, x, { initialState, lengths });
          return inner(y.flat(), read.flat()) + (hasSummary ? inner(layer.summary(finalState), dSummary) : 0);
        };
        const back = run.backward(read, hasSummary ? layer.summaryBackward(dSummary) : undefined);
        const check = gradientCheck(
          loss,
          { weights, initialState, x: x.flat() },
          { weights: back.gradients, initialState: back.dInitialState, x: back.dx!.flat() },
        );
        assert.ok(check.ok, check.summary);
      });
    });

    it("gives a sequence the same outputs, summary and gradients alone as padded among others", () => {
      over(({ layer, weights, initialState, x, lengths, dy, dSummary }) => {
        const read = withoutPadding(dy, lengths);
        const together = layer.forward(weights, x, { initialState, lengths });
        const dFinal = hasSummary ? layer.summaryBackward(dSummary) : undefined;
        const all = together.backward(read, dFinal);
        const sum = new Map<string, number[][]>();
        lengths.forEach((length, i) => {
          const own = { initialState: mapWeights(initialState, (m) => row(m, i)) };
          const alone = layer.forward(weights, cut(x, i, length), own);
          assertNear(alone.y.flat(), cut(together.y, i, length).flat());
          if (hasSummary) assertNear(layer.summary(alone.finalState), row(layer.summary(together.finalState), i));
          const back = alone.backward(cut(dy, i, length), dFinal && layer.summaryBackward(row(dSummary, i)));
          assertNear(back.dx!.flat(), cut(all.dx!, i, length).flat());
          for (const [key, m] of Object.entries(flatten(back.gradients))) {
            const before = sum.get(key);
            sum.set(
              key,
              m.toRows().map((r, p) => r.map((v, q) => v + (before?.[p]?.[q] ?? 0))),
            );
          }
        });
        for (const [key, m] of Object.entries(flatten(all.gradients))) assertNear(m, sum.get(key)!, 1e-11);
      });
    });

    it("takes no notice of what stands behind the end of a sequence", () => {
      over(({ layer, weights, initialState, x, lengths }) => {
        const other = buildSequence(x.steps, x.batch, x.width, (t, i, j) =>
          t < lengths[i]! ? x.at(t).at(i, j) : 1e6 * (t + 1),
        );
        const [a, b] = [x, other].map((input) => layer.forward(weights, input, { initialState, lengths }));
        assert.deepEqual(withoutPadding(a!.y, lengths).flat().toRows(), withoutPadding(b!.y, lengths).flat().toRows());
        assert.deepEqual(rowsOf(a!.finalState), rowsOf(b!.finalState));
      });
    });

    it("gives the sequences of a batch the same in any order", () => {
      over(({ layer, weights, initialState, x, lengths, dy }) => {
        const order = permutation(random(x.batch + 10 * x.steps), x.batch);
        const there = <W extends WeightTree>(tree: W) => selectRows(tree, order);
        const moved = (s: Sequence) => stack(Array.from({ length: s.steps }, (_, t) => there({ m: s.at(t) }).m));
        const one = layer.forward(weights, x, { initialState, lengths });
        const other = layer.forward(weights, moved(x), {
          initialState: there(initialState),
          lengths: Array.from(order, (i) => lengths[i]!),
        });
        assert.deepEqual(other.y.flat().toRows(), moved(one.y).flat().toRows());
        assert.deepEqual(rowsOf(other.finalState), rowsOf(there(one.finalState)));
        const [back, otherBack] = [one.backward(dy), other.backward(moved(dy))];
        assert.deepEqual(otherBack.dx!.flat().toRows(), moved(back.dx!).flat().toRows());
        const expected = flatten(back.gradients);
        // sums over the batch in another order
        for (const [key, m] of Object.entries(flatten(otherBack.gradients))) assertNear(m, expected[key]!);
      });
    });

    if (isCausal)
      it("goes on where it has ended: a stream may be cut anywhere", () => {
        over(({ layer, weights, initialState, x }) => {
          const whole = layer.forward(weights, x, { initialState });
          const middle = Math.floor(x.steps / 2);
          if (middle === 0) return;
          const first = layer.forward(weights, x.slice(0, middle), { initialState });
          const second = layer.forward(weights, x.slice(middle, x.steps), { initialState: first.finalState });
          assertNear(second.y.flat(), whole.y.slice(middle, x.steps).flat());
          const expected = flatten(whole.finalState);
          for (const [key, m] of Object.entries(flatten(second.finalState))) assertNear(m, expected[key]!);
        });
      });

    it("stays float32 when all that goes in is", () => {
      const { layer, weights, x, dy } = draw({ T: 3, B: 2, D: 3, seed: 1 });
      const light = copyWeights(weights, "float32");
      const single = (s: Sequence) =>
        stack(Array.from({ length: s.steps }, (_, t) => copyWeights({ m: s.at(t) }, "float32").m));
      const run = layer.forward(light, single(x), { lengths: [3, 2] });
      const { gradients, dx } = run.backward(single(dy));
      for (const m of [run.y.flat(), dx!.flat(), ...Object.values(flatten(gradients))])
        assert.equal(m.precision, "float32");
    });
  });
}

const row = (m: Matrix, i: number) => m.rowRange(i, i + 1);
const rowsOf = (tree: WeightTree) => Object.values(flatten(tree)).map((m) => m.toRows());

/** The first steps of sequence i, as a batch of one. */
function cut(x: Sequence, i: number, length: number): Sequence {
  return stack(Array.from({ length }, (_, t) => row(x.at(t), i)));
}

function withoutPadding(x: Sequence, lengths: number[]): Sequence {
  return buildSequence(x.steps, x.batch, x.width, (t, i, j) => (t < lengths[i]! ? x.at(t).at(i, j) : 0));
}

/** Σ a∗b, whose gradient at a is b. */
function inner(a: Matrix, b: Matrix): number {
  return a
    .toRows()
    .flat()
    .reduce((sum, v, k) => sum + v * b.at(Math.floor(k / b.cols), k % b.cols), 0);
}
