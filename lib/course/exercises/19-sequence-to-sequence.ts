import { editDistance } from "../../metrics/edit-distance.js";
import { exercise } from "../exercise.js";

type Numbers = readonly number[];

const dot = (a: Numbers, b: Numbers) => a.reduce((sum, value, j) => sum + value * b[j]!, 0);
const mixed = (memory: readonly Numbers[], weights: Numbers) =>
  memory[0]!.map((_, j) => memory.reduce((sum, k, s) => sum + weights[s]! * k[j]!, 0));
const powersOf = (query: Numbers, memory: readonly Numbers[]) => memory.map((k) => Math.exp(dot(query, k)));
const total = (values: Numbers) => values.reduce((sum, value) => sum + value, 0);

const look = exercise({
  name: "19.1",
  asks: "what one look at the memory brings back",
  hint:
    "Three lines: a score for each row of the memory, `Σ_j query[j]·k[j]`; `Math.exp` of each score, over the sum of them " +
    "all; and for each column j the sum of `weight[s]·memory[s][j]`.",
  solution: (query: Numbers, memory: readonly Numbers[]): number[] => {
    const powers = powersOf(query, memory);
    return mixed(
      memory,
      powers.map((power) => power / total(powers)),
    );
  },
  looks: [
    [
      "a query that is near the second of two states",
      (look) =>
        look(
          [0, 2],
          [
            [1, 0],
            [0, 1],
          ],
        ),
    ],
    [
      "three states of three numbers",
      (look) =>
        look(
          [0.5, -1, 0.2],
          [
            [1, 0.3, -0.4],
            [-0.2, 0.8, 0.6],
            [0.1, -0.9, 0.5],
          ],
        ),
    ],
  ],
  mistakes: [
    {
      attempt: (query, memory) => {
        const powers = powersOf(query, memory);
        return powers.map((power) => power / total(powers));
      },
      says: "These are the weights, one for each state. What is asked for is the mean of the states with these weights, as long as the query.",
    },
    {
      attempt: (query, memory) => mixed(memory, powersOf(query, memory)),
      says: "The weights do not sum to 1: divide each power by the sum of all of them.",
    },
    {
      attempt: (query, memory) =>
        mixed(
          memory,
          memory.map((k) => dot(query, k)),
        ),
      says: "These are the scores themselves as weights: the softmax is missing. A weight is `Math.exp(score)` over the sum of these.",
    },
    {
      attempt: (query, memory) => {
        const scores = memory.map((k) => dot(query, k));
        return [...memory[scores.indexOf(Math.max(...scores))]!];
      },
      says: "You take the state with the best score alone. No gradient passes through such a choice: take the mean of all, weighted by the softmax.",
    },
  ],
});

type Sounds = readonly string[];

const distanceToNearest = exercise({
  name: "19.2",
  asks: "how far the nearest pronunciation is",
  hint: "`pronunciations.map(…)` with `editDistance(said, sounds)` gives all distances, `Math.min(...distances)` the smallest.",
  solution: (said: Sounds, pronunciations: readonly Sounds[]): number =>
    Math.min(...pronunciations.map((sounds) => editDistance(said, sounds))),
  looks: [
    [
      "tomato, said in the second way",
      (distance) =>
        distance(
          ["T", "AH", "M", "AA", "T", "OW"],
          [
            ["T", "AH", "M", "EY", "T", "OW"],
            ["T", "AH", "M", "AA", "T", "OW"],
          ],
        ),
    ],
    [
      "the, with a sound too many",
      (distance) =>
        distance(
          ["DH", "AH", "AH"],
          [
            ["DH", "AH"],
            ["DH", "IY"],
            ["DH", "IH", "L", "Z"],
          ],
        ),
    ],
  ],
  mistakes: [
    {
      attempt: (said, pronunciations) => editDistance(said, pronunciations[0]!),
      says: "You compare with the first pronunciation alone. Who says *tomahto* is right, too.",
    },
    {
      attempt: (said, pronunciations) => Math.max(...pronunciations.map((sounds) => editDistance(said, sounds))),
      says: "This is the farthest one: take the smallest distance.",
    },
    {
      attempt: (said, pronunciations) =>
        Math.min(...pronunciations.map((sounds) => editDistance(said, sounds) / sounds.length)),
      says: "Not over the length: that is done once for all words together, at the end.",
    },
  ],
});

type Beginning = { readonly text: string; readonly logP: number };
type Next = readonly Readonly<Record<string, number>>[];

const continued = (beginnings: readonly Beginning[], next: Next, join: (logP: number, more: number) => number) =>
  beginnings.flatMap(({ text, logP }, i) =>
    Object.entries(next[i]!).map(([symbol, more]) => ({ text: text + symbol, logP: join(logP, more) })),
  );
const bestFirst = (all: readonly Beginning[]) => all.toSorted((a, b) => b.logP - a.logP);
const sum = (a: number, b: number) => a + b;

const beamStep = exercise({
  name: "19.3",
  asks: "the beginnings that stay in the beam",
  hint:
    "Make one list of all continuations: `beginnings.flatMap((b, i) => Object.entries(next[i]!).map(([symbol, more]) => …))`. " +
    "Logarithms of probabilities that are multiplied are added. Sort by `logP`, the largest first, and keep `width`.",
  solution: (beginnings: readonly Beginning[], next: Next, width: number): Beginning[] =>
    bestFirst(continued(beginnings, next, sum)).slice(0, width),
  looks: [
    [
      "two beginnings, a beam of two, both continuations of one of them",
      (step) =>
        step(
          [
            { text: "a", logP: -0.5 },
            { text: "b", logP: -3 },
          ],
          [
            { x: -0.6, y: -0.9 },
            { x: -0.1, y: -2.4 },
          ],
          2,
        ),
    ],
    [
      "a beam of three, the less probable beginning catches up",
      (step) =>
        step(
          [
            { text: "th", logP: -1 },
            { text: "t", logP: -1.2 },
          ],
          [
            { r: -2.1, u: -2.2, o: -1.9 },
            { r: -0.2, u: -1.9, o: -4 },
          ],
          3,
        ),
    ],
  ],
  mistakes: [
    {
      attempt: (beginnings, next, width) =>
        beginnings
          .flatMap((beginning, i) => bestFirst(continued([beginning], [next[i]!], sum)).slice(0, 1))
          .slice(0, width),
      says: "You take the best continuation of each beginning. But the two best may continue the same beginning: sort all of them together.",
    },
    {
      attempt: (beginnings, next, width) => bestFirst(continued(beginnings, next, (_, more) => more)).slice(0, width),
      says: "You compare the last step alone. What counts is the log-probability of the whole: add that of the beginning.",
    },
    {
      attempt: (beginnings, next, width) =>
        bestFirst(continued(beginnings, next, sum))
          .reverse()
          .slice(0, width),
      says: "These are the *least* probable ones: the largest `logP` comes first, and −1 is larger than −2.",
    },
    {
      attempt: (beginnings, next) => bestFirst(continued(beginnings, next, sum)),
      says: "All of them are still there: only `width` stay, or the beam grows with each step.",
    },
  ],
});

export const lesson19 = [look, distanceToNearest, beamStep];
