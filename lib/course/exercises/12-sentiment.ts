import { exercise } from "../exercise.js";

type Counted = { readonly word: number; readonly all: number };

const smoothed = ({ word, all }: Counted, V: number) => (word + 1) / (all + V);

const speaksFor = exercise({
  name: "12.1",
  asks: "how much a word speaks for the first class",
  hint: "For each class `p = (word + 1) / (all + vocabularySize)`; then `Math.log` of the first, less that of the second.",
  solution: (first: Counted, second: Counted, vocabularySize: number): number =>
    Math.log(smoothed(first, vocabularySize) / smoothed(second, vocabularySize)),
  looks: [
    ["30 of 1,000 words, and 5 of 2,000", (speaks) => speaks({ word: 30, all: 1000 }, { word: 5, all: 2000 }, 400)],
    ["a word that the first class never shows", (speaks) => speaks({ word: 0, all: 800 }, { word: 9, all: 600 }, 300)],
    ["equal counts in classes of different size", (speaks) => speaks({ word: 4, all: 100 }, { word: 4, all: 900 }, 50)],
  ],
  mistakes: [
    {
      attempt: (first, second) => Math.log(first.word / first.all / (second.word / second.all)),
      says: "A word that one class has never shown must not become impossible: add 1 to each count, and V to each sum.",
    },
    {
      attempt: (first, second) => Math.log((first.word + 1) / first.all / ((second.word + 1) / second.all)),
      says: "If 1 is added to the count of each of V words, their sum grows by V: divide by `all + vocabularySize`.",
    },
    {
      attempt: (first, second, V) => Math.log(smoothed(second, V) / smoothed(first, V)),
      says: "The sign is the other one: it speaks for the *first* class where it is more frequent in that.",
    },
    {
      attempt: (first, second, V) => smoothed(first, V) / smoothed(second, V),
      says: "That is the ratio itself. Evidence that can be added up is its logarithm, `Math.log`.",
    },
    {
      attempt: (first, second, V) => Math.log2(smoothed(first, V) / smoothed(second, V)),
      says: "In bits it is right. Nats are meant here: `Math.log`.",
    },
  ],
});

const batched = [
  [0.2, -0.9, -0.5],
  [0.7, -0.4, -0.6],
  [-0.3, -0.8, -0.1],
  [0, 0, 0],
];

const largest = exercise({
  name: "12.2",
  asks: "the largest value of each unit",
  hint: "Cut the padding off first, `states.slice(0, length)`; then, unit by unit, `Math.max` over the words that are left.",
  solution: (states: readonly (readonly number[])[], length: number): number[] =>
    states[0]!.map((_, unit) => Math.max(...states.slice(0, length).map((state) => state[unit]!))),
  looks: [
    ["three words, then padding", (pool) => pool(batched, 3)],
    ["one word", (pool) => pool(batched, 1)],
    [
      "no padding",
      (pool) =>
        pool(
          [
            [-2, 5],
            [4, -1],
          ],
          2,
        ),
    ],
  ],
  mistakes: [
    {
      attempt: (states) => states[0]!.map((_, unit) => Math.max(...states.map((state) => state[unit]!))),
      says: "The padding takes part: its 0 is larger than all that is negative. Only the first `length` states count.",
    },
    {
      attempt: (states, length) => [...states[length - 1]!],
      says: "That is the last state. Pooling looks at all words of the sentence.",
    },
    {
      attempt: (states, length) =>
        states[0]!.map((_, unit) => {
          const values = states.slice(0, length).map((state) => state[unit]!);
          return values.reduce((sum, value) => sum + value, 0) / values.length;
        }),
      says: "That is the mean over the words, the other usual pooling. The largest value was asked for.",
    },
    {
      attempt: (states, length) => states.slice(0, length).map((state) => Math.max(...state)),
      says: "That is the largest unit of each word. The other way round: of each unit, the largest value over the words.",
    },
    {
      attempt: (states, length) =>
        states[0]!.map((_, unit) => {
          const values = states.slice(0, length).map((state) => state[unit]!);
          return values.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best));
        }),
      says: "You compare without the sign: −0.9 is smaller than −0.4.",
    },
  ],
});

type Belief = (words: readonly string[]) => number;

/** Positive words lift the belief, “not” turns it round; the length matters a little, so that every word counts. */
const belief: Belief = (words) => {
  const score = words.reduce((sum, word) => sum + ({ good: 2, dull: -2, fun: 1 }[word] ?? 0), 0);
  const turned = words.includes("not") ? -score : score;
  return 1 / (1 + Math.exp(-turned - 0.05 * words.indexOf("<unk>")));
};

const moved = exercise({
  name: "12.3",
  asks: "how much each word moves the belief",
  hint: '`words.map((_, t) => …)`: the belief in `words`, less the belief in `words.with(t, "<unk>")`, where word t is hidden.',
  solution: (belief: Belief, words: readonly string[]): number[] =>
    words.map((_, t) => belief(words) - belief(words.with(t, "<unk>"))),
  looks: [
    ["“a good film”", (effects) => effects(belief, ["a", "good", "film"])],
    ["“not good , but fun”", (effects) => effects(belief, ["not", "good", ",", "but", "fun"])],
    ["one word", (effects) => effects(belief, ["dull"])],
  ],
  mistakes: [
    {
      attempt: (belief, words) => words.map((_, t) => belief(words.with(t, "<unk>")) - belief(words)),
      says: "The sign is the other one: a word that lifts the belief has a positive effect, and hiding it lowers the belief.",
    },
    {
      attempt: (belief, words) => words.map((_, t) => belief(words) - belief(words.toSpliced(t, 1))),
      says: 'You take the word out, and the others move together. Hide it: put `"<unk>"` in its place.',
    },
    {
      attempt: (belief, words) => words.map((_, t) => belief(words.slice(0, t + 1)) - belief(words.slice(0, t))),
      says: "That is how the running guess moves while it reads. Here the whole sentence is read each time, with one word hidden.",
    },
    {
      attempt: (belief, words) => words.map((_, t) => belief(words.with(t, "<unk>"))),
      says: "That is the belief with the word hidden. What was it with the word? The difference is the effect.",
    },
    {
      attempt: (belief, words) => words.map((word) => belief([word])),
      says: "Each word by itself says nothing of what it does in the sentence, next to “not” for instance.",
    },
  ],
});

export const lesson12 = [speaksFor, largest, moved];
