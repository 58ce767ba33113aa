import { exercise } from "../exercise.js";

const mostFrequent = exercise({
  name: "16.1",
  asks: "the tag that a word has most often",
  hint: "Go through `Object.keys(own)` and keep the tag with the largest `own[tag]`.",
  solution: (own: Readonly<Record<string, number>>): string =>
    Object.keys(own).reduce((best, tag) => (own[tag]! > own[best]! ? tag : best)),
  looks: [
    ["“back”", (tag) => tag({ ADV: 172, NOUN: 33, ADP: 17 })],
    ["“round”", (tag) => tag({ ADJ: 2, NOUN: 4, ADP: 2 })],
    ["a word with one tag", (tag) => tag({ VERB: 1 })],
    ["“set”", (tag) => tag({ NOUN: 8, ADJ: 11, VERB: 32 })],
  ],
  mistakes: [
    {
      attempt: (own) => Object.keys(own).reduce((best, tag) => (own[tag]! < own[best]! ? tag : best)),
      says: "That is the rarest one: the comparison is the wrong way round.",
    },
    {
      attempt: (own) => Object.keys(own)[0]!,
      says: "That is the first one of the list, however often it occurs.",
    },
    {
      attempt: (own) => String(Math.max(...Object.values(own))),
      says: "That is how often it occurs. The tag itself is asked for.",
    },
  ],
});

const ending = exercise({
  name: "16.2",
  asks: "a word's ending with its mark",
  hint: "Put `^` before the text in small letters and `$` behind it, then take `slice(-length - 1)`: the `$` is one more.",
  solution: (text: string, length: number): string => `^${text.toLowerCase()}$`.slice(-length - 1),
  looks: [
    ["two letters of “Walking”", (cut) => cut("Walking", 2)],
    ["four letters of “NATIONS”", (cut) => cut("NATIONS", 4)],
    ["three letters of a word of one", (cut) => cut("I", 3)],
  ],
  mistakes: [
    {
      attempt: (text, length) => text.toLowerCase().slice(-length),
      says: "The `$` is missing, which says that the word ends there.",
    },
    {
      attempt: (text, length) => `^${text}$`.slice(-length - 1),
      says: "In small letters, please: “NATIONS” and “nations” end alike.",
    },
    {
      attempt: (text, length) => `^${text.toLowerCase()}$`.slice(-length),
      says: "One letter is missing: the `$` comes on top of `length` letters.",
    },
    {
      attempt: (text, length) => `^${text.toLowerCase()}$`.slice(0, length + 1),
      says: "That is a beginning. An ending is cut from behind: `slice` takes negative numbers.",
    },
  ],
});

const e = () => [
  [2, -1, 0],
  [0.5, 1, -2],
  [1, 3, 0.25],
];
const A = () => [
  [1, -3, 0],
  [2, 0.5, -1],
  [-0.5, 4, 0],
];

const scoreOf = exercise({
  name: "16.3",
  asks: "the score of a sequence of tags",
  hint: "Add `e[t][tags[t]]` for every word, and `A[tags[t]][tags[t + 1]]` for every word but the last.",
  solution: (tags: readonly number[], e: number[][], A: number[][]): number => {
    const fits = tags.reduce((sum, tag, t) => sum + e[t]![tag]!, 0);
    return tags.slice(1).reduce((sum, tag, t) => sum + A[tags[t]!]![tag]!, fits);
  },
  looks: [
    ["tags 0, 1, 1", (score) => score([0, 1, 1], e(), A())],
    ["tags 2, 0, 1", (score) => score([2, 0, 1], e(), A())],
    ["one word", (score) => score([1], e(), A())],
  ],
  mistakes: [
    {
      attempt: (tags, e) => tags.reduce((sum, tag, t) => sum + e[t]![tag]!, 0),
      says: "The emissions are right. Add the transitions: one for each pair of neighbours.",
    },
    {
      attempt: (tags, e, A) => {
        const fits = tags.reduce((sum, tag, t) => sum + e[t]![tag]!, 0);
        return tags.slice(1).reduce((sum, tag, t) => sum + A[tag]![tags[t]!]!, fits);
      },
      says: "The transitions go backwards here: the row of `A` is the tag, the column the *next* one.",
    },
    {
      attempt: (tags, _, A) => tags.slice(1).reduce((sum, tag, t) => sum + A[tags[t]!]![tag]!, 0),
      says: "Those are the transitions. The emissions are missing: how well each tag fits its word.",
    },
  ],
});

export const lesson16 = [mostFrequent, ending, scoreOf];
