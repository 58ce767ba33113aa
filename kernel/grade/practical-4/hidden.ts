// Written by `unroll practical` from notebooks/practical-4/source/practical-4.ts: change it there.
// 57dbd3641fe75155b234475780aa42f7bbf3d83f8c6a000cdfe65e7f263b068f
import {
  build,
  type Declared,
  dummyGru,
  dummyLstm,
  dummyMatrix,
  dummyRnn,
  dummySteps,
  dummyTargets,
  integer,
  judgeDigits,
  type Matrix,
  type Random,
  scaleInto,
  type TaskTest,
} from "unroll";

const tests: Record<string, readonly TaskTest[]> = {};

function pointsFor(name: string, hidden: readonly TaskTest[]): void {
  tests[name] = hidden;
}

pointsFor("rnn-step", [
  {
    title: "other sizes",
    points: 2,
    cases: (random) => [
      [dummyRnn(random, 5, 2, 2), dummyMatrix(random, 4, 5), dummyMatrix(random, 4, 2)],
      [dummyRnn(random, 1, 1, 2), dummyMatrix(random, 1, 1), dummyMatrix(random, 1, 1)],
    ],
  },
  {
    title: "weights, input and old state are left as they were",
    points: 2,
    cases: (random) => [[dummyRnn(random, 3, 4, 2), dummyMatrix(random, 2, 3), dummyMatrix(random, 2, 4)]],
    call: (notebook: Declared, ...given: never[]) => {
      const next = notebook.rnnStep(...given);
      return { next, given };
    },
  },
]);

pointsFor("rnn-forward", [
  {
    title: "more steps, other sizes",
    points: 2,
    cases: (random) => [[dummyRnn(random, 2, 5, 3), dummySteps(random, 7, 3, 2), dummyMatrix(random, 3, 5)]],
  },
  {
    title: "one step alone",
    points: 1,
    cases: (random) => [[dummyRnn(random, 3, 2, 4), dummySteps(random, 1, 2, 3), dummyMatrix(random, 2, 2)]],
  },
  {
    title: "what is cached of the state before each step",
    points: 1,
    cases: (random) => [[dummyRnn(random, 3, 4, 2), dummySteps(random, 4, 2, 3), dummyMatrix(random, 2, 4)]],
    call: (notebook: Declared, ...given: never[]) =>
      notebook.rnnForward(...given).caches.map((cache: Declared) => cache.hPrevious),
  },
]);

const backwardCase = (random: Random, B: number, D: number, H: number) => {
  const steps = dummySteps(random, 2, B, H);
  const cache = {
    x: dummyMatrix(random, B, D),
    hPrevious: dummyMatrix(random, B, H, 0.4),
    h: build(B, H, (i, j) => Math.tanh(steps[0]!.at(i, j))),
  };
  return [dummyRnn(random, D, H, 2), cache, steps[1]!];
};
pointsFor("rnn-step-backward", [
  {
    title: "back to the input and to the old state, four rows",
    points: 2,
    cases: (random) => [backwardCase(random, 4, 2, 5), backwardCase(random, 1, 1, 1)],
    call: (notebook: Declared, ...given: never[]) => {
      const { dx, dhPrevious } = notebook.rnnStepBackward(...given);
      return { dx, dhPrevious };
    },
  },
  {
    title: "the gradients of the weights, four rows",
    points: 3,
    cases: (random) => [backwardCase(random, 4, 5, 2), backwardCase(random, 4, 2, 3)],
    call: (notebook: Declared, ...given: never[]) => notebook.rnnStepBackward(...given).gradients,
  },
]);

const sequenceCase = (random: Random, T: number, B: number, scale = 1) => {
  const xs = dummySteps(random, T, B, 2);
  for (const x of xs) scaleInto(x, scale);
  const targets = dummyTargets(random, T, B, 4);
  return [dummyRnn(random, 2, 5, 4), xs, targets, dummyMatrix(random, B, 5, 0.5)];
};
pointsFor("bptt", [
  {
    title: "two rows, five steps, from a state that is not zero",
    points: 3,
    cases: (random) => [sequenceCase(random, 5, 2), sequenceCase(random, 8, 3)],
  },
  { title: "one step alone", points: 1, cases: (random) => [sequenceCase(random, 1, 2)] },
  {
    title: "a state that is far out, where tanh is flat",
    points: 1,
    cases: (random) => [sequenceCase(random, 4, 2, 6)],
  },
]);

pointsFor("numeric-gradient", [
  {
    title: "a loss in which the entries meet",
    points: 3,
    cases: (random) => [
      [dummyMatrix(random, 3, 2), dummyMatrix(random, 3, 2), 0.05],
      [dummyMatrix(random, 1, 4), dummyMatrix(random, 1, 4), 0.2],
    ],
    call: (notebook: Declared, a: Matrix, theta: Matrix, delta: number) => {
      const loss = (at: Matrix) => {
        const sums = at.toRows().map((row, i) => {
          return row.reduce((sum, value, j) => sum + value * a.at(i, j), 0);
        });
        return sums.reduce((product, sum) => product * Math.exp(sum / 4), 1);
      };
      return notebook.numericGradient(loss, theta, delta);
    },
  },
]);

pointsFor("relative-error", [
  {
    title: "zeros against zeros, and against something",
    points: 1,
    cases: (random) => {
      const [zero, some] = [build(2, 2, () => 0), dummyMatrix(random, 2, 2)];
      return [
        [zero, zero],
        [zero, some],
        [some, zero],
        [some, dummyMatrix(random, 2, 2)],
      ];
    },
  },
]);

const lstmCase = (random: Random, B: number, D: number, H: number, forget = 0) => {
  const weights = dummyLstm(random, D, H);
  weights.bf.data.fill(forget);
  const [x, h, c] = [dummyMatrix(random, B, D), dummyMatrix(random, B, H, 0.5), dummyMatrix(random, B, H)];
  return [weights, x, h, c];
};
pointsFor("lstm-step", [
  {
    title: "other sizes",
    points: 2,
    cases: (random) => [lstmCase(random, 4, 5, 2), lstmCase(random, 1, 1, 1)],
    call: (notebook: Declared, ...given: never[]) => {
      const { h, c } = notebook.lstmStep(...given);
      return { h, c };
    },
  },
  {
    title: "a forget gate that is wide open, and one that is shut",
    points: 2,
    cases: (random) => [lstmCase(random, 2, 3, 4, 40), lstmCase(random, 2, 3, 4, -40)],
  },
]);

const lstmBack = (random: Random, B: number, D: number, H: number, share = [1, 1]) => {
  const share01 = () => 0.05 + 0.9 * random();
  const [f, u, r] = [0, 1, 2].map(() => build(B, H, share01));
  const cache = { X: dummyMatrix(random, B, D + H), f, u, r };
  const rest = {
    candidate: build(B, H, () => 2 * random() - 1),
    cPrevious: dummyMatrix(random, B, H),
    tanhC: build(B, H, () => 2 * random() - 1),
  };
  const [dh, dc] = share.map((part) => dummyMatrix(random, B, H, part));
  return [dummyLstm(random, D, H), { ...cache, ...rest }, dh, dc];
};
pointsFor("lstm-step-backward", [
  {
    title: "four rows, other sizes",
    points: 3,
    cases: (random) => [lstmBack(random, 4, 5, 2), lstmBack(random, 4, 1, 3)],
  },
  {
    title: "nothing comes from later steps",
    points: 1,
    cases: (random) => [lstmBack(random, 2, 3, 4, [1, 0])],
  },
  {
    title: "only the memory is read",
    points: 1,
    cases: (random) => [lstmBack(random, 2, 3, 4, [0, 1])],
  },
]);

const gruCase = (random: Random, gate: "bz" | "br", bias: number) => {
  const weights = dummyGru(random, 3, 4);
  weights[gate].data.fill(bias);
  return [weights, dummyMatrix(random, 2, 3), dummyMatrix(random, 2, 4)];
};
pointsFor("gru-step", [
  {
    title: "an update gate that is shut, and one that is wide open",
    points: 2,
    cases: (random) => [gruCase(random, "bz", -40), gruCase(random, "bz", 40)],
  },
  {
    title: "a reset gate that is shut, and one that is wide open",
    points: 2,
    cases: (random) => [gruCase(random, "br", -40), gruCase(random, "br", 40)],
  },
]);

pointsFor("classifier", [
  {
    title: "trained on 8,000 pictures it is right for 70 of 100",
    points: 3,
    cases: () => [[3, 8000]],
    judge: (got) => judgeDigits(got, 0.7),
  },
  {
    title: "the seed decides: the same one gives the same weights, another one gives others",
    points: 2,
    cases: () => [[5, 1000]],
    call: async (notebook: Declared, seed: number, count: number) => {
      const first = await notebook.trainedWeights(seed, count);
      const again = await notebook.trainedWeights(seed, count);
      const other = await notebook.trainedWeights(seed + 1, count);
      return { first, again: again.Whh, other: other.Whh };
    },
    judge: (got) => {
      const { first, again, other } = got as {
        first: Declared;
        again: Matrix;
        other: Matrix;
      };
      const untrained = judgeDigits(first, 0.25); // it would be the same for the same seed, too
      if (untrained) return untrained;
      const text = (m: Matrix) => String(m.toRows());
      const isDecided = text(first.Whh) === text(again) && text(first.Whh) !== text(other);
      return isDecided ? undefined : "expected the seed to decide";
    },
  },
]);

pointsFor("parameter-counts", [
  {
    title: "the sizes of this practical",
    points: 1,
    cases: (random) => [
      [28, 128],
      [28, 10 + integer(random, 200)],
    ],
  },
  {
    title: "the smallest sizes",
    points: 1,
    cases: (random) => [
      [1, 1],
      [1, 2 + integer(random, 30)],
      [2 + integer(random, 30), 1],
    ],
  },
]);

pointsFor("truncated-bptt", [
  {
    title: "pieces of one step",
    points: 2,
    cases: (random) => [[...sequenceCase(random, 4, 2), 1]],
  },
  {
    title: "a last piece that is shorter",
    points: 2,
    cases: (random) => [
      [...sequenceCase(random, 7, 2), 3],
      [...sequenceCase(random, 5, 1), 4],
    ],
  },
]);

/** The hidden tests of each exercise. */
export const hiddenTests: Readonly<Record<string, readonly TaskTest[]>> = tests;
