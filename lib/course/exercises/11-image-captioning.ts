import { exercise } from "../exercise.js";

type Numbers = readonly number[];

const exps = (scores: Numbers) => scores.map((e) => Math.exp(e));
const total = (values: Numbers) => values.reduce((sum, value) => sum + value, 0);
const blend = (shares: Numbers, cells: readonly Numbers[]): number[] =>
  cells[0]!.map((_, d) => total(shares.map((share, s) => share * cells[s]![d]!)));
const softmax = (scores: Numbers) => {
  const parts = exps(scores);
  return parts.map((part) => part / total(parts));
};

const lookAt = exercise({
  name: "11.1",
  asks: "what a writer sees when it looks with these scores",
  hint:
    "First the weights: `Math.exp` of each score, divided by the sum of all of these. Then for each of the D numbers the sum " +
    "over the cells of weight times that number.",
  solution: (scores: readonly number[], cells: readonly (readonly number[])[]): number[] =>
    blend(softmax(scores), cells),
  looks: [
    [
      "the four cells of this lesson",
      (look) =>
        look(
          [2, 1, 3, 0],
          [
            [1, 0],
            [0, 1],
            [1, 1],
            [0, 0],
          ],
        ),
    ],
    [
      "two cells of three numbers",
      (look) =>
        look(
          [0.5, -0.5],
          [
            [3, 1, 2],
            [-1, 0, 4],
          ],
        ),
    ],
    ["equal scores", (look) => look([7, 7, 7], [[1], [2], [6]])],
  ],
  mistakes: [
    {
      attempt: (scores, cells) => blend(exps(scores), cells),
      says: "The weights do not sum to 1 yet: divide each by the sum of all.",
    },
    {
      attempt: (scores, cells) => blend(scores, cells),
      says: "These are the scores as they are. Weights are positive and sum to 1: softmax makes them.",
    },
    {
      attempt: (scores, cells) => [...cells[scores.indexOf(Math.max(...scores))]!],
      says: "You looked at the best cell alone. That is *hard* attention; here all cells count, each with its weight.",
    },
    {
      attempt: (_, cells) =>
        blend(
          cells.map(() => 1 / cells.length),
          cells,
        ),
      says: "This is the plain mean: the scores play no part in it.",
    },
  ],
});

const counted = (words: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};
const common = (a: readonly string[], b: readonly string[]) => {
  const others = counted(b);
  return total(Array.from(counted(a), ([word, count]) => Math.min(count, others.get(word) ?? 0)));
};
const f1 = (found: number, said: number, there: number) => (found === 0 ? 0 : (2 * found) / (said + there));

const wordF1 = exercise({
  name: "11.3",
  asks: "F1 of the words of a caption",
  hint:
    "Count the common words `c`: a word counts as often as it stands in *both*. Then P = c / words said, R = c / words of the " +
    "truth, and F1 = 2·P·R / (P + R), which is 2·c / (words said + words of the truth).",
  solution: (said: readonly string[], truth: readonly string[]): number =>
    f1(common(said, truth), said.length, truth.length),
  looks: [
    ["the dark tone left out", (f) => f("man waving skin tone".split(" "), "man waving dark skin tone".split(" "))],
    ["a word said too often", (f) => f("kiss man man man".split(" "), "kiss woman man".split(" "))],
    ["nothing in common", (f) => f(["cat"], ["two", "dogs"])],
  ],
  mistakes: [
    {
      attempt: (said, truth) => common(said, truth) / said.length,
      says: "That is the precision: who says one right word and stops gets 1. Recall belongs to it.",
    },
    {
      attempt: (said, truth) => common(said, truth) / truth.length,
      says: "That is the recall: who says all words of the dictionary gets 1. Precision belongs to it.",
    },
    {
      attempt: (said, truth) => f1(said.filter((word) => truth.includes(word)).length, said.length, truth.length),
      says: "A word that stands once in the truth can be right once. You counted it as often as it was said.",
    },
    {
      attempt: (said, truth) => {
        const c = common(said, truth);
        return (c / said.length + c / truth.length) / 2;
      },
      says: "That is the arithmetic mean of P and R. F1 is the harmonic one, 2·P·R / (P + R), which the smaller of the two pulls down.",
    },
  ],
});

const best = (of: (i: number, j: number) => number, p: Numbers, after: readonly Numbers[]): number[] => {
  let [place, most] = [[0, 0], Number.NEGATIVE_INFINITY];
  p.forEach((_, i) => {
    after[i]!.forEach((_, j) => {
      if (of(i, j) > most) [place, most] = [[i, j], of(i, j)];
    });
  });
  return place;
};
const largest = (values: Numbers) => values.indexOf(Math.max(...values));

const mostProbable = exercise({
  name: "11.2",
  asks: "the most probable caption of two words",
  hint: "Go through all pairs i, j and keep the one for which `first[i] * second[i][j]` is largest.",
  solution: (first: readonly number[], second: readonly (readonly number[])[]): number[] =>
    best((i, j) => first[i]! * second[i]![j]!, first, second),
  looks: [
    [
      "a first word that promises more than it keeps",
      (find) =>
        find(
          [0.6, 0.4],
          [
            [0.5, 0.5],
            [0.1, 0.9],
          ],
        ),
    ],
    [
      "a clear case",
      (find) =>
        find(
          [0.8, 0.2],
          [
            [0.5, 0.5],
            [0.1, 0.9],
          ],
        ),
    ],
    [
      "a close case",
      (find) =>
        find(
          [0.65, 0.35],
          [
            [0.5, 0.5],
            [0.12, 0.88],
          ],
        ),
    ],
  ],
  mistakes: [
    {
      attempt: (first, second) => [largest(first), largest(second[largest(first)]!)],
      says: "That is greedy: it takes the best first word, and can no longer go back when nothing good follows.",
    },
    {
      attempt: (first, second) => best((i, j) => second[i]![j]!, first, second),
      says: "You looked at the second word alone. A caption is as probable as the *product* of its words' probabilities.",
    },
    {
      attempt: (first, second) => best((i, j) => first[i]! + second[i]![j]!, first, second),
      says: "Probabilities of words in a row are multiplied. (Their logarithms are added.)",
    },
  ],
});

export const lesson11 = [lookAt, mostProbable, wordF1];
