import { exercise } from "../exercise.js";

type Words = readonly string[];

const ngramsOf = (words: Words, n: number) => words.slice(n - 1).map((_, i) => words.slice(i, i + n).join(" "));

/** How often each n-gram of the words is in them. */
function countsOf(words: Words, n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const ngram of ngramsOf(words, n)) counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  return counts;
}

function shareRight(said: Words, reference: Words, n: number): number {
  const there = countsOf(reference, n);
  const own = countsOf(said, n);
  const right = [...own].map(([ngram, count]) => Math.min(count, there.get(ngram) ?? 0));
  return right.reduce((sum, count) => sum + count, 0) / ngramsOf(said, n).length;
}

const cut = (text: string) => text.split(" ");

const precision = exercise({
  name: "20.1",
  asks: "the clipped precision of n words in a row",
  hint: 'Make two lists of n-grams (`words.slice(i, i + n).join(" ")`). Go through those that were said; each one that is among the reference\'s counts, and is crossed out there. Divide by how many were said.',
  solution: (said: Words, reference: Words, n: number): number => shareRight(said, reference, n),
  looks: [
    ["single words", (of) => of(cut("le chat est noir"), cut("le chat noir dort"), 1)],
    ["pairs of words", (of) => of(cut("le chat est noir"), cut("le chat noir dort"), 2)],
    ["“le le le le dort”", (of) => of(cut("le le le le dort"), cut("le chat et le chien"), 1)],
    ["longer than the reference", (of) => of(cut("il a vu le chat"), cut("il a vu"), 2)],
  ],
  mistakes: [
    {
      attempt: (said, reference, n) => {
        const there = new Set(ngramsOf(reference, n));
        const all = ngramsOf(said, n);
        return all.filter((ngram) => there.has(ngram)).length / all.length;
      },
      says: "Each n-gram counts at most as often as the reference has it; else “le le le le” would be all right.",
    },
    {
      attempt: (said, reference, n) =>
        (shareRight(said, reference, n) * ngramsOf(said, n).length) / ngramsOf(reference, n).length,
      says: "That is the share of the reference's n-grams that were found: recall. Divide by how many were *said*.",
    },
    {
      attempt: (said, reference, n) => {
        const there = new Set(ngramsOf(reference, n));
        const own = new Set(ngramsOf(said, n));
        return [...own].filter((ngram) => there.has(ngram)).length / own.size;
      },
      says: "An n-gram that was said twice counts twice: in what was said, and, if the reference has it twice, in what is right.",
    },
  ],
});

const brevity = exercise({
  name: "20.2",
  asks: "the brevity penalty",
  hint: "Where `said >= reference` it is 1, else `Math.exp(1 - reference / said)`.",
  solution: (said: number, reference: number): number => (said >= reference ? 1 : Math.exp(1 - reference / said)),
  looks: [
    ["8 words said, the reference has 10", (penalty) => penalty(8, 10)],
    ["10 and 10", (penalty) => penalty(10, 10)],
    ["12 words said, the reference has 10", (penalty) => penalty(12, 10)],
  ],
  mistakes: [
    {
      attempt: (said, reference) => Math.exp(1 - reference / said),
      says: "Longer than the reference is no reward: at most 1.",
    },
    {
      attempt: (said, reference) => (said >= reference ? 1 : Math.exp(1 - said / reference)),
      says: "The other way about: the reference's length over that of what was said.",
    },
    {
      attempt: (said, reference) => Math.min(1, said / reference),
      says: "Not the share itself: e to the power of 1 − reference / said.",
    },
  ],
});

/** A text that a beam has finished. */
interface Finished {
  readonly text: string;
  /** log p of the whole text. */
  readonly logP: number;
  /** How many tokens it has. */
  readonly length: number;
}

const ranked = (finished: readonly Finished[], score: (one: Finished) => number): string[] =>
  finished.toSorted((a, b) => score(b) - score(a)).map(({ text }) => text);

const three: readonly Finished[] = [
  { text: "short", logP: -2, length: 2 },
  { text: "long", logP: -2.9, length: 10 },
  { text: "middle", logP: -2.5, length: 5 },
];
const others: readonly Finished[] = [
  { text: "two tokens", logP: -2.8, length: 2 },
  { text: "one token", logP: -2.9, length: 1 },
  { text: "seven tokens", logP: -5.9, length: 7 },
];

const ranking = exercise({
  name: "20.3",
  asks: "finished texts, ranked by length-normalised score",
  hint: "Sort by `logP / ((5 + length) / 6) ** alpha`, the largest first, then take the texts. Scores are negative: dividing by more brings them nearer to 0.",
  solution: (finished: readonly Finished[], alpha: number): string[] =>
    ranked(finished, ({ logP, length }) => logP / ((5 + length) / 6) ** alpha),
  looks: [
    ["three texts, α = 1", (rank) => rank(three, 1)],
    ["the same, α = 0", (rank) => rank(three, 0)],
    ["three others, α = 0.6", (rank) => rank(others, 0.6)],
    ["the others, α = 1", (rank) => rank(others, 1)],
  ],
  mistakes: [
    {
      attempt: (finished) => ranked(finished, ({ logP }) => logP),
      says: "Without the penalty the shortest wins, since each token makes a text less probable.",
    },
    {
      attempt: (finished, alpha) => ranked(finished, ({ logP, length }) => logP * ((5 + length) / 6) ** alpha),
      says: "Divide: multiplying makes long texts still worse.",
    },
    {
      attempt: (finished, alpha) =>
        ranked(finished, ({ logP, length }) => logP / ((5 + length) / 6) ** alpha).toReversed(),
      says: "The best first: the best score is the largest, the one nearest to 0.",
    },
    {
      attempt: (finished, alpha) => ranked(finished, ({ logP, length }) => logP / length ** alpha),
      says: "The length is counted as (5 + length) / 6, so that a token more or less matters less in short texts.",
    },
  ],
});

export const lesson20 = [precision, brevity, ranking];
