import assert from "node:assert/strict";
import {
  build,
  buildSequence,
  type Cell,
  copyWeights,
  flatten,
  gru,
  lstm,
  type Matrix,
  mapWeights,
  random,
  recurrent,
  rnn,
  type Sequence,
  type State,
  type Weights,
  type WeightTree,
  zeros,
} from "unroll";
import { onEachEngine } from "../engine/each-engine.js";
import { signed } from "../engine/framed.js";
import { assertNear } from "../near.js";

type AnyCell = Cell<Weights, State, unknown>;
const cells = {
  rnn: (D, H) => rnn(D, H),
  "ReLU rnn": (D, H) => rnn(D, H, { activation: "relu" }),
  lstm: (D, H) => lstm(D, H),
  gru: (D, H) => gru(D, H),
} as Record<string, (D: number, H: number) => AnyCell>;

const [T, B, D, H] = [5, 3, 4, 6];
const number = signed(1);

/** The cell as a layer; the same without its form for whole sequences; and float32 weights for both. */
function made(make: (D: number, H: number) => AnyCell) {
  const cell = make(D, H);
  const [whole, stepwise] = [recurrent(cell), recurrent({ ...cell, sequence: undefined } as unknown as AnyCell)];
  return { cell, whole, stepwise, weights: copyWeights(cell.init(random(1)), "float32") };
}

const sequence = (steps: number, width: number): Sequence => buildSequence(steps, B, width, number, "float32");

function assertSameTree(actual: WeightTree, expected: WeightTree): void {
  const others = flatten(expected);
  assert.deepEqual(Object.keys(flatten(actual)), Object.keys(others));
  for (const [name, matrix] of Object.entries(flatten(actual))) {
    assert.equal(matrix.precision, "float32", name);
    assertNear(matrix, others[name]!, 1e-5);
  }
}

describe("a cell's whole sequence", () => {
  onEachEngine((engine) => {
    for (const [name, make] of Object.entries(cells)) {
      it(`is what its steps come to, in everything that a layer tells: ${name}`, () => {
        const { cell, whole, stepwise, weights } = made(make);
        const x = sequence(T, D);
        const random = <S extends WeightTree>(state: S) =>
          mapWeights(state, ({ rows, cols }) => build(rows, cols, number, "float32"));
        const options = { initialState: random(cell.initialState(B)), lengths: [5, 1, 3] };
        const [run, other] = [whole.forward(weights, x, options), stepwise.forward(weights, x, options)];
        assertNear(run.y.flat(), other.y.flat(), 1e-5);
        assertSameTree(run.finalState, other.finalState);
        const dState = random(run.finalState);
        const steps = [sequence(T, H), sequence(2, H)]; // where dy has fewer steps, no loss has read the others
        for (const [dy, dFinalState] of [
          [steps[0], undefined],
          [undefined, dState],
          [steps[1], dState],
        ] as const) {
          const [back, otherBack] = [run.backward(dy, dFinalState), other.backward(dy, dFinalState)];
          assertSameTree(back.gradients, otherBack.gradients);
          assertSameTree(back.dInitialState, otherBack.dInitialState);
          assertNear(back.dx!.flat(), otherBack.dx!.flat(), 1e-5);
        }
      });

      it(`leaves float64 to the steps, wherever it stands: ${name}`, () => {
        const { cell, weights } = made(make);
        const exact = (tree: Weights) => copyWeights(tree, "float64");
        const x = sequence(T, D);
        const start = copyWeights(cell.initialState(B), "float32") as State;
        assert.equal(cell.sequence!(weights, buildSequence(T, B, D, number)), undefined);
        assert.equal(cell.sequence!(exact(weights), x), undefined);
        assert.equal(cell.sequence!(weights, x, { initialState: exact(start) as State }), undefined);
        const isThere = cell.sequence!(weights, x, { initialState: start }) !== undefined;
        if (engine === "native" || engine === "simd") assert.ok(isThere);
        if (engine === "reference") assert.ok(!isThere);
      });

      it(`says of wrong input what its steps say: ${name}`, () => {
        const { cell, whole, stepwise, weights } = made(make);
        const wide = { ...copyWeights(cell.initialState(B), "float32"), h: zeros(B, H + 1, "float32") };
        const x = sequence(T, D);
        const wrong: [W: unknown, x: unknown, options?: object][] = [
          [weights, sequence(T, D + 1)],
          [weights, sequence(0, D)],
          [weights, build(B, D, number)],
          [undefined, x],
          [null, x],
          [{ ...weights, W: weights.b }, x],
          [{ ...weights, b: zeros(1, 2, "float32") }, x],
          [weights, x, { initialState: wide }],
          [weights, x, { initialState: {} }],
          [weights, x, { lengths: [1, 2] }],
          [weights, x, { lengths: [1, 2, T + 1] }],
          [weights, x, { lengths: [1, 0, 2] }],
          [weights, x, { lengths: [1, 1.5, 2] }],
        ];
        for (const [W, input, options] of wrong) {
          const sentence = (layer: typeof whole) => {
            try {
              layer.forward(W as Weights, input as Sequence, options);
            } catch (error) {
              return String(error);
            }
            return "nothing was wrong";
          };
          assert.equal(sentence(whole), sentence(stepwise));
          assert.notEqual(sentence(whole), "nothing was wrong");
        }
      });

      it(`refuses gradients of another shape: ${name}`, () => {
        const { whole, weights } = made(make);
        const run = whole.forward(weights, sequence(T, D));
        assert.throws(() => run.backward(sequence(T + 1, H)), /bptt: dh has 6 steps, the forward pass had 5/);
        assert.throws(() => run.backward(sequence(T, H + 1)), /bptt: dh at step 4: 3×7 and 3×6 must have one shape/);
        assert.throws(
          () => run.backward(undefined, { ...run.finalState, h: zeros(B, H + 1, "float32") }),
          /3×7 and 3×6 must have one shape/,
        );
      });
    }
  });
});

describe("views of other matrices", () => {
  onEachEngine(() => {
    it("are read as weights and initial state where they lie", () => {
      const { whole, weights, cell } = made(cells.lstm!);
      const inside = (matrix: Matrix) => {
        const view = build(matrix.rows + 2, matrix.cols + 3, number, "float32")
          .rowRange(1, matrix.rows + 1)
          .columns(2, matrix.cols + 2);
        for (let i = 0; i < matrix.rows; i++) for (let j = 0; j < matrix.cols; j++) view.set(i, j, matrix.at(i, j));
        return view;
      };
      const x = sequence(T, D);
      const initialState = mapWeights(cell.initialState(B), (m) => build(m.rows, m.cols, number, "float32")) as State;
      const run = whole.forward(weights, x, { initialState });
      const other = whole.forward(mapWeights(weights, inside), x, { initialState: mapWeights(initialState, inside) });
      assertNear(other.y.flat(), run.y.flat(), 1e-6);
      assertSameTree(other.backward(run.y).gradients, run.backward(run.y).gradients);
    });
  });
});
