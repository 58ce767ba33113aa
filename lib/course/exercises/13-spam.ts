import { exercise } from "../exercise.js";

type Pair = readonly [left: string, right: string];

function correlation(caught: number, missed: number, alarms: number, passed: number): number {
  const root = Math.sqrt((caught + alarms) * (caught + missed) * (passed + alarms) * (passed + missed));
  return root === 0 ? 0 : (caught * passed - alarms * missed) / root;
}

const mcc = exercise({
  name: "13.1",
  asks: "Matthews' correlation coefficient",
  hint:
    "Four sums stand under the root: what was blocked, what was kept, how much spam there is, how much ham. Above the line: " +
    "`caught * passed - alarms * missed`. If the root is 0, return 0.",
  solution: (caught: number, missed: number, alarms: number, passed: number): number =>
    correlation(caught, missed, alarms, passed),
  looks: [
    ["115 caught, 7 missed, 3 false alarms, 875 passed", (score) => score(115, 7, 3, 875)],
    ["a filter that blocks half of everything", (score) => score(30, 30, 220, 220)],
    ["a filter that lets everything pass", (score) => score(0, 122, 0, 878)],
    ["a filter that is always wrong", (score) => score(0, 10, 90, 0)],
  ],
  mistakes: [
    {
      attempt: (caught, missed, alarms, passed) => (caught + passed) / (caught + missed + alarms + passed),
      says: "That is the accuracy, which the many ham messages make large whatever the filter does.",
    },
    {
      attempt: (caught, missed, alarms) => (2 * caught) / (2 * caught + missed + alarms),
      says: "That is F1. Matthews' coefficient also looks at the ham that passes.",
    },
    {
      attempt: (caught, missed, alarms, passed) =>
        (caught * passed - alarms * missed) /
        Math.sqrt((caught + alarms) * (caught + missed) * (passed + alarms) * (passed + missed)),
      says: "Where only one class was guessed, 0/0 comes out: say 0 there.",
    },
    {
      attempt: (caught, missed, alarms, passed) => {
        const product = (caught + alarms) * (caught + missed) * (passed + alarms) * (passed + missed);
        return product === 0 ? 0 : (caught * passed - alarms * missed) / product;
      },
      says: "The root is missing: divide by the square root of the product.",
    },
  ],
});

/** Puts pairs together by a rule; `once` stops after the first place. */
function merged(word: string, merges: readonly Pair[], { once = false } = {}): string[] {
  let pieces = [...word];
  for (const [left, right] of merges) {
    const next: string[] = [];
    let done = false;
    for (let i = 0; i < pieces.length; i++) {
      const joined = pieces[i] === left && pieces[i + 1] === right && !(once && done);
      next.push(joined ? left + right : pieces[i]!);
      if (joined) {
        done = true;
        i++;
      }
    }
    pieces = next;
  }
  return pieces;
}

const spelled: readonly Pair[] = [
  ["e", "e"],
  ["f", "r"],
  ["fr", "ee"],
  ["p", "r"],
  ["i", "z"],
  ["iz", "e"],
];

const inPieces = exercise({
  name: "13.2",
  asks: "a word in byte pairs",
  hint:
    "Begin with `[...word]`. For each merge go through the pieces: where `pieces[i] === left` and `pieces[i + 1] === right`, " +
    "push `left + right` and skip one; else push `pieces[i]`.",
  solution: (word: string, merges: readonly Pair[]): string[] => merged(word, merges),
  looks: [
    ["“free”", (pieces) => pieces("free", spelled)],
    ["“fr.ee”", (pieces) => pieces("fr.ee", spelled)],
    ["“prizefree”", (pieces) => pieces("prizefree", spelled)],
    ["“aaaa” with one merge, a + a", (pieces) => pieces("aaaa", [["a", "a"]])],
    [
      "“eefr”, where a merge comes too early in the list",
      (pieces) =>
        pieces("eefr", [
          ["ee", "fr"],
          ["e", "e"],
          ["f", "r"],
        ]),
    ],
  ],
  mistakes: [
    {
      attempt: (word, merges) => merged(word, merges, { once: true }),
      says: "A merge is made wherever the pair stands, not only at the first place.",
    },
    {
      attempt: (word) => [...word],
      says: "Those are the characters. The merges are still to be made, one after the other.",
    },
    {
      attempt: (word, merges) => merged(word, merges.toReversed()),
      says: "The merges are made in the order in which they were learned: the first one in the list first.",
    },
    {
      attempt: (word, merges) => {
        let pieces = merged(word, merges);
        for (let before = 0; before !== pieces.length; ) {
          before = pieces.length;
          for (const [left, right] of merges) {
            const at = pieces.findIndex((piece, i) => piece === left && pieces[i + 1] === right);
            if (at >= 0) pieces = [...pieces.slice(0, at), left + right, ...pieces.slice(at + 2)];
          }
        }
        return pieces;
      },
      says: "Once through the list is enough: a merge whose turn is over is not tried again.",
    },
  ],
});

/** F1 of what is blocked at a threshold. */
function f1(scores: readonly number[], isSpam: readonly boolean[], threshold: number): number {
  let [caught, missed, alarms] = [0, 0, 0];
  scores.forEach((score, i) => {
    const blocked = score > threshold;
    if (blocked && isSpam[i]) caught++;
    else if (blocked) alarms++;
    else if (isSpam[i]) missed++;
  });
  return caught === 0 ? 0 : (2 * caught) / (2 * caught + missed + alarms);
}

const best = (
  scores: readonly number[],
  isSpam: readonly boolean[],
  thresholds: readonly number[],
  better: (a: number, b: number) => boolean = (a, b) => a > b,
): number =>
  thresholds.reduce((chosen, threshold) =>
    better(f1(scores, isSpam, threshold), f1(scores, isSpam, chosen)) ? threshold : chosen,
  );

const rare = {
  scores: [0.9, 0.4, 0.4, 0.45, 0.45, 0.45, 0.1, 0.1, 0.1, 0.1],
  isSpam: [true, true, true, false, false, false, false, false, false, false],
};
const [sure, mixed] = [
  { scores: [0.95, 0.9, 0.6, 0.3, 0.1], isSpam: [true, true, false, false, false] },
  { scores: [0.99, 0.7, 0.45, 0.4, 0.35, 0.2, 0.05], isSpam: [true, false, true, true, false, false, false] },
];
const thresholds = [0.1, 0.3, 0.38, 0.5, 0.8];

const bestThreshold = exercise({
  name: "13.3",
  asks: "the threshold with the best F1",
  hint:
    "For each threshold count caught, missed and false alarms, where a message is blocked if its score is *above* the " +
    "threshold; `F1 = 2 * caught / (2 * caught + missed + alarms)`. Return the threshold with the largest, the first of equals.",
  solution: (scores: readonly number[], isSpam: readonly boolean[], thresholds: readonly number[]): number =>
    best(scores, isSpam, thresholds),
  looks: [
    ["two spams that stand out", (threshold) => threshold(sure.scores, sure.isSpam, thresholds)],
    ["a spam with a low score", (threshold) => threshold(mixed.scores, mixed.isSpam, thresholds)],
    [
      "a score that is the threshold itself",
      (threshold) => threshold([0.8, 0.5, 0.3], [true, false, false], [0.3, 0.5]),
    ],
    ["three spams among much ham", (threshold) => threshold(rare.scores, rare.isSpam, [0.5, 0.3])],
    ["two thresholds that are equally good", (threshold) => threshold([0.9, 0.1], [true, false], [0.7, 0.3, 0.5])],
  ],
  mistakes: [
    {
      attempt: (scores, isSpam, thresholds) => best(scores, isSpam, thresholds, (a, b) => a >= b),
      says: "Of thresholds that are equally good, the first one was asked for.",
    },
    {
      attempt: (scores, isSpam, thresholds) => best(scores, isSpam, thresholds, (a, b) => a < b),
      says: "That one has the smallest F1.",
    },
    {
      attempt: (scores, isSpam, thresholds) => {
        const right = (threshold: number) => scores.filter((score, i) => score > threshold === isSpam[i]).length;
        return thresholds.reduce((chosen, one) => (right(one) > right(chosen) ? one : chosen));
      },
      says: "That one has the best accuracy. F1 does not count the ham that passes.",
    },
    {
      attempt: (scores, isSpam, thresholds) => Math.max(...thresholds.map((one) => f1(scores, isSpam, one))),
      says: "That is the best F1 itself. At which threshold is it reached?",
    },
  ],
});

export const lesson13 = [mcc, inPieces, bestThreshold];
