import { rouge } from "../../metrics/rouge.js";
import { exercise } from "../exercise.js";

/** How many words two lists have in common, each at most as often as it stands in both. */
function common(a: readonly string[], b: readonly string[]): number {
  const left = [...b];
  return a.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  }).length;
}

const rouge1 = exercise({
  name: "22.1",
  asks: "ROUGE-1",
  hint: "Cross each word that you find off a copy of `reference`, so that it is not found twice; then `2 * common / (summary.length + reference.length)`.",
  solution: (summary: readonly string[], reference: readonly string[]): number => {
    const shared = common(summary, reference);
    return shared === 0 ? 0 : (2 * shared) / (summary.length + reference.length);
  },
  looks: [
    [
      "3 words of 4 and 5 in common",
      (f1) => f1(["the", "gun", "kills", "police"], ["police", "use", "the", "gun", "here"]),
    ],
    ["“the the” beside “the cat”", (f1) => f1(["the", "the"], ["the", "cat"])],
    ["“the cat” beside “the the”", (f1) => f1(["the", "cat"], ["the", "the", "the"])],
    ["no word", (f1) => f1([], [])],
    ["nothing in common", (f1) => f1(["a"], ["b"])],
  ],
  mistakes: [
    {
      attempt: (summary, reference) => {
        const shared = summary.filter((word) => reference.includes(word)).length;
        return shared === 0 ? 0 : (2 * shared) / (summary.length + reference.length);
      },
      says: "“the the” has only one word in common with “the cat”: a word that was found is used up.",
    },
    {
      attempt: (summary, reference) => (reference.length === 0 ? 0 : common(summary, reference) / reference.length),
      says: "That is recall alone: whoever copies everything would have it all.",
    },
    {
      attempt: (summary, reference) => (summary.length === 0 ? 0 : common(summary, reference) / summary.length),
      says: "That is precision alone: a summary of one right word would be perfect.",
    },
  ],
});

type Score = (sentence: string, target: string) => number;

const best = (gains: readonly number[]) => gains.indexOf(Math.max(...gains));
const sameWords: Score = (sentence, target) => rouge(sentence, target).rouge1.f1;

const oracle = exercise({
  name: "22.2",
  asks: "the oracle's pick",
  hint: "For each sentence `Math.max(...targets.map((target) => score(sentence, target)))`; then the `indexOf` the largest.",
  solution: (sentences: string[], targets: string[], score: Score): number =>
    best(sentences.map((sentence) => Math.max(...targets.map((target) => score(sentence, target))))),
  looks: [
    ["one reference", (pick) => pick(["a b", "c d e", "f"], ["c d"], sameWords)],
    ["the second of two references fits", (pick) => pick(["a b", "a c", "x y z"], ["a q", "x y z"], sameWords)],
    // summed over references the second sentence is ahead, by the best reference the first one
    ["good for one, or fair for both", (pick) => pick(["a b c d", "a b c x y"], ["a b c d", "x y z w"], sameWords)],
    ["two are best", (pick) => pick(["q", "a", "a"], ["a"], sameWords)],
  ],
  mistakes: [
    {
      attempt: (sentences, targets, score) => best(sentences.map((sentence) => score(sentence, targets[0]!))),
      says: "There may be more than one reference: look at all of them.",
    },
    {
      attempt: (sentences, targets, score) =>
        best(sentences.map((sentence) => targets.reduce((sum, target) => sum + score(sentence, target), 0))),
      says: "The best reference counts, not their sum.",
    },
  ],
});

const expectedOf = (p: readonly number[], r: readonly number[]) =>
  p.reduce((sum, chance, i) => sum + chance * r[i]!, 0);

const slopes = exercise({
  name: "22.3",
  asks: "the slopes of what is expected",
  hint: "First `E`, the sum of `p[i] * r[i]`; then for each sentence `p[i] * (r[i] - E)`.",
  solution: (p: readonly number[], r: readonly number[]): number[] =>
    p.map((chance, i) => chance * (r[i]! - expectedOf(p, r))),
  looks: [
    ["three sentences", (of) => of([0.6, 0.3, 0.1], [20, 30, 50])],
    ["all equally good", (of) => of([0.5, 0.2, 0.3], [40, 40, 40])],
    ["one is sure", (of) => of([0, 1], [10, 20])],
  ],
  mistakes: [
    {
      attempt: (p, r) => p.map((chance, i) => chance * r[i]!),
      says: "Take off what is expected, `E`: else every number is pushed up, the bad ones as well.",
    },
    {
      attempt: (p, r) => p.map((_, i) => r[i]! - expectedOf(p, r)),
      says: "Each slope is as large as its sentence is likely: times `p[i]`.",
    },
    {
      attempt: (p, r) => p.map((chance, i) => chance * (expectedOf(p, r) - r[i]!)),
      says: "These are the slopes of the loss, −E. Asked for are those of E.",
    },
  ],
});

const kept = (bits: readonly boolean[]) => bits.filter(Boolean).length;
const rightly = (guess: readonly boolean[], truth: readonly boolean[]) =>
  kept(guess.map((stays, t) => stays && truth[t]!));

const keptF1 = exercise({
  name: "22.4",
  asks: "F1 of the words that are kept",
  hint: "Count the words kept in both: `2 * right / (kept in guess + kept in truth)`, and 0 where `right` is 0.",
  solution: (guess: readonly boolean[], truth: readonly boolean[]): number => {
    const right = rightly(guess, truth);
    return right === 0 ? 0 : (2 * right) / (kept(guess) + kept(truth));
  },
  looks: [
    ["one right of two, three there", (f1) => f1([true, true, false, false, false], [true, false, true, true, false])],
    ["all kept, one there", (f1) => f1([true, true, true, true], [false, true, false, false])],
    ["nothing kept", (f1) => f1([false, false], [true, true])],
    ["nothing to keep", (f1) => f1([false, false], [false, false])],
  ],
  mistakes: [
    {
      attempt: (guess, truth) => guess.filter((stays, t) => stays === truth[t]).length / guess.length,
      says: "That is the share of right bits: who deletes everything would be mostly right.",
    },
    {
      attempt: (guess, truth) => (2 * rightly(guess, truth)) / (kept(guess) + kept(truth)),
      says: "Where no word is kept in either, that is 0/0: say 0.",
    },
    {
      attempt: (guess, truth) => (kept(truth) === 0 ? 0 : rightly(guess, truth) / kept(truth)),
      says: "That is recall alone: who keeps all would be perfect.",
    },
  ],
});

export const lesson22 = [rouge1, oracle, slopes, keptF1];
