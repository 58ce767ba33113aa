import { exercise } from "../exercise.js";

type Words = readonly string[];

const ngramsOf = (words: Words, n: number): string[] =>
  words.slice(n - 1).map((_, i) => words.slice(i, i + n).join(" "));

const some: readonly Words[] = [
  ["me", "too"],
  ["me", "too"],
  ["i", "like", "jazz"],
];

const distinctOf = exercise({
  name: "21.1",
  asks: "distinct-n",
  hint: 'Make one list of the n-grams of all replies, `words.slice(i, i + n).join(" ")`; a `Set` of it holds the different ones.',
  solution: (replies: readonly Words[], n: number): number => {
    const all = replies.flatMap((words) => ngramsOf(words, n));
    return new Set(all).size / all.length;
  },
  looks: [
    ["words of three replies", (share) => share(some, 1)],
    ["pairs of the same", (share) => share(some, 2)],
    ["threes, where two replies have only two words", (share) => share(some, 3)],
  ],
  mistakes: [
    {
      attempt: (replies, n) => {
        const all = ngramsOf(replies.flat(), n);
        return new Set(all).size / all.length;
      },
      says: "An n-gram does not go on in the next reply: cut each reply for itself.",
    },
    {
      attempt: (replies, n) => {
        const all = replies.flatMap((words) => ngramsOf(words, n));
        return new Set(all).size / replies.flat().length;
      },
      says: "Divide by the number of n-grams, not of words: a reply of three words has two pairs.",
    },
    {
      attempt: (replies, n) => {
        const shares = replies.map((words) => ngramsOf(words, n)).filter((all) => all.length > 0);
        return shares.reduce((sum, all) => sum + new Set(all).size / all.length, 0) / shares.length;
      },
      says: "Take all replies together: else nobody sees that the same reply was given twice.",
    },
  ],
});

const entropyOf = (counts: readonly number[], log: (x: number) => number): number => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count) => (count > 0 ? sum - (count / total) * log(count / total) : sum), 0);
};

const wordEntropy = exercise({
  name: "21.2",
  asks: "the entropy of words",
  hint: "Sum up `-p * Math.log(p)`, where `p` is a count over the sum of all counts.",
  solution: (counts: readonly number[]): number => entropyOf(counts, Math.log),
  looks: [
    ["four words, as frequent", (entropy) => entropy([5, 5, 5, 5])],
    ["one frequent word and three rare ones", (entropy) => entropy([97, 1, 1, 1])],
    ["one word", (entropy) => entropy([8])],
  ],
  mistakes: [
    { attempt: (counts) => entropyOf(counts, Math.log2), says: "That is in bits; here it is in nats: `Math.log`." },
    {
      attempt: (counts) => -entropyOf(counts, Math.log),
      says: "The sign: logarithms of shares are below 0, the entropy is not.",
    },
    {
      attempt: (counts) => entropyOf(counts, Math.log) / counts.length,
      says: "No mean over the words: each is weighted by its share already.",
    },
  ],
});

const keepAbove = (p: readonly number[], isIn: (before: number, own: number) => boolean): number[] => {
  const order = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
  let before = 0;
  const kept = new Set(
    order.filter((i) => {
      const stays = isIn(before, p[i]!);
      before += p[i]!;
      return stays;
    }),
  );
  const total = [...kept].reduce((sum, i) => sum + p[i]!, 0);
  return p.map((value, i) => (kept.has(i) ? value / total : 0));
};

const nucleus = exercise({
  name: "21.3",
  asks: "the nucleus",
  hint: "Go through the words from the most probable on, and keep each as long as what you kept *before* it is less than `share`. Then divide by what was kept.",
  solution: (p: readonly number[], share: number): number[] => keepAbove(p, (before) => before < share),
  looks: [
    ["0.8 of four words", (keep) => keep([0.1, 0.55, 0.05, 0.3], 0.8)],
    ["a word that is enough alone", (keep) => keep([0.95, 0.03, 0.02], 0.9)],
    ["all", (keep) => keep([0.25, 0.5, 0.25], 1)],
  ],
  mistakes: [
    {
      attempt: (p, share) => keepAbove(p, (before, own) => before === 0 || before + own < share),
      says: "The word that reaches the share belongs to the nucleus, too.",
    },
    {
      attempt: (p, share) => keepAbove(p, (before) => before < share).map((value, i) => (value > 0 ? p[i]! : 0)),
      says: "What is left must sum to 1 again: divide by its sum.",
    },
  ],
});

interface Candidate {
  readonly reply: string;
  readonly given: number;
  readonly alone: number;
}

const best = (candidates: readonly Candidate[], score: (candidate: Candidate) => number): string =>
  candidates.reduce((a, b) => (score(b) > score(a) ? b : a)).reply;

const candidates: readonly Candidate[] = [
  { reply: "i don't know", given: -3, alone: -4 },
  { reply: "i like the drums", given: -5, alone: -12 },
  { reply: "the drums drums", given: -11, alone: -20 },
];

const mostInformative = exercise({
  name: "21.4",
  asks: "re-ranking by mutual information",
  hint: "The score of a candidate is `given - lambda * alone`: both are logarithms, below 0. Return the `reply` of the best.",
  solution: (list: readonly Candidate[], lambda: number): string =>
    best(list, ({ given, alone }) => given - lambda * alone),
  looks: [
    ["lambda 0: what the model holds most probable", (pick) => pick(candidates, 0)],
    ["lambda 0.3", (pick) => pick(candidates, 0.3)],
    ["lambda 0.5, the same in another order", (pick) => pick(candidates.toReversed(), 0.5)],
    ["lambda 1", (pick) => pick(candidates, 1)],
  ],
  mistakes: [
    {
      attempt: (list, lambda) => best(list, ({ given, alone }) => given + lambda * alone),
      says: "The sign: what is said often anyway is to lose, not to win.",
    },
    {
      attempt: (list, lambda) => best(list, ({ alone }) => -lambda * alone),
      says: "That forgets the prompt: `given` belongs into the score.",
    },
    {
      attempt: (list) => best(list, ({ given, alone }) => given - alone),
      says: "`lambda` says how much the second part counts.",
    },
  ],
});

export const lesson21 = [distinctOf, wordEntropy, nucleus, mostInformative];
