import { addInto, scaleInto } from "../../math/elementwise.js";
import { copy, type Matrix } from "../../math/matrix.js";
import type { Random } from "../../math/random.js";
import { mapWeights, zerosLike } from "../../math/weights.js";
import { dummyMatrix, dummyRnn, dummySteps, dummyTargets } from "../dummy.js";
import type { Task } from "../task.js";
import { bptt, type ModelWeights, rnnForward, truncatedBptt } from "./by-library.js";

type Targets = readonly (readonly number[])[];

const walkCase = (random: Random, T: number, B: number) => [
  dummyRnn(random, 3, 4, 3),
  dummySteps(random, T, B, 3),
  dummyTargets(random, T, B, 3),
  dummyMatrix(random, B, 4, 0.5),
];

/** Each step by itself, as if no later step had anything to say. */
function stepByStep(weights: ModelWeights, xs: readonly Matrix[], targets: Targets, h0: Matrix) {
  const { caches } = rnnForward(weights, xs, h0);
  return xs.map((x, t) => bptt(weights, [x], [targets[t]!], caches[t]!.hPrevious));
}

function sum(parts: readonly { loss: number; gradients: ModelWeights }[]) {
  const gradients = zerosLike(parts[0]!.gradients);
  for (const part of parts) {
    for (const name of Object.keys(gradients) as (keyof ModelWeights)[]) addInto(gradients[name], part.gradients[name]);
  }
  return { loss: parts.reduce((total, { loss }) => total + loss, 0), gradients };
}

function scaled(gradients: ModelWeights, factor: number): ModelWeights {
  return mapWeights(gradients, (m) => {
    const result = copy(m);
    scaleInto(result, factor);
    return result;
  });
}

export const bpttTask: Task = {
  name: "bptt",
  title: "Back-propagation through time",
  level: "INTERMEDIATE",
  points: 14,
  entry: "bptt",
  seconds: 10,
  hint:
    "Go from the last step to the first. The gradient of a state has two parts: what its own output says, " +
    "`affineBackward(dLogits, cache.h, Why).dX`, and `dhPrevious` of the step after it, which is zero at the last one. " +
    "`add` them, call `rnnStepBackward`, and `addInto` what it says about each weight.",
  solution: bptt,
  tests: [
    {
      title: "the loss",
      points: 2,
      cases: (random) => [walkCase(random, 3, 2)],
      call: (notebook, ...given: never[]) => notebook.bptt(...given).loss,
    },
    {
      title: "the gradients of the read-out",
      points: 3,
      cases: (random) => [walkCase(random, 3, 2)],
      call: (notebook, ...given: never[]) => {
        const { Why, by } = notebook.bptt(...given).gradients;
        return { Why, by };
      },
    },
    {
      title: "the gradients of the recurrent weights",
      points: 4,
      cases: (random) => [walkCase(random, 4, 1), walkCase(random, 3, 2)],
      call: (notebook, ...given: never[]) => {
        const { Wxh, Whh, bh } = notebook.bptt(...given).gradients;
        return { Wxh, Whh, bh };
      },
    },
  ],
  mistakes: [
    {
      attempt: (weights: ModelWeights, xs: Matrix[], targets: Targets, h0: Matrix) =>
        sum(stepByStep(weights, xs, targets, h0)),
      says:
        "Each step learns from its own loss alone. A state is also read by the next step: add the `dhPrevious` that " +
        "came back from there.",
    },
    {
      attempt: (weights: ModelWeights, xs: Matrix[], targets: Targets, h0: Matrix) => {
        const { loss, gradients } = bptt(weights, xs, targets, h0);
        return { loss, gradients: scaled(gradients, -1) };
      },
      says: "All gradients have the wrong sign: they point *up* the loss, as ∂E/∂W does. The optimiser turns them round.",
    },
    {
      attempt: (weights: ModelWeights, xs: Matrix[], targets: Targets, h0: Matrix) => {
        const { loss, gradients } = bptt(weights, xs, targets, h0);
        return { loss: loss / xs.length, gradients: scaled(gradients, 1 / xs.length) };
      },
      says: "You have divided by the number of steps. E is the *sum* of the steps' losses.",
    },
    {
      attempt: (weights: ModelWeights, xs: Matrix[], targets: Targets, h0: Matrix) => {
        const { loss, gradients } = bptt(weights, xs, targets, h0);
        const { caches } = rnnForward(weights, xs, h0);
        const rest = xs.slice(1).length > 0 && bptt(weights, xs.slice(1), targets.slice(1), caches[0]!.h).gradients;
        return {
          loss,
          gradients: rest
            ? sum([
                { loss: 0, gradients },
                { loss: 0, gradients: scaled(rest, -1) },
              ]).gradients
            : gradients,
        };
      },
      says:
        "Only the first step's part is left: the weights are the same at every step, so their gradients add up. " +
        "`addInto(gradients.Wxh, …)` instead of `=`.",
    },
  ],
};

const pieceCase = (random: Random, T: number, k: number, B = 2) => [...walkCase(random, T, B), k];

export const truncatedBpttTask: Task = {
  name: "truncated-bptt",
  title: "Truncated back-propagation through time",
  level: "ADVANCED",
  points: 7,
  entry: "truncatedBptt",
  seconds: 10,
  hint:
    "`xs.slice(t, t + k)` is the piece that begins at step t. Call `bptt` on it from the state in which the piece " +
    "before ended: `rnnForward` of that piece has it in its last cache.",
  solution: truncatedBptt,
  tests: [
    { title: "one piece as long as the sequence", points: 1, cases: (random) => [pieceCase(random, 4, 4)] },
    { title: "three pieces of two steps", points: 2, cases: (random) => [pieceCase(random, 6, 2)] },
  ],
  mistakes: [
    {
      attempt: (weights: ModelWeights, xs: Matrix[], targets: Targets, h0: Matrix, k: number) => {
        const starts = Array.from({ length: Math.ceil(xs.length / k) }, (_, i) => i * k);
        return sum(starts.map((t) => bptt(weights, xs.slice(t, t + k), targets.slice(t, t + k), h0)));
      },
      says: "Each piece begins with `h0`. Gradients stop at the border of a piece, the state does not: carry it on.",
    },
    {
      attempt: (weights: ModelWeights, xs: Matrix[], targets: Targets, h0: Matrix) => bptt(weights, xs, targets, h0),
      says: "That is the whole BPTT: no gradient may go back from one piece into the one before.",
    },
  ],
};
