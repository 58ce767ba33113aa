import { build, type Matrix } from "../../math/matrix.js";
import type { Random } from "../../math/random.js";
import { dummyMatrix } from "../dummy.js";
import type { Task } from "../task.js";

type Loss = (theta: Matrix) => number;

/** (E(θ+δ) − E(θ−δ)) / 2δ, or another quotient of what E is there and where θ is itself. */
function differences(
  quotient: (above: number, here: number, below: number, delta: number) => number,
  { restore = true } = {},
) {
  return (loss: Loss, theta: Matrix, delta: number): Matrix =>
    build(theta.rows, theta.cols, (i, j) => {
      const value = theta.at(i, j);
      const here = loss(theta);
      theta.set(i, j, value + delta);
      const above = loss(theta);
      theta.set(i, j, value - delta);
      const below = loss(theta);
      if (restore) theta.set(i, j, value);
      return quotient(above, here, below, delta);
    });
}

const numericGradient = differences((above, _, below, delta) => (above - below) / (2 * delta));

const shiftCase = (random: Random, rows: number, cols: number, delta: number) => [
  dummyMatrix(random, rows, cols),
  dummyMatrix(random, rows, cols),
  delta,
];

export const numericGradientTask: Task = {
  name: "numeric-gradient",
  title: "The gradient by differences",
  level: "ALL",
  points: 8,
  entry: "numericGradient",
  seconds: 10,
  hint:
    "For each entry: remember it, `theta.set(i, j, value + delta)` and call `loss(theta)`, the same with minus, and put " +
    "the value back. The entry of the result is the difference of the two losses over `2 * delta`.",
  solution: numericGradient,
  tests: [
    {
      title: "a loss with cubes",
      points: 3,
      cases: (random) => [shiftCase(random, 2, 3, 0.1), shiftCase(random, 3, 1, 0.01)],
      call: (notebook, a: Matrix, theta: Matrix, delta: number) => {
        const loss = (at: Matrix) =>
          a.toRows().reduce((sum, row, i) => sum + row.reduce((part, v, j) => part + v * at.at(i, j) ** 3, 0), 0);
        return notebook.numericGradient(loss, theta, delta);
      },
    },
    {
      title: "what stands in theta afterwards",
      points: 2,
      cases: (random) => [shiftCase(random, 2, 2, 0.1)],
      call: (notebook, a: Matrix, theta: Matrix, delta: number) => {
        const gradient = notebook.numericGradient((at: Matrix) => a.at(0, 0) * at.at(0, 0) ** 2, theta, delta);
        return { gradient, theta };
      },
    },
  ],
  mistakes: [
    {
      attempt: differences((above, here, _, delta) => (above - here) / delta),
      says: "That is the difference to one side, whose error is of the size of δ. Take both sides: its error is of the size of δ².",
    },
    {
      attempt: differences((above, _, below, delta) => (above - below) / delta),
      says: "From θ − δ to θ + δ it is twice δ: divide by `2 * delta`.",
    },
    {
      attempt: differences((above, _, below, delta) => (below - above) / (2 * delta)),
      says: "All is right but the sign: E(θ + δ) comes first.",
    },
    {
      attempt: differences((above, _, below, delta) => (above - below) / (2 * delta), { restore: false }),
      says: "An entry that was shifted has to be put back before the next one is: all others must be as they were.",
    },
  ],
};

const largest = (m: Matrix) => Math.max(0, ...m.toRows().flat().map(Math.abs));
const gap = (a: Matrix, b: Matrix) => largest(build(a.rows, a.cols, (i, j) => a.at(i, j) - b.at(i, j)));

export const relativeErrorTask: Task = {
  name: "relative-error",
  title: "The relative error",
  level: "ALL",
  points: 3,
  entry: "relativeError",
  seconds: 10,
  hint:
    "`a.toRows().flat()` lists a matrix's entries. The largest |a − b| stands above, the largest of all |a| and |b| " +
    "below, and where all are zero the error is 0.",
  solution: (a: Matrix, b: Matrix) => (gap(a, b) === 0 ? 0 : gap(a, b) / Math.max(largest(a), largest(b))),
  tests: [
    {
      title: "two matrices",
      points: 2,
      cases: (random) => {
        const [a, b] = [dummyMatrix(random, 2, 3), dummyMatrix(random, 2, 3)];
        return [
          [a, b],
          [b, a],
          [dummyMatrix(random, 4, 1, 1e-4), dummyMatrix(random, 4, 1, 1e-4)],
        ];
      },
    },
    {
      title: "a matrix and itself",
      points: 0, // the answer is always the same
      cases: (random) => {
        const a = dummyMatrix(random, 3, 2);
        return [[a, a]];
      },
    },
  ],
  mistakes: [
    {
      attempt: gap,
      says: "That is the absolute error. Is 0.001 much? It depends on how large the gradient is: divide by it.",
    },
    {
      attempt: (a: Matrix, b: Matrix) => gap(a, b) / largest(a),
      says: "Divide by the larger of the two: which of them is the right one you cannot know.",
    },
  ],
};
