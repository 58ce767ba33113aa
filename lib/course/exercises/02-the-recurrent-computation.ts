import type { Cell, State, Weights } from "../../cells/cell.js";
import { rnn } from "../../cells/rnn.js";
import type { Matrix } from "../../math/matrix.js";
import { random } from "../../math/random.js";
import { buildSequence, type Sequence } from "../../math/sequence.js";
import { exercise } from "../exercise.js";

type Pair = readonly [number, number];

const step = exercise({
  name: "2.1",
  asks: "one step of the tiny network",
  hint:
    "Each unit adds up four products, two with `x` and two with `h`, and `Math.tanh` squashes the sum. " +
    "The first unit: `Math.tanh(0.8 * x[0] + 0.3 * x[1] + …)`.",
  solution: (x: Pair, h: Pair): Pair => [
    Math.tanh(0.8 * x[0] + 0.3 * x[1] + 0.5 * h[0] - 0.6 * h[1]),
    Math.tanh(-0.4 * x[0] + 0.9 * x[1] + 0.7 * h[0] + 0.2 * h[1]),
  ],
  looks: [
    ["x = (1, 0) from h = (0, 0)", (next) => next([1, 0], [0, 0])],
    ["x = (0, 0) from h = (0.5, −0.5)", (next) => next([0, 0], [0.5, -0.5])],
    ["x = (0, 1) from h = (0.2, 0.9)", (next) => next([0, 1], [0.2, 0.9])],
  ],
  mistakes: [
    {
      attempt: (x, h) => [
        0.8 * x[0] + 0.3 * x[1] + 0.5 * h[0] - 0.6 * h[1],
        -0.4 * x[0] + 0.9 * x[1] + 0.7 * h[0] + 0.2 * h[1],
      ],
      says: "These are the sums. The state is what `Math.tanh` makes of them: without it, it could grow without end.",
    },
    {
      attempt: (x, h) => [
        Math.tanh(0.8 * x[0] - 0.4 * x[1] + 0.5 * h[0] + 0.7 * h[1]),
        Math.tanh(0.3 * x[0] + 0.9 * x[1] - 0.6 * h[0] + 0.2 * h[1]),
      ],
      says: "Rows and columns are swapped: a *column* of each matrix belongs to one unit, a row to one number that comes in.",
    },
    {
      attempt: (x) => [Math.tanh(0.8 * x[0] + 0.3 * x[1]), Math.tanh(-0.4 * x[0] + 0.9 * x[1])],
      says: "The old state `h` has no part in it yet: this is a feed-forward network, which forgets at once.",
    },
  ],
});

const weightCount = exercise({
  name: "2.2",
  asks: "how many weights there are",
  hint: "`W_xh` has D rows and H columns, `W_hh` has H rows and H columns, and there are H biases. What is T good for?",
  solution: (D: number, H: number, _T: number) => D * H + H * H + H,
  looks: [
    ["2 inputs, 2 units, 3 steps", (count) => count(2, 2, 3)],
    ["28 inputs, 128 units, 28 steps", (count) => count(28, 128, 28)],
    ["28 inputs, 128 units, 84 steps", (count) => count(28, 128, 84)],
  ],
  mistakes: [
    {
      attempt: (D, H, T) => T * (D * H + H * H + H),
      says: "You count the weights anew at each step. It is one set of weights, used T times.",
    },
    { attempt: (D, H) => D * H + H * H, says: "The biases are missing: one for each hidden unit." },
    { attempt: (D, H) => D * H + H, says: "`W_hh`, which leads from the old state to the new one, is missing." },
  ],
});

type Read = <W extends Weights, S extends State, C>(cell: Cell<W, S, C>, weights: W, x: Sequence) => readonly Matrix[];

const cell = rnn(3, 4);
const weights = cell.init(random(7));
const sequence = (steps: number) => buildSequence(steps, 1, 3, (t, _, j) => Math.sin(2 * t + j));

const read = exercise<Read>({
  name: "2.3",
  asks: "the states of a whole sequence",
  hint:
    "Begin with `let state = cell.initialState(x.batch)`. In a loop over `t`, call " +
    "`cell.forward(weights, x.at(t), state)`, and let its `state` be the next step's.",
  solution: (reader, w, x) => {
    const states: Matrix[] = [];
    let state = reader.initialState(x.batch);
    for (let t = 0; t < x.steps; t++) {
      state = reader.forward(w, x.at(t), state).state;
      states.push(state.h);
    }
    return states;
  },
  looks: [
    ["a sequence of 1 step", (states) => states(cell, weights, sequence(1))],
    ["a sequence of 5 steps", (states) => states(cell, weights, sequence(5))],
  ],
  mistakes: [
    {
      attempt: (reader, w, x) =>
        Array.from({ length: x.steps }, (_, t) => reader.forward(w, x.at(t), reader.initialState(x.batch)).state.h),
      says: "Every step begins with a state of zeros here: hand the state of one step on to the next.",
    },
    {
      attempt: (reader, w, x) => {
        let state = reader.initialState(x.batch);
        for (let t = 0; t < x.steps; t++) state = reader.forward(w, x.at(t), state).state;
        return [state.h];
      },
      says: "That is the last state alone: the state after *each* step is asked for.",
    },
  ],
});

export const lesson02 = [step, weightCount, read];
